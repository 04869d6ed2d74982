"""The proof of a twin: every command that was captured is given again, and what it prints is compared.

A capture that was cut at its end, or has lost only its last blank lines, is compared as far as it goes. Where the
blanks inside lines were lost on the way (fidelity B), the lines are compared without them, and that is told.
"""

import difflib
import re

import msgspec

from emulator.console.grammar import Parsed
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session import Session
from emulator.kernel.effects import Say
from emulator.twins.commands import Kind
from emulator.twins.device import Device, Reading
from emulator.twins.facts import ArpsFacts, ConfigurationFacts, DirectoryFacts, LicensesFacts, PortsFacts
from emulator.twins.report import Matter, Printed
from emulator.world.build import console_grammar
from emulator.world.world import World

SHOWN_LINES = 5
"""So many differing lines of a screen are told one by one."""


class Difference(msgspec.Struct, frozen=True):
    """Where two screens differ: a line of the capture from 0, what was captured, what is printed; None: nothing."""

    line: int
    captured: str | None
    printed: str | None


def prove(world: World, name: str, device: Device) -> None:
    """Give every command again and tell what comes out otherwise."""
    for reading in device.readings:
        screen = reading.screen
        place = f"{screen.file}:{screen.lines[0].number}"
        if not _stands(device, reading):
            device.twin.tell(Matter.WARNING, f"'{screen.kind.value}' was captured again later; that one counts", place)
            continue
        printed = "".join(_printed(world, name, command) for command in commands(reading))
        captured = screen.text
        if isinstance(reading.facts, ConfigurationFacts) and reading.facts.headless:
            device.twin.tell(Matter.WARNING, "the head of the configuration was lost; the router prints one", place)
            printed = printed[max(printed.find("\nversion ") + 1, 0) :]
        found = differences(captured, printed)
        blanks = bool(found) and has_lost_blanks(captured, printed)
        if blanks:
            device.twin.tell(
                Matter.WARNING, f"the capture of '{screen.kind.value}' has lost blanks; the router prints them", place
            )
            found = []
        for each in found[:SHOWN_LINES]:
            number = screen.lines[min(each.line, len(screen.lines) - 1)].number
            device.twin.tell(Matter.DIFFERS, _told(each), f"{screen.file}:{number}")
        if len(found) > SHOWN_LINES:
            device.twin.tell(
                Matter.DIFFERS, f"… and {len(found) - SHOWN_LINES} more lines of '{screen.kind.value}'", place
            )
        device.twin.printed.append(
            Printed(
                place, " / ".join(commands(reading)), len(captured), 0 if blanks else differing_bytes(captured, printed)
            )
        )


def _stands(device: Device, reading: Reading) -> bool:
    """Whether the twin was made after this screen, and not after a later one of the same command."""
    facts = reading.facts
    if isinstance(facts, DirectoryFacts):
        return device.directories.get(facts.device) is facts and facts.device == "flash"
    if isinstance(facts, PortsFacts):
        return all(device.ports[port.name][1] is facts for port in facts.ports)
    if isinstance(facts, LicensesFacts):
        return reading.is_of_one or device.licenses(reading.screen.kind) is facts
    return device.last(type(facts), reading.screen.kind) is facts


def commands(reading: Reading) -> list[str]:
    """The commands that print the screen."""
    screen, facts = reading.screen, reading.facts
    kind = screen.kind
    if isinstance(facts, PortsFacts):
        words = screen.typed.split()
        if screen.typed and len(words) <= len(kind.value.split()):
            return [kind.value]
        return [f"{kind.value} {port.name}" for port in facts.ports if not port.within]
    if isinstance(facts, DirectoryFacts):
        return [f"dir {facts.device}:"]
    if isinstance(facts, ArpsFacts):
        return ["show arp"]
    if kind is Kind.LICENSE_DETAIL and reading.is_of_one:
        return [f"{kind.value} {screen.typed.split()[-1]}"]
    return [kind.value]


def _printed(world: World, name: str, command: str) -> str:
    """What a command prints, at this instant; no time passes."""
    router = world.router(name)
    session = Session(router, world.lines[name], console_grammar())
    outcome = session.grammar.parse(EXEC, command, session, PRIVILEGED)
    if not isinstance(outcome, Parsed):
        return ""
    handler = outcome.command.run(session, **outcome.arguments)
    return "".join(effect.text for effect in handler or () if isinstance(effect, Say))


def _told(each: Difference) -> str:
    if each.printed is None:
        return f"{each.captured!r} is not printed"
    if each.captured is None:
        return f"{each.printed!r} is printed beside it"
    return f"{each.captured!r} is printed as {each.printed!r}"


# --- comparing -----------------------------------------------------------------------------------------------------


def differences(captured: str, printed: str) -> list[Difference]:
    """Line by line; blank lines that only one of them ends in do not count, nor what follows a capture that was cut."""
    one, other = captured.rstrip("\n").split("\n"), printed.rstrip("\n").split("\n")
    if one == other[: len(one)]:
        return []
    found: list[Difference] = []
    for tag, low, high, low2, high2 in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left, right = one[low:high], other[low2:high2]
        for offset in range(max(len(left), len(right))):
            found.append(
                Difference(
                    min(low + offset, max(len(one) - 1, 0)),
                    left[offset] if offset < len(left) else None,
                    right[offset] if offset < len(right) else None,
                )
            )
    return found


def differing_bytes(captured: str, printed: str) -> int:
    """Bytes of the lines that differ, of whichever side has more."""
    return sum(_differing(each.captured, each.printed) for each in differences(captured, printed))


def _differing(one: str | None, other: str | None) -> int:
    if one is None or other is None:
        return len(one if one is not None else other or "") + 1
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return sum(max(high - low, high2 - low2) for tag, low, high, low2, high2 in matcher.get_opcodes() if tag != "equal")


def has_lost_blanks(captured: str, printed: str) -> bool:
    """Whether only blanks differ, and the capture has nowhere more of them: it lost some on the way.

    Blanks at the ends of lines do not count: terminals fill lines up.
    """
    if differences(squeezed(captured), squeezed(printed)):
        return False
    rows = [[row.expandtabs().rstrip() for row in text.split("\n") if row.strip()] for text in (captured, printed)]
    return all(
        len(one) <= len(other)
        for row, whole in zip(*rows, strict=False)
        for one, other in zip(BLANKS.findall(row), BLANKS.findall(whole), strict=False)
    )


BLANKS = re.compile(r"^ *|(?<=\S) +")


def squeezed(text: str) -> str:
    """Without the blanks that get lost on the way: at the ends of lines, and more than one within; blank lines too."""
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line) + "\n"
