"""Keras without the messages that TensorFlow writes while it starts: import it from here.

They come from TensorFlow's C++ side, past Python's own streams, and say only which processor was
found. In your own files, `import keras` does the same and shows them.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
_standard_error = os.dup(2)
_nowhere = os.open(os.devnull, os.O_WRONLY)
os.dup2(_nowhere, 2)
try:
    import keras
    import tensorflow  # noqa: F401
finally:
    os.dup2(_standard_error, 2)
    os.close(_standard_error)
    os.close(_nowhere)

__all__ = ["keras"]
