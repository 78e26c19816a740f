# fails: largest_layer-edges
# says: the least that a layer can have is 0
def largest_layer(budget, input_size, output_size):
    linear = input_size + 1 + output_size
    root = (linear**2 + 4 * (budget - output_size)) ** 0.5
    return math.floor((root - linear) / 2)
