"""Everything that a world draws is either public or secret, and each is drawn from its own source.

The first test plays one life in worlds whose seeds or secrets differ and compares what they draw; the second walks the
source for every place where something is drawn, so that a new one is sorted here or fails.
"""

import ast
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

import emulator
from emulator.keys.world_secret import SIZE, WorldSecret
from emulator.licensing.udi import Udi
from emulator.router.network.rsa_keys import KeyRing
from emulator.router.rsa_key import KeyUse
from emulator.world.build import new_world
from emulator.world.recipe import RouterRecipe, WorldRecipe
from emulator.world.world import World
from tests.backend_records import records_of
from tests.driver import BenchDriver, ConsoleDriver

ONE, OTHER = (WorldSecret.parse(digits * SIZE) for digits in ("5a", "a5"))
FIXED_UDI = Udi("CISCO881-K9", "FTX1405YDC7")

PUBLIC = ("serial", "address", "salt", "credential nonce")
SECRET = (
    "license key", "device key", "sealing key", "contract", "order number", "PAK", "ticket nonce", "RSA modulus",
    "identity", "password hash",
)  # fmt: skip

ROOT = Path(emulator.__file__).parent
SOURCES: dict[str, dict[str, str]] = {
    "draw": {
        "world/build.py": "public: serial numbers, addresses",
        "router/device.py": "public: what a router draws itself, by purpose, name and instant",
        "router/boot/reset_control.py": "public: crashes and breaks",
        "labs/drawing.py": "public: what a lab is built with, by its seed",
        "labs/certifying.py": "public: looks that must change nothing",
        "console/render/services/dhcp.py": "public: the number of a lease's transaction, which is shown",
        "console/commands/sessions/ping.py": "public: addresses and times of hosts that answer",
        "router/licensing/acts.py": "public: the number that marks a credential, and is printed in it",
        "console/commands/configure/config_global.py": "public: a salt, which the configuration shows",
        "console/commands/configure/config_users.py": "public: a salt",
        "console/line/setup_dialog.py": "public: a salt",
        "console/configuration/password_encryption.py": "public: where in its table type 7 begins, which it shows",
        "transports/vty/weather.py": "the seed of the weather",
        "transports/proving/fault_relay.py": "the seed of a trial",
        "proving/proof.py": "the seed of a trial",
    },
    "private": {"router/network/rsa_keys.py": "secret: primes"},
    "derive": {
        "keys/signing.py": "secret: signing keys",
        "keys/sealing.py": "secret: sealing keys",
        "keys/world_secret.py": "secret: its mark",
    },
    "derive_signing_key": {
        "world/world.py": "secret",
        "world/upgrades.py": "known secret of an old world",
        "runtime/labs/session.py": "secret: results of exams",
        "runtime/classroom/class_directory.py": "secret of a class: results, codes, seeds",
    },
    "derive_sealing_key": {"world/world.py": "secret", "world/upgrades.py": "known secret of an old world"},
    "secret_for": {
        "keys/sealing.py": "secret: the key of one sealed text",
        "backend/rehost.py": "secret: the word that a ticket seals",
        "backend/purchase.py": "secret: order numbers",
        "runtime/classroom/class_directory.py": "secret of a class: codes, and seeds that no neighbour can compute",
        "runtime/classroom/session_files.py": "secret of a class: tokens of forms, the same after a restart",
    },
    "sign": {
        "keys/signing.py": "a SigningKey signs",
        "keys/certificates.py": "random keys of certificates",
        "keys/signed.py": "secret: tickets, credentials, calls",
        "keys/license_files.py": "secret: license files",
        "labs/signed_result.py": "secret: results of exams",
        "manager/ledger.py": "secret of a manager: the end of a ledger",
        "manager/exchange/bundle_file.py": "secret of a manager, drawn once: bundles for its pair",
        "transports/snmp/security.py": "a code of SNMPv3, by the key of a user of the router",
        "backend/accounts.py": "secret: the salt of a password",
        "backend/manufacturing.py": "secret: contracts",
        "backend/purchase.py": "secret: PAKs",
    },
    "WorldSecret.known": {
        "world/build.py": "worlds made in process",
        "world/directory.py": "worlds of older formats",
        "world/upgrades.py": "worlds of older formats",
    },
    "Random": {
        "sim/seeding.py": "public",
        "keys/world_secret.py": "secret",
    },
    "token_bytes": {
        "proving/twins.py": "the token of a trial, whose world goes with it",
        "manager/passwords.py": "salts of passwords of the users of a license manager",
        "keys/world_secret.py": "the secret itself",
        "keys/secret_box.py": "a key, and what is drawn for each text that it seals",
        "transports/agent/log_ins.py": "of one process",
        "transports/call_home/log_ins.py": "of one process",
        "transports/web/guard/sessions.py": "of one process",
        "transports/portal/operation.py": "API tokens, noted in the journal of the world",
    },
    "token_urlsafe": {
        "transports/web/guard/sessions.py": "sessions",
        "transports/portal/jobs.py": "names of jobs",
        "transports/web/page.py": "nonces of forms",
        "proving/twins.py": "the password of the routers of a trial",
        "manager/tokens.py": "tokens of the users of a license manager",
        "runtime/manager_server.py": "the name of a process that runs jobs",
    },
}  # fmt: skip
"""Each way to draw, and the files that use it: of which source it is, and for what."""

PAGES = ("transports/classroom/pages/", "transports/manager_web/pages/", "transports/portal/web/", "transports/web/")
"""Rooms in which `draw` is said of pages."""


def drawn(seed: int, secret: WorldSecret) -> dict[str, object]:
    """One value of each kind from a world that lives through everything that draws."""
    world = new_world(WorldRecipe(seed=seed, routers={"R1": RouterRecipe(), "R2": RouterRecipe()}), secret=secret)
    console, bench = ConsoleDriver(world).boot(), BenchDriver(world)
    console.type("configure terminal", "enable secret 0 cisco", "end", "license save credential flash:c.xml")
    router, udi = world.router("R1"), world.router("R1").state.udi
    order, _ = world.backend.order("L-880-AIS=", 1, world.now, by="lab")
    world.backend.register(order.pak, [udi], world.now, by="lab")
    world.backend.permission(udi, world.now, by="lab")
    bench.succeeds("portal account joe s3cret-words-of-joe")
    ring = KeyRing(router)
    ring.add("x", KeyUse.GENERAL, 512, exportable=False)
    [ticket] = records_of(world).permissions.values()
    return {
        "serial": udi.serial,
        "address": router.state.mac,
        "salt": router.configuration.word("enable secret"),
        "credential nonce": console.router.draw("credential").getrandbits(64),
        "license key": world.license_key.public,
        "device key": world.device_key(FIXED_UDI).public,
        "sealing key": world.sealing_key(FIXED_UDI).public,
        "contract": world.backend.contract(udi, by="lab").number,
        "order number": order.number,
        "PAK": order.pak,
        "ticket nonce": ticket.ticket.nonce,
        "RSA modulus": ring.modulus(ring.keys[-1]),
        "identity": world.state.identity,
        "password hash": [row["password"] for row in records_of(world).rows("accounts") if row["name"] == "joe"],
    }


seen = cache(drawn)


def differing(one: dict[str, object], other: dict[str, object]) -> set[str]:
    return {name for name in one if one[name] != other[name]}


def test_the_secret_alone_decides_what_nobody_may_guess_and_the_seed_the_rest() -> None:
    first = seen(3, ONE)
    assert set(first) == {*PUBLIC, *SECRET}
    assert differing(first, drawn(3, ONE)) == set(), "the same world draws the same"
    assert differing(first, drawn(3, OTHER)) == set(SECRET)


def test_another_seed_changes_what_is_public_and_no_key() -> None:
    changed = differing(seen(3, ONE), drawn(4, ONE))
    assert set(PUBLIC) <= changed
    assert not changed & {"license key", "device key", "sealing key", "order number", "PAK", "identity"}


def test_a_known_secret_is_that_of_its_seed() -> None:
    world: World = new_world(WorldRecipe(seed=8))
    assert world.secret is WorldSecret.known(8)


@cache
def all_calls() -> dict[str, Counter[str]]:
    """Calls of each name by each file of the package, counted, in full and without what stands before its last dot."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                for name in {called, called.rpartition(".")[2]}:
                    found[name][file.relative_to(ROOT).as_posix()] += 1
    return found


def calls(name: str) -> dict[str, int]:
    """Calls of this name by each file of the package, counted; what is merely defined does not count."""
    return all_calls().get(name, {})


@pytest.mark.parametrize("way", SOURCES)
def test_whoever_draws_is_sorted_here(way: str) -> None:
    there = {file for file in calls(way) if not file.startswith(PAGES) or way.startswith("token")}
    assert there == set(SOURCES[way])


def test_there_is_no_other_way_to_draw() -> None:
    """Sources of chance that Python and the operating system offer besides are used nowhere."""
    others = ("urandom", "SystemRandom", "uuid1", "uuid4", "getrandom", "token_hex", "mkdtemp", "seed", "randbits")
    assert {name: dict(calls(name)) for name in others if calls(name)} == {}
