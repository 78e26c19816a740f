before, went_in = trace[:-1], np.arctanh(trace[1:])
recurrent_weights = np.linalg.lstsq(before, went_in, rcond=None)[0].tolist()
