"""The lessons' shortcut for several epochs trains on the same rows as Keras would."""

import numpy as np

from lesson_tools.quiet import keras
from lesson_tools.training import fit_quickly, restart


def small_model():
    inputs = [keras.Input((1,)), keras.Input((2,))]
    model = keras.Model(inputs, keras.layers.Dense(1)(keras.layers.Concatenate()(inputs)))
    model.compile("sgd", "mse", run_eagerly=True)
    return model


class Recorder(keras.Model):
    """Keeps the batches that it is trained on, and learns nothing."""

    def __init__(self):
        super().__init__()
        self.batches = []

    def train_step(self, data):
        x, y = data
        self.batches.append([np.array(part) for part in (*x, y)])
        return {"loss": 0.0}


def test_each_epoch_is_a_shuffle_of_all_rows_in_batches_of_one_size():
    recorder = Recorder()
    recorder.compile(run_eagerly=True)
    y = np.arange(10.0)
    fit_quickly(recorder, [y[:, None], np.stack([y, -y], axis=1)], y, batch_size=4, epochs=3)
    assert [len(answers) for *_, answers in recorder.batches] == [4] * 7
    left, right, seen = (np.concatenate(parts) for parts in zip(*recorder.batches, strict=True))
    assert sorted(seen[:10]) == sorted(seen[10:20]) == list(y)
    assert len(set(seen[20:])) == 8
    assert list(seen[:10]) != list(y)
    assert list(seen[:10]) != list(seen[10:20])
    assert np.array_equal(left[:, 0], seen)
    assert np.array_equal(right, np.stack([seen, -seen], axis=1))


def test_a_seed_decides_weights_and_order():
    model, rng = small_model(), np.random.default_rng(0)
    x, y = [rng.normal(size=(10, 1)), rng.normal(size=(10, 2))], rng.normal(size=(10, 1))
    trained = []
    for seed in (1, 1, 2):
        restart(model, seed)
        fit_quickly(model, x, y, batch_size=5, epochs=2)
        trained.append(np.concatenate([w.ravel() for w in model.get_weights()]))
    assert np.array_equal(trained[0], trained[1])
    assert not np.allclose(trained[0], trained[2])
