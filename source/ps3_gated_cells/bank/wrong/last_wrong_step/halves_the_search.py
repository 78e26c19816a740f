# fails: last_wrong_step-traps
# says: the claims of the steps [2, 4] are wrong
def is_wrong(loss_after, problem, t, states, claims):
    states = [state[:, t].astype(float) for state in states]
    for state, claim in zip(states, claims):
        for index in np.ndindex(state.shape):
            kept = state[index]
            state[index] = kept + 1e-5
            above = loss_after(problem, t, *states)
            state[index] = kept - 1e-5
            slope = (above - loss_after(problem, t, *states)) / 2e-5
            state[index] = kept
            if not abs(claim[index] - slope) <= 1e-8 + 1e-3 * abs(slope):
                return True
    return False


def last_wrong_step(loss_after, problem, h, c, dh, dc):
    right, wrong = h.shape[1], -1
    while right - wrong > 1:
        t = (right + wrong) // 2
        claims = dh[:, t], dc[:, t]
        if is_wrong(loss_after, problem, t, (h, c), claims):
            wrong = t
        else:
            right = t
    return None if wrong < 0 else wrong
