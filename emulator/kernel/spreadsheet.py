"""Cells of a table that people open in a spreadsheet: none of them may be computed there.

A cell is taken for a formula that begins with a sign of one, whatever blanks or quotation marks stand before it; some
programs split at semicolons or tabs as well, whatever is quoted. An apostrophe before it makes it text (ours, I).
"""

import re

SIGNS = "=+-@"

LOOK_ALIKES = "\u2212\u207a\u207b\u207c\u208a\u208b\u208c\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20"
"""Full-width, small, raised and mathematical forms of the signs, which an input method or a program turns into them."""

BLANKS = " \u00a0\u200b\u2060\u3000\ufeff"
"""Characters that show nothing, and that a program may cut off."""

_FORMULA = re.compile(rf"(^|[;\t\r\n])(?=[{BLANKS}\"]*[{re.escape(SIGNS)}\t\r\n{LOOK_ALIKES}])")
"""Where a cell begins, in whatever way the file is split, that would be computed."""


def harmless(cell: str) -> str:
    """Write a cell so that no spreadsheet computes it or a part of it."""
    return _FORMULA.sub(r"\1'", cell)
