"""Properties that need thousands of runs: `pytest -q -n 2 -m heavy tests`, and longer with `--hypothesis-profile long`
(given with the path `tests/heavy`, where the profile is made)."""
