"""Twins for a trial: a world with so many routers and PAKs for all of them, and what became of both at the end."""

import secrets
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import msgspec

from emulator.backend.account_names import DEFAULT_USER
from emulator.backend.purchase import MOST_LICENSES
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.store import HistoryKind
from emulator.licensing.udi import Udi
from emulator.runtime.held_world import look_at
from emulator.runtime.router_addresses import address_of
from emulator.world.build import new_world
from emulator.world.directory import DATABASE, WorldDirectory
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World

SKU, LEVEL = "L-880-AIS=", "advipservices"
"""Product that the twins are upgraded with, and their level then."""

USER = "admin"

KEY_BITS = 768
"""Bits of the key of each twin for SSH: the least that SSH takes, for a trial is not about arithmetic."""

STARTUP = """\
hostname {name}
ip domain name lab.example
ip scp server enable
username admin privilege 15 secret {password}
line vty 0 4
 login local
end
"""


class Twins(msgspec.Struct, frozen=True):
    """A world that was made for a trial.

    Attributes:
        directory: of the world.
        udis: the twins, in the order of their addresses.
        paks: PAKs, which together have a license for each of them and no more.
        token: of an account of the portal that may use them.
        password: of the user `admin` at each twin.
    """

    directory: Path
    udis: tuple[Udi, ...]
    paks: tuple[str, ...]
    token: str
    password: str

    def address(self, number: int) -> str:
        """Return the address of a twin by its place."""
        return address_of(number)


class Truth(msgspec.Struct, frozen=True):
    """State of the twins and of the PAKs at the end.

    Attributes:
        stored: licenses for the level on each twin.
        installed: times that one was installed on each twin.
        debited: devices that the PAKs were debited for, each as often as that was done.
        left: licenses that are left on the PAKs.
        running: twins that run the level.
    """

    stored: Mapping[Udi, int]
    installed: Mapping[Udi, int]
    debited: Counter[Udi]
    left: int
    running: frozenset[Udi]


def make_twins(directory: Path, count: int, seed: int) -> Twins:
    """Make a world with routers that have booted, and order PAKs for all of them.

    Args:
        directory: of the world, empty.
        count: number of routers.
        seed: their serial numbers follow from it.
    """
    directory.mkdir()
    password = secrets.token_urlsafe(8)
    names = [f"R{number}" for number in range(1, count + 1)]
    routers = {
        name: RouterRecipe(
            powered=True, rsa_key=KEY_BITS, startup=STARTUP.format(name=name, password=password)
        )
        for name in names
    }  # fmt: skip
    secret = WorldSecret.random()
    world = new_world(WorldRecipe("proving-ground", seed=seed, routers=routers), directory / DATABASE, secret=secret)
    try:
        world.clock.run_while(lambda: any(world.lines_of(name).console.busy for name in names))
        quantities = [min(MOST_LICENSES, count - begun) for begun in range(0, count, MOST_LICENSES)]
        paks = [world.backend.order(SKU, quantity, world.now, by=DEFAULT_USER)[0].pak for quantity in quantities]
        _, token = world.backend.accounts.new_token(
            DEFAULT_USER, "proving ground", world.now, by=DEFAULT_USER, entropy=secrets.token_bytes(32)
        )
        with WorldDirectory(directory) as held:
            held.keep_secret(secret)
            held.save(world.state_now())
        udis = tuple(world.routers[name].state.udi for name in names)
    finally:
        world.close()
    return Twins(directory, udis, tuple(paks), token, password)


def truth_of(twins: Twins) -> Truth:
    """Look at the world of the twins, which is not served any more."""
    with WorldDirectory(twins.directory) as directory:
        world = look_at(directory)
        try:
            return _truth(world, twins)
        finally:
            world.close()


def _truth(world: World, twins: Twins) -> Truth:
    stored, installed, running = dict[Udi, int](), dict[Udi, int](), set[Udi]()
    for router in world.routers.values():
        udi, licenses = router.state.udi, router.activation.inventory.licenses
        stored[udi] = sum(each.line.feature == LEVEL for each in licenses.primary)
        installed[udi] = sum(each.kind is HistoryKind.INSTALLED and each.feature == LEVEL for each in licenses.history)
        if router.state.running is not None and router.state.running.level == LEVEL:
            running.add(udi)
    debited: Counter[Udi] = Counter()
    for pak in twins.paks:
        offset = 0
        while (found := world.backend.queries.pak_devices(pak, by=DEFAULT_USER, offset=offset, limit=1000)).items:
            debited.update(each.udi for each in found.items)
            offset += len(found.items)
    known = world.backend.queries.paks(by=DEFAULT_USER, limit=1000).items
    left = sum(each.left for each in known if each.code in twins.paks)
    return Truth(stored, installed, debited, left, frozenset(running))
