future = ["B", "E"]
newest = ["C"]
recurrent = ("D",)
