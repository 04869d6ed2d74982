"""The families of hardware: what images boot on, what licenses are sold for, what the feature matrix tells apart.

Releases have an order beside them: a product needs one that is no older than itself.

C: the data sheets name 860 and 880 and their SRST and IAD variants; the second generation (C860, C880) has images of
its own (C).
"""

import re
from collections.abc import Iterable
from typing import Literal

Family = Literal["860", "880", "880srst", "iad880", "second generation"]


def series_of(families: Iterable[str]) -> tuple[str, ...]:
    """Series that a router's screen names for families; both generations of the 880 are one (I)."""
    return tuple(dict.fromkeys("880" if each == "second generation" else each for each in families))


_RELEASE = re.compile(r"(\d+)\.(\d+)\((\d+)")


def release_order(version: str) -> tuple[int, ...]:
    """Numbers by which releases are in order: `12.4(20)T1` comes before `15.0(1)M4`; (0,) for what is no release."""
    match = _RELEASE.match(version)
    return tuple(map(int, match.groups())) if match else (0,)
