# fails: build_reader-words
# says: through embedding and GRU
def build_reader(vocabulary, size, facts, units, tags):
    words, sender = keras.Input((None,)), keras.Input((facts,))
    embed = keras.layers.Embedding(vocabulary, size, mask_zero=True)
    start = keras.layers.Dense(units, activation="tanh")
    read = keras.layers.GRU(
        units, activation="relu", return_sequences=True, return_state=True
    )
    tag = keras.layers.Dense(tags, activation="softmax")
    judge = keras.layers.Dense(1, activation="sigmoid")
    states, last = read(
        embed(words),
        mask=embed.compute_mask(words),
        initial_state=start(sender),
    )
    return keras.Model([words, sender], [tag(states), judge(last)])
