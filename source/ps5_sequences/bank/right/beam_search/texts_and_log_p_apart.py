def beam_search(next_letters, width, alpha):
    texts, log_p = [""], np.zeros(1)
    while not all(text.endswith(".") for text in texts):
        new_texts, new_log_p = [], []
        for text, so_far in zip(texts, log_p):
            for letter, p in next_letters.get(text, {"": 1}).items():
                new_texts.append(text + letter)
                new_log_p.append(so_far + np.log(p))
        lengths = np.array([len(text) for text in new_texts])
        scores = np.array(new_log_p) / lengths**alpha
        best = np.argsort(-scores)[:width]
        texts = [new_texts[i] for i in best]
        log_p, kept = np.array(new_log_p)[best], scores[best]
    return list(zip(texts, kept.astype("float32")))
