"""Drawings and plots that are too long for a cell: a module a lesson."""
