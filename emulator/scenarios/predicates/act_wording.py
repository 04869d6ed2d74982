"""Sentences about acts: one that was done, with its moment, and one that has not been done since the start."""

from collections.abc import Sequence

import msgspec

from emulator.scenarios.predicates.record import Happening


class ActWording(msgspec.Struct, frozen=True):
    """Wording of an act, as clauses with slots.

    Attributes:
        done: it was done; `device`, `other` and `subject` are those of the act.
        undone: it has not been done; `none` is `R1 has not` or `no router has`.
        about: value of the slot `about` where a subject is named.
        about_any: its value where none is.
        place: preposition before the router in the slot `place`.
    """

    done: str
    undone: str
    about: str = ""
    about_any: str = ""
    place: str = "on"


WORDINGS: dict[str, ActWording] = {
    "accept": ActWording(
        "the license agreement{about} was accepted on {device}",
        "no license agreement{about} has been accepted{place}",
        " for {}",
    ),
    "boot": ActWording("{device} booted{about}", "{none} booted{about}", " at level {}"),
    "clear": ActWording(
        "the license{about} on {device} was cleared", "no license{about} has been cleared{place}", " for {}"
    ),
    "continue": ActWording(
        "{device} resumed{about} after a break", "{none} resumed{about} after a break", " at level {}"
    ),
    "expire": ActWording("the license{about} on {device} ended", "no license{about} has ended{place}", " for {}"),
    "install": ActWording(
        "a license{about} was installed on {device}", "no license{about} has been installed{place}", " for {}"
    ),
    "revoke": ActWording(
        "the license{about} on {device} was revoked", "no license{about} has been revoked{place}", " for {}"
    ),
    "load": ActWording("{device} booted {subject}", "{none} booted {about}", "the image {}", "another image"),
    "order": ActWording("order {subject} was placed", "{about} been placed", "order {} has not", "no order has"),
    "register": ActWording(
        "the PAK {subject} was registered for {device}",
        "{about} been registered{place}",
        "the PAK {} has not",
        "no PAK has",
        "for",
    ),
    "verify": ActWording(
        "the file {subject} was verified on {device}",
        "{about} been verified{place}",
        "the file {} has not",
        "no file has",
    ),
    "demo": ActWording("a demo license was issued to {device}", "no demo license has been issued{place}", place="to"),
    "erase": ActWording(
        "the startup configuration of {device} was erased", "{none} had its startup configuration erased"
    ),
    "extend": ActWording(
        "an extension license was issued to {device}", "no extension license has been issued{place}", place="to"
    ),
    "internet": ActWording(
        "the site of {device} was connected to the Internet", "{none} been connected to the Internet"
    ),
    "permit": ActWording(
        "a permission ticket for a rehost from {device} to {other} was issued",
        "no permission ticket has been issued{place}",
        place="for",
    ),
    "resend": ActWording("the licenses of {device} were sent again", "{none} had its licenses sent again"),
    "rehost": ActWording(
        "a license was rehosted from {device} to {other}",
        "no license has been rehosted{place}",
        place="from or to",
    ),
    "rma": ActWording("{device} was replaced by {other} in an RMA", "{none} been part of an RMA"),
    "stop": ActWording("{device} stopped", "{none} stopped"),
}
"""The wording of each act of the record."""

UNKNOWN_DEVICE = "another device"

FIRST_WORDS = ("a", "an", "no", "order", "the")
"""Words, other than names of devices, that clauses begin with."""


def done(act: Happening, devices: Sequence[str], moment: str) -> str:
    """Clause on an act that was done.

    Args:
        act: the act.
        devices: names of its devices.
        moment: the calendar at that time, in words.
    """
    return f"{done_sometime(act, devices)} on {moment}"


def done_sometime(act: Happening, devices: Sequence[str]) -> str:
    """Clause on an act that was done, with the names of its devices and without its moment."""
    wording = WORDINGS[act.act]
    device, other, *_ = (*devices, UNKNOWN_DEVICE, UNKNOWN_DEVICE)
    return wording.done.format(device=device, other=other, subject=act.subject, about=_about(wording, act.subject))


def undone(router: str | None, act: str, subject: str | None) -> str:
    """Clause on an act that has not been done since the start."""
    wording = WORDINGS[act]
    none = f"{router} has not" if router else "no router has"
    place = f" {wording.place} {router}" if router else ""
    return f"{wording.undone.format(none=none, place=place, about=_about(wording, subject))} since the start"


def sentence(clause: str) -> str:
    """Make a sentence of a clause; the name of a router at its beginning stays as it is written."""
    begins_plain = clause.split(" ", 1)[0] in FIRST_WORDS
    return f"{clause[0].upper() if begins_plain else clause[0]}{clause[1:]}."


def _about(wording: ActWording, subject: str | None) -> str:
    return wording.about.format(subject) if subject else wording.about_any
