"""Every operation of call home, for every log-in, from devices and with PAKs of every other owner and of nobody.

The rows are held against `CallOperation`: an operation without a row fails. A device signs its calls, which proves it;
so one that nobody owns serves whoever logs in at it, and one of another account gives that account's away to nobody.
"""

from typing import NamedTuple

import pytest

from emulator.keys.documents import read_permission_ticket, write_rehost_ticket
from emulator.keys.signing import Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.udi import Udi
from emulator.router.ports import CallRefused, LogIn
from emulator.world.call_home.protocol import CallOperation
from tests.tickets import rehost_ticket_for

from .desks import AIS, Office, key_of, sealing_key_of

PASSWORDS = {"lab": "lab", "ann": "s3cret of ann", "bob": "s3cret of bob"}
DEVICES = {owner: Udi("CISCO881-K9", f"FTX1405Z{number}AX") for number, owner in enumerate(("ann", "bob", "nobody"))}
TARGET = Udi("CISCO881-K9", "FTX1405Z9AX")
ISSUER = Verifier(derive_signing_key(WorldSecret.known(1), "licensing").public)


class Row(NamedTuple):
    """Answers of an operation to a customer, by whose the device is: a file or list, or the cause of its refusal."""

    own: str
    others: str
    nobodys: str


YEAR = "L-IPS-880-1Y="
"""License that no device has yet; each has the other already, and can pass it on."""

DONE, UNKNOWN, ENDED = "done", "other", "ended"

ROWS = {
    CallOperation.LOOK_UP: Row(DONE, DONE, DONE),
    CallOperation.INSTALL: Row(DONE, DONE, DONE),
    CallOperation.RESEND: Row(DONE, UNKNOWN, DONE),
    CallOperation.REHOSTABLE: Row(DONE, UNKNOWN, DONE),
    CallOperation.PERMIT: Row(DONE, UNKNOWN, DONE),
    CallOperation.COMPLETE: Row(DONE, ENDED, DONE),
}
"""Operations with a PAK of the caller's own: a license may be given to any device."""


class World:
    """An office with a device, a PAK and an open permission of each owner."""

    def __init__(self) -> None:
        self.office = Office()
        service = self.service = self.office.service
        for user in ("ann", "bob"):
            service.accounts.add(user, PASSWORDS[user], by="lab")
        self.paks, self.proofs = {}, {}
        for owner, device in DEVICES.items():
            by = "lab" if owner == "nobody" else owner
            service.manufacture(device, ["advsecurity"], 0)
            if owner != "nobody":
                service.claim(device, 0, by="lab", owner=owner)
            service.register(service.order(AIS, 9, 0, by=by)[0].pak, [device], 0, by=by)
            self.paks[owner] = service.order(YEAR, 9, 0, by=by)[0].pak
            paper = service.permission(device, 0, by=by, caller=device).attachments[0].content
            ticket = read_permission_ticket(paper, ISSUER, sealing_key_of(device))
            self.proofs[owner] = write_rehost_ticket(rehost_ticket_for(ticket), key_of(device))
        service.manufacture(TARGET, ["advsecurity"], 0)

    def asked(self, operation: CallOperation, whose: str, user: str, pak: str) -> str:
        """Answer to a device at which a person logs in, in a word."""
        wanted = YEAR if operation is CallOperation.INSTALL else AIS
        answer = self.office.call(
            operation, DEVICES[whose], LogIn(user, PASSWORDS[user]),
            pak=pak, skus=(wanted,), target=TARGET, ticket=self.proofs[whose],
        )  # fmt: skip
        return answer.cause if isinstance(answer, CallRefused) else DONE


def test_every_operation_has_a_row() -> None:
    assert set(ROWS) == set(CallOperation)


@pytest.mark.parametrize("operation", list(CallOperation))
@pytest.mark.parametrize("whose", list(DEVICES))
@pytest.mark.parametrize("user", ["ann", "bob"])
def test_a_customer_at_a_device(operation: CallOperation, whose: str, user: str) -> None:
    world = World()
    row = ROWS[operation]
    expected = row.nobodys if whose == "nobody" else row.own if whose == user else row.others
    before = world.service.database.dump()
    assert world.asked(operation, whose, user, world.paks[user]) == expected
    if expected != DONE:
        assert world.service.database.dump() == before
    owner = world.service.queries.device(DEVICES[whose], 0, by="lab").owner
    assert owner in ({None, user} if whose == "nobody" else {whose}), "a call makes no device another's"


@pytest.mark.parametrize("operation", list(CallOperation))
@pytest.mark.parametrize("whose", list(DEVICES))
def test_an_operator_at_a_device(operation: CallOperation, whose: str) -> None:
    world = World()
    assert world.asked(operation, whose, "lab", world.paks["nobody"]) == DONE


@pytest.mark.parametrize("operation", [CallOperation.LOOK_UP, CallOperation.INSTALL])
def test_a_pak_of_another_account_is_one_that_there_is_not(operation: CallOperation) -> None:
    world = World()
    before = world.service.database.dump()
    answers = set()
    for pak in (world.paks["bob"], "PKWEC7CTEUD"):
        answer = world.office.call(operation, DEVICES["ann"], LogIn("ann", PASSWORDS["ann"]), pak=pak, skus=(AIS,))
        assert isinstance(answer, CallRefused)
        answers.add((answer.cause, answer.text.replace(pak, "<pak>")))
    assert answers == {("pak", "PAK <pak> is not known.")}
    assert world.service.database.dump() == before


@pytest.mark.parametrize("operation", list(CallOperation))
@pytest.mark.parametrize("whose", list(DEVICES))
def test_without_the_password_nothing_is_told(operation: CallOperation, whose: str) -> None:
    world = World()
    before = world.service.database.dump()
    for user in ("ann", "bob", "lab", "eve"):
        answer = world.office.call(
            operation, DEVICES[whose], LogIn(user, "a guess"), pak=world.paks["ann"], skus=(AIS,), target=TARGET
        )
        assert isinstance(answer, CallRefused)
        assert (answer.cause, answer.text) == ("log-in", "")
        world.office.passwords.wrong.clear()
    assert world.service.database.dump() == before
