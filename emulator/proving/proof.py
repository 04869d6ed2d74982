"""A whole trial: twins are made and served, the manager is told of them, tried, killed, and judged."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from emulator.licensing.udi import Udi
from emulator.manager import inventory, tokens
from emulator.manager.entities import ManagerUser
from emulator.manager.roles import ManagerRole
from emulator.proving.bare import bare_requests
from emulator.proving.programs import OWN, ServerProcess, StartedManager
from emulator.proving.scorecard import Scorecard, ScoreLine, counted
from emulator.proving.trial import Phase, SeenDevices, Trial
from emulator.proving.twins import LEVEL, Truth, Twins, make_twins, truth_of
from emulator.runtime.extras import needs_serve
from emulator.runtime.license_manager import opened_manager
from emulator.runtime.wall_clock import host_time
from emulator.sdk import AsyncManagerClient
from emulator.sim.seeding import draw
from emulator.transports.connections.free_ports import free_ports
from emulator.transports.https.certificates import CA, FOLDER, identity

with needs_serve():
    from emulator.transports.https.hosting import Hosting, Site
    from emulator.transports.proving.fault_relay import FaultRelay, fates
    from emulator.transports.proving.throttled_portal import Pressure, ThrottledPortal

HOST = "127.0.0.1"


class ProofPlan(msgspec.Struct, frozen=True):
    """Plan of a trial.

    Attributes:
        devices: number of twins.
        failing: share of them that fail at random, in percent.
        seed: serial numbers and troubles follow from it.
        reload: whether the twins are reloaded, to run the new level.
        kills: times that the manager is killed, where it is started here.
    """

    devices: int
    failing: float = 1.0
    seed: int = 1
    reload: bool = False
    kills: int = 3


class TriedManager(msgspec.Struct, frozen=True):
    """The manager that is tried.

    Attributes:
        url: of its interface.
        token: of an Admin.
        ca: certificate authority that signed its certificate; None for those of the system.
        started: the program, where it is started here.
    """

    url: str
    token: str
    ca: Path | None
    started: StartedManager | None = None

    def __repr__(self) -> str:
        return f"TriedManager({self.url!r}, …)"


def own_manager(folder: Path) -> TriedManager:
    """Begin a manager of ours in a folder, with an Admin and a token, to be started at a free port."""
    with opened_manager(folder) as context:
        inventory.keep_user(context, ManagerUser("prover", ManagerRole.ADMIN))
        token = tokens.new_token(context, "prover", "trial")
    identity(folder, "manager", ["localhost", HOST, "::1"], host_time())
    port = free_ports(1)
    words = (*OWN, "manager", "serve", "--manager", str(folder), "--port", str(port))
    started = StartedManager(words, folder / "printed.log")
    return TriedManager(f"https://{HOST}:{port}/", token, folder / FOLDER / CA, started)


async def prove(plan: ProofPlan, manager: TriedManager, folder: Path, tell: Callable[[str], object]) -> Scorecard:
    """Try a manager.

    Args:
        plan: what is tried.
        manager: it; started here and stopped again where it has a program.
        folder: for the world of the twins; empty.
        tell: told of what is under way.

    Raises:
        ManagerError: the manager refuses a call, or does not answer.
        Refused: the twins cannot be served, or the manager cannot be started.
    """
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # it would tell of each answer that is lost on purpose
    tell(f"{plan.devices} twins are made")
    twins = make_twins(folder / "world", plan.devices, plan.seed)
    bare = await bare_requests(folder, plan.devices)
    relay = FaultRelay()
    async with contextlib.AsyncExitStack() as stack:
        served = ServerProcess(
            "serve", "--world", str(twins.directory), "--pace", "warp", "--port-base", "0", "--router-port-base", "0"
        )
        stack.callback(served.kill)
        stack.push_async_callback(relay.close)
        authority = (twins.directory / FOLDER / CA).read_text()
        throttled = ThrottledPortal(served.find(r"^Portal: +(\S+)"), authority)
        stack.callback(throttled.close)
        site = Site(throttled, HOST, 0)
        hosting = Hosting([site], identity(folder, "proving ground", [HOST], host_time()))
        hosting.start()
        stack.callback(hosting.stop)
        port = int(served.find(r"^R1 +\S+ +\S+ +(\d+)"))
        addresses = await _addresses(plan, twins, relay, port)
        client = AsyncManagerClient(manager.url, manager.token, ca=None if manager.ca is None else str(manager.ca))
        stack.push_async_callback(client.close)
        trial = Trial(client, _killer(manager.started), plan.kills, tell)
        if manager.started is not None:
            stack.callback(manager.started.stop)
            manager.started.start()
        await trial.prepare(twins, site.url, (folder / FOLDER / CA).read_text())
        phases = {}
        tell("the twins are discovered")
        phases["discovered"] = await trial.discover(addresses)
        tell("the twins are licensed by a policy")
        phases["licensed"] = await trial.license(twins, reload=plan.reload)
        tell("the twins are polled")
        phases["polled"] = await trial.poll()
        seen = await trial.seen()
        served.stop()
    lines = [
        *_outcomes(plan, twins, seen, truth_of(twins)),
        *_troubles(plan, relay, throttled, manager.started),
        *(_rate(name, phase, bare) for name, phase in phases.items()),
    ]
    return Scorecard(tuple(lines))


async def _addresses(plan: ProofPlan, twins: Twins, relay: FaultRelay, port: int) -> list[str]:
    """The addresses of the twins, those of the failing ones in front of the troubles."""
    count = round(plan.devices * plan.failing / 100)
    failing = set(draw(plan.seed, "failing").sample(range(plan.devices), count))
    found = []
    for number in range(plan.devices):
        address = twins.address(number)
        if number in failing:
            found.append(f"{HOST}:{await relay.stand_before(address, port, fates(plan.seed, number))}")
        else:
            found.append(f"{address}:{port}")
    return found


def _killer(started: StartedManager | None) -> Callable[[], Awaitable[None]] | None:
    if started is None:
        return None

    async def kill_and_start() -> None:
        await asyncio.to_thread(started.kill)
        started.start()

    return kill_and_start


def _outcomes(plan: ProofPlan, twins: Twins, seen: SeenDevices, truth: Truth) -> Sequence[ScoreLine]:
    known = [udi for udi in twins.udis if str(udi) in seen.levels]
    right = sum(level == LEVEL for level in seen.levels.values())
    lines = [
        counted("devices known to the manager", plan.devices, len(known)),
        counted("devices with the license, once", plan.devices, _once(twins, truth.stored)),
        counted("devices that installed it once", plan.devices, _once(twins, truth.installed)),
        counted("devices paid for once", plan.devices, _once(twins, truth.debited)),
        counted("licenses debited", plan.devices, truth.debited.total()),
        counted("licenses left on the PAKs", 0, truth.left),
        counted("devices told to have the level next", plan.devices, right),
        counted("devices told to fail after the last poll", 0, len(seen.faults)),
    ]
    if plan.reload:
        lines.append(counted("devices that run the level", plan.devices, len(truth.running)))
    return lines


def _once(twins: Twins, counts: Mapping[Udi, int]) -> int:
    return sum(counts.get(udi, 0) == 1 for udi in twins.udis)


def _troubles(
    plan: ProofPlan, relay: FaultRelay, throttled: ThrottledPortal, started: StartedManager | None
) -> Iterator[ScoreLine]:
    """The troubles that there were; a trial in which one was wanted and did not come proves nothing."""
    met = ", ".join(f"{count} {name}" for name, count in sorted(relay.met.items()))
    failing = round(plan.devices * plan.failing / 100)
    yield ScoreLine(f"connections of {failing} failing devices", "some" if failing else "none", met or "none",
                    bool(met) == bool(failing))  # fmt: skip
    pressed = ", ".join(f"{throttled.met[each]} {each}" for each in Pressure)
    yield ScoreLine("requests refused by the portal, or lost", "some of each", pressed,
                    all(throttled.met[each] for each in Pressure))  # fmt: skip
    if started is None:
        yield ScoreLine("kills of the manager", "-", "left out: the manager was not started here")
    else:
        enough = started.kills == plan.kills
        told = "" if enough else ", the devices were licensed before the next; take more --devices, or fewer --kills"
        yield ScoreLine("kills of the manager", f"{plan.kills}", f"{started.kills}{told}", enough)


def _rate(name: str, phase: Phase, bare: float) -> ScoreLine:
    rate = phase.done / phase.seconds
    again = f", {phase.failures} failure(s) tried again" if phase.failures else ""
    told = f"{rate:.1f} a second, 1/{bare / rate:.0f} of {bare:.0f} bare HTTPS requests a second{again}"
    return ScoreLine(f"devices {name}", "-", told)
