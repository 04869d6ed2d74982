"""Installing, clearing, revoking: verdicts, and that nothing is half done (A.2, A.3, A.6, D)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.licensing import changes
from emulator.licensing.changes import (
    EXPANDED_CAPACITY,
    LARGEST_COUNT,
    LONGEST_PERIOD,
    STORE_CAPACITY,
    InstallResult,
    RevokeResult,
)
from emulator.licensing.lines import LicenseLine
from emulator.licensing.selection import next_boot_level
from emulator.licensing.store import HistoryKind, Licenses
from emulator.licensing.tickets import PermissionTicket, RehostTicket
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi
from tests.unit.licensing.lines import BASE, BUILT_IN, LEVELS, OTHER, TOP, UDI, holding, line

PURCHASED = line(id_="bought")
GRACE = line(LicenseType.GRACE_PERIOD, id_="grace")


def ticket(*revoke: str, source: Udi = UDI, id_: str = "PT-1") -> PermissionTicket:
    return PermissionTicket(id_, source, revoke, (TOP,), (GRACE,), nonce="n-1")


def result(licenses: Licenses, what: LicenseLine) -> InstallResult:
    after, installation = changes.install(licenses, what, UDI, 9)
    assert (after is licenses) == (installation.result is not InstallResult.INSTALLED), "a refusal changes nothing"
    assert installation.result is changes.examine(licenses, what, UDI)
    return installation.result


def test_a_line_is_installed_at_the_lowest_free_index() -> None:
    licenses = holding(line(id_="a"), line(id_="b"), line(id_="c"))
    licenses = changes.clear(licenses, licenses.primary[1], 5)
    after, installation = changes.install(licenses, line(id_="d"), UDI, 9, "spare")
    assert installation.stored is not None
    assert (installation.stored.index, installation.stored.comment) == (1, "spare")
    assert [(stored.index, stored.line.id) for stored in after.primary] == [(0, "a"), (1, "d"), (2, "c")]
    assert after.ever(HistoryKind.INSTALLED, "d")


def test_a_second_copy_is_an_existing_license() -> None:
    assert result(holding(PURCHASED), PURCHASED) is InstallResult.EXISTING


def test_a_line_for_another_device_is_refused() -> None:
    assert result(Licenses(), line(udi=OTHER)) is InstallResult.WRONG_DEVICE


def test_a_line_for_no_device_is_refused() -> None:
    assert result(Licenses(), line(udi=None)) is InstallResult.WRONG_DEVICE


def test_a_full_store_refuses() -> None:
    full = holding(*(line(id_=str(number)) for number in range(STORE_CAPACITY)))
    assert result(full, line(id_="one more")) is InstallResult.STORE_FULL
    room = changes.clear(full, full.primary[7], 0)
    after, installation = changes.install(room, line(id_="one more"), UDI, 0)
    assert installation.stored is not None
    assert installation.stored.index == 7
    assert len(after.primary) == STORE_CAPACITY


def test_what_was_cleared_can_be_installed_again() -> None:
    licenses = holding(PURCHASED)
    cleared = changes.clear(licenses, licenses.primary[0], 5)
    assert cleared.primary == ()
    assert cleared.ever(HistoryKind.CLEARED, "bought")
    assert result(cleared, PURCHASED) is InstallResult.INSTALLED


def test_an_agreement_is_recorded_once() -> None:
    once = changes.accept_eula(Licenses(), BUILT_IN[0], 1)
    assert changes.accept_eula(once, BUILT_IN[0], 2) is once
    assert [record.at for record in once.history] == [1]


def test_used_time_never_falls_in_the_store() -> None:
    licenses = Licenses().saving_use("a", 10)
    assert licenses.saving_use("a", 9) is licenses
    assert licenses.saving_use("a", 11).used == {"a": 11}


def test_a_ticket_exchanges_the_named_lines_for_grace() -> None:
    before = holding(line(feature=BASE), PURCHASED)
    assert changes.examine_ticket(before, ticket("bought"), UDI) is RevokeResult.REVOKED
    after, revocation = changes.revoke(before, ticket("bought"), 7)
    assert [stored.line.id for stored in revocation.revoked] == ["bought"]
    assert [stored.line.id for stored in revocation.granted] == ["grace"]
    assert [stored.line.id for stored in after.primary] == [f"permanent/{BASE}", "grace"]
    assert after.ever(HistoryKind.EULA_ACCEPTED, "grace")
    assert next_boot_level(LEVELS, None, after, BUILT_IN).level == TOP


def test_a_ticket_takes_effect_once_and_repeats_its_answer() -> None:
    after, _ = changes.revoke(holding(PURCHASED), ticket("bought"), 7)
    assert changes.examine_ticket(after, ticket("bought"), UDI) is RevokeResult.REPEATED
    assert after.rehosts == {"PT-1": RehostTicket("PT-1", UDI, ("bought",), "n-1")}


def test_a_ticket_of_another_device_is_refused() -> None:
    assert changes.examine_ticket(holding(PURCHASED), ticket("bought", source=OTHER), UDI) is RevokeResult.WRONG_DEVICE


def test_a_ticket_for_a_license_that_is_not_there_is_refused() -> None:
    assert changes.examine_ticket(Licenses(), ticket("bought"), UDI) is RevokeResult.LICENSE_MISSING
    both = ticket("bought", "other")
    assert changes.examine_ticket(holding(PURCHASED), both, UDI) is RevokeResult.LICENSE_MISSING


def test_a_revoked_line_is_never_installed_again() -> None:
    after, _ = changes.revoke(holding(PURCHASED), ticket("bought"), 7)
    assert result(after, PURCHASED) is InstallResult.REVOKED


@pytest.mark.parametrize(
    ("count", "verdict"),
    [
        (0, InstallResult.BAD_COUNT),
        (-1, InstallResult.BAD_COUNT),
        (1, InstallResult.INSTALLED),
        (LARGEST_COUNT, InstallResult.INSTALLED),
        (LARGEST_COUNT + 1, InstallResult.BAD_COUNT),
        (None, InstallResult.INSTALLED),
    ],
)
def test_a_count_out_of_range_is_refused(count: int | None, verdict: InstallResult) -> None:
    assert result(Licenses(), line(count=count)) is verdict


@pytest.mark.parametrize(
    ("period", "verdict"),
    [
        (0, InstallResult.BAD_PERIOD),
        (-1, InstallResult.BAD_PERIOD),
        (1, InstallResult.INSTALLED),
        (LONGEST_PERIOD, InstallResult.INSTALLED),
        (LONGEST_PERIOD + 1, InstallResult.BAD_PERIOD),
    ],
)
def test_a_period_out_of_range_is_refused(period: int, verdict: InstallResult) -> None:
    assert result(Licenses(), line(LicenseType.EXTENSION, period=period)) is verdict


def test_an_expanded_store_holds_more() -> None:
    full = holding(*(line(id_=str(number)) for number in range(STORE_CAPACITY)))
    more = line(id_="one more")
    assert changes.examine(full, more, UDI, EXPANDED_CAPACITY) is InstallResult.INSTALLED
    after, installation = changes.install(full, more, UDI, 0, capacity=EXPANDED_CAPACITY)
    assert installation.stored is not None
    assert installation.stored.index == STORE_CAPACITY
    assert changes.examine(after, line(id_="another"), UDI) is InstallResult.STORE_FULL, "as it was before"


def test_a_ticket_finds_room_for_its_grace_period_in_an_expanded_store() -> None:
    crowded = holding(PURCHASED)
    for number in range(STORE_CAPACITY + 4):
        crowded, _ = changes.install(crowded, line(id_=str(number)), UDI, 0, capacity=EXPANDED_CAPACITY)
    _, revocation = changes.revoke(crowded, ticket("bought"), 7, EXPANDED_CAPACITY)
    assert [stored.line.id for stored in revocation.granted] == ["grace"]


def test_the_agreement_for_all_is_good_for_every_line_and_for_later_ones() -> None:
    licenses = changes.accept_eula_for_all(holding(line(LicenseType.EXTENSION), accepted=False))
    assert licenses.accepted(licenses.primary[0].line)
    assert licenses.accepted(BUILT_IN[0])
    assert changes.accept_eula(licenses, BUILT_IN[0], 5) is licenses


def test_a_comment_is_the_only_thing_that_changes() -> None:
    before = holding(PURCHASED, line(feature=BASE))
    after = changes.set_comment(before, before.primary[0], "for the lab")
    assert [stored.comment for stored in after.primary] == ["for the lab", ""]
    assert [stored.line for stored in after.primary] == [stored.line for stored in before.primary]
    assert changes.set_comment(after, after.primary[0], "") == before


def test_a_priority_is_a_feature_s() -> None:
    licenses = changes.set_priority(changes.set_priority(Licenses(), TOP, "high"), BASE, "low")
    assert licenses.priorities == {TOP: "high", BASE: "low"}


ids = st.sampled_from("abcde")
acts = st.lists(st.tuples(st.sampled_from(["install", "clear", "revoke"]), ids), max_size=30)


@given(acts)
def test_whatever_is_done_each_line_is_there_once_and_never_after_its_revocation(done: list[tuple[str, str]]) -> None:
    licenses, revoked = Licenses(), set()
    for number, (act, id_) in enumerate(done):
        match act:
            case "install":
                licenses, _ = changes.install(licenses, line(id_=id_), UDI, number)
            case "clear":
                for stored in [each for each in licenses.primary if each.line.id == id_]:
                    licenses = changes.clear(licenses, stored, number)
            case "revoke":
                paper = ticket(id_, id_=f"PT-{number}")
                if changes.examine_ticket(licenses, paper, UDI) is RevokeResult.REVOKED:
                    licenses, _ = changes.revoke(licenses, paper, number)
                    revoked.add(id_)
        present = [stored.line.id for stored in licenses.primary]
        assert len(set(present)) == len(present)
        assert not revoked.intersection(present)
        indexes = [stored.index for stored in licenses.primary]
        assert indexes == sorted(set(indexes))
