"""Does every lesson run, and can everybody read it?"""
