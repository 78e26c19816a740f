"""Are the graders right? Assignments tested against a bank of mistakes."""
