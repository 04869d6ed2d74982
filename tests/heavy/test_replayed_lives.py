"""Random lives are played again out of their journals, byte for byte; a planted fault is found by bisect."""

import contextlib
import random
from pathlib import Path

import pytest

from emulator.console.line.inputs import LineTyped
from emulator.kernel.errors import Refused
from emulator.runtime.bisect import bisect
from emulator.runtime.replay import replaying, same_state
from emulator.world.directory import WorldDirectory
from emulator.world.history import History
from tests.sizes import trials
from tests.unit.runtime.test_time_travel import Life

LIVES, SHARDS = trials(200, full=1_000), 10
FAULTS = 200

BENCH = (
    "advance 1h", "advance 3d", "advance 40d", "order L-880-AIS=", "mail 1", "internet R1 off", "internet R1 on",
    "cable R1 FastEthernet4 out", "cable R1 FastEthernet4 in", "usb insert R1", "usb remove R1", "power R1 off",
    "power R1 on", "power R1 cycle", "break R1", "status", "advance next", "rack R2 CISCO887VA-K9", "power R2 on",
    "unrack R2", "nonsense", "portal demo R1 SSL_VPN",
)  # fmt: skip
CONSOLE = (
    "show version", "show license", "configure terminal", "hostname A1", "no hostname", "interface Loopback0",
    "ip address 192.0.2.1 255.255.255.255", "end", "write memory", "license boot module c880-data level advipservices",
    "show running-config", "clock set 10:00:00 1 May 2012", "show logging", "do show users", "reload", "no", "yes", "",
    "show clock", "debug license all", "dir flash:", "delete flash:nothing", "copy running-config startup-config",
    "erase startup-config", "line vty 0 4", "no login", "transport input telnet", "exec-timeout 1 0",
)  # fmt: skip


def lived(life: Life, dice: random.Random) -> None:
    """Act at the bench or at the console, again and again; what is refused is part of a life."""
    life.bench("power R1 on")
    for _ in range(dice.randint(3, 9)):
        at_bench = dice.random() < 0.4
        lines = [dice.choice(BENCH if at_bench else CONSOLE) for _ in range(dice.randint(1, 6))]
        with contextlib.suppress(Refused):
            (life.bench if at_bench else life.console)(*lines)


@pytest.mark.heavy
@pytest.mark.parametrize("shard", range(SHARDS))
def test_random_lives_are_played_again(tmp_path: Path, shard: int) -> None:
    for number in range(LIVES // SHARDS):
        dice = random.Random(f"life {shard} {number}")
        with WorldDirectory(tmp_path / str(number)) as directory:
            life = Life(directory)
            lived(life, dice)
            state, history = directory.load(), History(directory)
            assert state is not None
            with replaying(history.origin(state.stretch)) as replay:
                replay.play(history.entries(state.stretch))
                assert same_state(replay.state(state.now), state), f"life {shard} {number}"


@pytest.mark.heavy
@pytest.mark.parametrize("shard", range(SHARDS))
def test_bisect_finds_planted_faults(tmp_path: Path, shard: int) -> None:
    for number in range(FAULTS // SHARDS):
        dice = random.Random(f"fault {shard} {number}")
        harmless = ("show version", "show clock", "show license", "dir flash:", "show users")
        before = [dice.choice(harmless) for _ in range(dice.randint(0, 5))]
        after = [dice.choice(harmless) for _ in range(dice.randint(0, 5))]
        with WorldDirectory(tmp_path / str(number)) as directory:
            life = Life(directory)
            life.bench("power R1 on")
            life.console("configure terminal", "hostname planted", "end", *before)
            life.bench("advance 1h")
            life.console("configure terminal", "hostname other", "end", *after)
            turn = bisect(directory, "config R1 { hostname planted }")
            assert isinstance(turn.entry.input, LineTyped)
            assert turn.entry.input.text == "hostname other"
