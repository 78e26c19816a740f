"""Drawings and plots that are too long for a cell: one module per lesson."""
