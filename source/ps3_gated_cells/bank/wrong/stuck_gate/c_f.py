# fails when graded: stuck_gate-gate
# says: it erases at each #
stuck_gate = "C f"
