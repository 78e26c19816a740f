from keras import layers


def build_reader(vocabulary, size, facts, units, tags):
    words = keras.Input(shape=(None,), dtype="int32", name="words")
    sender = keras.Input(shape=(facts,), name="sender")
    vectors = layers.Embedding(vocabulary, size)(words)
    first = layers.Dense(units, "tanh")(sender)
    states = layers.GRU(units, return_sequences=True)(
        vectors, initial_state=first, mask=keras.ops.not_equal(words, 0)
    )
    urgent = layers.Dense(1, "sigmoid")(states[:, -1])
    kinds = layers.TimeDistributed(layers.Dense(tags, "softmax"))(states)
    model = keras.Model(inputs=[words, sender], outputs=[kinds, urgent])
    model.compile(
        "adam",
        loss=["sparse_categorical_crossentropy", "binary_crossentropy"],
    )
    return model
