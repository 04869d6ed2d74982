"""Questions that several commands ask: yes or no, one key to confirm, and which of several licenses is meant (R)."""

from collections.abc import Generator, Sequence
from typing import Any

from emulator.console.render.licenses.license import license_choice
from emulator.console.session.session import Session
from emulator.console.wording import wording
from emulator.console.yes_or_no import yes_or_no
from emulator.kernel.effects import Ask, AskKey, Effect, Say
from emulator.licensing.store import StoreName
from emulator.licensing.views import LicenseView

CONFIRMING_KEYS = frozenset({"\n", "y", "Y"})
"""Keys that confirm at `[confirm]` (C)."""


def installed(session: Session, feature: str) -> list[LicenseView]:
    """List the installed licenses of a feature."""
    return [
        view
        for view in session.router.activation.inventory.views()
        if view.line.feature == feature and view.stored.store is StoreName.PRIMARY
    ]


def list_licenses(feature: str, matches: Sequence[LicenseView]) -> Say:
    """List the licenses as text; one license alone has no number."""
    several = len(matches) > 1
    listing = "".join(license_choice(number, view, numbered=several) for number, view in enumerate(matches, 1))
    return Say(f"Feature: {feature}\n{listing}")


def choose(matches: Sequence[LicenseView], question: str) -> Generator[Effect, Any, LicenseView | None]:
    """Ask for a license and return it; None if the answer names none, which is reported."""
    if len(matches) == 1:
        return matches[0]
    number = yield from ask_number(question, len(matches))
    return None if number is None else matches[number - 1]


def ask_number(question: str, count: int) -> Generator[Effect, Any, int | None]:
    """Ask for a number from 1 to `count`; None for anything else, which is reported."""
    answer = yield Ask(question)
    word = answer.strip()
    if len(word) < 6 and word.isascii() and word.isdigit() and 1 <= int(word) <= count:
        return int(word)
    yield Say(wording("choice.bad_index"))
    return None


def confirm(question: str) -> Generator[Effect, Any, bool]:
    """Ask for yes or no; an empty answer is no where the question shows that default (R)."""
    return (yield from yes_or_no(question, default=False if "[no]" in question else None))


def confirmed(question: str) -> Generator[Effect, Any, bool]:
    """Ask for one key at `[confirm]`; returns whether it confirms (C)."""
    key = yield AskKey(question)
    return key in CONFIRMING_KEYS
