"""The weather between a router and its clients: the same for a seed, and nothing of the output is lost or changed."""

import asyncio
import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UnknownName
from emulator.transports.vty import weather as texts
from emulator.transports.vty.weather import DROP, LATE, MESSAGE, SPLIT, WEATHERS, Weather, WeatheredCarrier

SCREEN = "R1#show clock\r\n*00:00:14.342 UTC Fri Mar 1 2002\r\nR1#"


class Client:
    """Output that a client gets, and the state of its connection."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.ended = ""

    def write(self, text: str, /) -> None:
        assert not self.ended
        self.pieces.append(text)

    def close(self) -> None:
        self.ended = self.ended or "closed"

    def abort(self) -> None:
        self.ended = "aborted"

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


def befallen(kind: str, seed: int, writes: list[str]) -> tuple[Client, list[str]]:
    """Text that one client gets of some output, and what was noted."""
    client, noted = Client(), list[str]()

    async def talk() -> None:
        at = Weather(kind, seed, noted.append).connection("R1")
        assert at is not None
        carrier = at.over(client)
        for text in writes:
            carrier.write(text)
        carrier.close()
        while not client.ended:
            await asyncio.sleep(0)

    asyncio.run(talk())
    return client, noted


QUICK = {name: WEATHERS[name] for name in ("office", "storm")}


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "SHORT", 0.0)
    for name, conditions in QUICK.items():
        assert conditions is not None
        monkeypatch.setitem(WEATHERS, name, msgspec.structs.replace(conditions, longest=0.0))


def test_calm_weather_leaves_connections_alone():
    assert Weather("calm", 1, print).connection("R1") is None


def test_an_unknown_weather_is_told_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean storm"):
        Weather("strom", 1, print)


@pytest.mark.parametrize("kind", QUICK)
def test_the_same_seed_is_the_same_weather(kind: str):
    whole = SCREEN * 60
    at_once, noted = befallen(kind, 5, [whole])
    assert noted
    again, noted_again = befallen(kind, 5, [whole])
    assert (again.pieces, noted_again) == (at_once.pieces, noted)
    assert befallen(kind, 6, [whole])[1] != noted


@given(st.integers(0, 2000), st.lists(st.sampled_from([SCREEN, "R1#", "\r\n", "x" * 700]), max_size=20))
def test_nothing_is_lost_before_a_drop(seed: int, writes: list[str]):
    client, noted = befallen("storm", seed, writes)
    got = "".join(client.pieces).replace(texts.MESSAGE_TEXT, "").replace(texts.BANNER_TEXT, "")
    sent = "".join(writes)
    dropped = any(text.endswith(DROP) for text in noted)
    assert client.ended == ("aborted" if dropped else "closed")
    assert sent.startswith(got) if dropped else got == sent


def test_each_kind_of_event_has_its_place():
    assert WeatheredCarrier._place(SCREEN, 3, MESSAGE) == SCREEN.index("\n") + 1
    assert WeatheredCarrier._place(SCREEN, 3, LATE) == len(SCREEN) - len("R1#")
    assert WeatheredCarrier._place("R1>", 1, LATE) is None
    assert WeatheredCarrier._place(SCREEN, 3, SPLIT) == 3
    assert WeatheredCarrier._place(SCREEN, len(SCREEN) + 1, DROP) is None


def test_a_storm_has_events_of_every_kind():
    noted = set[str]()
    for seed in range(40):
        noted |= {text.rpartition(": ")[2] for text in befallen("storm", seed, [SCREEN * 30])[1]}
    conditions = WEATHERS["storm"]
    assert conditions is not None
    assert set(conditions.weights) | {texts.BANNER} <= noted
    at = Weather("storm", 1, print).connection("R1")
    assert at is not None
    assert list(itertools.islice(at.events(), 3))
