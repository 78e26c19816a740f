def wrong_gradients(loss, arrays, gradients):
    work = {name: np.array(a, dtype=float) for name, a in arrays.items()}
    wrong = set()
    for name, array in work.items():
        claim = np.asarray(gradients[name], dtype=float)
        if claim.shape != array.shape or not np.isfinite(claim).all():
            wrong.add(name)
            continue
        for index in np.ndindex(*array.shape):
            kept = array[index]
            array[index] = kept + 1e-4
            above = loss(work)
            array[index] = kept - 1e-4
            slope = (above - loss(work)) / 2e-4
            array[index] = kept
            if abs(claim[index] - slope) > 1e-6 + 1e-3 * abs(slope):
                wrong.add(name)
    return wrong
