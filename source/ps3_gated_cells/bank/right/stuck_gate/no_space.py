stuck_gate = "ci"
