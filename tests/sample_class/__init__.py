"""A class of made-up students, graded for show and as a test.

Each submission is built from the student version in release/, by filling in
answers; `students.py` says who did what, and the exact points they must get.
"""
