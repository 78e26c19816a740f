def probe_read_source(read_source):
    rng = np.random.default_rng(2)
    h, s = rng.normal(size=(3, 6, 2)), rng.normal(size=(3, 5, 2))
    lengths, steps = np.array([1, 3, 5]), np.array([4, 5, 2])
    before = read_source(h, lengths, s, steps)
    for n in range(3):
        for t in range(6):
            moved = np.array(h)
            moved[n, t] += 0.5
            change = np.abs(read_source(moved, lengths, s, steps) - before)
            if (change[n].max() > 1e-7) != (t < lengths[n]):
                return True
    return False
