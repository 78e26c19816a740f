# fails: beam_search-beats_greedy
# says: of all texts together
def beam_search(next_letters, width, alpha):
    beam = [("", 0.0)]
    while any(not text.endswith(".") for text, _ in beam):
        longer = []
        for text, log_p in beam:
            if text.endswith("."):
                longer.append((text, log_p))
                continue
            after = sorted(next_letters[text].items(), key=lambda s: -s[1])
            for letter, p in after[:width]:
                longer.append((text + letter, log_p + np.log(p)))
        beam = longer
    beam.sort(
        key=lambda pair: pair[1] / len(pair[0]) ** alpha, reverse=True
    )
    return [(text, log_p / len(text) ** alpha) for text, log_p in beam]
