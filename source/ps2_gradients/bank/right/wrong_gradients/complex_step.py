def wrong_gradients(loss, parameters, gradients):
    found = set()
    for name, given in gradients.items():
        for index, claimed in np.ndenumerate(given):
            moved = {
                key: np.array(p, complex) for key, p in parameters.items()
            }
            moved[name][index] += 1e-20j
            slope = loss(moved).imag / 1e-20
            scale = np.abs(given).max()
            if abs(slope - claimed) > 1e-6 * scale + 1e-12:
                found.add(name)
    return found
