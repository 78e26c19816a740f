# fails: build_reader-shapes
# says: not accounted for
def build_reader(vocabulary, size, facts, units, tags):
    words, sender = keras.Input((None,)), keras.Input((facts,))
    embed = keras.layers.Embedding(vocabulary, size, mask_zero=True)
    start = keras.layers.Dense(units, activation="tanh")
    read = keras.layers.GRU(units, return_sequences=True, return_state=True)
    tag = keras.layers.Dense(tags, activation="softmax")
    judge = keras.layers.Dense(1, activation="sigmoid")
    both = keras.layers.Bidirectional(
        keras.layers.GRU(units, return_sequences=True)
    )
    states, last = read(
        embed(words),
        mask=embed.compute_mask(words),
        initial_state=start(sender),
    )
    return keras.Model(
        [words, sender], [tag(both(embed(words))), judge(last)]
    )
