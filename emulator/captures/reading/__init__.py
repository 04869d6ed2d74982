"""Screens read from captured bytes: terminal logs, single commands, indented pages, collector output."""
