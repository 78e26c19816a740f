# fails: wrong_gradients-found
# says: was not found
def wrong_gradients(loss, parameters, gradients):
    eps, wrong = 1e-5, []
    for name, gradient in gradients.items():
        moved = {key: np.array(p, float) for key, p in parameters.items()}
        slopes = np.empty(gradient.shape)
        for index in np.ndindex(gradient.shape):
            kept = moved[name][index]
            moved[name][index] = kept + eps
            above = loss(moved)
            moved[name][index] = kept - eps
            slopes[index] = (above - loss(moved)) / (2 * eps)
            moved[name][index] = kept
        if np.allclose(gradient, slopes):
            wrong.append(name)
    return wrong
