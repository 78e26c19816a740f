# fails: largest_layer-exact
# says: Is W_h counted
def largest_layer(budget, input_size, output_size):
    units = 0
    while True:
        more = units + 1
        parameters = (
            input_size * more + more + more * output_size + output_size
        )
        if parameters > budget:
            return units
        units = more
