import heapq
import math


def beam_search(next_letters, width, alpha):
    beam = [(0.0, 0.0, "")]
    running = True
    while running:
        running, longer = False, []
        for value, log_p, text in beam:
            if text.endswith("."):
                longer.append((value, log_p, text))
                continue
            running = True
            for letter, p in next_letters[text].items():
                total = log_p + math.log(p)
                whole = text + letter
                longer.append((total / len(whole) ** alpha, total, whole))
        if running:
            beam = heapq.nlargest(width, longer)
    return [[text, value] for value, _, text in beam]
