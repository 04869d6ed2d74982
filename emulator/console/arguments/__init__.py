"""Argument types of the console's commands: words, numbers, files and interfaces."""
