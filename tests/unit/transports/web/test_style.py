"""The style of the web pages: colours are tokens with enough contrast, and nothing is named that is not there."""

import re
from itertools import product
from pathlib import Path

import pytest

from emulator.transports.web.badges import BADGES, badge_kind
from emulator.transports.web.static import ASSETS

STYLE = (ASSETS / "web.css").read_text("utf-8")
TOKENS = dict(re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}, #[0-9a-f]{6})\);", STYLE))
SURFACES = ("page", "sheet")
TINTS = ("good", "wait", "bad")


def colour(token: str, theme: int) -> str:
    return str(TOKENS[token]).split(", ")[theme]


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


PAIRS = [
    *((text, surface, 4.5) for text, surface in product(("text", "quiet", "accent", *TINTS), SURFACES)),
    *((tint, f"{tint}-tint", 4.5) for tint in TINTS),
    ("accent", "info-tint", 4.5),
    ("quiet", "off-tint", 4.5),
    ("text", "info-tint", 4.5),
    *(("text", f"{tint}-tint", 4.5) for tint in TINTS),
    ("on-accent", "accent", 4.5),
    ("console-text", "console", 7),
    ("console-text", "selected", 4.5),
    *(("field", surface, 3) for surface in SURFACES),
    *(("focus", surface, 3) for surface in (*SURFACES, "console")),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "behind", "least"), PAIRS, ids=str)
def test_what_is_read_stands_out(front: str, behind: str, least: float, theme: int) -> None:
    assert contrast(colour(front, theme), colour(behind, theme)) >= least


def test_there_is_no_colour_but_the_tokens() -> None:
    rules = STYLE.split("\n}\n", 1)[1]
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsl", rules)
    used = set(re.findall(r"var\(--([a-z-]+)\)", rules))
    assert used == {*TOKENS, "mono"}


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("active", "good"),
        ("waiting for the rehost ticket", "wait"),
        ("in the mail, arrives 2010-03-08", "off"),
        ("done with errors", "bad"),
        ("done", "good"),
    ],
)
def test_a_state_is_known_by_how_it_begins(state: str, kind: str) -> None:
    assert badge_kind(state) == kind
    assert f".badge.{kind} " in STYLE or kind == "off"


def test_every_state_has_one_kind() -> None:
    states = [state for states in BADGES.values() for state in states]
    assert len(states) == len(set(states))
    assert all(badge_kind(state) == kind for kind, states in BADGES.items() for state in states)
    with pytest.raises(Exception, match="actve"):
        badge_kind("actve")


@pytest.mark.parametrize("script", sorted(ASSETS.glob("*.js")), ids=lambda file: file.name)
def test_a_script_is_small_enough_to_be_read(script: Path) -> None:
    assert script.stat().st_size <= 8 * 1024
