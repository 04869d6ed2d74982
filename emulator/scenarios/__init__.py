"""Scenarios: scripts of console, bench and portal steps that replay the same every time and check what is seen."""
