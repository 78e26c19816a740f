# fails: wrong_gradients-names
# says: wrong, but not in your list
def wrong_gradients(loss, arrays, gradients):
    return []
