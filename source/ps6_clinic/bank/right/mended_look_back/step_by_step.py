def mended_look_back(x):
    outputs = np.zeros_like(x)
    for t in range(len(x)):
        seen = x[: t + 1]
        outputs[t] = softmax(seen @ x[t]) @ seen
    return outputs
