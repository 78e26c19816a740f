"""Keras models as values: of Keras's own parts alone, none of which can hold code."""

import importlib
import sys
import types

from .kinds import CannotCross

MAX_DIMENSION = 2**20  # of a layer

# What a model may be made of: Keras's own classes, by module. Data that
# Keras marks by a class name has no module.
KERAS_MODULES = {
    "keras",
    "keras.constraints",
    "keras.dtype_policies",
    "keras.initializers",
    "keras.layers",
    "keras.losses",
    "keras.metrics",
    "keras.models",
    "keras.optimizers",
    "keras.optimizers.schedules",
    "keras.regularizers",
    "keras.src.models.functional",
    "keras.src.models.sequential",
    "keras.src.ops.nn",
    "keras.src.ops.numpy",
}
KERAS_DATA = {"__ellipsis__", "__keras_tensor__", "__numpy__", "__slice__"}
# Those of them that can hold or load code.
CODE_CLASSES = {
    "FlaxLayer",
    "JaxLayer",
    "Lambda",
    "TFSMLayer",
    "TorchModuleWrapper",
}


def is_model(value) -> bool:
    keras = sys.modules.get("keras")
    return keras is not None and isinstance(value, keras.Model)


def build_model(config, weights):
    """The model that was described. Raises CannotCross."""
    _refuse_code(config, but="compile_config")
    _refuse_size(config)
    try:
        _refuse_code(config.get("compile_config"))
    except CannotCross:
        # A loss of the student's own: predictions can do without.
        config = config | {"compile_config": None}
    import keras  # only a side that is sent a model needs Keras

    try:
        model = keras.saving.deserialize_keras_object(config, safe_mode=True)
        model.set_weights(weights)
    except Exception as error:  # Keras raises anything at a bad config
        raise CannotCross(f"the model cannot be built again: {error}") from None
    return model


def _refuse_code(config, but=None):
    """Only Keras's own classes, and of them none that can hold code.

    but: the one part of `config` that is not looked at.
    """
    if isinstance(config, list):
        for item in config:
            _refuse_code(item)
    if isinstance(config, dict):
        name = config.get("class_name")
        if name is not None and not _ships_with_keras(name, config):
            raise CannotCross(
                f"the model has a {name} in it: only layers that Keras "
                "ships, without code of their own, can be graded"
            )
        for key, item in config.items():
            if key != but:
                _refuse_code(item)


def _refuse_size(config):
    """Memory for a layer is taken before anybody sees that its weights do not fit."""
    if isinstance(config, list):
        for item in config:
            _refuse_size(item)
    if isinstance(config, dict):
        for key, item in config.items():
            if key in {"compile_config", "seed"}:
                continue
            if type(item) is int and abs(item) > MAX_DIMENSION:
                raise CannotCross(f"the model has a {key} that is too large")
            _refuse_size(item)


def _ships_with_keras(name, config):
    module = config.get("module")
    if name == "function":
        return module == "builtins" and _is_loss_or_metric(config["config"])
    if (
        not str(name).isidentifier()
        or name in CODE_CLASSES
        or config.get("registered_name") not in {None, name}
    ):
        return False
    if module is None:
        return name in KERAS_DATA
    return module in KERAS_MODULES and _is_part_of_a_model(module, name)


def _is_part_of_a_model(module, name):
    """Whether Keras finds a class by that name, and one that a model is made of.

    Hundreds of functions can be named as well.
    """
    import keras

    found = getattr(importlib.import_module(module), name, None)
    kinds = (
        *(keras.Layer, keras.Operation, keras.Initializer, keras.Loss, keras.Metric),
        *(keras.Optimizer, keras.Regularizer, keras.constraints.Constraint),
        *(keras.dtype_policies.DTypePolicy, keras.optimizers.schedules.LearningRateSchedule),
    )
    return isinstance(found, type) and issubclass(found, kinds)


def _is_loss_or_metric(name):
    import keras

    return name not in {"deserialize", "get", "serialize"} and any(
        isinstance(getattr(home, str(name), None), types.FunctionType)
        for home in (keras.losses, keras.metrics)
    )
