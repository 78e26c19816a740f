# fails: beam_search-length
# says: not divided by the length
def beam_search(next_letters, width, alpha):
    def score(candidate):
        text, log_p = candidate
        return log_p / len(text) ** alpha

    beam = [("", 0)]
    for _ in range(1 + max(map(len, next_letters))):
        candidates = []
        for text, log_p in beam:
            after = next_letters.get(text, {"": 1.0})  # finished: no letter
            for letter, p in after.items():
                candidates.append((text + letter, log_p + np.log(p)))
        beam = sorted(candidates, key=score, reverse=True)[:width]
    return [(candidate[0], candidate[1]) for candidate in beam]
