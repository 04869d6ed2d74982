"""The portal in a real browser. Left out by default: `pytest -n 0 -m browser tests/browser`."""
