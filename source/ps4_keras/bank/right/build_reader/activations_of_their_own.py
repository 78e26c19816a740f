def build_reader(vocabulary, size, facts, units, tags):
    sender = keras.Input((facts,))
    words = keras.Input((None,))
    hidden = keras.layers.Activation("tanh")(
        keras.layers.Dense(units)(sender)
    )
    embedding = keras.layers.Embedding(vocabulary, size, mask_zero=True)
    gru = keras.layers.GRU(units, return_state=True, return_sequences=True)
    every, last = gru(
        embedding(words),
        mask=embedding.compute_mask(words),
        initial_state=[hidden],
    )
    judged = keras.layers.Activation("sigmoid")(keras.layers.Dense(1)(last))
    tagged = keras.layers.Activation("softmax")(
        keras.layers.Dense(tags)(every)
    )
    return keras.Model([words, sender], [tagged, judged])
