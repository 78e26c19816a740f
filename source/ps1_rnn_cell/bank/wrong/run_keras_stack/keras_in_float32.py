# fails: run_keras_stack-one_layer
# says: rounding of float32
def run_keras_stack(x, weights, backwards):
    layers = [keras.Input(x.shape[1:])]
    for i, backward in enumerate(backwards):
        last = i == len(backwards) - 1
        layers.append(
            keras.layers.SimpleRNN(
                len(weights[3 * i + 2]),
                return_sequences=not last,
                go_backwards=backward,
            )
        )
    layers.append(keras.layers.Dense(len(weights[-1])))
    model = keras.Sequential(layers)
    model.set_weights(weights)
    return model(x).numpy()
