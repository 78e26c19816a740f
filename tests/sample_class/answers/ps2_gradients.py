"""Problem set 2, answered rightly, differently and with mistakes."""

from ._cell import cell

RIGHT = {
    "rnn_step_backward": cell(
        """
        def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_x, W_h):
            da = dh_t * (1 - h_t**2)
            dW_x, dW_h = x_t.T @ da, h_prev.T @ da
            return dW_x, dW_h, da.sum(axis=0), da @ W_x.T, da @ W_h.T
        """
    ),
    "rnn_backward": cell(
        """
        def rnn_backward(dh, x, h_0, h, W_x, W_h):
            dW_x, dW_h = np.zeros_like(W_x), np.zeros_like(W_h)
            db = np.zeros(W_h.shape[0])
            dx, error = np.zeros_like(x), np.zeros_like(h_0)
            for t in reversed(range(x.shape[1])):
                before = h_0 if t == 0 else h[:, t - 1]
                a, b, c, dx[:, t], error = rnn_step_backward(
                    dh[:, t] + error, x[:, t], before, h[:, t], W_x, W_h
                )
                dW_x += a
                dW_h += b
                db += c
            return dW_x, dW_h, db, dx, error
        """
    ),
    "numerical_gradient": cell(
        """
        def numerical_gradient(loss, array, eps=1e-5):
            array = np.array(array, dtype="float64")
            gradient = np.zeros_like(array)
            for index in np.ndindex(array.shape):
                kept = array[index]
                array[index] = kept + eps
                above = loss(array)
                array[index] = kept - eps
                gradient[index] = (above - loss(array)) / (2 * eps)
                array[index] = kept
            return gradient
        """
    ),
    "clip_by_global_norm": cell(
        """
        def clip_by_global_norm(gradients, max_norm):
            norm = np.sqrt(sum((g**2).sum() for g in gradients))
            if norm <= max_norm:
                return gradients
            return [g * max_norm / norm for g in gradients]
        """
    ),
    "decay_rate": cell(
        """
        def decay_rate(W_h):
            return np.abs(np.linalg.eigvals(W_h)).max()
        """
    ),
}

# Right as well, in another style: no call of the student's own functions,
# float32, fresh copies, lists and tuples in place of arrays and lists.
DIFFERENT = {
    "rnn_step_backward": cell(
        """
        def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_x, W_h):
            slope = (1 - h_t) * (1 + h_t)
            error = (dh_t * slope).astype("float32")
            return [
                np.einsum("nf,nu->fu", x_t, error),
                np.einsum("nv,nu->vu", h_prev, error),
                error.sum(0),
                np.dot(error, W_x.transpose()),
                np.dot(error, W_h.transpose()),
            ]
        """
    ),
    "rnn_backward": cell(
        """
        def rnn_backward(dh, x, h_0, h, W_x, W_h):
            time = x.shape[1]
            errors = np.zeros(h.shape)
            from_the_future = 0
            for t in range(time - 1, -1, -1):
                errors[:, t] = (dh[:, t] + from_the_future) * (1 - h[:, t] ** 2)
                from_the_future = errors[:, t] @ W_h.T
            before = np.concatenate([h_0[:, None, :], h[:, : time - 1]], axis=1)
            return (
                np.tensordot(x, errors, axes=([0, 1], [0, 1])),
                np.tensordot(before, errors, axes=([0, 1], [0, 1])),
                errors.sum(axis=(0, 1)),
                errors @ W_x.T,
                from_the_future,
            )
        """
    ),
    "numerical_gradient": cell(
        """
        def numerical_gradient(loss, array, eps=1e-5):
            flat = np.asarray(array, dtype=float).flatten()
            slopes = []
            for unit in np.eye(flat.size):
                up = (flat + eps * unit).reshape(array.shape)
                down = (flat - eps * unit).reshape(array.shape)
                slopes.append((loss(up) - loss(down)) / eps / 2)
            return np.array(slopes).reshape(array.shape)
        """
    ),
    "clip_by_global_norm": cell(
        """
        import math

        def clip_by_global_norm(gradients, max_norm):
            everything = np.concatenate([np.ravel(g) for g in gradients])
            scale = max(1.0, math.hypot(*everything) / max_norm)
            return tuple(g / scale for g in gradients)
        """
    ),
    "decay_rate": cell(
        """
        def decay_rate(W_h):
            power, log_of_norm = W_h, 0.0
            for doubling in range(12):
                norm = np.linalg.norm(power)
                log_of_norm = 2 * (log_of_norm + np.log(norm))
                power = (power / norm) @ (power / norm)
            log_of_norm += np.log(np.linalg.norm(power))
            return float(np.exp(log_of_norm / 2**12))
        """
    ),
}

MISTAKEN = RIGHT | {
    "rnn_step_backward": cell(  # the slope of tanh is forgotten
        """
        def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_x, W_h):
            da = dh_t
            dW_x, dW_h = x_t.T @ da, h_prev.T @ da
            return dW_x, dW_h, da.sum(axis=0), da @ W_x.T, da @ W_h.T
        """
    ),
    "numerical_gradient": cell(  # one-sided
        """
        def numerical_gradient(loss, array, eps=1e-5):
            array = np.array(array, dtype="float64")
            gradient = np.zeros_like(array)
            for index in np.ndindex(array.shape):
                moved = array.copy()
                moved[index] += eps
                gradient[index] = (loss(moved) - loss(array)) / eps
            return gradient
        """
    ),
    "clip_by_global_norm": cell(  # each array by itself
        """
        def clip_by_global_norm(gradients, max_norm):
            clipped = []
            for g in gradients:
                norm = np.linalg.norm(g)
                clipped.append(g * max_norm / norm if norm > max_norm else g)
            return clipped
        """
    ),
    "decay_rate": cell(  # the largest stretch in one step
        """
        def decay_rate(W_h):
            return np.linalg.norm(W_h, 2)
        """
    ),
}
