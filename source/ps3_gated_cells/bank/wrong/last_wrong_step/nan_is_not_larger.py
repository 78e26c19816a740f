# fails: last_wrong_step-traps
# says: A claim at step 2 is nan
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
            if np.any(
                np.abs(claim - slopes) > 1e-8 + 1e-3 * np.abs(slopes)
            ):
                return t
    return None
