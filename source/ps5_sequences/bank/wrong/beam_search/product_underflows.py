# fails: beam_search-length
# says: too small for a float
def beam_search(next_letters, width, alpha):
    def score(pair):
        return np.log(pair[1] + 1e-320) / len(pair[0]) ** alpha

    beam = [("", 1.0)]
    while any(not text.endswith(".") for text, _ in beam):
        longer = []
        for text, probability in beam:
            if text.endswith("."):
                longer.append((text, probability))
            else:
                for letter, p in next_letters[text].items():
                    longer.append((text + letter, probability * p))
        beam = sorted(longer, key=score, reverse=True)[:width]
    return [(pair[0], score(pair)) for pair in beam]
