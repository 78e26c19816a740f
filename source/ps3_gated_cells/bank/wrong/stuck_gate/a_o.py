# fails when graded: stuck_gate-unit
# says: Unit A does its job
stuck_gate = "A o"
