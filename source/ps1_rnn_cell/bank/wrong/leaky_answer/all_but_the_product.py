# fails: leaky_answer-padding
# says: 0 * NaN is NaN
def leaky_answer(x, lengths, leak, W_x, W_h, b, W_y, b_y):
    h_t = np.zeros((len(x), len(b)))
    total = np.zeros((len(x), len(b)))
    for t in range(x.shape[1]):
        new = np.tanh(x[:, t] @ W_x + h_t @ W_h + b)
        h_t = (1 - leak) * h_t + leak * new
        is_real = t < lengths[:, None]
        total += is_real * h_t
    mean = total / lengths[:, None]
    return mean @ W_y + b_y
