def keras_gru_weights(W_ih, W_hh, b_ih, b_hh):
    units = W_hh.shape[1]
    both = b_ih + b_hh
    nothing = np.zeros(2 * units)
    b = [
        np.concatenate([-both[units:-units], both[:units], b_ih[-units:]]),
        np.concatenate([nothing, b_hh[-units:]]),
    ]

    def columns(W):
        return np.hstack([-W[units:-units].T, W[:units].T, W[-units:].T])

    return columns(W_ih), columns(W_hh), b
