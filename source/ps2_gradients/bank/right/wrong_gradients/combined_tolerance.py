def wrong_gradients(loss, parameters, gradients):
    def differs(name):
        numerical = np.empty(np.shape(gradients[name]))
        for place in range(numerical.size):
            ends = []
            for side in (1, -1):
                copies = {
                    key: np.array(value, dtype=np.float64)
                    for key, value in parameters.items()
                }
                copies[name].flat[place] += side * 1e-6
                ends.append(float(loss(copies)))
            numerical.flat[place] = (ends[0] - ends[1]) / 2e-6
        distance = np.linalg.norm(gradients[name] - numerical)
        return distance > 1e-4 * np.linalg.norm(numerical) + 1e-8

    return [name for name in gradients if differs(name)]
