"""Faults and load that a lab needs: spoiled files, a damaged license region, power that fails mid-write, users."""

from emulator.bench.session import Bench
from emulator.grammar import Command
from emulator.hardware.board import BoardPhase, ResetCause
from emulator.kernel.effects import Handler, Say
from emulator.kernel.errors import Refused, UnknownName
from emulator.kernel.time import clock_line, parse_duration
from emulator.router.device import Router
from emulator.storage.partition import Partition

HELP = {
    "damage": "Damage something on a router",
    "damage <router>": "Router",
    "damage <router> file": "A file in flash: one byte of it changes",
    "damage <router> file <file>": "File in flash",
    "damage <router> file <file> truncated": "Its second half is lost instead",
    "damage <router> licenses": "The license region",
    "damage <router> licenses first": "Its first copy",
    "damage <router> licenses second": "Its second copy",
    "damage <router> licenses both": "Both copies",
    "fault": "Inject a fault into licensing or the hardware",
    "fault <router>": "Router",
    "fault <router> storage": "Its storage service fails",
    "fault <router> ipc": "Its processes lose contact",
    "fault <router> license": "A stored license fails its check",
    "fault <router> agent-memory": "Its agent runs out of memory",
    "fault <router> agent-event": "Its agent receives an unknown event",
    "fault <router> crash": "IOS crashes and restarts",
    "fault <router> crash sigtrap": "A SIGTRAP exception",
    "fault <router> crash bus-error": "Access to an invalid address",
    "fault <router> crash forced": "A crash forced by software",
    "fault <router> flash": "The internal flash is not recognized at the next start",
    "fuse": "Cut the power while the license region is written",
    "fuse <router>": "Router",
    "fuse <router> <writes>": "Writes that still succeed",
    "fill": "Fill a router's flash with a file",
    "fill <router>": "Router",
    "fill <router> leaving": "Leave some of it free",
    "fill <router> leaving <free>": "Bytes",
    "server": "Stop or start a server of the lab",
    "server tftp": "The TFTP server",
    "server call-home": "The licensing server that routers call",
    "server mail": "The mail server that routers send to",
    "server mail up": "It answers",
    "server mail down": "It does not",
    "server portal": "The license portal, as it is used from the bench",
    "server portal closed": "Close it, as on a holiday",
    "server portal closed <duration>": "For this long, such as 12d",
    "server portal open": "Open it",
    "server tftp up": "It answers",
    "server tftp down": "It does not",
    "server call-home up": "It answers",
    "server call-home down": "It does not",
    "users": "Let users of a counted feature log in or out",
    "users <router>": "Router",
    "users <router> <feature>": "Feature, such as SSL_VPN",
    "users <router> <feature> in": "Log in",
    "users <router> <feature> in <number>": "How many",
    "users <router> <feature> out": "Log out",
    "users <router> <feature> out <number>": "How many",
}


def damage_file(bench: Bench, *, router: str, file: str, how: str | None) -> Handler:
    stored = bench.world.router(router).state.flash.find(file)
    if stored is None or not stored.content:
        raise Refused(f"there is no file {file} on the flash of {router}")
    if how is not None:
        stored.size //= 2
        stored.content = stored.content[: stored.size]
        yield Say(f"{stored.name} on {router} ends after {stored.size} bytes now\n")
        return
    stored.content = _spoiled(stored.content)
    yield Say(f"one byte of {stored.name} on {router} has changed\n")


def damage_licenses(bench: Bench, *, router: str, copy: str) -> Handler:
    partition: Partition = bench.world.router(router).state.partition
    if copy in {"first", "both"}:
        partition.first = _spoiled(partition.first)
    if copy in {"second", "both"}:
        partition.second = _spoiled(partition.second)
    yield Say(f"the license region of {router} is damaged; it is checked at the next boot\n")


def _spoiled(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def fault(bench: Bench, *, router: str, kind: str) -> None:
    device = bench.world.router(router)
    if device.state.board.phase is not BoardPhase.RUNNING:
        raise Refused(f"{router} is not running")
    device.fail_inside(kind)


CRASHES = {
    "sigtrap": ResetCause.SIGTRAP,
    "bus-error": ResetCause.BUS_ERROR,
    "forced": ResetCause.FORCED_CRASH,
}


def crash(bench: Bench, *, router: str, cause: str | None) -> None:
    device = bench.world.router(router)
    if device.state.board.phase is not BoardPhase.RUNNING:
        raise Refused(f"{router} is not running")
    device.reset_control.crash(CRASHES[cause or "sigtrap"])


def tire_flash(bench: Bench, *, router: str) -> Handler:
    bench.world.router(router).tire_flash()
    yield Say(f"the flash of {router} will not be recognized at its next start; a reset after that cures it\n")


def fuse(bench: Bench, *, router: str, writes: int) -> Handler:
    bench.world.router(router).state.partition.fuse = writes
    yield Say(f"the power of {router} will fail after {writes} more writes of its license region\n")


FILLER = "filler"


def fill(bench: Bench, *, router: str, free: int | None) -> Handler:
    flash = bench.world.router(router).state.flash
    flash.delete(FILLER)
    size = max(flash.free - (free or 0), 0) // flash.cluster * flash.cluster
    flash.write(FILLER, b"", bench.world.wall_ms(), size)
    yield Say(f"{FILLER} ({size} bytes) is in the flash of {router}; {flash.free} bytes are free\n")


def server(bench: Bench, *, name: str, state: str) -> None:
    bench.world.set_server(name, up=state == "up")


def close_portal(bench: Bench, *, duration: str) -> Handler:
    world = bench.world
    try:
        opens = world.now + parse_duration(duration)
    except ValueError as error:
        raise Refused(str(error)) from None
    if opens > world.last_instant:
        raise Refused("that is beyond the end of the calendar")
    world.state.portal_opens = opens
    yield Say(f"the portal opens again on {clock_line(world.calendar(opens))}\n")


def open_portal(bench: Bench) -> None:
    bench.world.state.portal_opens = 0


def users(bench: Bench, *, router: str, feature: str, way: str, number: int) -> Handler:
    device = bench.world.router(router)
    if device.state.board.phase is not BoardPhase.RUNNING:
        raise Refused(f"{router} is not running")
    manifest = device.manifest
    if feature not in manifest.counted:
        if not manifest.counted:
            raise Refused(f"{manifest.file}, which {router} runs, has no counted feature")
        if feature in manifest.licensable:
            raise Refused(f"{feature} is not counted on {router}; uses are taken of {' and '.join(manifest.counted)}")
        raise UnknownName("counted feature", feature, manifest.counted)
    act = device.activation.feature_use.take_seat if way == "in" else device.activation.feature_use.release_seat
    done = sum(act(feature) for _ in range(number))
    taken = device.running.seats.get(feature, 0)
    why = f"; {_shortage(device, feature)}" if way == "in" and done < number else ""
    yield Say(f"{done} of {number} logged {way}; {taken} use {feature} on {router}{why}\n")


def _shortage(device: Router, feature: str) -> str:
    """Tell why no more users of a counted feature are let in."""
    allowed = device.activation.inventory.count_limit(feature)
    if allowed:
        return f"its licenses allow {allowed}"
    return f"no license allows any; 'explain {device.name} {feature}' tells why"


MODES = ("bench",)
COMMANDS = (
    Command("damage <router:Router> file <file:Word> [<how:truncated>]", modes=MODES, run=damage_file),
    Command("damage <router:Router> licenses <copy:first|second|both>", modes=MODES, run=damage_licenses),
    Command("fault <router:Router> <kind:storage|ipc|license|agent-memory|agent-event>", modes=MODES, run=fault),
    Command("fault <router:Router> crash [<cause:sigtrap|bus-error|forced>]", modes=MODES, run=crash),
    Command("fault <router:Router> flash", modes=MODES, run=tire_flash),
    Command("fuse <router:Router> <writes:Count>", modes=MODES, run=fuse),
    Command("fill <router:Router> [leaving <free:Bytes>]", modes=MODES, run=fill),
    Command("server <name:tftp|call-home|mail> <state:up|down>", modes=MODES, run=server),
    Command("server portal closed <duration:Duration>", modes=MODES, run=close_portal),
    Command("server portal open", modes=MODES, run=open_portal),
    Command("users <router:Router> <feature:Word> <way:in|out> <number:Count>", modes=MODES, run=users),
)
