# fails: wrong_gradients-network
# says: in your list, but right
def wrong_gradients(loss, arrays, gradients):
    found = []
    for name, array in arrays.items():
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            up, down = array.astype(float), array.astype(float)
            up[index] += 0.3
            down[index] -= 0.3
            slopes[index] = (
                loss(arrays | {name: up}) - loss(arrays | {name: down})
            ) / 0.6
        claimed = np.asarray(gradients[name])
        if claimed.shape != slopes.shape or not np.allclose(
            claimed, slopes, rtol=1e-3, atol=1e-6
        ):
            found.append(name)
    return found
