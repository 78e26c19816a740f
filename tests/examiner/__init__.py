"""Does the grading engine do what it promises?"""
