"""Many at once: a debit never passes the quantity, whoever asks and wherever the records are."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.backend.store.database import Database
from emulator.licensing.udi import Udi

from .desk import R1, R2, Desk, Places

THREADS = 16
PAID = 60
ASKED = 80


@pytest.fixture(params=["at hand", "file"])
def desk(request: pytest.FixtureRequest, place: str, tmp_path: Path) -> Desk:
    """A desk in memory or on the server, and one in a file."""
    if request.param == "file":
        if place == "postgres":
            pytest.skip("a server has no file")
        return Desk(database=Database(tmp_path / "backend.sqlite"))
    return Desk(database=Places.new())


def at_once(act: Callable[[int], object], number: int) -> list[object]:
    """Do something with each number, many at a time; the value is what came of each, refusals included."""

    def one(which: int) -> object:
        try:
            return act(which)
        except PortalError as error:
            return error.refusal

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(number)))


def udi(number: int) -> Udi:
    return Udi("CISCO881-K9", f"FTX1406{number:04d}")


def test_sixteen_threads_drain_one_pak(desk: Desk) -> None:
    pak = desk.pak(PAID)
    outcomes = at_once(lambda number: len(desk.register(pak, [udi(number)], 0)), ASKED)
    assert outcomes.count(1) == PAID
    assert outcomes.count(PortalRefusal.PAK_EXHAUSTED) == ASKED - PAID
    assert desk.state.paks[pak].spent == len(desk.state.licenses) == PAID
    assert len({row["file"] + row["subject"] for row in desk.state.rows("outbox")}) == PAID + 1
    assert sorted(row["number"] for row in desk.state.rows("licenses")) == list(range(1, PAID + 1))
    assert len([row for row in desk.state.rows("audit") if row["act"] == "register"]) == PAID


def test_the_same_device_at_once_is_one_debit(desk: Desk) -> None:
    pak = desk.pak(5)
    files = at_once(lambda _: desk.register(pak, [R1], 0, mailed=False)[0].attachments[0], 32)
    assert len(set(files)) == 1
    assert desk.state.paks[pak].spent == 1


def test_lists_that_overlap_in_any_order_neither_block_nor_double(desk: Desk) -> None:
    paks = [desk.pak(PAID, sku="FL-WEBVPN-10-K9=") for _ in range(4)]

    def some(number: int) -> int:
        devices = [udi(place) for place in range(20)]
        Random(number).shuffle(devices)
        return len(desk.register(paks[number % 4], devices, 0, mailed=False))

    assert at_once(some, 24) == [20] * 24
    assert [pak.spent for pak in desk.state.paks.values()] == [20] * 4
    created = [(each.line.udi, each.created) for each in desk.state.licenses.values()]
    assert len(created) == len(set(created)) == 80, "no two files of a device have one name"


def test_a_rehost_ticket_is_taken_once(desk: Desk) -> None:
    desk.register(desk.pak(), [R1], 0)
    document = desk.answered(R1)
    outcomes = at_once(lambda number: desk.rehost(document, udi(number), 0, mailed=False).attachments, 16)
    assert outcomes.count(PortalRefusal.TICKET_USED) == 15
    assert len([each for each in desk.state.licenses.values() if each.state == "current"]) == 1


def test_one_ticket_is_open_however_many_ask(desk: Desk) -> None:
    desk.register(desk.pak(), [R1], 0)
    tickets = at_once(lambda _: desk.permission(R1, 0, mailed=False).attachments, 16)
    assert len(set(tickets)) == 1
    assert len(desk.state.permissions) == 1


def test_an_rma_at_once_moves_what_there_is_once(desk: Desk) -> None:
    for device in (R1, R2):
        desk.manufacture(device, [], 0)
    desk.register(desk.pak(), [R1], 0)
    contract = desk.contract(R1).number
    files = at_once(lambda _: desk.rma(R1, R2, 0, contract=contract, mailed=False).attachments, 16)
    assert len(set(files)) == 1
    assert len(desk.state.licenses) == 2


def test_readers_go_on_while_others_write(desk: Desk) -> None:
    pak = desk.pak(PAID)

    def act(number: int) -> object:
        if number % 2:
            return len(desk.register(pak, [udi(number)], 0, mailed=False))
        found = desk.queries.paks(by="lab").items[0]
        return 0 <= found.left <= PAID and desk.queries.pak_devices(pak, by="lab").total <= PAID

    assert all(at_once(act, ASKED))
