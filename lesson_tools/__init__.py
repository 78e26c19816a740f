"""What the lessons use but do not teach: drawings, sequence tasks, self-check questions."""
