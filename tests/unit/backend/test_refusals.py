"""Every refusal: its exact words, and that it leaves the records as they were."""

from collections.abc import Callable

import msgspec
import pytest
from sqlalchemy import create_engine

from emulator.backend.entities import Role
from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.backend.transaction import MOST_STANDING
from emulator.kernel.errors import Refused
from emulator.kernel.time import DAY
from emulator.keys.documents import write_rehost_ticket
from emulator.licensing.udi import Udi
from tests.tickets import rehost_ticket_for

from .desk import IAD, PASSWORD, R1, R2, R3, R4, SMALL, Desk, answer, credential, device_key

FOREIGN = Udi("CISCO881-K8", "FTX1405YDC7")
BAD = Udi("CISCO881-K9", "nonsense")


def prepared() -> Desk:
    """R1 registered with a PAK of one; with an open permission ticket; R2 replaced by R3; IAD, R3 and,
    without a license, SMALL made by us; R4 registered by joe with a PAK of two. joe and ann have accounts, and a
    letter with another PAK is under way to joe."""
    desk = Desk()
    for udi in (R1, R2, R3, IAD):
        desk.manufacture(udi, ["advsecurity"], 0)
    desk.manufacture(SMALL, [], 0)
    desk.register(first_pak(desk), [R1], 0)
    desk.register(desk.pak(), [R2], 0)
    desk.rma(R2, R3, 0)
    desk.permission(R1, 0)
    desk.manufacture(R4, ["advsecurity"], 0)
    for name in ("joe", "ann"):
        desk.customer(name)
    desk.register(desk.pak(2, by="joe"), [R4], 0, by="joe")
    desk.claim(R4, 0, by="joe", credential=credential(R4))
    desk.pak(2, sku="SL-880-AIS=", by="joe")
    return desk


def first_pak(desk: Desk) -> str:
    return desk.state.order(1).pak if desk.state.orders else desk.pak()


def rehost_with(desk: Desk, target: Udi = R3, **changes: object) -> None:
    ticket = desk.state.open_permissions[str(R1)].ticket
    proof = rehost_ticket_for(ticket)
    source = changes.get("source", R1)
    assert isinstance(source, Udi)
    desk.rehost(write_rehost_ticket(msgspec.structs.replace(proof, **changes), device_key(source)), target, 0)


def transferred(desk: Desk) -> None:
    desk.rehost(rehost_paper(desk), R3, 0)
    desk.register(first_pak(desk), [R1], 0)


def used(desk: Desk) -> None:
    paper = rehost_paper(desk)
    desk.rehost(paper, R3, 0)
    desk.rehost(paper, R1_TWIN, 0)


def rehost_paper(desk: Desk) -> bytes:
    """The rehost ticket for the first permission ticket."""
    return answer(desk.state.permissions["PT-20100301-000001"].ticket)


def joes_pak(desk: Desk) -> str:
    return desk.state.order(3).pak


def paper_pak(desk: Desk) -> str:
    return desk.state.order(4).pak


WEBVPN, IPS = "FL-WEBVPN-10-K9=", "L-IPS-880-1Y="


def second_demo(desk: Desk) -> None:
    desk.demo(R3, "advipservices", 0)
    desk.demo(R3, "L-880-AIS=", DAY)


def fill(desk: Desk, udi: Udi = R3) -> None:
    """A device gets licenses until it has as many as one file holds."""
    for _ in range(MOST_STANDING - len(desk.licenses(desk.resend(udi, 0)))):
        desk.extension(udi, "advipservices", DAY, 0)


def full_for_extension(desk: Desk) -> None:
    fill(desk)
    desk.extension(R3, "advipservices", DAY, 0)


def full_for_demo(desk: Desk) -> None:
    fill(desk)
    desk.demo(R3, "advipservices", 0)


def full_for_rma(desk: Desk) -> None:
    fill(desk, R4)
    desk.rma(R1, R4, 0)


def full_for_registration(desk: Desk) -> None:
    """Devices that were named in one go are refused as a whole."""
    fill(desk)
    desk.register(desk.pak(2, sku=WEBVPN), [R1_TWIN, R3], 0)


def full_for_a_stranger(desk: Desk) -> None:
    """Half of the room of a device is all that another account may fill."""
    for _ in range(MOST_STANDING // 2 - len(desk.licenses(desk.resend(R3, 0)))):
        desk.extension(R3, "advipservices", DAY, 0)
    desk.register(joes_pak(desk), [R3], 0, by="joe")


def full_for_rehost(desk: Desk) -> None:
    fill(desk)
    desk.rehost(rehost_paper(desk), R3, 0)


def moved_twice(desk: Desk) -> None:
    """A license goes from R4 to another device and back."""
    for source, target in ((R4, R1_TWIN), (R1_TWIN, R4)):
        desk.rehost(desk.answered(source), target, 0)
    desk.permission(R4, 0)


def closed(desk: Desk) -> None:
    """The database cannot be reached."""
    engines = desk.database._writer, desk.database._reader
    desk.database._writer = desk.database._reader = create_engine("sqlite:////nowhere/at/all")
    try:
        desk.resend(R1, 0)
    finally:
        desk.database._writer, desk.database._reader = engines


FORBIDDEN = "joe may not do this; it takes an operator."
NOT_ANNS = f"{R4} is not among the devices of ann; its credential or its service contract adds it."
R1_TWIN, IAD_TWIN = Udi("CISCO881-K9", "FTX1405YDE1"), Udi("IAD881F-K9", "FTX1405YDE1")
FULL = f"{R3} has 100 licenses; no device is issued more than 100."
OPEN = f"Permission ticket PT-20100301-000001 of {R1} is not answered yet; it is for L-880-AIS=."
REPLACED = f"{R2} was replaced by {R3} and is no longer served."
CASES: list[tuple[PortalRefusal, Callable[[Desk], object], str]] = [
    (PortalRefusal.BAD_UDI, lambda desk: desk.resend(BAD, 0),
     "CISCO881-K9:nonsense is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7."),
    (PortalRefusal.UNKNOWN_PID, lambda desk: desk.register(first_pak(desk), [FOREIGN], 0),
     "Product ID CISCO881-K8 is not known. Did you mean CISCO881-K9?"),
    (PortalRefusal.UNKNOWN_PID, lambda desk: desk.manufacture(FOREIGN, [], 0),
     "Product ID CISCO881-K8 is not known. Did you mean CISCO881-K9?"),
    (PortalRefusal.BAD_FEATURE, lambda desk: desk.manufacture(R4, ["adv security"], 0),
     "'adv security' cannot be the name of a feature."),
    (PortalRefusal.OTHERWISE_MADE, lambda desk: desk.manufacture(R1, ["advipservices"], 0),
     f"{R1} was made with advsecurity; that cannot change."),
    (PortalRefusal.UNKNOWN_SKU, lambda desk: desk.order("L-880-AIS", 1, 0),
     "SKU L-880-AIS cannot be ordered. Did you mean L-880-AIS=?"),
    (PortalRefusal.UNKNOWN_SKU, lambda desk: desk.order("ssl_vpn", 1, 0),
     "SKU ssl_vpn cannot be ordered. It is a feature; it is licensed by FL-WEBVPN-10-K9=, FL-WEBVPN-25-K9=."),
    (PortalRefusal.QUANTITY, lambda desk: desk.order("L-880-AIS=", 0, 0),
     "A PAK is sold for 1 to 5000 licenses, not for 0."),
    (PortalRefusal.QUANTITY, lambda desk: desk.order("L-880-AIS=", 5001, 0),
     "A PAK is sold for 1 to 5000 licenses, not for 5001."),
    (PortalRefusal.UNKNOWN_ORDER, lambda desk: desk.lost_pak("123"), "There is no sales order 123."),
    (PortalRefusal.UNKNOWN_PAK, lambda desk: desk.register("PKWEC7CTEUD", [R1], 0), "PAK PKWEC7CTEUD is not known."),
    (PortalRefusal.NO_UDI, lambda desk: desk.register(first_pak(desk), [], 0),
     "Name at least one device to register PAK {pak} for."),
    (PortalRefusal.WRONG_FAMILY, lambda desk: desk.register(first_pak(desk), [R1, IAD], 0),
     f"L-880-AIS= is for the 880 family; {IAD} is of the iad880 family."),
    (PortalRefusal.PAK_EXHAUSTED, lambda desk: desk.register(first_pak(desk), [R1, R1_TWIN], 0),
     "PAK {pak} has 0 of its 1 licenses left; 1 more are asked for."),
    (PortalRefusal.NOTHING_NEW, lambda desk: desk.register(joes_pak(desk), [R1], 0),
     f"{R1} has a permanent license for advipservices already; PAK {{joes}} was not debited."),
    (PortalRefusal.REPLACED, lambda desk: desk.register(first_pak(desk), [R2], 0), REPLACED),
    (PortalRefusal.REPLACED, lambda desk: desk.resend(R2, 0), REPLACED),
    (PortalRefusal.REPLACED, lambda desk: desk.permission(R2, 0), REPLACED),
    (PortalRefusal.REPLACED, lambda desk: desk.rma(R2, R1, 0), REPLACED),
    (PortalRefusal.REPLACED, lambda desk: desk.rma(R1, R2, 0), REPLACED),
    (PortalRefusal.REPLACED, lambda desk: rehost_with(desk, R2), REPLACED),
    (PortalRefusal.TRANSFERRED, transferred, f"What was issued to {R1} has since been transferred to another device."),
    (PortalRefusal.NOTHING_ISSUED, lambda desk: desk.resend(SMALL, 0), f"No license was ever issued to {SMALL}."),
    (PortalRefusal.SAME_DEVICE, lambda desk: desk.rma(R1, R1, 0),
     f"{R1} is named both as the old and as the new device."),
    (PortalRefusal.SAME_DEVICE, lambda desk: rehost_with(desk, R1),
     f"{R1} is named both as the old and as the new device."),
    (PortalRefusal.OTHER_FAMILY, lambda desk: desk.rma(R1, IAD, 0),
     f"{IAD} is of the iad880 family and cannot replace {R1} of the 880 family."),
    (PortalRefusal.OTHER_PRODUCT, lambda desk: desk.rma(R1, Udi("CISCO881W-GN-A-K9", "FTX1405YDE1"), 0),
     f"CISCO881W-GN-A-K9:FTX1405YDE1 is another product than {R1}; an RMA sends the same one."),
    (PortalRefusal.NOT_REGISTERED, lambda desk: desk.correct(joes_pak(desk), R1, R3, 0, by="lab", why="a wrong digit"),
     f"PAK {{joes}} was not registered for {R1}, or what it issued has moved on."),
    (PortalRefusal.FORBIDDEN, lambda desk: desk.correct(joes_pak(desk), R4, R1, 0, by="joe", why="a wrong digit"),
     "joe may not do this; it takes an operator."),
    (PortalRefusal.NO_REASON, lambda desk: desk.correct(joes_pak(desk), R4, R1, 0, by="lab", why=""),
     "An exception from the rule needs a reason."),
    (PortalRefusal.NOT_MADE, lambda desk: desk.rma(R1, Udi("CISCO881-K9", "FTX1405YDE1"), 0),
     "CISCO881-K9:FTX1405YDE1 is not a device that we made."),
    (PortalRefusal.NOTHING_PURCHASED, lambda desk: desk.rma(IAD, IAD_TWIN, 0),
     f"{IAD} has no purchased permanent license to transfer."),
    (PortalRefusal.NOTHING_PURCHASED, lambda desk: desk.permission(IAD, 0),
     f"{IAD} has no purchased permanent license to transfer."),
    (PortalRefusal.BAD_TICKET, lambda desk: desk.rehost(b"", R3, 0), "The rehost ticket is not valid: it is empty."),
    (PortalRefusal.BAD_TICKET, lambda desk: desk.rehost(rehost_paper(desk).replace(b"YDC7", b"YDC9"), R3, 0),
     "The rehost ticket is not valid: it does not bear the signature of its issuer."),
    (PortalRefusal.UNKNOWN_TICKET, lambda desk: rehost_with(desk, permission="PT-9"),
     f"The rehost ticket answers permission ticket PT-9, which was not issued to {R1}."),
    (PortalRefusal.UNKNOWN_TICKET, lambda desk: rehost_with(desk, source=R3),
     f"The rehost ticket answers permission ticket PT-20100301-000001, which was not issued to {R3}."),
    (PortalRefusal.INCOMPLETE_TICKET, lambda desk: rehost_with(desk, revoked=()),
     "The rehost ticket does not revoke what permission ticket PT-20100301-000001 names."),
    (PortalRefusal.WRONG_FAMILY, lambda desk: rehost_with(desk, IAD),
     f"L-880-AIS= is for the 880 family; {IAD} is of the iad880 family."),
    (PortalRefusal.TICKET_USED, used, f"The rehost ticket was already used for {R3}."),
    (PortalRefusal.UNKNOWN_PAK, lambda desk: desk.look_up("PKWEC7CTEUD", R1), "PAK PKWEC7CTEUD is not known."),
    (PortalRefusal.WRONG_FAMILY, lambda desk: desk.look_up(first_pak(desk), IAD),
     f"L-880-AIS= is for the 880 family; {IAD} is of the iad880 family."),
    (PortalRefusal.REPLACED, lambda desk: desk.look_up(first_pak(desk), R2), REPLACED),
    (PortalRefusal.BAD_UDI, lambda desk: desk.entitlements(BAD),
     "CISCO881-K9:nonsense is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7."),
    (PortalRefusal.OTHER_SKU, lambda desk: desk.register(first_pak(desk), [R1], 0, sku=WEBVPN),
     "PAK {pak} is for L-880-AIS=, not for FL-WEBVPN-10-K9=."),
    (PortalRefusal.NOT_MADE, lambda desk: desk.factory_file(R1_TWIN), f"{R1_TWIN} is not a device that we made."),
    (PortalRefusal.NOTHING_ISSUED, lambda desk: desk.factory_file(SMALL),
     f"No license was ever issued to {SMALL}."),
    # demo and extension
    (PortalRefusal.BAD_UDI, lambda desk: desk.demo(BAD, "advipservices", 0),
     "CISCO881-K9:nonsense is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7."),
    (PortalRefusal.UNKNOWN_PID, lambda desk: desk.demo(FOREIGN, "advipservices", 0),
     "Product ID CISCO881-K8 is not known. Did you mean CISCO881-K9?"),
    (PortalRefusal.NOT_MADE, lambda desk: desk.demo(R1_TWIN, "advipservices", 0),
     f"{R1_TWIN} is not a device that we made."),
    (PortalRefusal.NOT_MADE, lambda desk: desk.extension(R1_TWIN, "advipservices", DAY, 0),
     f"{R1_TWIN} is not a device that we made."),
    (PortalRefusal.REPLACED, lambda desk: desk.demo(R2, "advipservices", 0), REPLACED),
    (PortalRefusal.UNKNOWN_FEATURE, lambda desk: desk.demo(R1, "advipservice", 0),
     "Licenses for 'advipservice' are not given. Did you mean advipservices?"),
    (PortalRefusal.UNKNOWN_FEATURE, lambda desk: desk.extension(R1, "x", DAY, 0),
     "Licenses for 'x' are not given. Known: SSL_VPN, advipservices, content-filter, ios-ips-update"),
    (PortalRefusal.WRONG_FAMILY, lambda desk: desk.demo(IAD, "L-880-AIS=", 0),
     f"L-880-AIS= is for the 880 family; {IAD} is of the iad880 family."),
    (PortalRefusal.NOT_OFFERED, lambda desk: desk.demo(SMALL, "advipservices", 0),
     f"advipservices is not offered for {SMALL}, which is of the 860 family."),
    (PortalRefusal.DEMO_GIVEN, second_demo,
     f"{R3} has had its demo license for advipservices; a lost file can be sent again."),
    (PortalRefusal.BAD_PERIOD, lambda desk: desk.extension(R1, "advipservices", 0, 0),
     "An extension is granted for some time up to 36400d, not for 0s."),
    (PortalRefusal.BAD_PERIOD, lambda desk: desk.extension(R1, "advipservices", 36400 * DAY + 1, 0),
     "An extension is granted for some time up to 36400d, not for 36400d1ms."),
    (PortalRefusal.NO_GRANT, lambda desk: desk.extension(R1, "advipservices", DAY, 0, why=" "),
     "An extension needs a reason for the audit log: who granted it, and why."),
    # as many as one file holds
    (PortalRefusal.TOO_MANY, full_for_extension, FULL),
    (PortalRefusal.TOO_MANY, full_for_demo, FULL),
    (PortalRefusal.TOO_MANY, full_for_rma, FULL.replace(str(R3), str(R4))),
    (PortalRefusal.TOO_MANY, full_for_registration, FULL),
    (PortalRefusal.TOO_MANY, full_for_rehost, FULL),
    (PortalRefusal.TOO_MANY_GIVEN, full_for_a_stranger,
     f"{R3} takes more licenses only from an account that has shown it to be its own."),
    # rehost by choice
    (PortalRefusal.SAME_DEVICE, lambda desk: desk.rehostable(R1, R1, 0),
     f"{R1} is named both as the old and as the new device."),
    (PortalRefusal.REPLACED, lambda desk: desk.rehostable(R2, R1, 0), REPLACED),
    (PortalRefusal.REPLACED, lambda desk: desk.rehostable(R1, R2, 0), REPLACED),
    (PortalRefusal.NOTHING_PURCHASED, lambda desk: desk.rehostable(IAD, R1, 0),
     f"{IAD} has no purchased permanent license to transfer."),
    (PortalRefusal.WRONG_FAMILY, lambda desk: desk.rehostable(R1, IAD, 0),
     f"L-880-AIS= is for the 880 family; {IAD} is of the iad880 family."),
    (PortalRefusal.NOTHING_CHOSEN, lambda desk: desk.permission(R3, 0, skus=()),
     f"Choose at least one product of {R3} to transfer."),
    (PortalRefusal.NOT_HELD, lambda desk: desk.permission(R3, 0, skus=("L-880-AIS=", IPS)),
     f"{R3} has no license of L-IPS-880-1Y= to transfer."),
    (PortalRefusal.TICKET_OPEN, lambda desk: desk.permission(R1, 0, skus=(WEBVPN,)), OPEN),
    (PortalRefusal.TICKET_OPEN, lambda desk: desk.permission(R1, 0, skus=("L-880-AIS=", WEBVPN)), OPEN),
    # accounts
    (PortalRefusal.BAD_USER, lambda desk: desk.add_account("two words", PASSWORD),
     "'two words' cannot be the name of an account."),
    (PortalRefusal.BAD_USER, lambda desk: desk.add_account("", PASSWORD), "'' cannot be the name of an account."),
    (PortalRefusal.NO_PASSWORD, lambda desk: desk.add_account("bob", ""), "The account bob needs a password."),
    (PortalRefusal.BAD_ADDRESS, lambda desk: desk.add_account("bob", PASSWORD, address="joe\nBcc: a@b.example"),
     "'joe?Bcc: a@b.example' is not an e-mail address."),
    (PortalRefusal.FORBIDDEN, lambda desk: desk.add_account("bob", PASSWORD, by="joe"), FORBIDDEN),
    (PortalRefusal.FORBIDDEN, lambda desk: desk.change_account("joe", by="joe", role=Role.OPERATOR), FORBIDDEN),
    (PortalRefusal.FORBIDDEN, lambda desk: desk.change_account("ann", by="joe", password=PASSWORD), FORBIDDEN),
    (PortalRefusal.FORBIDDEN, lambda desk: desk.add_account("joe", PASSWORD, by="joe"), FORBIDDEN),
    (PortalRefusal.SHORT_PASSWORD, lambda desk: desk.add_account("bob", "1234567"),
     "A password has at least 8 characters."),
    (PortalRefusal.SHORT_PASSWORD, lambda desk: desk.change_account("joe", by="joe", password="1234567"),
     "A password has at least 8 characters."),
    (PortalRefusal.EASY_PASSWORD, lambda desk: desk.add_account("bob", "Passw0rd2010!"),
     "This password is too easy to guess."),
    (PortalRefusal.NO_PASSWORD, lambda desk: desk.change_account("joe", password=""),
     "The account joe needs a password."),
    (PortalRefusal.ACCOUNT_EXISTS, lambda desk: desk.add_account("joe", PASSWORD),
     "There is an account 'joe' already; opening one does not change it."),
    (PortalRefusal.ACCOUNT_EXISTS, lambda desk: desk.add_account("lab", PASSWORD, role=Role.CUSTOMER),
     "There is an account 'lab' already; opening one does not change it."),
    (PortalRefusal.LAST_OPERATOR, lambda desk: desk.change_account("lab", role=Role.CUSTOMER),
     "lab is the last operator and stays one; make another account an operator first."),
    (PortalRefusal.UNKNOWN_ACCOUNT, lambda desk: desk.change_account("bob", role=Role.CUSTOMER),
     "There is no account 'bob'."),
    (PortalRefusal.UNKNOWN_ACCOUNT, lambda desk: desk.accounts.get("jo"), "There is no account 'jo'."),
    (PortalRefusal.UNKNOWN_ACCOUNT, lambda desk: desk.order("L-880-AIS=", 1, 0, by="' OR 1=1 --"),
     "There is no account '' OR 1=1 --'."),
    (PortalRefusal.UNKNOWN_ACCOUNT, lambda desk: desk.order("L-880-AIS=", 1, 0, owner="jo"),
     "There is no account 'jo'."),
    (PortalRefusal.UNKNOWN_TOKEN, lambda desk: desk.accounts.revoke_token(9, 0, by="lab"), "There is no API token 9."),
    (PortalRefusal.UNKNOWN_TOKEN, lambda desk: desk.accounts.revoke_token(1 << 70, 0, by="lab"),
     f"There is no API token {1 << 70}."),
    (PortalRefusal.WEAK_TOKEN, lambda desk: desk.accounts.new_token("joe", "ci", 0, by="joe", entropy=b"x" * 15),
     "An API token is made of at least 16 random bytes."),
    (PortalRefusal.FORBIDDEN, lambda desk: desk.accounts.new_token("ann", "ci", 0, by="joe", entropy=b"x" * 16),
     FORBIDDEN),
    (PortalRefusal.FORBIDDEN, lambda desk: desk.accounts.tokens("ann", by="joe"), FORBIDDEN),
    (PortalRefusal.FORBIDDEN, lambda desk: desk.accounts.all(by="joe"), FORBIDDEN),
    # whose it is, and who may
    (PortalRefusal.FORBIDDEN, lambda desk: desk.extension(R4, "advipservices", DAY, 0, by="joe"), FORBIDDEN),
    (PortalRefusal.FORBIDDEN, lambda desk: desk.order("L-880-AIS=", 1, 0, by="joe", owner="ann"), FORBIDDEN),
    (PortalRefusal.FORBIDDEN, lambda desk: desk.queries.audit(by="joe", account="lab"), FORBIDDEN),
    (PortalRefusal.IN_THE_POST, lambda desk: desk.lost_pak(desk.state.order(4).number, by="joe"),
     "The PAK of sales order {on_paper} comes by regular mail; it arrives on 2010-03-06."),
    (PortalRefusal.UNKNOWN_PAK, lambda desk: desk.register(paper_pak(desk), [R1_TWIN], 0, by="joe"),
     "PAK {paper} is not known."),
    (PortalRefusal.UNKNOWN_PAK, lambda desk: desk.register(paper_pak(desk), [R1_TWIN], 5 * DAY - 1, by="ann"),
     "PAK {paper} is not known."),
    (PortalRefusal.UNKNOWN_PAK, lambda desk: desk.look_up(paper_pak(desk), R1_TWIN, by="joe"),
     "PAK {paper} is not known."),
    (PortalRefusal.UNKNOWN_PAK, lambda desk: desk.queries.pak_devices(paper_pak(desk), by="joe"),
     "PAK {paper} is not known."),
    (PortalRefusal.UNKNOWN_PAK, lambda desk: desk.register(joes_pak(desk), [R1_TWIN], 0, by="ann"),
     "PAK {joes} is not known."),
    (PortalRefusal.UNKNOWN_PAK, lambda desk: desk.look_up(joes_pak(desk), R1_TWIN, by="ann"),
     "PAK {joes} is not known."),
    (PortalRefusal.UNKNOWN_ORDER, lambda desk: desk.lost_pak(desk.state.order(3).number, by="ann"),
     "There is no sales order {of_joe}."),
    (PortalRefusal.UNKNOWN_ORDER, lambda desk: desk.lost_pak(desk.state.order(1).number, by="ann"),
     "There is no sales order {first}."),
    (PortalRefusal.UNKNOWN_DEVICE, lambda desk: desk.resend(R4, 0, by="ann"), NOT_ANNS),
    (PortalRefusal.UNKNOWN_DEVICE, lambda desk: desk.demo(R4, "SSL_VPN", 0, by="ann"), NOT_ANNS),
    (PortalRefusal.UNKNOWN_DEVICE, lambda desk: desk.entitlements(R4, by="ann"), NOT_ANNS),
    (PortalRefusal.UNKNOWN_DEVICE, lambda desk: desk.queries.device(R4, 0, by="ann"), NOT_ANNS),
    (PortalRefusal.UNKNOWN_DEVICE, lambda desk: desk.queries.history(R4, by="ann"), NOT_ANNS),
    (PortalRefusal.UNKNOWN_DEVICE, lambda desk: desk.contract(R4, by="ann"), NOT_ANNS),
    (PortalRefusal.UNKNOWN_DEVICE, lambda desk: desk.contract(R1, by="ann"), NOT_ANNS.replace(str(R4), str(R1))),
    (PortalRefusal.UNKNOWN_DEVICE, lambda desk: desk.rehostable(R1, R3, 0, by="ann"),
     NOT_ANNS.replace(str(R4), str(R1))),
    (PortalRefusal.UNKNOWN_DEVICE, lambda desk: desk.permission(R4, 0, by="ann", credential=credential(R4)), NOT_ANNS),
    (PortalRefusal.UNKNOWN_DEVICE, lambda desk: desk.claim(R4, 0, by="ann", credential=credential(R4)), NOT_ANNS),
    (PortalRefusal.UNKNOWN_DEVICE, lambda desk: desk.rma(R4, R1, 0, by="joe"),
     NOT_ANNS.replace(str(R4), str(R1)).replace("ann", "joe")),
    (PortalRefusal.WRONG_CONTRACT, lambda desk: desk.rma(R4, R1, 0, by="ann"),
     "Service contract {contract} does not cover " + f"{R4}."),
    (PortalRefusal.WRONG_CONTRACT, lambda desk: desk.claim(R4, 0, by="ann", contract=desk.contract(R4).number),
     "Service contract {contract} does not cover " + f"{R4}."),
    (PortalRefusal.WRONG_CONTRACT, lambda desk: desk.claim(R1_TWIN, 0, by="ann", contract=" 1"),
     f"Service contract  1 does not cover {R1_TWIN}."),
    (PortalRefusal.NOT_MADE, lambda desk: desk.claim(R1_TWIN, 0, by="lab", owner="joe"),
     f"{R1_TWIN} is not a device that we made."),
    (PortalRefusal.NO_PROOF, lambda desk: desk.claim(R1, 0, by="ann"),
     f"Show the credential of {R1}, or the number of its service contract."),
    (PortalRefusal.FORBIDDEN, lambda desk: desk.claim(R1, 0, by="joe", owner="ann", credential=credential(R1)),
     FORBIDDEN),
    (PortalRefusal.OUT_OF_SERVICE, lambda desk: desk.register(joes_pak(desk), [R2], 0, by="joe"),
     f"{R2} is no longer served."),
    (PortalRefusal.OUT_OF_SERVICE, lambda desk: desk.look_up(joes_pak(desk), R2, by="joe"),
     f"{R2} is no longer served."),
    (PortalRefusal.UNKNOWN_FILE, lambda desk: desk.queries.license_file(desk.state.held(R4)[0].line.id, by="ann"),
     "There is no file 20100301-000009."),
    (PortalRefusal.UNKNOWN_FILE, lambda desk: desk.queries.license_file("../../etc/passwd", by="lab"),
     "There is no file ../../etc/passwd."),
    (PortalRefusal.UNKNOWN_FILE, lambda desk: desk.queries.license_file("a\0b", by="lab"), "There is no file a?b."),
    (PortalRefusal.UNKNOWN_FILE, lambda desk: desk.queries.ticket_file("PT-9", by="lab"), "There is no file PT-9."),
    (PortalRefusal.UNKNOWN_LETTER, lambda desk: desk.outbox.letter(1, 0, by="joe"), "There is no letter 1."),
    (PortalRefusal.UNKNOWN_LETTER, lambda desk: desk.outbox.letter(1 << 80, 0, by="lab"),
     f"There is no letter {1 << 80}."),
    # what was typed
    (PortalRefusal.MISTYPED_PAK, lambda desk: desk.look_up("PKWEC7CTEUE", R1),
     "PAK PKWEC7CTEUE is mistyped; its last character does not fit, so one of them is wrong."),
    (PortalRefusal.MISTYPED_PAK, lambda desk: desk.look_up("PKWEC7CTEU", R1),
     "PAK PKWEC7CTEU is mistyped; a PAK has 11 letters and digits, and never 0, 1, I or O."),
    (PortalRefusal.MISTYPED_PAK, lambda desk: desk.look_up("PKWEC7CTEU0", R1),
     "PAK PKWEC7CTEU0 is mistyped; a PAK has 11 letters and digits, and never 0, 1, I or O."),
    (PortalRefusal.MISTYPED_PAK, lambda desk: desk.register("'; DROP TABLE paks; --", [R1], 0),
     "PAK '; DROP TABLE paks; -- is mistyped; a PAK has 11 letters and digits, and never 0, 1, I or O."),
    (PortalRefusal.UNKNOWN_ORDER, lambda desk: desk.lost_pak("9\0"), "There is no sales order 9?"),
    (PortalRefusal.UNKNOWN_ORDER, lambda desk: desk.lost_pak("9 OR 1=1"), "There is no sales order 9 OR 1=1."),
    (PortalRefusal.NO_UDI, lambda desk: desk.register_rows(first_pak(desk), ["", " "], 0, partial=True),
     "Name at least one device to register PAK {pak} for."),
    (PortalRefusal.TOO_MANY_ROWS, lambda desk: desk.register_rows(first_pak(desk), ["x"] * 10_001, 0, partial=True),
     "10001 devices were named; one registration takes at most 10000."),
    # RMA and rehost
    (PortalRefusal.WRONG_CONTRACT, lambda desk: desk.rma(R1, R4, 0, contract="123456789"),
     f"Service contract 123456789 does not cover {R1}."),
    (PortalRefusal.WRONG_CONTRACT, lambda desk: desk.rma(R1, R4, 0, contract=desk.contract(R4).number),
     "Service contract {contract} does not cover " + str(R1) + "."),
    (PortalRefusal.NOT_A_PAIR, lambda desk: desk.rma(R1, R3, 0),
     f"{R3} is on file as the replacement of {R2}, not of {R1}."),
    (PortalRefusal.NO_CREDENTIAL, lambda desk: desk.permission(R4, 0, by="joe"),
     f"The credential of {R4} is needed; its `license save credential` writes it."),
    (PortalRefusal.NO_CREDENTIAL, lambda desk: desk.permission(R4, 0, by="joe", caller=R1),
     f"The credential of {R4} is needed; its `license save credential` writes it."),
    (PortalRefusal.NO_CREDENTIAL, lambda desk: desk.rehost(rehost_paper(desk), R4, 0, by="joe"),
     f"The credential of {R4} is needed; its `license save credential` writes it."),
    (PortalRefusal.BAD_CREDENTIAL, lambda desk: desk.permission(R4, 0, credential=credential(R4, key=device_key(R1))),
     "The device credential is not valid: it does not bear the signature of its issuer."),
    (PortalRefusal.BAD_CREDENTIAL, lambda desk: desk.permission(R4, 0, credential=b"<!DOCTYPE x>" * 30_000),
     "The device credential is not valid: it is larger than 262144 bytes."),
    (PortalRefusal.OTHER_CREDENTIAL, lambda desk: desk.permission(R4, 0, by="joe", credential=credential(R1)),
     f"The credential is that of {R1}, not of {R4}."),
    (PortalRefusal.OTHER_CREDENTIAL, lambda desk: desk.rehost(rehost_paper(desk), R4, 0, credential=credential(R1)),
     f"The credential is that of {R1}, not of {R4}."),
    (PortalRefusal.TICKET_EXPIRED, lambda desk: desk.rehost(rehost_paper(desk), R4, 90 * DAY + 1),
     "Permission ticket PT-20100301-000001 was good for 90d; ask for it again, and it is good anew."),
    (PortalRefusal.NO_REASON, lambda desk: desk.rehost(rehost_paper(desk), R4, 90 * DAY + 1, override=True),
     "An exception from the rule needs a reason."),
    (PortalRefusal.FORBIDDEN, lambda desk: desk.rehost(
        rehost_paper(desk), R4, 90 * DAY + 1, override=True, why="please", by="joe", credential=credential(R4)),
     FORBIDDEN),
    (PortalRefusal.REHOST_LIMIT, moved_twice,
     f"L-880-AIS= may be moved 2 times in a year; license 20100301-000014 of {R4} has been."),
    (PortalRefusal.SERVICE_DOWN, closed, "The license service is not available now; try again in 5 seconds."),
]  # fmt: skip


PREPARING: dict[Callable[[Desk], object], Callable[[Desk], object]] = {
    moved_twice: lambda desk: desk.permission(R4, 0),
    transferred: lambda desk: desk.register(first_pak(desk), [R1], 0),
    used: lambda desk: desk.rehost(rehost_paper(desk), R1_TWIN, 0),
    second_demo: lambda desk: desk.demo(R3, "advipservices", 0),
    full_for_extension: lambda desk: desk.extension(R3, "advipservices", DAY, 0),
    full_for_demo: lambda desk: desk.demo(R3, "advipservices", 0),
    full_for_rma: lambda desk: desk.rma(R1, R4, 0),
    full_for_registration: lambda desk: desk.register(desk.state.order(5).pak, [R1_TWIN, R3], 0),
    full_for_a_stranger: lambda desk: desk.register(joes_pak(desk), [R3], 0, by="joe"),
    full_for_rehost: lambda desk: desk.rehost(rehost_paper(desk), R3, 0),
}
"""Acts that first do what is then refused, each with what is refused in them."""


@pytest.mark.parametrize(("refusal", "act", "text"), CASES)
def test_a_refusal_says_why_and_changes_nothing(refusal, act, text):
    desk = prepared()
    if refusal is PortalRefusal.NOTHING_PURCHASED:
        desk.manufacture(IAD_TWIN, [], 0)
    before = desk.database.dump()
    with pytest.raises(PortalError) as caught:
        act(desk)
    assert str(caught.value) == text.format(
        pak=first_pak(desk),
        joes=joes_pak(desk),
        paper=paper_pak(desk),
        first=desk.state.order(1).number,
        of_joe=desk.state.order(3).number,
        on_paper=desk.state.order(4).number,
        contract=desk.contract(R4).number,
    )
    assert caught.value.refusal is refusal
    assert caught.value.retry_after == (5 if refusal is PortalRefusal.SERVICE_DOWN else None)
    assert isinstance(caught.value, Refused)
    if act in PREPARING:
        before = desk.database.dump()
        with pytest.raises(PortalError):
            PREPARING[act](desk)
    assert desk.database.dump() == before


OF_REQUESTS = {PortalRefusal.REPEATED}
"""Refusals of a request as a whole, tried in `tests/unit/transports/portal/api/test_keyed_requests.py`."""


def test_every_refusal_has_a_case():
    assert {refusal for refusal, _, _ in CASES} == set(PortalRefusal) - OF_REQUESTS


def test_a_refusal_can_be_raised_again_from_its_arguments():
    error = PortalRefusal.UNKNOWN_PAK.error(pak="X")
    assert str(type(error)(*error.args)) == "PAK X is not known."
