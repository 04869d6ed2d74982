"""A portal in which two customers and nobody own one of everything, for tests of what one may do with another's."""

from functools import cache

import msgspec

from emulator.backend import accounts
from emulator.backend.pakcode import pak_code
from emulator.backend.store.plain import Plain
from emulator.keys.documents import read_permission_ticket, write_rehost_ticket
from emulator.keys.signing import Verifier
from emulator.licensing.udi import Udi
from tests.tickets import rehost_ticket_for, source_of
from tests.unit.transports.portal.lab import Portal, credential, device_key, sealing_key

NOBODYS, ABSENT = "nobody's", "absent"
CUSTOMERS = ("ann", "bob")


class Belongings(msgspec.Struct, frozen=True):
    """One of everything.

    Attributes:
        user: the owner's account; that of the operator for a thing without an owner.
        udi: a device with a license out of `pak`, and with an open permission `ticket`, answered by `proof`.
        spare: another device, with a license of its own.
    """

    user: str
    order: str
    pak: str
    udi: Udi
    spare: Udi
    contract: str
    spare_contract: str
    license: str
    ticket: str
    proof: bytes
    letter: int
    token: int

    @property
    def names(self) -> set[str]:
        """All that tells a thing of these from those of others."""
        devices = {text for udi in (self.udi, self.spare) for text in (str(udi), udi.serial)}
        contracts = {self.contract, self.spare_contract}
        return devices | contracts | {self.order, self.pak, self.license, self.ticket}


def furnished() -> tuple[Portal, dict[str, Belongings]]:
    """The portal, and what there is by its owner; `ABSENT` names what is not there."""
    content, things = _furniture(accounts._COST["n"])
    return Portal(content=content), dict(things)


@cache
def _furniture(_cost: int) -> tuple[Plain, dict[str, Belongings]]:
    """The records of the portal, which are brought together once for each cost of a password's hash."""
    portal = Portal()
    for user in CUSTOMERS:
        portal.account(user)
    things = {owner: _belongings(portal, number, owner) for number, owner in enumerate((*CUSTOMERS, NOBODYS))}
    missing = Udi("CISCO881-K9", "FTX1405Z9Z1")
    return portal.service.database.dump(), things | {
        ABSENT: Belongings(
            user="eve",
            order="99999999",
            pak=pak_code(4711),
            udi=missing,
            spare=Udi("CISCO881-K9", "FTX1405Z9Z2"),
            contract="999999999",
            spare_contract="999999998",
            license="20100301-999999",
            ticket="PT-20100301-999999",
            proof=_proof_of_nothing(portal, things["ann"], missing),
            letter=99_999,
            token=99_998,
        )
    }


def _belongings(portal: Portal, number: int, owner: str) -> Belongings:
    service, by = portal.service, "lab" if owner == NOBODYS else owner
    udi, spare = (Udi("CISCO881-K9", f"FTX1405Z{number}{each}X") for each in "AB")
    order, letter = service.order("L-880-AIS=", 9, 0, by=by)
    for device in (udi, spare):
        service.manufacture(device, ["advsecurity"], 0)
        if owner != NOBODYS:
            service.claim(device, 0, by=by, credential=credential(device))
    service.register(order.pak, [udi, spare], 0, by=by)
    permission = service.permission(udi, 0, by=by, credential=credential(udi)).attachments[0].content
    ticket = read_permission_ticket(permission, Verifier(portal.key.public), sealing_key(source_of(permission)))
    token = service.accounts.new_token(by, f"of {owner}", 0, by=by, entropy=f"second {owner}".encode().ljust(32, b"0"))
    bought = [each.line.id for each in service.queries.entitlements(udi, by="lab") if each.sku]
    return Belongings(
        user=by,
        order=order.number,
        pak=order.pak,
        udi=udi,
        spare=spare,
        contract=service.contract(udi, by="lab").number,
        spare_contract=service.contract(spare, by="lab").number,
        license=bought[-1],
        ticket=ticket.id,
        proof=write_rehost_ticket(rehost_ticket_for(ticket), device_key(udi)),
        letter=letter.number,
        token=token[0].id,
    )


def _proof_of_nothing(portal: Portal, like: Belongings, source: Udi) -> bytes:
    """A rehost ticket of the right form for a permission ticket that was never written."""
    [permission] = [
        each for each in portal.service.outbox.mailbox(0, by=like.user).items if "Permission" in each.subject
    ]
    content = permission.attachments[0].content
    ticket = read_permission_ticket(content, Verifier(portal.key.public), sealing_key(like.udi))
    other = msgspec.structs.replace(rehost_ticket_for(ticket), permission="PT-20100301-999999", source=source)
    return write_rehost_ticket(other, device_key(source))
