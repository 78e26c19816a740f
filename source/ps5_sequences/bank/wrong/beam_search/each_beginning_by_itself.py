# fails: beam_search-beats_greedy
# says: compete
def beam_search(next_letters, width, alpha):
    text, log_p = "", 0.0
    while True:
        after = next_letters[text]
        if all(next_letters[text + s] == {".": 1.0} for s in after):
            break
        letter = max(after, key=after.get)
        text, log_p = text + letter, log_p + np.log(after[letter])
        if len(next_letters[text]) == 1:
            break
    found = []
    for letter, p in sorted(
        next_letters[text].items(), key=lambda s: -s[1]
    ):
        whole = text + letter if letter == "." else text + letter + "."
        found.append((whole, (log_p + np.log(p)) / len(whole) ** alpha))
    return found[:width]
