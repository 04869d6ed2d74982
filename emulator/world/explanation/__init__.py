"""Explanations why a level or feature of a router is on or off, from the order to the command, and the next step."""
