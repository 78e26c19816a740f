# fails: wrong_gradients-names
# says: in your list, but right
def wrong_gradients(loss, arrays, gradients):
    found = []
    for name, array in arrays.items():
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            up, down = array.astype(float), array.astype(float)
            up[index] += 1e-14
            down[index] -= 1e-14
            slopes[index] = (
                loss(arrays | {name: up}) - loss(arrays | {name: down})
            ) / 2e-14
        claimed = np.asarray(gradients[name])
        if claimed.shape != slopes.shape or not np.allclose(
            claimed, slopes, rtol=1e-3, atol=1e-6
        ):
            found.append(name)
    return found
