"""The dialogues of call home, typed to their end or up to any moment, and the laws that hold whatever cut them."""

from collections.abc import Iterator

from emulator.console.line.phases import PromptKind
from emulator.kernel.time import SECOND
from emulator.licensing.types import LicenseType
from emulator.world.world import World
from tests.driver import ConsoleDriver, world_of

AIS = "L-880-AIS="
TARGET = "CISCO881-K9:FTX1405YDC8"
INSTALL, RESEND, REVOKE = "install", "resend", "revoke"
TICK = SECOND // 2

ANSWERS = {
    "CCO User name :": "lab",
    "CCO password  :": "lab",
    "Do you want to install this license? (yes/no): ": "yes",
    "Please specify a filename: ": "",
    "Select SKU [1-1]: ": "1",
    "Are you sure you want to transfer? (yes/[no]): ": "yes",
    "ACCEPT? [yes/no]: ": "yes",
}


class Dialogue:
    """R1 at its privileged prompt, R2 beside it, and a PAK for two."""

    def __init__(self, kind: str, world: World | None = None) -> None:
        self.kind = kind
        self.world = world or world_of("R1", "R2")
        self.console = ConsoleDriver(self.world).boot()
        self.pak = self.world.backend.order(AIS, 2, self.world.now, by="lab")[0].pak
        if kind != INSTALL:
            self.command = f"license call-home install pak {self.pak}"
            self.finish()
        if kind == RESEND:
            self.console.type("license clear advipservices", "yes")
        self.command = {
            INSTALL: f"license call-home install pak {self.pak}",
            RESEND: "license call-home resend",
            REVOKE: f"license call-home revoke udi {TARGET}",
        }[kind]
        self.console.screen = ""

    def moments(self) -> Iterator[None]:
        """Type it through, and stop at every half second and at every question."""
        line = self.console.line
        line.terminal.submit(self.command)
        self.world.clock.settle()
        while line.prompt.kind is not PromptKind.COMMAND:
            yield
            if line.busy:
                self.world.clock.run_to(self.world.now + TICK)
            else:
                line.terminal.submit(ANSWERS[line.prompt.text])
                self.world.clock.settle()

    def finish(self) -> str:
        """Type it to its end; the value is all that was on the screen."""
        self.console.screen = ""
        self.console.type(self.command)
        while self.console.prompt in ANSWERS:
            self.console.type(ANSWERS[self.console.prompt])
        return self.console.screen

    def recover(self) -> None:
        """Check that what was cut is whole again."""
        router = self.console.router
        if router.platform.wan_interface not in router.state.cables:
            router.state.cables.append(router.platform.wan_interface)
        router.state.online = True
        if self.console.line.phase.value in {"dark", "booting"}:
            self.console.boot()
        while self.console.line.busy:
            self.console.wait()
        if self.console.line.prompt.kind in {PromptKind.QUESTION, PromptKind.KEY}:
            self.console.line.terminal.interrupt()
        self.console.log_in()

    def licenses(self) -> list[LicenseType]:
        """Licenses of R1 for the upper level in its primary store."""
        stored = self.console.router.activation.inventory.licenses.primary
        return [each.line.type for each in stored if each.line.feature == "advipservices"]

    def check(self) -> None:
        """The laws after it went through: one debit, one permanent license, nothing lost and nothing doubled."""
        backend = self.world.backend
        one, two = (self.world.router(name).state.udi for name in ("R1", "R2"))
        standing = [
            udi
            for udi in (one, two)
            for each in backend.queries.entitlements(udi, by="lab")
            if each.sku == AIS and each.state == "current"
        ]
        assert backend.look_up(self.pak, one, by="lab")[0].available == 1
        assert standing == [two if self.kind == REVOKE else one]
        left = [[], [LicenseType.GRACE_PERIOD]] if self.kind == REVOKE else [[LicenseType.PERMANENT]]
        assert self.licenses() in left, "a level leaves a grace period where a boot brought it up"
