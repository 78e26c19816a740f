"""How fast grading is: python -m tests.benchmark"""
