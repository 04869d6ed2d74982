"""Screens of directories and of the configuration as a file."""
