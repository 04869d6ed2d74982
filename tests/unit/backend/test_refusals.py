"""Every refusal: its exact words, and that it leaves the records as they were."""

from collections.abc import Callable

import msgspec
import pytest

from emulator.backend.refusals import PortalError, Refusal
from emulator.kernel.errors import Refused
from emulator.keys.documents import write_rehost_ticket
from emulator.licensing.tickets import RehostTicket
from emulator.licensing.udi import Udi

from .desk import IAD, R1, R2, R3, SMALL, Desk, device_key

FOREIGN = Udi("CISCO881-K8", "FTX1405YDC7")
BAD = Udi("CISCO881-K9", "nonsense")


def prepared() -> Desk:
    """R1 registered with a PAK of one; with an open permission ticket; R2 replaced by R3; IAD and R3 made by us."""
    desk = Desk()
    for udi in (R1, R3, IAD):
        desk.manufacture(udi, ["advsecurity"], 0)
    desk.register(first_pak(desk), [R1], 0)
    desk.register(desk.pak(), [R2], 0)
    desk.rma(R2, R3, 0)
    desk.permission(R1, 0)
    return desk


def first_pak(desk: Desk) -> str:
    return desk.state.orders["90000001"].pak if desk.state.orders else desk.pak()


def rehost_with(desk: Desk, target: Udi = R3, **changes: object) -> None:
    ticket = desk.ticket(desk.permission(R1, 0))
    proof = RehostTicket(ticket.id, R1, ticket.revoke)
    source = changes.get("source", R1)
    assert isinstance(source, Udi)
    desk.rehost(write_rehost_ticket(msgspec.structs.replace(proof, **changes), device_key(source)), target, 0)


def transferred(desk: Desk) -> None:
    desk.rehost(desk.answered(R1), R3, 0)
    desk.register(first_pak(desk), [R1], 0)


def used(desk: Desk) -> None:
    paper = desk.answered(R1)
    desk.rehost(paper, R3, 0)
    desk.rehost(paper, Udi("CISCO881-K9", "FTX1405YDE1"), 0)


REPLACED = f"{R2} was replaced by {R3} and is no longer served."
CASES: list[tuple[Refusal, Callable[[Desk], object], str]] = [
    (Refusal.BAD_UDI, lambda desk: desk.resend(BAD, 0),
     "CISCO881-K9:nonsense is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7."),
    (Refusal.UNKNOWN_PID, lambda desk: desk.register(first_pak(desk), [FOREIGN], 0),
     "Product ID CISCO881-K8 is not known. Did you mean CISCO881-K9?"),
    (Refusal.UNKNOWN_PID, lambda desk: desk.manufacture(FOREIGN, [], 0),
     "Product ID CISCO881-K8 is not known. Did you mean CISCO881-K9?"),
    (Refusal.BAD_FEATURE, lambda desk: desk.manufacture(R2, ["adv security"], 0),
     "'adv security' cannot be the name of a feature."),
    (Refusal.OTHERWISE_MADE, lambda desk: desk.manufacture(R1, ["advipservices"], 0),
     f"{R1} was made with advsecurity; that cannot change."),
    (Refusal.UNKNOWN_SKU, lambda desk: desk.order("L-880-AIS", 1, 0),
     "SKU L-880-AIS cannot be ordered. Did you mean L-880-AIS=?"),
    (Refusal.QUANTITY, lambda desk: desk.order("L-880-AIS=", 0, 0),
     "A PAK is sold for 1 to 5000 licenses, not for 0."),
    (Refusal.QUANTITY, lambda desk: desk.order("L-880-AIS=", 5001, 0),
     "A PAK is sold for 1 to 5000 licenses, not for 5001."),
    (Refusal.UNKNOWN_ORDER, lambda desk: desk.lost_pak("123"), "There is no sales order 123."),
    (Refusal.UNKNOWN_PAK, lambda desk: desk.register("ABCDEFGHIJK", [R1], 0), "PAK ABCDEFGHIJK is not known."),
    (Refusal.NO_UDI, lambda desk: desk.register(first_pak(desk), [], 0),
     "Name at least one device to register PAK {pak} for."),
    (Refusal.WRONG_FAMILY, lambda desk: desk.register(first_pak(desk), [R1, IAD], 0),
     f"L-880-AIS= is for the 880 family; {IAD} is of the iad880 family."),
    (Refusal.PAK_EXHAUSTED, lambda desk: desk.register(first_pak(desk), [R1, R3], 0),
     "PAK {pak} has 0 of its 1 licenses left; 1 more are asked for."),
    (Refusal.REPLACED, lambda desk: desk.register(first_pak(desk), [R2], 0), REPLACED),
    (Refusal.REPLACED, lambda desk: desk.resend(R2, 0), REPLACED),
    (Refusal.REPLACED, lambda desk: desk.permission(R2, 0), REPLACED),
    (Refusal.REPLACED, lambda desk: desk.rma(R2, R1, 0), REPLACED),
    (Refusal.REPLACED, lambda desk: desk.rma(R1, R2, 0), REPLACED),
    (Refusal.REPLACED, lambda desk: rehost_with(desk, R2), REPLACED),
    (Refusal.TRANSFERRED, transferred, f"What was issued to {R1} has since been transferred to another device."),
    (Refusal.NOTHING_ISSUED, lambda desk: desk.resend(SMALL, 0), f"No license was ever issued to {SMALL}."),
    (Refusal.SAME_DEVICE, lambda desk: desk.rma(R1, R1, 0),
     f"{R1} is named both as the old and as the new device."),
    (Refusal.SAME_DEVICE, lambda desk: rehost_with(desk, R1), f"{R1} is named both as the old and as the new device."),
    (Refusal.OTHER_FAMILY, lambda desk: desk.rma(R1, IAD, 0),
     f"{IAD} is of the iad880 family and cannot replace {R1} of the 880 family."),
    (Refusal.UNKNOWN_DEVICE, lambda desk: desk.rma(R1, Udi("CISCO881-K9", "FTX1405YDE1"), 0),
     "CISCO881-K9:FTX1405YDE1 is not a device that we made."),
    (Refusal.NOTHING_PURCHASED, lambda desk: desk.rma(IAD, Udi("IAD881F-K9", "FTX1405YDE1"), 0),
     f"{IAD} has no purchased permanent license to transfer."),
    (Refusal.NOTHING_PURCHASED, lambda desk: desk.permission(IAD, 0),
     f"{IAD} has no purchased permanent license to transfer."),
    (Refusal.BAD_TICKET, lambda desk: desk.rehost(b"", R3, 0), "The rehost ticket is not valid: it is empty."),
    (Refusal.BAD_TICKET, lambda desk: desk.rehost(desk.answered(R1).replace(b"YDC7", b"YDC9"), R3, 0),
     "The rehost ticket is not valid: it does not bear the signature of its issuer."),
    (Refusal.UNKNOWN_TICKET, lambda desk: rehost_with(desk, permission="PT-9"),
     f"The rehost ticket answers permission ticket PT-9, which was not issued to {R1}."),
    (Refusal.UNKNOWN_TICKET, lambda desk: rehost_with(desk, source=R3),
     f"The rehost ticket answers permission ticket PT-20100301-000001, which was not issued to {R3}."),
    (Refusal.INCOMPLETE_TICKET, lambda desk: rehost_with(desk, revoked=()),
     "The rehost ticket does not revoke what permission ticket PT-20100301-000001 names."),
    (Refusal.WRONG_FAMILY, lambda desk: rehost_with(desk, IAD),
     f"L-880-AIS= is for the 880 family; {IAD} is of the iad880 family."),
    (Refusal.TICKET_USED, used, f"The rehost ticket was already used for {R3}."),
]  # fmt: skip


@pytest.mark.parametrize(("refusal", "act", "text"), CASES)
def test_a_refusal_says_why_and_changes_nothing(refusal, act, text):
    desk = prepared()
    if refusal is Refusal.NOTHING_PURCHASED:
        desk.manufacture(Udi("IAD881F-K9", "FTX1405YDE1"), [], 0)
    before = msgspec.json.encode(desk.state)
    with pytest.raises(PortalError) as caught:
        act(desk)
    assert str(caught.value) == text.format(pak=first_pak(desk))
    assert caught.value.refusal is refusal
    assert isinstance(caught.value, Refused)
    if act in (transferred, used):  # these first do what is then refused
        before = msgspec.json.encode(desk.state)
        with pytest.raises(PortalError):
            desk.register(first_pak(desk), [R1], 0)
    assert msgspec.json.encode(desk.state) == before


def test_every_refusal_has_a_case():
    assert {refusal for refusal, _, _ in CASES} == set(Refusal)


def test_a_refusal_can_be_raised_again_from_its_arguments():
    error = Refusal.UNKNOWN_PAK.error(pak="X")
    assert str(type(error)(*error.args)) == "PAK X is not known."
