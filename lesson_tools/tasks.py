"""The sequence tasks of the course: small data sets made from a seed, with nothing to download.

Every function takes a `numpy.random.Generator`, so that the same seed gives the same data.
Arrays are shaped (batch, time, features); floats are float32, as Keras computes.
"""

import numpy as np


def adding_problem(rng, batch, time):
    """Add the two marked numbers of a sequence, in the form of Le, Jaitly & Hinton (2015).

    Each time step holds a number from U(0, 1) and a marker. Exactly two markers are 1, one in each
    half of the sequence. Always answering 1 has an expected squared error of 1/6. (The original
    task of Hochreiter & Schmidhuber, 1997, has numbers from -1 to 1 and a scaled target.)

    Returns x, shape (batch, time, 2), and y, shape (batch, 1).
    """
    if time < 2:
        raise ValueError(f"the adding problem needs at least 2 time steps, not {time}")
    numbers = rng.uniform(size=(batch, time))
    markers = np.zeros((batch, time))
    rows = np.arange(batch)
    markers[rows, rng.integers(0, time // 2, size=batch)] = 1
    markers[rows, rng.integers(time // 2, time, size=batch)] = 1
    x = np.stack([numbers, markers], axis=-1)
    y = (numbers * markers).sum(axis=1, keepdims=True)
    return x.astype("float32"), y.astype("float32")


# ---- lesson 03: backpropagation through time


def temporal_xor(rng, batch, time):
    """Predict the next bit, where every third is XOR of two (Elman 1990).

    A sequence is a chain of triples: two random bits, then their XOR. The
    target at each step is the next bit, so steps 2, 5, 8, ... (counted
    from 1) can be predicted, and the others are coin tosses.

    Returns x and y, both of shape (batch, time, 1).
    """
    pairs = rng.integers(0, 2, size=(batch, time // 3 + 1, 2))
    third = pairs.sum(axis=-1, keepdims=True) % 2
    bits = np.concatenate([pairs, third], axis=-1)
    bits = bits.reshape(batch, -1, 1).astype("float32")
    return bits[:, :time], bits[:, 1 : time + 1]


def echo(rng, batch, time, delay):
    """Repeat the input `delay` steps later; before that, answer 0.

    The inputs are -1 or 1 at random, so always answering 0 has a
    squared error of 1 at every step after the first `delay`.

    Returns x and y, both of shape (batch, time, 1).
    """
    if not 0 < delay < time:
        raise ValueError(f"delay must be from 1 to {time - 1}, not {delay}")
    x = rng.choice([-1.0, 1.0], size=(batch, time, 1)).astype("float32")
    y = np.zeros_like(x)
    y[:, delay:] = x[:, :-delay]
    return x, y


def remember_the_first(rng, batch, time, noise=0.5):
    """Tell at the end which sign the first number had (Bengio et al. 1994).

    The first number is +1 or -1, each as likely; the others are noise from
    U(-noise, noise). Guessing is right half of the time.

    Returns x, shape (batch, time, 1), and y, shape (batch, 1), +1 or -1.
    """
    x = rng.uniform(-noise, noise, size=(batch, time, 1))
    y = rng.choice([-1.0, 1.0], size=(batch, 1))
    x[:, 0] = y
    return x.astype("float32"), y.astype("float32")


# ---- lesson 07: Keras layers


def last_token(rng, batch, time, tokens=8, longest=8, padding="after"):
    """Name the last token of a short sequence padded with 0 to `time`.

    Each sequence has 3 to `longest` tokens from 1 to `tokens`; the padding
    stands "after" or "before" them. Guessing is right once in `tokens`.

    Returns x, shape (batch, time), whole numbers, and y, shape (batch,),
    the last token minus 1.
    """
    if padding not in ("after", "before"):
        raise ValueError(f'padding is "after" or "before", not {padding!r}')
    if not 3 <= longest <= time:
        raise ValueError(f"longest must be from 3 to time ({time}), not {longest}")
    x = rng.integers(1, tokens + 1, size=(batch, time))
    lengths = rng.integers(3, longest + 1, size=(batch, 1))
    x[np.arange(time) >= lengths] = 0
    y = x[np.arange(batch), lengths[:, 0] - 1] - 1
    if padding == "before":
        x = x[np.arange(batch)[:, None], (np.arange(time) + lengths) % time]
    return x, y


def local_peaks(rng, batch, time):
    """Mark the numbers that exceed the two before and the two after them.

    The numbers come from U(0, 1). At the ends only the neighbours that
    exist count.

    Returns x and y, both of shape (batch, time, 1); y is 1 for a peak.
    """
    x = rng.uniform(size=(batch, time))
    padded = np.pad(x, ((0, 0), (2, 2)), constant_values=-1)
    around = np.lib.stride_tricks.sliding_window_view(padded, 5, axis=1)
    y = around.argmax(axis=-1) == 2
    return x[..., None].astype("float32"), y[..., None].astype("float32")


# ---- lesson 05: counting


def anbn_words(lengths, time):
    """Words a^n b^n for the n in `lengths`; find where each word ends.

    Feature 0 is 1 where an a is read, feature 1 where a b is read; after
    the word both are 0. The target is 1 at the last b, else 0.

    Returns x, shape (batch, time, 2), and y, shape (batch, time, 1).
    """
    n = np.asarray(lengths)[:, None]
    if n.min() < 1 or 2 * n.max() > time:
        raise ValueError(f"with {time} steps, n must be 1 to {time // 2}")
    step = np.arange(1, time + 1)
    a, b = step <= n, (step > n) & (step <= 2 * n)
    x = np.stack([a, b], axis=-1)
    y = (step == 2 * n)[..., None]
    return x.astype("float32"), y.astype("float32")


def counting_anbn(rng, batch, longest):
    """Find the end of a^n b^n, n from 1 to `longest`, by counting.

    Gers & Schmidhuber (2001) asked an LSTM for the next letter; here it
    says at each step whether the word ends, the one thing in that task
    that needs a count. Weiss et al. (2018) compare cells on this language.

    Returns x, shape (batch, 2 * longest, 2), and y, shape
    (batch, 2 * longest, 1).
    """
    lengths = rng.integers(1, longest + 1, size=batch)
    return anbn_words(lengths, 2 * longest)
