# fails when graded: stuck_gate-gate
# says: does not touch the cell state
stuck_gate = "C o"
