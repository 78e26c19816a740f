# fails: largest_layer-edges
# says: more than 13
def largest_layer(budget, input_size, output_size):
    units = 1
    while (units + 1) * (
        input_size + units + 2 + output_size
    ) + output_size <= budget:
        units += 1
    return units
