leaks = ["B"]
diverged = ("E",)
fine = {"A", "D"}
