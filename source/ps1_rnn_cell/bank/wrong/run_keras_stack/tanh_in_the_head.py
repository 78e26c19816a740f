# fails: run_keras_stack-one_layer
# says: head has no activation
def run_keras_stack(x, weights, backwards):
    weights = [w.astype("float64") for w in weights]
    inputs = x
    for i in range(len(backwards)):
        W_x, W_h, b = weights[3 * i : 3 * i + 3]
        if backwards[i]:
            inputs = inputs[:, ::-1]
        h_t, states = np.zeros((len(x), len(b))), []
        for t in range(x.shape[1]):
            h_t = np.tanh(inputs[:, t] @ W_x + h_t @ W_h + b)
            states.append(h_t)
        inputs = np.stack(states, axis=1)
    return np.tanh(inputs[:, -1] @ weights[-2] + weights[-1])
