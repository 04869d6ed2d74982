"""Captures with damage: what falls out of editors, mail programs and bad lines, and worse."""

import random
from collections.abc import Callable

from tests.unit.twins.recordings import CAPTURES

NOISE = (
    "\x00",
    "\b",
    "\r",
    "\t",
    " ",
    "\n",
    "#",
    ">",
    "%",
    "!",
    "9" * 30,
    "-1",
    "é",
    "\x1b[",
    "--More--",
    "R1#show version\n",
)


def _swap(dice: random.Random, text: str) -> str:
    lines = text.split("\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _drop(dice: random.Random, text: str) -> str:
    start = dice.randrange(len(text) + 1)
    return text[:start] + text[start + dice.randint(1, 200) :]


def _double(dice: random.Random, text: str) -> str:
    start = dice.randrange(len(text) + 1)
    piece = text[start : start + dice.randint(1, 400)]
    return text[:start] + piece + text[start:]


def _noise(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text) + 1)
    return text[:at] + dice.choice(NOISE) + text[at:]


def _digits(dice: random.Random, text: str) -> str:
    places = [at for at, character in enumerate(text) if character.isdigit()]
    if not places:
        return text
    at = dice.choice(places)
    return text[:at] + dice.choice(("0", "9", "99999999999", "-", "x")) + text[at + 1 :]


MUTATIONS: tuple[Callable[[random.Random, str], str], ...] = (_swap, _drop, _double, _noise, _digits)

SOURCES = sorted(CAPTURES.glob("*.txt"))
TEXTS = [file.read_bytes().decode("utf-8") for file in SOURCES]


def mutated(seed: int) -> bytes:
    """One or two captures with one to six pieces of damage."""
    dice = random.Random(seed)
    text = "".join(dice.choices(TEXTS, k=dice.choice((1, 1, 1, 2))))
    for _ in range(dice.randint(1, 6)):
        text = dice.choice(MUTATIONS)(dice, text)
    data = text.encode("utf-8", errors="surrogatepass")
    return data if dice.random() < 0.95 else data.replace(b"e", b"\xff", 3)
