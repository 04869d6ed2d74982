"""One router and everything that can be done to its licenses, without the console's dialogues."""

from collections import Counter
from collections.abc import Callable

from msgspec.structs import replace

from emulator.hardware.board import BoardPhase
from emulator.images.manifest import BuiltInEvaluation
from emulator.kernel.time import MINUTE, Duration
from emulator.licensing.changes import Installation
from emulator.licensing.file import FileLine
from emulator.licensing.lines import LicenseLine
from emulator.licensing.selection import BootLevel
from emulator.licensing.states import LicenseState
from emulator.licensing.store import StoredLicense
from emulator.licensing.tickets import PermissionTicket
from emulator.licensing.types import TYPES, LicenseType
from emulator.router.configuration import boot_level_key
from emulator.router.device import Router
from emulator.router.state import SavedConfiguration
from emulator.world.world import World
from tests.driver import world_of
from tests.unit.router.records import recorded

BASE, TOP, SSL, IPS = "advsecurity", "advipservices", "SSL_VPN", "ios-ips-update"
EVALUATION = f"built-in/{TOP}"
IMAGE = "c880data-universalk9-mz.154-2.T1.bin"
"""Image with a counted feature and a subscription."""


class Lab:
    """R1, booted."""

    def __init__(self, *, factory: tuple[str, ...] = (BASE,), right_to_use: bool = False) -> None:
        self.world: World = world_of(image=IMAGE, factory=factory)
        if right_to_use:
            images, evaluation = self.world.images, BuiltInEvaluation(TOP, 60, right_to_use=True)
            self.world.state.images[IMAGE] = replace(images.get(IMAGE), evaluations=(evaluation,))
        self.events = recorded(self.world)
        self.power_on()

    @property
    def router(self) -> Router:
        return self.world.routers["R1"]

    @property
    def now(self) -> int:
        return self.world.now

    @property
    def dark(self) -> bool:
        return self.router.state.board.phase is BoardPhase.OFF

    # --- time and power ----------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Until it runs, or has no power."""
        self.world.clock.settle()
        self.world.clock.run_while(lambda: self.router.state.board.phase is BoardPhase.BOOTING)

    def power_on(self) -> None:
        self.router.power_on()
        self.settle()

    def reload(self) -> None:
        self.router.reload()
        self.settle()

    def cut(self) -> None:
        self.router.power_off()
        self.power_on()

    def pass_time(self, duration: Duration) -> None:
        self.world.clock.run_to(self.now + duration)

    def used_for(self, duration: Duration) -> None:
        """Until this boot has lasted so long."""
        self.world.clock.run_to(self.router.running.booted + duration)

    # --- what somebody does to it ------------------------------------------------------------------------------

    def line(
        self,
        kind: LicenseType,
        id_: str,
        feature: str = TOP,
        period: Duration = 0,
        *,
        exclusive: bool = False,
        count: int | None = None,
        ends: int | None = None,
    ) -> LicenseLine:
        measured = period if TYPES[kind].metered else None
        udi = self.router.state.udi
        return LicenseLine(id_, feature, kind, udi, measured, exclusive=exclusive, count=count, ends=ends)

    def install(self, line: LicenseLine) -> Installation:
        installation = self.router.activation.install(FileLine(line, "test", "now"))
        self.world.clock.settle()
        return installation

    def stored(self, id_: str) -> StoredLicense | None:
        return next((each for each in self.router.activation.inventory.all() if each.line.id == id_), None)

    def comment(self, id_: str, text: str) -> None:
        stored = self.stored(id_)
        assert stored is not None
        self.router.activation.comment(stored, text)

    def accept(self, id_: str = EVALUATION) -> None:
        stored = self.stored(id_)
        if stored is not None:
            self.router.activation.accept_eula(stored)
            self.world.clock.settle()

    def clear(self, id_: str) -> bool:
        stored = self.stored(id_)
        done = stored is not None and self.router.activation.clear(stored)
        self.world.clock.settle()
        return done

    def ticket(self, id_: str, *grant: LicenseLine) -> PermissionTicket:
        return PermissionTicket(f"PT-{id_}", self.router.state.udi, (id_,), (TOP,), grant)

    def revoke(self, id_: str, *grant: LicenseLine) -> None:
        self.router.activation.revoke(self.ticket(id_, *grant))
        self.world.clock.settle()

    def boot_line(self, level: str | None) -> None:
        """`license boot module`, and `write`."""
        key = boot_level_key(self.router.manifest.license_module)
        self.router.configuration.lines.pop(key, None)
        if level is not None:
            self.router.configuration.lines[key] = f"{key} {level}"
        text = "".join(f"{line}\n" for line in self.router.configuration.lines.values())
        self.router.state.startup = SavedConfiguration(text, self.router.wall_time())

    def evaluate(self) -> "Lab":
        """The evaluation brings the level up."""
        self.accept()
        self.boot_line(TOP)
        self.reload()
        assert self.router.running.license_id == EVALUATION
        return self

    # --- what there is to see ----------------------------------------------------------------------------------

    def states(self) -> dict[str, LicenseState]:
        return {view.line.id: view.state for view in self.router.activation.inventory.views()}

    def used(self, id_: str = EVALUATION) -> Duration:
        return self.router.activation.inventory.consumed().used.get(id_, 0)

    def next_level(self) -> BootLevel:
        return self.router.activation.inventory.next_level()

    def told(self, *kinds: type) -> list[tuple[str, int]]:
        """The events of these kinds and since when in this boot, oldest first."""
        begin = self.router.running.booted
        return [(type(event).__name__, event.at - begin) for event in self.events if isinstance(event, kinds)]

    def commits(self, act: Callable[[], object]) -> int:
        """Count the changes of the license region that an act comes to."""
        partition = self.router.state.partition
        partition.fuse = before = 10**6
        act()
        self.world.clock.settle()
        spent = before - (partition.fuse if partition.fuse is not None else 0)
        partition.fuse = None
        assert spent % 4 == 0
        return spent // 4


def ids(lab: Lab) -> Counter[str]:
    """Every line in the primary store."""
    return Counter(stored.line.id for stored in lab.router.activation.inventory.licenses.primary)


LOST: Duration = 5 * MINUTE
"""A power cut loses less."""
