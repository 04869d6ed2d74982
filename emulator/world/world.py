"""A live world: what the bench, the console and the scenarios act on.

The grammar and the back end are loaded when they are first needed, for a console must prompt before.

It owns the clock and hands events to whoever listens. Acts on hardware and goods are here; what they mean is decided
by the rooms below. Nothing is changed by an act that is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cached_property, partial
from ipaddress import IPv4Address
from typing import TYPE_CHECKING, TypeVar

from emulator.console.line.inputs import InputSink, LinesMade
from emulator.console.line.router_lines import RouterLines
from emulator.console.line.terminal_line import TerminalLine
from emulator.hardware.platform import Families, shipped_platforms
from emulator.images.container import pack
from emulator.images.manifest import ImageCatalogue
from emulator.kernel.errors import Refused, UnknownName
from emulator.kernel.events import Event
from emulator.kernel.time import Instant
from emulator.keys.sealing import SealingKey, derive_sealing_key
from emulator.keys.signing import SigningKey, Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.udi import Udi
from emulator.router.context import RouterContext
from emulator.router.device import Router
from emulator.router.files.protocols import ANONYMOUS
from emulator.router.network.reachability import obstacle_on_way, resolve
from emulator.router.network.routes import has_address, lookup, routes
from emulator.sim.clock import SimClock
from emulator.sim.timekeeper import Timekeeper
from emulator.storage.filesystem import FileSystem
from emulator.storage.urls import host_and_port
from emulator.world.mail_delivery import Post
from emulator.world.recipe import LAST_MOMENT, parse_start
from emulator.world.site_network import SERVER_HOST
from emulator.world.state import WorldState

if TYPE_CHECKING:
    from emulator.backend.mail import Mail
    from emulator.backend.service import LicensingService
    from emulator.backend.store.database import Database
    from emulator.console.session.session import Session
    from emulator.grammar import Grammar

TFTP = "tftp"

FILE_USER, FILE_PASSWORD = "lab", "lab"
"""User name and password of that server's account, which protects no secret."""

OPEN_TO_ALL = ("tftp", "rcp")
"""Protocols by which the server admits every user (I: it lists every host that RCP asks for)."""


Made = TypeVar("Made")


class OnDemand(dict[str, Made]):
    """A mapping by router name whose values are made when first asked for: an idle router has no lines."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> Made:
        made = self[name] = self._make(name)
        return made


class World:
    """A world. Built by `world/build.py`, which also fits in routers and their lines."""

    def __init__(
        self,
        state: WorldState,
        secret: WorldSecret,
        grammar: "Callable[[], Grammar]",
        make_context: "Callable[[World], RouterContext]",
        records: "Callable[[], Database]",
        under_way: Iterable[tuple[Instant, int, str]] = (),
    ) -> None:
        """Bring a world to life.

        Args:
            secret: the source of its keys.
            make_context: makes what all of its routers share.
            records: opens the database of its back end, when that is first needed.
            under_way: arrival, number and subject of letters that are still to come.
        """
        self.state, self.secret, self._grammar, self._records = state, secret, grammar, records
        self.clock = SimClock(state.now)
        self.timekeeper = Timekeeper(self.clock, self.publish)
        self.platforms, self.images = shipped_platforms(), ImageCatalogue(own=state.images)
        self.routers: dict[str, Router] = {}
        self.names: set[str] = set()
        """Names that are taken, in lower case: names that differ in case alone are easily mistaken for each other."""
        self._lines: dict[str, RouterLines] = OnDemand(self._new_lines)
        self._paused = 0
        self.listeners: list[Callable[[Event], None]] = []
        self.sink = InputSink()
        """Recorder of every input, before it takes effect, and of all output."""
        self.udis: set[str] = set()
        """UDIs of the devices in the rack."""
        self.in_turn: Callable[[Callable[[], None]], None] = lambda act: act()
        """Function that runs an act in the world's thread; set when other threads use the back end."""
        self.post = Post(lambda: self.backend, lambda: self.clock.now, under_way)
        self.timekeeper.enrol(("", "post"), self.post)
        self.context = make_context(self)

    # --- time and events ---------------------------------------------------------------------------------------

    @property
    def now(self) -> Instant:
        """Current instant, in milliseconds."""
        return self.clock.now

    @cached_property
    def start(self) -> datetime:
        """Calendar at instant 0."""
        return parse_start(self.state.start)

    @property
    def last_instant(self) -> Instant:
        """Instant at which this world's calendar ends."""
        return (LAST_MOMENT - self.start) // timedelta(milliseconds=1)

    def calendar(self, instant: Instant) -> datetime:
        """Calendar of the world outside the routers, at an instant."""
        return self.start + timedelta(milliseconds=instant)

    def state_now(self) -> WorldState:
        """State as it is saved now: with its instant, and what is written by now of files that are being written.

        Otherwise a look at a file would leave another state behind than no look.
        """
        self.state.now = self.now
        routers = [each for router in self.routers.values() for each in (router.state.flash, router.state.usb)]
        for system in (self.state.server, self.state.stick, *routers):
            if system is not None:
                system.settle(self.now)
        return self.state

    def wall_ms(self) -> int:
        """Current calendar, in milliseconds since 1970."""
        return int(self.calendar(self.now).timestamp() * 1000)

    def next_due(self) -> Instant | None:
        """Instant of the next letter's arrival or license's notice; None without any."""
        first = self.first_due()
        return None if first is None else first[0]

    def first_due(self) -> tuple[Instant, str] | None:
        """Instant of that, and the router whose license it is; the name is empty for a letter."""
        due = [self.timekeeper.first(kind) for kind in ("post", "usage")]
        return min(((at, key[0]) for at, key in filter(None, due)), default=None)

    def publish(self, event: Event) -> None:
        """Deliver an event to every listener; the log and the lines of its router come first."""
        router = self.routers.get(event.router)
        if router is not None:
            router.record_event(event)
        lines = self._lines.get(event.router)
        if lines is not None:
            lines.hear(event)
        for listener in self.listeners:
            listener(event)

    # --- who is there ------------------------------------------------------------------------------------------

    def router(self, name: str) -> Router:
        """Return a router by its name at the bench.

        Raises:
            UnknownName: no router is racked under that name.
        """
        if name not in self.routers:
            raise UnknownName("router", name, self.routers)
        return self.routers[name]

    def lines_of(self, name: str) -> RouterLines:
        """Return the lines of a router: `.console` is con 0, `.open_vty(...)` gives a client a virtual terminal line.

        The lines of a router are made at the first call, and cost nothing before. That call is an input: lines that
        are there follow a boot, and those that are made in the middle of it find what has become of it.

        Raises:
            UnknownName: no router is racked under that name.
        """
        if name in self._lines:
            return self._lines[name]
        with self.sink.taking(LinesMade(self.router(name).name)):
            return self._lines[name]

    def is_attended(self, name: str) -> bool:
        """Tell whether something shows what the console of a router prints; no lines are made for that."""
        return name in self._lines and self._lines[name].console.terminal.connected

    def consoles(self) -> Iterator[tuple[str, TerminalLine]]:
        """Yield the consoles whose lines were made, with the names of their routers; none is made for that."""
        for name, lines in self._lines.items():
            yield name, lines.console

    @contextmanager
    def no_line_idles(self) -> Iterator[None]:
        """Keep lines from timing out within the block: the bench lets weeks pass while clients are connected."""
        self._paused += 1
        try:
            yield
        finally:
            self._paused -= 1
            for lines in self._lines.values():
                lines.touch()

    def forget_lines(self, name: str) -> None:
        """Drop the lines of a router that leaves the rack; connections to it end."""
        lines = self._lines.pop(name, None)
        for line in lines.in_use if lines is not None else ():
            line.hang_up()

    def _new_lines(self, name: str) -> RouterLines:
        router = self.router(name)

        def interpreter(line: TerminalLine) -> "Session":
            from emulator.console.render.system import rommon
            from emulator.console.session.session import Session

            return Session(router, line, self._grammar(), rommon)

        return RouterLines(
            router, self.clock, self.timekeeper, interpreter, self.sink, lambda: self._paused > 0,
            lambda address: self._lines_at(router, address),
        )  # fmt: skip

    def _lines_at(self, source: Router, address: str) -> RouterLines | None:
        """Return the lines of the router that has an address, if a route leads there; None otherwise."""
        if lookup(routes(source), IPv4Address(address)) is None:
            return None
        first = (source, *self.routers.values())
        found = next((each for each in first if has_address(each, address)), None)
        return None if found is None else self._lines[found.name]

    @cached_property
    def backend(self) -> "LicensingService":
        """Licensing back end; it knows the products by their families, and devices by their keys."""
        from emulator.backend.service import LicensingService
        from emulator.backend.skus import load_skus

        return LicensingService(
            self._records(),
            load_skus(),
            Families(self.platforms),
            self.license_key,
            device_verifier=lambda udi: Verifier(self.device_key(udi).public),
            device_seal=lambda udi: self.sealing_key(udi).public,
            calendar=self.calendar,
            posted=lambda letters: self.in_turn(partial(self._posted, letters)),
        )

    def close(self) -> None:
        """Close the back end's database, if it was opened."""
        if "backend" in self.__dict__:
            self.backend.close()

    @cached_property
    def license_key(self) -> SigningKey:
        """Key that signs licenses and permission tickets: this world's own, worth nothing elsewhere."""
        return derive_signing_key(self.secret, "licensing")

    @cached_property
    def license_verifier(self) -> Verifier:
        """Verifier with which every router of this world checks licenses."""
        return Verifier(self.license_key.public)

    def device_key(self, udi: Udi) -> SigningKey:
        """Signing key that a device was given when it was made."""
        return derive_signing_key(self.secret, f"device {udi}")

    def sealing_key(self, udi: Udi) -> SealingKey:
        """Key of a device for texts that are sealed for it."""
        return derive_sealing_key(self.secret, f"device {udi}")

    # --- the lab's goods ---------------------------------------------------------------------------------------

    def reach(self, router: str, host: str) -> FileSystem | None:
        """Return the file server's directory, or None if the router has no path to it."""
        device = self.router(router)
        address = resolve(device, host_and_port(host)[0]) if device.state.running is not None else None
        if not isinstance(address, IPv4Address) or obstacle_on_way(device, address) is not None:
            return None
        return self.serve(str(address))

    def serve(self, host: str) -> FileSystem | None:
        """Return the directory of the server with that address, or None."""
        return self.state.server if host == SERVER_HOST and not self.is_down(TFTP) else None

    def is_down(self, server: str) -> bool:
        """Tell whether a server of the lab is down."""
        return server in self.state.down

    def set_server(self, server: str, *, up: bool) -> None:
        """Stop a server of the lab, or start it again."""
        others = [each for each in self.state.down if each != server]
        self.state.down = others if up else sorted([*others, server])

    def admits(self, protocol: str, user: str, password: str) -> bool:
        """Tell whether the lab's file server admits a user; by FTP and HTTP also without an account."""
        if protocol in OPEN_TO_ALL or (user == ANONYMOUS and protocol == "ftp") or (not user and protocol != "scp"):
            return True
        return (user, password) == (FILE_USER, FILE_PASSWORD)

    def medium(self, name: str) -> FileSystem:
        """Return a place for files: `usb` or `tftp`.

        Raises:
            Refused: the stick is plugged into a router.
        """
        if name == "tftp":
            self.state.server.settle(self.now)
            return self.state.server
        if self.state.stick is None:
            raise Refused(f"the USB stick is in {self.stick_holder()}; remove it first")
        return self.state.stick

    def stick_holder(self) -> str | None:
        """Name of the router that has the stick plugged in, or None."""
        return next((name for name, router in self.routers.items() if router.state.usb is not None), None)

    def insert_stick(self, router: Router) -> None:
        """Plug the lab's stick into a router."""
        stick = self.medium("usb")
        if not router.platform.usb_ports:
            raise Refused(f"{router.name} has no USB port")
        stick.mounts += 1
        router.state.usb, self.state.stick = stick, None

    def remove_stick(self, router: Router) -> None:
        """Pull the stick out; a file that is just being written to it stays as it is."""
        if router.state.usb is None:
            raise Refused(f"there is no USB stick in {router.name}")
        router.state.usb.halt(self.now)
        self.state.stick, router.state.usb = router.state.usb, None

    def download(self, image: str, medium: str) -> str:
        """Download an image from the Software Center to a medium; returns the name under which it was stored."""
        manifest = self.images.get(image)
        self.store(medium, manifest.file, pack(manifest), manifest.size)
        return manifest.file

    def store(self, medium: str, name: str, content: bytes, size: int) -> None:
        """Put a file on the stick or the server.

        Raises:
            Refused: the file does not fit, or the stick is plugged into a router.
        """
        system = self.medium(medium)
        if not system.room_for(name, size):
            raise Refused(f"{name} needs {size} bytes, but {medium} has {system.free} left")
        system.write(name, content, self.wall_ms(), size)

    def _posted(self, letters: "Sequence[Mail]") -> None:
        """Take letters that the back end has sent: they are under way from now on, and e-mail arrives at once."""
        for event in self.post.sent(letters):
            self.publish(event)
        self.timekeeper.enrol(("", "post"), self.post)
