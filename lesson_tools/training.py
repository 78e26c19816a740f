"""Several seeds from one compiled Keras model."""

import numpy as np

from lesson_tools.quiet import keras


def restart(model, seed):
    """Deal a compiled model new random weights and a blank optimiser, as if it were new.

    Compiling a second model takes longer than training a small one.
    """
    keras.utils.set_random_seed(seed)
    model.set_weights(keras.models.clone_model(model).get_weights())
    # Without its variables, Keras would trace the first training step twice.
    model.optimizer.build(model.trainable_variables)
    for variable in model.optimizer.variables:
        if not variable.path.endswith("learning_rate"):
            variable.assign(keras.ops.zeros_like(variable))


def fit_quickly(model, x, y, batch_size, epochs):
    """Train as `model.fit(x, y, batch_size=batch_size, epochs=epochs)` does, in half of the time.

    Keras takes longer to begin an epoch than to train a small network for one. Here the rows of
    all epochs, each epoch in an order of its own, are a single long one. A batch may reach from
    one epoch into the next, so that all have the same size and are compiled once; an incomplete
    last batch is left out. The order comes from NumPy's global generator, which `restart` seeds.

    x may be a list of arrays, one for each input of the model.
    """
    rows = np.concatenate([np.random.permutation(len(y)) for _ in range(epochs)])
    rows = rows[: len(rows) - len(rows) % batch_size]
    x = keras.tree.map_structure(lambda part: part[rows], x)
    model.fit(x, y[rows], batch_size=batch_size, shuffle=False, verbose=0)
