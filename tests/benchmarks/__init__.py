"""Figures, each as a ratio to a reference measured in the same run: `python -m tests.benchmarks [NAME…]`.

Nothing here asserts a time; a budget is printed beside the figure, and the exit status says whether all were kept.
"""
