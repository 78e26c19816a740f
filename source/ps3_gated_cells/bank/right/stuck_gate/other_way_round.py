stuck_gate = "i, C"
