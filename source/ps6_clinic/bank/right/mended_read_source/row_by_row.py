def mended_read_source(h, h_lengths, s, s_lengths):
    contexts = np.zeros(s.shape)
    for n in range(len(h)):
        states, queries = h[n, : h_lengths[n]], s[n, : s_lengths[n]]
        contexts[n, : s_lengths[n]] = softmax(queries @ states.T) @ states
    return contexts.astype("float32")
