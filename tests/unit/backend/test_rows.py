"""Registering a list as somebody wrote it: an answer for every row."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from emulator.backend.refusals import PortalRefusal
from emulator.backend.row_list import MOST_HINTS, MOST_ROWS, PART
from emulator.backend.store.records import Records
from emulator.kernel import errors
from emulator.licensing.udi import Udi

from .desk import IAD, R1, R2, R3, Desk

BAD = ("CISCO881-K9", "CISCO881-K9:ftx1405ydc7", "CISCO881-K8:FTX1405YDC7", f"{IAD}", "x" * 5000, "'; DROP TABLE paks")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def serials(number: int) -> list[str]:
    return [f"CISCO881-K9:FTX1406{place:04d}" for place in range(number)]


def test_every_row_is_answered_in_its_place(desk):
    pak = desk.pak(3)
    desk.register(pak, [R1], 0)
    rows = [f" {R1} ", f"{R2.pid},{R2.serial}", f'"{R3.pid}","{R3.serial}"', "", f"{R2}"]
    done = desk.register_rows(pak, rows, 0, partial=True)
    assert [(each.row, each.udi, each.again) for each in done.rows] == [
        (1, R1, True), (2, R2, False), (3, R3, False), (4, None, False), (5, R2, True)
    ]  # fmt: skip
    assert [each.row for each in done.problems] == [4]
    assert done.done
    assert desk.state.paks[pak].left == 0
    for each in done.rows:
        if each.problem is None:
            assert desk.queries.license_file(each.license_id, by="lab").name == each.file


@pytest.mark.parametrize("partial", [True, False])
def test_a_list_of_5000_with_37_bad_rows(desk, partial):
    rows = serials(5000)
    for number in range(37):
        rows[number * 131] = BAD[number % len(BAD)]
    pak = desk.pak(5000)
    before = desk.database.dump()
    outcome = desk.register_rows(pak, rows, 0, partial=partial, mailed=False)
    assert [each.row for each in outcome.problems] == [number * 131 + 1 for number in range(37)]
    refusals = {each.problem.refusal for each in outcome.problems if each.problem}
    assert refusals == {PortalRefusal.BAD_UDI, PortalRefusal.UNKNOWN_PID, PortalRefusal.WRONG_FAMILY}
    assert outcome.done is partial
    if partial:
        assert desk.state.paks[pak].spent == len(desk.state.licenses) == 4963
        assert all(each.license_id for each in outcome.rows if each.problem is None)
    else:
        assert desk.database.dump() == before
        assert not any(each.license_id for each in outcome.rows)
    assert all(len(each.text) < 100 for each in outcome.rows)


def test_a_pak_pays_for_the_first_rows(desk):
    pak = desk.pak(2)
    whole = desk.register_rows(pak, serials(3), 0, partial=False)
    assert not whole.done
    assert [str(each.problem) for each in whole.problems] == [
        f"PAK {pak} has 2 of its 2 licenses left; 3 more are asked for."
    ]
    part = desk.register_rows(pak, serials(3), 0, partial=True)
    assert [str(each.problem or "") for each in part.rows] == [
        "", "", f"PAK {pak} has 0 of its 2 licenses left; 1 more are asked for."
    ]  # fmt: skip
    assert desk.state.paks[pak].left == 0


def test_doing_a_list_again_changes_nothing(desk):
    pak = desk.pak(5)
    first = desk.register_rows(pak, serials(5), 0, partial=False)
    before = desk.all_but_letters()
    again = desk.register_rows(pak, serials(5), 9, partial=False)
    assert desk.all_but_letters() == before
    assert [(each.license_id, each.file, each.again) for each in again.rows] == [
        (each.license_id, each.file, True) for each in first.rows
    ]


def test_each_device_of_a_list_has_its_letter(desk):
    done = desk.register_rows(desk.pak(3), [*serials(3), *serials(1)], 0, partial=False)
    letters = desk.outbox.letters(0)[1:]
    assert [each.attachments[0].name for each in letters] == [each.file for each in done.rows[:3]]
    assert desk.register_rows(desk.pak(1), [str(Udi("CISCO881-K9", "FTX1406AAAA"))], 0, partial=True, mailed=False).done
    assert desk.outbox.count_letters(0) == 5


# --- how long others wait -------------------------------------------------------------------------------------------


class Watched:
    """Counts the transactions that write, and what is done in them."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.devices: list[int] = []
        self.hints = 0
        self.fail_at: int | None = None
        self._inside = False
        writing = desk.database.writing

        @contextmanager
        def watched() -> Iterator[Records]:
            with writing() as records:
                hear_of = records.devices.hear_of

                def counted(udis):
                    if len(self.devices) == self.fail_at:
                        raise PortalRefusal.SERVICE_DOWN.error(seconds=5)
                    self.devices.append(len(list(udis)))
                    return hear_of(udis)

                monkeypatch.setattr(records.devices, "hear_of", counted)
                self._inside = True
                try:
                    yield records
                finally:
                    self._inside = False

        def counted_hint(name, known):
            assert not self._inside, "nothing is looked for while others wait"
            self.hints += 1
            return errors.nearest(name, known)

        monkeypatch.setattr(desk.database, "writing", watched)
        monkeypatch.setattr("emulator.backend.row_list.nearest", counted_hint)


@pytest.fixture
def watched(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(desk, monkeypatch)


@pytest.mark.parametrize("partial", [True, False])
def test_a_list_of_unknown_products_makes_nobody_wait(desk, watched, partial):
    pak = desk.pak(5000)
    rows = [f"CISCO881-K{number}:FTX1406AAAA" for number in range(100, 100 + MOST_ROWS)]
    outcome = desk.register_rows(pak, rows, 0, partial=partial)
    assert len(outcome.problems) == MOST_ROWS
    assert (watched.devices, watched.hints) == ([], MOST_HINTS)
    assert str(outcome.rows[0].problem).endswith("Did you mean CISCO881-K9?")
    assert str(outcome.rows[-1].problem).endswith("Look it up in the list of products.")


def test_one_unknown_product_is_looked_for_once(desk, watched):
    rows = [f"CISCO881-K8:FTX1406{number:04d}" for number in range(1000)]
    outcome = desk.register_rows(desk.pak(1), rows, 0, partial=True)
    assert {str(each.problem) for each in outcome.rows} == {
        "Product ID CISCO881-K8 is not known. Did you mean CISCO881-K9?"
    }
    assert watched.hints == 1


@pytest.mark.heavy
def test_a_transaction_has_as_many_devices_as_a_part_or_a_pak(desk, watched):
    pak = desk.pak(5000)
    assert desk.register_rows(pak, [*serials(600), "x"], 0, partial=True, mailed=False).done
    assert watched.devices == [PART, PART, 100]
    watched.devices.clear()
    assert not desk.register_rows(pak, [*serials(600), "x"], 0, partial=False, mailed=False).done
    assert watched.devices == [PART, PART, 100]
    watched.devices.clear()
    assert not desk.register_rows(pak, serials(5001), 0, partial=False, mailed=False).done
    assert max(watched.devices) == PART
    watched.devices.clear()
    assert desk.register_rows(pak, serials(5000), 0, partial=False, mailed=False).done
    assert watched.devices == [5000]


def test_a_list_that_is_cut_short_is_completed_by_the_same_list(desk, watched):
    pak, rows = desk.pak(1000), serials(1000)
    watched.fail_at = 2
    with pytest.raises(errors.Refused, match="not available now"):
        desk.register_rows(pak, rows, 0, partial=True)
    assert desk.state.paks[pak].spent == len(desk.state.licenses) == 2 * PART
    watched.fail_at = None
    done = desk.register_rows(pak, rows, 9, partial=True)
    assert [each.again for each in done.rows] == [True] * 2 * PART + [False] * 2 * PART
    assert desk.state.paks[pak].spent == len(desk.state.licenses) == 1000


def test_a_list_in_parts_that_is_not_done_tells_all_that_it_would_cost(desk):
    pak = desk.pak(400)
    outcome = desk.register_rows(pak, serials(600), 0, partial=False)
    assert {str(each.problem) for each in outcome.problems} == {
        f"PAK {pak} has 400 of its 400 licenses left; 600 more are asked for."
    }
    assert len(outcome.problems) == 200
    assert desk.state.paks[pak].left == 400


def test_a_pak_is_named_as_it_is_on_file(desk):
    pak = desk.pak(1)
    assert desk.register_rows(f" {pak.lower()} ", serials(1), 0, partial=True).pak == pak
