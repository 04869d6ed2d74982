"""Simulated time: the one clock, what waits on it, and who answers a running command. Knows no router."""
