"""Call home cut at every step: the power, the provider's line, the person, the server before and after it has written.

Whatever was cut, the same command goes through afterwards, and the laws of `dialogues` hold.
"""

from collections.abc import Callable

import pytest

from emulator.backend import accounts
from emulator.kernel.time import SECOND
from emulator.router.ports import CallRefused, Reply
from emulator.world.call_home.gateway import WorldCallHome, carry_calls
from emulator.world.call_home.protocol import Answer, Call, Destination
from emulator.world.world import World
from tests.unit.world.dialogues import INSTALL, RESEND, REVOKE, Dialogue


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log-in costs a tenth of a second on purpose; here there are hundreds."""
    monkeypatch.setitem(accounts._COST, "n", 2)


def power(dialogue: Dialogue) -> None:
    dialogue.console.router.power_off()


def line(dialogue: Dialogue) -> None:
    router = dialogue.console.router
    router.state.cables.remove(router.platform.wan_interface)
    dialogue.console.pass_time(60 * SECOND)


def person(dialogue: Dialogue) -> None:
    dialogue.console.line.terminal.interrupt()


CUTS = {"power": power, "line": line, "person": person}
KINDS = (INSTALL, RESEND, REVOKE)


@pytest.mark.parametrize("kind", KINDS)
def test_a_dialogue_that_nothing_cuts(kind: str) -> None:
    dialogue = Dialogue(kind)
    dialogue.finish()
    dialogue.check()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_a_dialogue_cut_at_every_moment(kind: str, cut: Callable[[Dialogue], None]) -> None:
    moments = sum(1 for _ in Dialogue(kind).moments())
    assert moments > 6
    for number in range(moments):
        dialogue = Dialogue(kind)
        for passed, _ in enumerate(dialogue.moments()):
            if passed == number:
                break
        cut(dialogue)
        dialogue.recover()
        dialogue.finish()
        dialogue.check()


class Dying:
    """A carrier whose server dies at one call, before or after it has written."""

    def __init__(self, world: World, number: int, *, written: bool) -> None:
        home = world.context.call_home
        assert isinstance(home, WorldCallHome)
        self._really, self._number, self._written = home.carry, number, written
        self.calls = 0
        carry_calls(world, self)

    def __call__(self, destination: Destination, call: Call) -> Reply[Answer]:
        self.calls += 1
        if self.calls != self._number:
            return self._really(destination, call)
        if self._written:
            self._really(destination, call)
        return CallRefused("time-out", destination.host)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("written", [False, True], ids=["before it wrote", "after it wrote"])
def test_a_server_that_dies_at_every_call(kind: str, written: bool) -> None:
    for number in range(1, 5):
        dialogue = Dialogue(kind)
        dying = Dying(dialogue.world, number, written=written)
        screen = dialogue.finish()
        told = "%Error: The CISCO License Server did not answer in time" in screen
        assert told is (dying.calls >= number)
        dialogue.finish()
        dialogue.check()
