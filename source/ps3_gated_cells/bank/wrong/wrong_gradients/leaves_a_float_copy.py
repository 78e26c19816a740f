# fails: wrong_gradients-traps
# says: is of type
def wrong_gradients(loss, arrays, gradients):
    found = []
    for name in list(arrays):
        arrays[name] = array = arrays[name].astype(float)
        slopes = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            kept = array[index]
            array[index] = kept + 1e-5
            above = loss(arrays)
            array[index] = kept - 1e-5
            slopes[index] = (above - loss(arrays)) / 2e-5
            array[index] = kept
        claimed = np.asarray(gradients[name])
        if claimed.shape != slopes.shape or not np.allclose(
            claimed, slopes, rtol=1e-3, atol=1e-6
        ):
            found.append(name)
    return found
