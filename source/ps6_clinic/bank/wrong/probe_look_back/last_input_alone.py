# fails: probe_look_back-others
# says: Try every cut
def probe_look_back(look_back):
    x = look_back_arguments()
    moved = x.copy()
    moved[-1] = other(x)[-1]
    return not np.allclose(look_back(moved)[:-1], look_back(x)[:-1])
