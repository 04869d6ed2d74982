import msgspec
import pytest

from emulator.backend.entities import IssuedState
from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.kernel.time import DAY
from emulator.licensing.types import LicenseType
from emulator.licensing.udi import Udi

from .desk import R1, R2, R3, R4, Desk, answer


@pytest.fixture
def desk() -> Desk:
    """R1 with a purchased license; R1 and R2 were made by us."""
    desk = Desk()
    for udi in (R1, R2):
        desk.manufacture(udi, ["advsecurity"], 0)
    desk.register(desk.pak(3), [R1], 0)
    return desk


def states(desk: Desk) -> list[tuple[str, str, IssuedState]]:
    return [(str(each.line.udi)[-1], each.line.feature, each.state) for each in desk.state.licenses.values()]


def test_rma_moves_what_was_purchased_and_nothing_else(desk):
    mail = desk.rma(R1, R2, DAY)
    [license_] = desk.licenses(mail)
    assert (license_.line.udi, license_.line.feature) == (R2, "advipservices")
    assert license_.source == f"License portal, RMA of {R1}"
    assert states(desk) == [
        ("7", "advsecurity", IssuedState.CURRENT),
        ("8", "advsecurity", IssuedState.CURRENT),
        ("7", "advipservices", IssuedState.REPLACED),
        ("8", "advipservices", IssuedState.CURRENT),
    ]
    assert [each.line.feature for each in desk.licenses(desk.resend(R2, DAY))] == ["advsecurity", "advipservices"]


def test_rma_of_the_same_pair_gives_the_same_file(desk):
    first = desk.rma(R1, R2, DAY)
    before = desk.all_but_letters()
    assert desk.rma(R1, R2, 2 * DAY).attachments == first.attachments
    assert desk.all_but_letters() == before


def test_what_came_by_rma_can_go_on_by_rma(desk):
    desk.manufacture(R3, ["advsecurity"], 0)
    desk.rma(R1, R2, 1)
    [license_] = desk.licenses(desk.rma(R2, R3, 2))
    assert license_.line.udi == R3


def test_a_permission_ticket_names_what_goes_and_brings_60_days_of_grace(desk):
    mail = desk.permission(R1, DAY)
    ticket = desk.ticket(mail)
    [purchased] = [each.line for each in desk.state.licenses.values() if each.sku]
    assert (ticket.id, ticket.source, ticket.revoke, ticket.features) == (
        "PT-20100302-000001",
        R1,
        (purchased.id,),
        ("advipservices",),
    )
    [grace] = ticket.grant
    assert (grace.feature, grace.type, grace.udi, grace.period) == (
        "advipservices",
        LicenseType.GRACE_PERIOD,
        R1,
        60 * DAY,
    )
    assert mail.attachments[0].name == "FTX1405YDC7_permission_PT-20100302-000001.xml"
    assert desk.permission(R1, 2 * DAY).attachments == mail.attachments


@pytest.mark.parametrize("nonce", ["0" * 32, "x", "n-1"])
def test_only_who_opened_the_ticket_can_answer_it(desk, nonce):
    """The device's key alone is not enough, as it would be for one who copied the readable part."""
    ticket = desk.ticket(desk.permission(R1, 0))
    document = answer(msgspec.structs.replace(ticket, nonce=nonce))
    before = desk.database.dump()
    with pytest.raises(PortalError, match="it does not prove that the permission ticket was opened"):
        desk.rehost(document, R3, 0)
    assert desk.database.dump() == before
    assert desk.licenses(desk.rehost(answer(ticket), R3, 0))


def test_no_two_tickets_have_one_word(desk):
    desk.register(desk.pak(), [R2], 0)
    tickets = [desk.ticket(desk.permission(udi, 0)) for udi in (R1, R2)]
    assert len({ticket.nonce for ticket in tickets}) == 2
    assert len({ticket.recipient for ticket in tickets}) == 2


def test_a_ticket_names_the_target_that_was_named_and_keeps_it(desk):
    first = desk.permission(R1, 0, target=R2)
    assert desk.ticket(first).target == R2
    assert desk.permission(R1, DAY, target=R3).attachments == first.attachments
    assert desk.licenses(desk.rehost(answer(desk.ticket(first)), R3, DAY)), "the target is asked for with the answer"


def test_two_licenses_of_a_feature_get_one_grace_period(desk):
    for _ in range(2):
        desk.register(desk.pak(sku="FL-WEBVPN-10-K9="), [R1], 0)
    ticket = desk.ticket(desk.permission(R1, 0))
    assert (len(ticket.revoke), len(ticket.grant)) == (3, 2)


def test_a_rehost_moves_the_license_once(desk):
    document = desk.answered(R1)
    mail = desk.rehost(document, R3, DAY)
    [license_] = desk.licenses(mail)
    assert (license_.line.udi, license_.source) == (R3, f"License portal, rehost from {R1}")
    assert [each.line.feature for each in desk.licenses(desk.resend(R1, DAY))] == ["advsecurity"]
    assert desk.rehost(document, R3, 2 * DAY).attachments == mail.attachments
    with pytest.raises(PortalError) as caught:
        desk.rehost(document, R2, DAY)
    assert str(caught.value) == f"The rehost ticket was already used for {R3}."


def test_the_target_keeps_its_file_when_the_source_is_replaced_later(desk):
    document = desk.answered(R1)
    mail = desk.rehost(document, R3, 0)
    desk.register(desk.pak(), [R1], 1)
    desk.rma(R1, R2, 2)
    assert desk.rehost(document, R3, 3).attachments == mail.attachments


def test_a_license_can_come_back(desk):
    desk.rehost(desk.answered(R1), R3, 0)
    [license_] = desk.licenses(desk.rehost(desk.answered(R3), R1, 1))
    assert license_.line.udi == R1
    assert len([each for each in desk.state.licenses.values() if each.sku and each.state is IssuedState.CURRENT]) == 1


def test_a_ticket_left_open_ends_with_an_rma(desk):
    document = answer(desk.ticket(desk.permission(R1, 0)))
    desk.rma(R1, R2, 1)
    with pytest.raises(PortalError) as caught:
        desk.rehost(document, R3, 2)
    assert str(caught.value) == f"{R1} was replaced by {R2} and is no longer served."
    assert not desk.state.open_permissions


def test_a_pak_registered_for_a_wrong_device_is_corrected(desk):
    pak = desk.pak(2)
    wrong = Udi("CISCO881-K9", "FTX1405YDX7")
    desk.register(pak, [wrong], 0)
    mail = desk.correct(pak, wrong, R3, 1, by="lab", why="two letters were swapped")
    [license_] = desk.licenses(mail)
    assert (license_.line.udi, license_.line.feature) == (R3, "advipservices")
    assert desk.state.paks[pak].spent == 1, "no second debit"
    [entry] = [each for each in desk.queries.audit(by="lab").items if each.act == "correct"]
    assert (entry.subject, entry.detail, entry.why) == (pak, f"{wrong} {R3}", "two letters were swapped")
    with pytest.raises(PortalError) as caught:
        desk.correct(pak, wrong, R2, 2, by="lab", why="once more")
    assert caught.value.refusal is PortalRefusal.NOT_REGISTERED


def test_a_pak_gives_a_corrected_device_its_license_again_and_can_be_corrected_once_more(desk):
    pak = desk.pak(1)
    wrong = Udi("CISCO881-K9", "FTX1405YDX7")
    desk.register(pak, [wrong], 0)
    mail = desk.correct(pak, wrong, R3, 1, by="lab", why="two letters were swapped")
    [again] = desk.register(pak, [R3], 2)
    assert desk.licenses(again) == desk.licenses(mail)
    assert desk.state.paks[pak].spent == 1, "no second debit"
    desk.correct(pak, R3, R2, 3, by="lab", why="it was for the other one")
    desk.correct(pak, R2, R3, 4, by="lab", why="and it was not")
    [license_] = desk.licenses(desk.register(pak, [R3], 5)[0])
    assert license_.line.udi == R3
    with pytest.raises(PortalError) as caught:
        desk.register(pak, [R2], 6)
    assert caught.value.refusal is PortalRefusal.TRANSFERRED


def test_a_pak_that_brings_a_device_nothing_new_is_told_before_it_is_debited(desk):
    made = Udi("CISCO881-SEC-K9", "FTX1405YDX8")
    desk.manufacture(made, ["advsecurity", "advipservices"], 0)
    desk.register(first := desk.pak(1), [R2], 0)
    pak = desk.pak(3)
    for udi in (made, R2):
        with pytest.raises(PortalError) as caught:
            desk.register(pak, [R3, udi], 0)
        assert str(caught.value) == (
            f"{udi} has a permanent license for advipservices already; PAK {pak} was not debited."
        )
    assert desk.state.paks[pak].spent == 0
    assert len(desk.register(first, [R2], 0)) == 1, "its own file again, which costs nothing"
    found = desk.register_rows(pak, [str(made), str(R2), str(R3)], 0, by="lab", partial=True)
    assert [row.problem and row.problem.refusal for row in found.rows] == [PortalRefusal.NOTHING_NEW] * 2 + [None]
    assert desk.state.paks[pak].spent == 1


def test_who_may_not_look_at_a_device_is_not_told_what_it_has(desk):
    made = Udi("CISCO881-SEC-K9", "FTX1405YDX8")
    desk.manufacture(made, ["advsecurity", "advipservices"], 0)
    desk.customer("bob")
    pak = desk.pak(1, by="bob")
    assert len(desk.register(pak, [made], 0, by="bob")) == 1


def test_a_level_that_was_ordered_with_the_device_moves_as_one_bought_later():
    for act in ("rma", "rehost"):
        desk = Desk()
        for udi, features in ((R1, ["advsecurity", "advipservices"]), (R2, ["advsecurity"]), (R3, ["advsecurity"])):
            desk.manufacture(udi, features, 0)
        mail = desk.rma(R1, R2, 1) if act == "rma" else desk.rehost(desk.answered(R1), R2, 1)
        assert [(each.line.udi, each.line.feature) for each in desk.licenses(mail)] == [(R2, "advipservices")]


def test_the_base_level_stays_with_its_device(desk):
    desk.manufacture(R4, ["advsecurity"], 0)
    with pytest.raises(PortalError) as caught:
        desk.permission(R4, 0)
    assert caught.value.refusal is PortalRefusal.NOTHING_PURCHASED


def test_the_second_generation_replaces_its_own_predecessor_and_nothing_else():
    old, new, other = (
        Udi(pid, f"FTX1405YDC{at}") for at, pid in enumerate(("CISCO881-SEC-K9", "C881-K9", "C887VA-K9"))
    )

    def made() -> Desk:
        desk = Desk()
        for udi, features in (
            (old, ["advsecurity", "advipservices"]),
            (new, ["advsecurity"]),
            (other, ["advsecurity"]),
        ):
            desk.manufacture(udi, features, 0)
        return desk

    [license_] = (desk := made()).licenses(desk.rma(old, new, 1))
    assert (license_.line.udi, license_.line.feature) == (new, "advipservices")
    for failed, sent in ((old, other), (new, old)):
        with pytest.raises(PortalError) as caught:
            made().rma(failed, sent, 1)
        assert caught.value.refusal is PortalRefusal.OTHER_FAMILY


def test_a_device_sold_with_security_is_replaced_by_the_plain_product_and_the_other_way_round():
    for failed, sent in (("CISCO881-K9", "CISCO881-SEC-K9"), ("CISCO881-SEC-K9", "CISCO881-K9")):
        desk = Desk()
        old, new = Udi(failed, "FTX1405YDC1"), Udi(sent, "FTX1405YDC2")
        desk.manufacture(old, ["advsecurity", "advipservices"], 0)
        desk.manufacture(new, ["advsecurity"], 0)
        assert len(desk.licenses(desk.rma(old, new, 1))) == 1
