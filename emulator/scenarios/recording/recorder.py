"""Recording a replay: what appears, and with every event what the router's level and license are then."""

from emulator.hardware.board import BoardPhase
from emulator.kernel.events import Event
from emulator.kernel.time import Instant, format_duration
from emulator.licensing.events import (
    EulaAccepted,
    LicenseCleared,
    LicenseInstalled,
    LicenseRevoked,
)
from emulator.licensing.expiry import EndEvent, LicenseEvent, WarningEvent
from emulator.router.device import Router
from emulator.scenarios.model import Scenario, Step
from emulator.scenarios.recording.recording import Letter, LicenseMark, Passage, Piece, SessionRecording, Stretch
from emulator.world.world import World

MARKED: dict[type[Event], tuple[str, str]] = {
    LicenseInstalled: ("good", "installed"),
    EulaAccepted: ("good", "agreement accepted"),
    LicenseCleared: ("gone", "cleared"),
    LicenseRevoked: ("gone", "revoked"),
    WarningEvent: ("warning", "ends in"),
    EndEvent: ("gone", "ended"),
}
"""Events that are marked in the timeline, by class: the kind of the mark, and what it says."""

RunningLevel = tuple[str, str]
"""Level, and type of its license."""

NOTHING: RunningLevel = ("", "")


class Recorder:
    """Records the replay of one scenario in one world."""

    def __init__(self, scenario: Scenario, world: World) -> None:
        self._world = world
        self._running: dict[str, tuple[Instant, RunningLevel]] = {}
        self._recording = SessionRecording(
            scenario.title, scenario.teaches.question, scenario.teaches.lesson, world.start
        )
        world.listeners.append(self._hear)

    def step(self, number: int, step: Step) -> None:
        self._look()
        self._recording.parts.append(Passage(self._world.now, number, (step.note or "").strip()))

    def said(self, place: str, text: str, typed: str) -> None:
        self._look()
        self._recording.parts[-1].pieces.append(Piece(self._world.now, place, text, typed))

    def finished(self) -> SessionRecording:
        """The recording, up to now."""
        self._look()
        recording, now = self._recording, self._world.now
        recording.end = now
        for router in self._running:
            self._close(router, last=True)
        recording.stretches.sort(key=lambda each: (each.begin, each.router))
        for number, (due, _) in enumerate(self._world.post.subjects(), 1):
            letter = self._world.post.letter(number)
            if letter is not None:
                names = tuple(each.name for each in letter.attachments)
                recording.letters.append(Letter(due, letter.sender, letter.subject, letter.body, names))
        return recording

    def _hear(self, event: Event) -> None:
        self._look()
        found = next((MARKED[kind] for kind in type(event).__mro__ if kind in MARKED), None)
        if found is not None and isinstance(event, LicenseEvent):
            kind, text = found
            if isinstance(event, WarningEvent):
                text = f"{text} {format_duration(event.left)}"
            self._recording.marks.append(LicenseMark(event.router, event.at, kind, f"{event.feature} {text}"))

    def _look(self) -> None:
        """See what every router runs, and note where that has changed."""
        now = self._world.now
        for name, router in self._world.routers.items():
            running = _running(router)
            since = self._running.get(name)
            if since is None or since[1] != running:
                self._close(name)
                self._running[name] = (now, running)

    def _close(self, name: str, *, last: bool = False) -> None:
        """End the stretch of a router; the last one counts even if it has only begun."""
        if name not in self._running:
            return
        begin, (level, license_) = self._running[name]
        if self._world.now > begin or last:
            self._recording.stretches.append(Stretch(name, level, license_, begin, self._world.now))


def _running(router: Router) -> RunningLevel:
    running = router.state.running
    if running is None or router.state.board.phase is not BoardPhase.RUNNING:
        return NOTHING
    in_use = router.activation.inventory.in_use()
    return running.level, in_use.line.rule.title if in_use else "none"
