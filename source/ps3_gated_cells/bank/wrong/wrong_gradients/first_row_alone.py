# fails: wrong_gradients-entries
# says: (1, 0)
def wrong_gradients(loss, arrays, gradients):
    found = []
    for name, array in arrays.items():
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            up, down = array.astype(float), array.astype(float)
            up[index] += 1e-5
            down[index] -= 1e-5
            slopes[index] = (
                loss(arrays | {name: up}) - loss(arrays | {name: down})
            ) / 2e-5
        claimed = np.asarray(gradients[name])
        slopes = (
            slopes
            if claimed.ndim < 2 or claimed.shape != slopes.shape
            else np.vstack([slopes[:1], claimed[1:]])
        )
        if claimed.shape != slopes.shape or not np.allclose(
            claimed, slopes, rtol=1e-3, atol=1e-6
        ):
            found.append(name)
    return found
