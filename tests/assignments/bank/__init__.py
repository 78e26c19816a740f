"""The mistake bank: for each assignment, what people write, wrong and right.

A module an assignment, with MISTAKES and VARIANTS.
"""
