"""Text without its secrets, as IOS shows a configuration to others (R): no passwords, keys and communities."""

import re

_SECRET = re.compile(r"^(?P<before>.*\b(?:password|secret|key|community)(?: [0-9])?) \S+", re.MULTILINE)
REMOVED = "<removed>"


def without_secrets(text: str) -> str:
    """Return a configuration with its secrets replaced."""
    return _SECRET.sub(rf"\g<before> {REMOVED}", text)
