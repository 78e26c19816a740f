# fails: coupled_step_back-output
# says: Not c_t itself
def coupled_step_back(dh, dc, step, W_x, W_h):
    return broken_step_back(dh, dc, step, W_x, W_h)
