"""Several seeds from one compiled Keras model."""

from lesson_tools.quiet import keras


def restart(model, seed):
    """Deal a compiled model new random weights and a blank optimiser, as if it were new.

    Compiling a second model takes longer than training a small one.
    """
    keras.utils.set_random_seed(seed)
    model.set_weights(keras.models.clone_model(model).get_weights())
    for variable in model.optimizer.variables:
        if not variable.path.endswith("learning_rate"):
            variable.assign(keras.ops.zeros_like(variable))
