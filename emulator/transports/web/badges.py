"""States as badges: an icon and a word, of a short list, so that one state is called by one word on every page.

A word may go on (`waiting for the rehost ticket`, `in the mail, arrives 2010-03-08`); its beginning says which it is.
"""

from emulator.kernel.errors import UnknownName

BADGES = {
    "good": ("active", "licensed", "available", "done", "holds"),
    "info": ("in use", "working", "running", "in progress", "booting", "not installed", "already licensed"),
    "wait": ("waiting for", "expiring", "evaluation", "grace", "scheduled", "paused", "in ROMMON"),
    "bad": ("expired", "failed", "done with errors", "stuck", "other hardware", "revoked"),
    "off": (
        "transferred", "used up", "in the mail", "not yet", "to do", "away", "no answer", "canceled", "no power",
        "replaced",
    ),
}  # fmt: skip
"""The states that there are, by the kind that gives a badge its icon and color."""

_KINDS = sorted(((word, kind) for kind, words in BADGES.items() for word in words), key=lambda row: -len(row[0]))


def badge_kind(state: str) -> str:
    """The kind of a state: good, info, wait, bad or off.

    Raises:
        UnknownName: no badge is called so.
    """
    for word, kind in _KINDS:
        if state == word or state.startswith((f"{word} ", f"{word},")):
            return kind
    raise UnknownName("badge", state, [word for word, _ in _KINDS])
