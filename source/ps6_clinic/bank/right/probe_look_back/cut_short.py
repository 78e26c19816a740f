def probe_look_back(look_back):
    """Who looks back alone cannot tell whether anything follows."""
    x = look_back_arguments()
    whole = look_back(x)
    lengths = range(1, len(x))
    return any(
        not np.allclose(look_back(x[:n]), whole[:n]) for n in lengths
    )
