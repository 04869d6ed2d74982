"""Every refusal: its exact words, and that it leaves the records as they were."""

from collections.abc import Callable

import msgspec
import pytest

from emulator.backend.office import MOST_STANDING
from emulator.backend.refusals import PortalError, Refusal
from emulator.kernel.errors import Refused
from emulator.kernel.time import DAY
from emulator.keys.documents import write_rehost_ticket
from emulator.licensing.tickets import RehostTicket
from emulator.licensing.udi import Udi

from .desk import IAD, R1, R2, R3, SMALL, Desk, answer, device_key

FOREIGN = Udi("CISCO881-K8", "FTX1405YDC7")
BAD = Udi("CISCO881-K9", "nonsense")


def prepared() -> Desk:
    """R1 registered with a PAK of one; with an open permission ticket; R2 replaced by R3; IAD, R3 and,
    without a license, SMALL made by us."""
    desk = Desk()
    for udi in (R1, R3, IAD):
        desk.manufacture(udi, ["advsecurity"], 0)
    desk.manufacture(SMALL, [], 0)
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
    desk.rehost(paper, R1_TWIN, 0)


def rehost_paper(desk: Desk) -> bytes:
    """The rehost ticket for the first permission ticket."""
    return answer(desk.state.permissions["PT-20100301-000001"].ticket)


WEBVPN, IPS = "FL-WEBVPN-10-K9=", "L-IPS-880-1Y="


def second_demo(desk: Desk) -> None:
    desk.demo(R3, "advipservices", 0)
    desk.demo(R3, "L-880-AIS=", DAY)


def fill(desk: Desk) -> None:
    """R3 gets licenses until it has as many as one file holds."""
    for _ in range(MOST_STANDING - len(desk.licenses(desk.resend(R3, 0)))):
        desk.extension(R3, "advipservices", DAY, 0)


def full_for_extension(desk: Desk) -> None:
    fill(desk)
    desk.extension(R3, "advipservices", DAY, 0)


def full_for_demo(desk: Desk) -> None:
    fill(desk)
    desk.demo(R3, "advipservices", 0)


def full_for_rma(desk: Desk) -> None:
    fill(desk)
    desk.rma(R1, R3, 0)


def full_for_registration(desk: Desk) -> None:
    """What was registered in one go is refused as a whole."""
    fill(desk)
    desk.register(desk.pak(2), [R1_TWIN, R3], 0)


def full_for_rehost(desk: Desk) -> None:
    fill(desk)
    desk.rehost(desk.answered(R1), R3, 0)


R1_TWIN = Udi("CISCO881-K9", "FTX1405YDE1")
FULL = f"{R3} has 100 licenses; no device is issued more than 100."
OPEN = f"Permission ticket PT-20100301-000001 of {R1} is not answered yet; it is for L-880-AIS=."
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
    (Refusal.UNKNOWN_PAK, lambda desk: desk.look_up("ABCDEFGHIJK", R1), "PAK ABCDEFGHIJK is not known."),
    (Refusal.WRONG_FAMILY, lambda desk: desk.look_up(first_pak(desk), IAD),
     f"L-880-AIS= is for the 880 family; {IAD} is of the iad880 family."),
    (Refusal.REPLACED, lambda desk: desk.look_up(first_pak(desk), R2), REPLACED),
    (Refusal.BAD_UDI, lambda desk: desk.entitlements(BAD),
     "CISCO881-K9:nonsense is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7."),
    (Refusal.OTHER_SKU, lambda desk: desk.register(first_pak(desk), [R1], 0, sku=WEBVPN),
     "PAK {pak} is for L-880-AIS=, not for FL-WEBVPN-10-K9=."),
    (Refusal.UNKNOWN_DEVICE, lambda desk: desk.factory_file(R2), f"{R2} is not a device that we made."),
    (Refusal.NOTHING_ISSUED, lambda desk: desk.factory_file(SMALL),
     f"No license was ever issued to {SMALL}."),
    # demo and extension
    (Refusal.BAD_UDI, lambda desk: desk.demo(BAD, "advipservices", 0),
     "CISCO881-K9:nonsense is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7."),
    (Refusal.UNKNOWN_PID, lambda desk: desk.demo(FOREIGN, "advipservices", 0),
     "Product ID CISCO881-K8 is not known. Did you mean CISCO881-K9?"),
    (Refusal.UNKNOWN_DEVICE, lambda desk: desk.demo(R1_TWIN, "advipservices", 0),
     f"{R1_TWIN} is not a device that we made."),
    (Refusal.UNKNOWN_DEVICE, lambda desk: desk.extension(R1_TWIN, "advipservices", DAY, 0),
     f"{R1_TWIN} is not a device that we made."),
    (Refusal.REPLACED, lambda desk: desk.demo(R2, "advipservices", 0), REPLACED),
    (Refusal.UNKNOWN_FEATURE, lambda desk: desk.demo(R1, "advipservice", 0),
     "Licenses for 'advipservice' are not given. Did you mean advipservices?"),
    (Refusal.UNKNOWN_FEATURE, lambda desk: desk.extension(R1, "x", DAY, 0),
     "Licenses for 'x' are not given. Known: SSL_VPN, advipservices, content-filter, ios-ips-update"),
    (Refusal.WRONG_FAMILY, lambda desk: desk.demo(IAD, "L-880-AIS=", 0),
     f"L-880-AIS= is for the 880 family; {IAD} is of the iad880 family."),
    (Refusal.NOT_OFFERED, lambda desk: desk.demo(SMALL, "advipservices", 0),
     f"advipservices is not offered for {SMALL}, which is of the 860 family."),
    (Refusal.DEMO_GIVEN, second_demo,
     f"{R3} has had its demo license for advipservices; a lost file can be sent again."),
    (Refusal.BAD_PERIOD, lambda desk: desk.extension(R1, "advipservices", 0, 0),
     "An extension is granted for some time up to 36400d, not for 0s."),
    (Refusal.BAD_PERIOD, lambda desk: desk.extension(R1, "advipservices", 36400 * DAY + 1, 0),
     "An extension is granted for some time up to 36400d, not for 36400d1ms."),
    # as many as one file holds
    (Refusal.TOO_MANY, full_for_extension, FULL),
    (Refusal.TOO_MANY, full_for_demo, FULL),
    (Refusal.TOO_MANY, full_for_rma, FULL),
    (Refusal.TOO_MANY, full_for_registration, FULL),
    (Refusal.TOO_MANY, full_for_rehost, FULL),
    # rehost by choice
    (Refusal.SAME_DEVICE, lambda desk: desk.rehostable(R1, R1, 0),
     f"{R1} is named both as the old and as the new device."),
    (Refusal.REPLACED, lambda desk: desk.rehostable(R2, R1, 0), REPLACED),
    (Refusal.REPLACED, lambda desk: desk.rehostable(R1, R2, 0), REPLACED),
    (Refusal.NOTHING_PURCHASED, lambda desk: desk.rehostable(IAD, R1, 0),
     f"{IAD} has no purchased permanent license to transfer."),
    (Refusal.WRONG_FAMILY, lambda desk: desk.rehostable(R1, IAD, 0),
     f"L-880-AIS= is for the 880 family; {IAD} is of the iad880 family."),
    (Refusal.NOTHING_CHOSEN, lambda desk: desk.permission(R3, 0, skus=()),
     f"Choose at least one product of {R3} to transfer."),
    (Refusal.NOT_HELD, lambda desk: desk.permission(R3, 0, skus=("L-880-AIS=", IPS)),
     f"{R3} has no license of L-IPS-880-1Y= to transfer."),
    (Refusal.TICKET_OPEN, lambda desk: desk.permission(R1, 0, skus=(WEBVPN,)), OPEN),
    (Refusal.TICKET_OPEN, lambda desk: desk.permission(R1, 0, skus=("L-880-AIS=", WEBVPN)), OPEN),
    # accounts
    (Refusal.BAD_USER, lambda desk: desk.add_account("two words", "x"),
     "'two words' cannot be the name of an account."),
    (Refusal.BAD_USER, lambda desk: desk.add_account("", "x"), "'' cannot be the name of an account."),
    (Refusal.NO_PASSWORD, lambda desk: desk.add_account("joe", ""), "The account joe needs a password."),
]  # fmt: skip


PREPARING: dict[Callable[[Desk], object], Callable[[Desk], object]] = {
    transferred: lambda desk: desk.register(first_pak(desk), [R1], 0),
    used: lambda desk: desk.rehost(rehost_paper(desk), R1_TWIN, 0),
    second_demo: lambda desk: desk.demo(R3, "advipservices", 0),
    full_for_extension: lambda desk: desk.extension(R3, "advipservices", DAY, 0),
    full_for_demo: lambda desk: desk.demo(R3, "advipservices", 0),
    full_for_rma: lambda desk: desk.rma(R1, R3, 0),
    full_for_registration: lambda desk: desk.register(desk.state.orders["90000003"].pak, [R1_TWIN, R3], 0),
    full_for_rehost: lambda desk: desk.rehost(desk.answered(R1), R3, 0),
}
"""Acts that first do what is then refused, each with what is refused in them."""


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
    if act in PREPARING:
        before = msgspec.json.encode(desk.state)
        with pytest.raises(PortalError):
            PREPARING[act](desk)
    assert msgspec.json.encode(desk.state) == before


def test_every_refusal_has_a_case():
    assert {refusal for refusal, _, _ in CASES} == set(Refusal)


def test_a_refusal_can_be_raised_again_from_its_arguments():
    error = Refusal.UNKNOWN_PAK.error(pak="X")
    assert str(type(error)(*error.args)) == "PAK X is not known."
