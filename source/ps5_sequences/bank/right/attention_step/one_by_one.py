def attention_step(h, states, W, lengths, dc):
    found = {
        "weights": np.zeros(states.shape[:2]),
        "context": np.zeros(dc.shape),
        "dh": np.zeros(h.shape),
        "dstates": np.zeros(states.shape),
        "dW": np.zeros(W.shape),
    }
    for n, length in enumerate(lengths):
        e = states[n, :length]
        s = e @ W.T @ h[n]
        a = np.exp(s - np.logaddexp.reduce(s))
        found["weights"][n, :length] = a
        found["context"][n] = a @ e
        jacobian = np.diag(a) - np.outer(a, a)
        ds = jacobian @ (e @ dc[n])
        for i in range(length):
            found["dstates"][n, i] = a[i] * dc[n] + ds[i] * (W.T @ h[n])
            found["dh"][n] += ds[i] * (W @ e[i])
            found["dW"] += ds[i] * np.outer(h[n], e[i])
    return found
