# fails: wrong_gradients-names
# says: not as it was
def wrong_gradients(loss, arrays, gradients):
    found = []
    for name, array in arrays.items():
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            array[index] += 1e-5
            above = loss(arrays)
            array[index] -= 2e-5
            slopes[index] = (above - loss(arrays)) / 2e-5
        claimed = np.asarray(gradients[name])
        if claimed.shape != slopes.shape or not np.allclose(
            claimed, slopes, rtol=1e-3, atol=1e-6
        ):
            found.append(name)
    return found
