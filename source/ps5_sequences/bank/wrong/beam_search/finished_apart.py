# fails: beam_search-finished
# says: keeps competing
def beam_search(next_letters, width, alpha):
    def score(pair):
        return pair[1] / len(pair[0]) ** alpha

    beam, finished = [("", 0.0)], []
    while beam:
        longer = []
        for text, log_p in beam:
            for letter, p in next_letters[text].items():
                pair = (text + letter, log_p + np.log(p))
                (finished if letter == "." else longer).append(pair)
        beam = sorted(longer, key=score, reverse=True)[:width]
    finished.sort(key=score, reverse=True)
    return [(pair[0], score(pair)) for pair in finished[:width]]
