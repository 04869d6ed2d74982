"""The proof of a twin: every command that was captured is given again, and what it prints is compared.

A capture that was cut at its end, or has lost only its last blank lines, is compared as far as it goes; blank lines
above it are of the terminal. Where the blanks inside lines were lost on the way (fidelity B), or lines of the head of
a configuration, the rest is compared, and that is told.
"""

from emulator.captures.facts import ArpsFacts, DirectoryFacts, LicensesFacts, PortsFacts
from emulator.captures.reading.commands import CONFIGURATIONS, Kind
from emulator.console.modes import EXEC, PRIVILEGED
from emulator.console.session.session import Session
from emulator.grammar import Parsed
from emulator.kernel.effects import Say
from emulator.twins.device import CapturedDevice, ScreenFacts
from emulator.twins.proving.compare import (
    ScreenDifference,
    blanks_above,
    differences,
    differing_bytes,
    has_lost_blanks,
    with_head_of,
)
from emulator.twins.report import Matter, Printed
from emulator.world.build import console_grammar
from emulator.world.world import World

SHOWN_LINES = 5
"""Differing lines of a screen that are told one by one."""


def prove(world: World, name: str, device: CapturedDevice) -> None:
    """Give every command again and tell what comes out otherwise."""
    for reading in device.readings:
        screen = reading.screen
        if reading.collected or screen.kind is Kind.PART:
            continue
        place = f"{screen.file}:{screen.lines[0].number}"
        if not _stands(device, reading):
            device.twin.tell(Matter.WARNING, f"'{screen.kind.value}' was captured again later; that one counts", place)
            continue
        printed = "".join(_printed(world, name, command) for command in commands(reading))
        above = blanks_above(screen.text, printed)
        captured = "".join(f"{line.text}\n" for line in screen.lines[above:])
        if screen.kind in CONFIGURATIONS:
            printed, lost = with_head_of(captured, printed)
            if lost is not None:
                device.twin.tell(Matter.WARNING, lost, place)
        found = differences(captured, printed)
        blanks = bool(found) and has_lost_blanks(captured, printed)
        if blanks:
            device.twin.tell(
                Matter.WARNING, f"the capture of '{screen.kind.value}' has lost blanks; the router prints them", place
            )
            found = []
        for each in found[:SHOWN_LINES]:
            number = screen.lines[min(each.line + above, len(screen.lines) - 1)].number
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


def _stands(device: CapturedDevice, reading: ScreenFacts) -> bool:
    """Tell whether the twin was made after this screen, and not after a later one of the same command."""
    facts = reading.facts
    if isinstance(facts, DirectoryFacts):
        return device.directories.get(facts.device) is facts and facts.device == "flash"
    if isinstance(facts, PortsFacts):
        return all(device.ports[port.name][1] is facts for port in facts.ports)
    if isinstance(facts, LicensesFacts):
        return reading.is_of_one or device.licenses(reading.screen.kind) is facts
    return device.last(type(facts), reading.screen.kind) is facts


def commands(reading: ScreenFacts) -> list[str]:
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
    """Return what a command prints, at this instant; no time passes."""
    router = world.router(name)
    session = Session(router, world.lines_of(name).console, console_grammar())
    outcome = session.grammar.parse(EXEC, command, session, PRIVILEGED)
    if not isinstance(outcome, Parsed):
        return ""
    handler = outcome.run(session, **outcome.arguments)
    return "".join(effect.text for effect in handler or () if isinstance(effect, Say))


def _told(each: ScreenDifference) -> str:
    if each.printed is None:
        return f"{each.captured!r} is not printed"
    if each.captured is None:
        return f"{each.printed!r} is printed beside it"
    return f"{each.captured!r} is printed as {each.printed!r}"
