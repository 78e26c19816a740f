def largest_layer(budget, input_size, output_size):
    roots = np.roots(
        [1, input_size + 1 + output_size, output_size - budget]
    )
    return max(0.0, np.floor(roots.real.max() + 1e-9))
