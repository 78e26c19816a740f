# fails: wrong_gradients-names
# says: in your list, but right
def wrong_gradients(loss, arrays, gradients):
    return list(arrays)
