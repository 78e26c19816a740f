# fails: probe_look_back-patient
# says: A sick patient is called sound
def probe_look_back(look_back):
    x = look_back_arguments()
    moved = x.copy()
    moved[0] = other(x)[0]
    return not np.allclose(look_back(moved)[1:], look_back(x)[1:])
