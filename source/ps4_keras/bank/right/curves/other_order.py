leaks = "b"
diverged = "e."
fine = "D, A"
