# fails: beam_search-finished
# says: stopped when the first
def beam_search(next_letters, width, alpha):
    beam = [("", 0.0)]
    while beam[0][0][-1:] != ".":
        longer = []
        for text, log_p in beam:
            after = {"": 1.0} if text[-1:] == "." else next_letters[text]
            for letter, p in after.items():
                longer.append((text + letter, log_p + np.log(p)))
        longer.sort(key=lambda pair: pair[1] / len(pair[0]) ** alpha)
        beam = longer[::-1][:width]
    return [(text, log_p / len(text) ** alpha) for text, log_p in beam]
