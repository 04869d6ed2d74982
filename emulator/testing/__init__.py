"""A world for tests: of the programs that people automate routers with, and of whatever else reads a router's screens.

`plugin.py` gives it to pytest as fixtures; `docs/testing.md` shows how.
"""
