import math


def text_score(log_p, targets, lengths, characters):
    nats, tokens, written = 0.0, 0, 0
    for n, length in enumerate(lengths):
        for t in range(length):
            token = int(targets[n, t])
            nats -= float(log_p[n, t, token])
            tokens += 1
            written += int(characters[token])
    return {
        "perplexity": math.exp(nats / tokens),
        "bits_per_token": nats / tokens / math.log(2),
        "bits_per_character": nats / written / math.log(2),
    }
