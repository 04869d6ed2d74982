"""Screens of the router as a whole: boot, hardware, memory, messages, lines."""
