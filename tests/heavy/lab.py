"""A lab with two routers and everything that a person may do in it, as acts that never fail.

An act uses bench and console as a person would. What is refused, what the power failure of an earlier act makes
pointless, and what the program does not know yet changes nothing; whether the laws still hold is for `laws.py`.
"""

from functools import cache

from emulator.console.line.phases import LinePhase, PromptKind
from emulator.kernel.events import Event
from emulator.kernel.time import SECOND
from emulator.router.device import Router
from emulator.world.world import World
from tests.backend_records import records_of
from tests.driver import BenchDriver, ConsoleDriver, world_of
from tests.unit.router.records import recorded, restored, saved

TOP, BASE, MODULE = "advipservices", "advsecurity", "c880-data"
MOST_QUESTIONS = 8
SPARE = "CISCO881-K9"


@cache
def prepared(*names: str) -> bytes:
    """A saved world whose routers have booted and stand at the privileged prompt."""
    world = world_of(*names)
    for name in names:
        ConsoleDriver(world, name).boot()
    return saved(world)


class Lab:
    """A world, its bench and its consoles."""

    def __init__(self, data: bytes) -> None:
        self.world: World = restored(data)
        self.bench = BenchDriver(self.world)
        self.events: list[Event] = recorded(self.world)
        self._consoles: dict[str, ConsoleDriver] = {}

    @property
    def names(self) -> list[str]:
        """The racked routers."""
        return sorted(self.world.routers)

    def router(self, name: str) -> Router:
        return self.world.routers[name]

    def console(self, name: str) -> ConsoleDriver:
        """A console at its privileged prompt, if the router comes to one."""
        if name not in self._consoles:
            self._consoles[name] = ConsoleDriver(self.world, name)
        console = self._consoles[name]
        console.wait()
        if console.prompt.startswith("Would you like"):
            console.type("no")
        if console.line.prompt.kind is PromptKind.RETURN:
            console.type("", "enable", "terminal length 0")
        return console

    # --- acts at the console -----------------------------------------------------------------------------------

    def converse(self, name: str, *lines: str, yes: bool = True, index: int = 1) -> None:
        """Type lines, answering whatever they ask."""
        console = self.console(name)
        for text in lines:
            console.type(text)
            for _ in range(MOST_QUESTIONS):
                if console.line.prompt.kind not in {PromptKind.QUESTION, PromptKind.KEY}:
                    break
                console.type(_answer(console.prompt, yes=yes, index=index))
            else:
                if console.line.phase is LinePhase.OPEN:
                    console.line.terminal.interrupt()

    def install(self, name: str, letter: int) -> None:
        """Carry the attachment of a letter to a router, its own or another, and install it."""
        self._with_stick(name, letter, "license install usbflash0:{file}")

    def revoke(self, name: str, letter: int, *, yes: bool) -> None:
        """Carry out the ticket in a letter; the rehost ticket goes onto the stick under the router's name."""
        self._with_stick(name, letter, f"license revoke usbflash0:{{file}} usbflash0:rehost-{name}", yes=yes)

    def clear(self, name: str, feature: str, *, index: int, yes: bool) -> None:
        self.converse(name, f"license clear {feature}", yes=yes, index=index)

    def boot_line(self, name: str, level: str, *, yes: bool, write: bool) -> None:
        """Choose a level for the next boot."""
        self.converse(name, "configure terminal", f"license boot module {MODULE} level {level}", "end", yes=yes)
        if write:
            self.converse(name, "write memory")

    def no_boot_line(self, name: str, *, write: bool) -> None:
        self.converse(name, "configure terminal", f"no license boot module {MODULE}", "end")
        if write:
            self.converse(name, "write memory")

    def accept_for_all(self, name: str) -> None:
        self.converse(name, "configure terminal", "license accept end user agreement", "end")

    def reload(self, name: str, *, save: bool) -> None:
        self.converse(name, "reload", yes=save)

    def set_calendar(self, name: str, epoch_ms: int) -> None:
        """`clock set`, by the use case behind it."""
        if self.router(name).state.running is not None:
            self.router(name).set_calendar(epoch_ms)

    def cut_during(self, name: str, text: str, delay: int) -> None:
        """Type a line and pull the plug a little later, whatever it is doing then."""
        console = self.console(name)
        console.line.terminal.submit(text)
        self.world.clock.run_to(self.world.now + delay)
        self.router(name).power_off()

    def evaluate(self, name: str) -> None:
        """The way to a running evaluation."""
        self.power(name, "on")
        self.boot_line(name, TOP, yes=True, write=True)
        self.reload(name, save=True)

    # --- acts at the bench -------------------------------------------------------------------------------------

    def do(self, line: str) -> str:
        return self.bench.do(line)

    def register(self, pak: int, *names: str) -> None:
        """Register a PAK for routers."""
        paks = sorted(records_of(self.world).paks)
        if paks:
            self.do(f"portal register {paks[pak % len(paks)]} {' '.join(names)}")

    def buy(self, name: str, *, reload: bool) -> None:
        """Go from the order to the license."""
        self.power(name, "on")
        before = set(records_of(self.world).paks)
        self.do("order L-880-AIS=")
        [pak] = set(records_of(self.world).paks) - before
        self.do(f"portal register {pak} {name}")
        if not self.bench.failed:
            self.install(name, self.letters("License file")[-1])
        if reload:
            self.reload(name, save=True)

    def move(self, source: str, target: str, steps: int) -> None:
        """The steps of a rehost, as far as they are to go; a step that is refused ends it."""
        self.power(source, "on")
        self.power(target, "on")
        self.do(f"portal permission {source}")
        if self.bench.failed or steps == 1:
            return
        self.revoke(source, self.letters("Permission ticket")[-1], yes=True)
        if steps > 2:
            self.rehost(source, target)
        if steps > 3 and not self.bench.failed:
            self.install(target, self.letters("License file")[-1])

    def call_home_pak(self, name: str, pak: int) -> None:
        """Install a PAK's license from the router itself."""
        paks = sorted(records_of(self.world).paks)
        if paks:
            self.converse(name, f"license call-home install pak {paks[pak % len(paks)]}")

    def rehost(self, source: str, target: str) -> None:
        """Hand in the ticket that a router last wrote."""
        self.do(f"portal rehost usb:rehost-{source} {target}")

    def rma(self, failed: str, replacement: str) -> None:
        """A router dies: it leaves the rack, its licenses move, and a new one takes its place."""
        dead = self.router(failed).state.udi
        self.do(f"unrack {failed}")
        self.do(f"portal rma {dead} {replacement}")
        self.do(f"rack {failed}N {SPARE}")

    def advance(self, duration: int) -> None:
        self.world.clock.run_to(self.world.now + duration)

    def power(self, name: str, state: str) -> None:
        self.do(f"power {name} {state}")

    def fuse(self, name: str, writes: int) -> None:
        """The power of a router will fail at one of the next writes of its license region."""
        self.router(name).state.partition.fuse = writes

    # --- inside ------------------------------------------------------------------------------------------------

    def letters(self, subject: str) -> list[int]:
        """The numbers of the letters with such a subject."""
        subjects = self.world.post.subjects()
        return [number for number, (_, text) in enumerate(subjects, 1) if text.startswith(subject)]

    def _with_stick(self, name: str, letter: int, line: str, *, yes: bool = True) -> None:
        shown = self.do(f"mail save {letter} usb")
        if self.bench.failed:
            return
        file = shown.partition(" ")[0]
        self.do(f"usb insert {name}")
        self.converse(name, line.format(file=file), yes=yes)
        self.do(f"usb remove {name}")


def _answer(asked: str, *, yes: bool, index: int) -> str:
    text = asked.lower()
    if "initial configuration" in text or "management setup" in text:
        return "no"
    if "password" in text:
        return "lab"
    if "user name" in text or "username" in text:
        return "lab"
    if "yes" in text:
        return "yes" if yes else "no"
    if "confirm" in text or "filename" in text:
        return ""
    return str(index)


def settle(lab: Lab) -> None:
    """Power for all, every boot over."""
    for name in lab.names:
        lab.fuse(name, 1 << 30)
        lab.router(name).power_on()
        lab.console(name)
    lab.advance(60 * SECOND)
