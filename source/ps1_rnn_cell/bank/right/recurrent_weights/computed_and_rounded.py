row_0 = np.arctanh(trace[1]) / trace[0, 0]
row_1 = np.arctanh(trace[2]) / trace[1, 1]
recurrent_weights = np.array([row_0, row_1]).round(1)
