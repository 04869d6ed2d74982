"""isrtwin: a digital twin of software activation on Cisco 860 and 880 routers.

The package is rooms (folders) in layers that import downwards only; `pyproject.toml` states the order and
import-linter checks it. A newcomer starts at `world/build.py`, where everything is wired.
"""

__version__ = "0.1.0"
