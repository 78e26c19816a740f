"""Do the tests of an assignment notice every small change of its solutions?"""
