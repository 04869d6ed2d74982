"""Interfaces, the switch inside, and the neighbors at their cables."""
