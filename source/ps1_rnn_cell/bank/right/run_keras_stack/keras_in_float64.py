def run_keras_stack(x, weights, backwards):
    layers = [keras.Input(x.shape[1:], dtype="float64")]
    for i, backward in enumerate(backwards):
        last = i == len(backwards) - 1
        layers.append(
            keras.layers.SimpleRNN(
                len(weights[3 * i + 2]),
                return_sequences=not last,
                go_backwards=backward,
                dtype="float64",
            )
        )
    layers.append(keras.layers.Dense(len(weights[-1]), dtype="float64"))
    model = keras.Sequential(layers)
    model.set_weights(weights)
    return model(x).numpy()
