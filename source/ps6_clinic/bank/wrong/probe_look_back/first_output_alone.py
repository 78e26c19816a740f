# fails: probe_look_back-others
# says: Only one output sees one later input
def probe_look_back(look_back):
    x = look_back_arguments()
    moved = np.concatenate([x[:1], other(x)[1:]])
    return not np.allclose(look_back(moved)[0], look_back(x)[0])
