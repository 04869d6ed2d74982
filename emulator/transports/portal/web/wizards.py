"""The wizards of the portal, whose forms come back as they were left."""

from urllib.parse import quote

import msgspec


class Wizard(msgspec.Struct, frozen=True):
    """A wizard: its title, its first page, and the fields that tell one draft of it from another."""

    title: str
    address: str
    told_by: tuple[str, ...]


REGISTER, RMA = "register", "rma"
REHOST, LICENSES = "rehost", "rehost licenses"
"""The two steps of a transfer before its ticket: each has a draft of its own."""

TRANSFER = "transfer {ticket}"
"""Name of the draft of a transfer whose permission ticket was issued."""

WIZARDS = {
    REGISTER: Wizard("Register a PAK", "/register", ("pak",)),
    RMA: Wizard("Report a failure (RMA)", "/rma", ("failed", "replacement")),
    REHOST: Wizard("Transfer licenses", "/rehost", ("source", "target")),
    LICENSES: Wizard("Transfer licenses", "/rehost", ("source", "target")),
}


def address_of(name: str) -> str | None:
    """The page on which a draft is gone on with; None for what is no draft's name."""
    if name in WIZARDS:
        return WIZARDS[name].address
    word, _, ticket = name.partition(" ")
    return f"/rehost/{quote(ticket, safe='')}" if word == "transfer" and ticket else None
