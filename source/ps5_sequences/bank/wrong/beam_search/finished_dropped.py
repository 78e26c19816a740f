# fails: beam_search-beats_greedy
# says: finished first
def beam_search(next_letters, width, alpha):
    beam = [("", 0.0)]
    while True:
        longer = []
        for text, log_p in beam:
            for letter, p in next_letters.get(text, {}).items():
                longer.append((text + letter, log_p + np.log(p)))
        if not longer:
            break
        longer.sort(key=lambda pair: pair[1] / len(pair[0]) ** alpha)
        beam = longer[-width:]
    return [
        (text, log_p / len(text) ** alpha) for text, log_p in beam[::-1]
    ]
