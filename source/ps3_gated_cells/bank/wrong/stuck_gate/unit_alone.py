# fails: stuck_gate-unit
# says: cannot be read
stuck_gate = "C"
