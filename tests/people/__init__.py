"""What a student and an instructor do in JupyterLab, in a real browser."""
