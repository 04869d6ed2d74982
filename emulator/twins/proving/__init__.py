"""Gives each captured command again at the twin and compares what it prints."""
