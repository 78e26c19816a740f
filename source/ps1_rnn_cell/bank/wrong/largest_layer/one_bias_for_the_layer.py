# fails: largest_layer-short
# says: b has one entry per unit
def largest_layer(budget, input_size, output_size):
    units = 0
    while True:
        more = units + 1
        parameters = (
            input_size * more
            + more * more
            + 1
            + more * output_size
            + output_size
        )
        if parameters > budget:
            return units
        units = more
