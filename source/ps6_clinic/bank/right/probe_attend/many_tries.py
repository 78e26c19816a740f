def probe_attend(attend):
    rng = np.random.default_rng(7)
    s, _, W = attend_arguments()
    seen = [attend(s, rng.normal(size=(2, 4, 5)), W)[1] for _ in range(5)]
    return bool(np.ptp(seen, axis=0).max() < 1e-6)
