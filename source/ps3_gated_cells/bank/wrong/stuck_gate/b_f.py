# fails when graded: stuck_gate-unit
# says: Unit B does its job
stuck_gate = "B f"
