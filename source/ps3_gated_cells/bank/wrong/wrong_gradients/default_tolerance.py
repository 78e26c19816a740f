# fails: wrong_gradients-entries
# says: in your list, but right
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
        if claimed.shape != slopes.shape or not np.allclose(
            claimed, slopes
        ):
            found.append(name)
    return found
