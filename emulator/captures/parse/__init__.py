"""Parsers, one a command: from a screen to facts, and the lines that it could not read."""
