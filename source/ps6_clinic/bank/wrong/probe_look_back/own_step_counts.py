# fails: probe_look_back-patient
# says: output t may change
def probe_look_back(look_back):
    x = look_back_arguments()
    for t in range(len(x)):
        moved = x.copy()
        moved[t] = other(x)[t]
        if not np.allclose(
            look_back(moved)[: t + 1], look_back(x)[: t + 1]
        ):
            return True
    return False
