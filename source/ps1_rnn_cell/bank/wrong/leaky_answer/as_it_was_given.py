# fails: leaky_answer-steps
# says: Only the first of the 4 steps
def leaky_answer(x, lengths, leak, W_x, W_h, b, W_y, b_y):
    h_t = np.zeros((len(x), len(b)))
    total = np.zeros((len(x), len(b)))
    for t in range(len(x)):
        new = np.tanh(x[:, t] @ W_x + h_t @ W_h + b)
        h_t = leak * h_t + (1 - leak) * new
        is_real = t < lengths[:, None]
        total += is_real * h_t
    mean = total / x.shape[1]
    return mean @ W_y + b_y
