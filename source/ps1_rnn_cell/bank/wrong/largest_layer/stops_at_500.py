# fails: largest_layer-edges
# says: stop too early
def largest_layer(budget, input_size, output_size):
    best = 0
    for units in range(1, 501):
        if (
            units * (input_size + units + 1 + output_size) + output_size
            <= budget
        ):
            best = units
    return best
