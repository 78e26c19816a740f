future = "e, b"
newest = "c"
recurrent = "d"
