stuck_gate = ("C", "i")
