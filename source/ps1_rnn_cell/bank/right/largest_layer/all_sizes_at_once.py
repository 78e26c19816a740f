def largest_layer(budget, input_size, output_size):
    units = np.arange(1, 5000)
    parameters = (
        units * (input_size + units + 1 + output_size) + output_size
    )
    return np.count_nonzero(parameters <= budget)
