"""The person before a simulated router or at the bench in a test: types a line, waits until the prompt is back.

Time runs at the pace `max`: only while something goes on that ends by itself.
"""

from typing import Self

from emulator.bench.host_files import PersonsFiles
from emulator.bench.line import BenchLine
from emulator.console.line.phases import Prompt, PromptKind
from emulator.console.line.terminal_line import TerminalLine
from emulator.console.session.session import Session
from emulator.kernel.time import SECOND
from emulator.router.device import Router
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World
from tests.backend_records import records_of

SERIAL = "FTX1405YDC7"
UDI = f"CISCO881-K9:{SERIAL}"


def world_of(*names: str, **facts: object) -> World:
    """A world with routers of these names, made from the same facts; the first has the well-known serial number."""
    serials = (SERIAL, "FTX1405YDC8", "FTX1405YDC9")
    recipes = {
        name: RouterRecipe(**{"serial": serial, **facts})  # type: ignore[arg-type]
        for name, serial in zip(names or ("R1",), serials, strict=False)
    }
    return new_world(WorldRecipe(routers=recipes))


class LineDriver:
    """Types at one line of a router, and sees what is printed there."""

    def __init__(self, world: World, name: str, line: TerminalLine) -> None:
        self.world, self.name, self.line = world, name, line
        session = line.interpreter
        assert isinstance(session, Session)
        self.session = session
        self.screen = ""
        """All that was shown and typed."""
        self.shown = ""
        """Output since the last line was typed."""

    @property
    def router(self) -> Router:
        return self.world.routers[self.name]

    @property
    def prompt(self) -> str:
        """Text before the cursor."""
        return self.line.prompt.text

    def type(self, *texts: str) -> Self:
        """Type lines (or press keys, where a key is waited for), each when the line is ready for it."""
        for text in texts:
            self.wait()
            self.shown = ""
            asked = self.line.prompt
            if not asked.erase:
                self.screen += asked.text + self._echo(asked, text)
            self.line.terminal.submit(text)
            self.world.clock.settle()
            self.wait()
        return self

    @staticmethod
    def _echo(asked: Prompt, text: str) -> str:
        """Text that the terminal shows of a typed line or key."""
        match asked.kind:
            case PromptKind.NONE | PromptKind.RETURN:
                return ""
            case PromptKind.KEY:
                return text[:1].strip() + "\n"
            case _:
                return ("" if asked.hidden else text) + "\n"

    def wait(self) -> None:
        """Let time pass until something is expected."""
        self.world.clock.run_while(lambda: self.line.busy)

    def pass_time(self, duration: int) -> None:
        """Sit and watch."""
        self.world.clock.run_to(self.world.now + duration)

    def sees(self, *texts: str) -> None:
        """Each text stands in what was shown since the last line was typed."""
        for text in texts:
            assert text in self.shown, f"{text!r} is not in:\n{self.shown}"

    def sees_nothing_of(self, *texts: str) -> None:
        for text in texts:
            assert text not in self.shown, f"{text!r} is in:\n{self.shown}"

    def sees_exactly(self, text: str) -> None:
        assert self.shown == text

    def _show(self, text: str) -> None:
        self.shown += text
        self.screen += text


class VtyDriver(LineDriver):
    """A client at a virtual terminal line of a router; one who is known came by SSH, if nothing else is said."""

    def __init__(
        self,
        world: World,
        peer: str = "192.0.2.1",
        protocol: str = "",
        user: str | None = None,
        privilege: int | None = None,
        *,
        name: str = "R1",
    ) -> None:
        spoken = protocol or ("telnet" if user is None else "ssh")
        super().__init__(world, name, world.lines_of(name).open_vty(peer, spoken, user, privilege))
        self.hung_up = False
        self.line.terminal.begin(self._show, self._hung_up)
        self.world.clock.settle()

    def _hung_up(self) -> None:
        assert not self.hung_up
        self.hung_up = True


class ConsoleDriver(LineDriver):
    """Sits at con 0 of one router."""

    def __init__(self, world: World, name: str = "R1") -> None:
        super().__init__(world, name, world.lines_of(name).console)
        self.line.terminal.output = self._show

    def boot(self) -> "ConsoleDriver":
        """Power on, decline the dialogue, and go to the privileged prompt without paging."""
        self.router.power_on()
        self.world.clock.settle()
        self.wait()
        return self.log_in()

    def log_in(self) -> "ConsoleDriver":
        """Go from where the boot left the line to the privileged prompt, without paging, its last messages over."""
        self.wait()
        self.pass_time(30 * SECOND)
        if self.line.prompt.kind is PromptKind.QUESTION:
            self.type("no")
        if self.line.prompt.kind is PromptKind.RETURN:
            self.type("")
        self.type("enable", "terminal length 0")
        return self

    def reload(self) -> "ConsoleDriver":
        """Restart, saving what was changed, and log in again."""
        self.type("reload")
        if self.line.prompt.kind is PromptKind.QUESTION:
            self.type("yes")
        self.type("")
        return self.log_in()


class BenchDriver:
    """Stands at the bench."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.line = BenchLine(world, PersonsFiles())
        self.shown = ""
        self.line.output = self._show

    @property
    def failed(self) -> bool:
        return self.line.failed

    def do(self, *lines: str) -> str:
        """Do what each line says; the value is what the last one printed."""
        for line in lines:
            self.shown = ""
            self.line.submit(line)
            self.world.clock.settle()
            self.world.clock.run_while(lambda: self.line.busy)
        return self.shown

    def succeeds(self, line: str) -> str:
        shown = self.do(line)
        assert not self.failed, shown
        return shown

    def is_refused(self, line: str) -> str:
        """The message with which a line is refused."""
        shown = self.do(line)
        assert self.failed, f"was not refused: {shown}"
        return shown

    def _show(self, text: str) -> None:
        self.shown += text

    def mail_to(self, medium: str) -> str:
        """Save the last letter's attachment; the value is the file's name."""
        number = self.world.post.count()
        return self.succeeds(f"mail save {number} {medium}").partition(" ")[0]

    def license_on_stick(self, name: str = "R1") -> str:
        """Buy advipservices for a router; the value is the name of the file on the stick in it."""
        self.succeeds("order L-880-AIS=")
        pak = next(reversed(records_of(self.world).paks))
        self.succeeds(f"portal register {pak} {name}")
        file = self.mail_to("usb")
        self.succeeds(f"usb insert {name}")
        return file
