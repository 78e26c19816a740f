# fails: last_wrong_step-entries
# says: add up to 0
def last_wrong_step(loss_after, problem, h, c, dh, dc):
    for t in reversed(range(h.shape[1])):
        states = h[:, t].astype(float), c[:, t].astype(float)
        for state, claim in zip(states, (dh[:, t], dc[:, t])):
            slopes = np.zeros(state.shape)
            for index in np.ndindex(state.shape):
                kept = state[index]
                state[index] = kept + 1e-5
                above = loss_after(problem, t, *states)
                state[index] = kept - 1e-5
                below = loss_after(problem, t, *states)
                state[index] = kept
                slopes[index] = (above - below) / 2e-5
            if not np.allclose(
                claim.sum(), slopes.sum(), rtol=1e-3, atol=1e-8
            ):
                return t
    return None
