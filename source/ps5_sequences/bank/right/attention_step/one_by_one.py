def attention_step(s, h, W, lengths, dc):
    found = {
        "weights": np.zeros(h.shape[:2]),
        "context": np.zeros(dc.shape),
        "ds": np.zeros(s.shape),
        "dh": np.zeros(h.shape),
        "dW": np.zeros(W.shape),
    }
    for n, length in enumerate(lengths):
        clean = h[n, :length]
        e = clean @ W.T @ s[n]
        a = np.exp(e - np.logaddexp.reduce(e))
        found["weights"][n, :length] = a
        found["context"][n] = a @ clean
        jacobian = np.diag(a) - np.outer(a, a)
        de = jacobian @ (clean @ dc[n])
        for i in range(length):
            found["dh"][n, i] = a[i] * dc[n] + de[i] * (W.T @ s[n])
            found["ds"][n] += de[i] * (W @ clean[i])
            found["dW"] += de[i] * np.outer(s[n], clean[i])
    return found
