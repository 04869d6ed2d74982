"""Every refusal of the back end, as one table of sentences with slots. The wording is ours (I).

Refusal.X.error(slots) -> PortalError, whose text is the sentence
"""

from enum import StrEnum

from emulator.kernel.errors import Refused

LONGEST_SLOT = 300
"""Characters of one slot that are shown: enough for a list of names."""

RETRY_AFTER = 5
"""Seconds after which it is worth asking again when the service is away (I)."""


class PortalRefusal(StrEnum):
    BAD_UDI = "{udi} {fault}."
    UNKNOWN_PID = "Product ID {pid} is not known. {nearest}"
    UNKNOWN_SKU = "SKU {sku} cannot be ordered. {nearest}"
    QUANTITY = "A PAK is sold for 1 to 5000 licenses, not for {quantity}."
    UNKNOWN_ORDER = "There is no sales order {order}."
    UNKNOWN_PAK = "PAK {pak} is not known."
    MISTYPED_PAK = "PAK {pak} is mistyped; {problem}."
    IN_THE_POST = "The PAK of sales order {order} comes by regular mail; it arrives on {date}."
    NO_UDI = "Name at least one device to register PAK {pak} for."
    TOO_MANY_ROWS = "{rows} devices were named; one registration takes at most {most}."
    WRONG_FAMILY = "{sku} is for the {families} family; {udi} is of the {family} family."
    PAK_EXHAUSTED = "PAK {pak} has {left} of its {quantity} licenses left; {wanted} more are asked for."
    NOTHING_NEW = "{udi} has a permanent license for {feature} already; PAK {pak} was not debited."
    OTHER_SKU = "PAK {pak} is for {sku}, not for {other}."
    TOO_MANY = "{udi} has {held} licenses; no device is issued more than {most}."
    TOO_MANY_GIVEN = "{udi} takes more licenses only from an account that has shown it to be its own."
    UNKNOWN_FEATURE = "Licenses for '{feature}' are not given. {nearest}"
    NOT_OFFERED = "{feature} is not offered for {udi}, which is of the {family} family."
    DEMO_GIVEN = "{udi} has had its demo license for {feature}; a lost file can be sent again."
    BAD_PERIOD = "An extension is granted for some time up to {longest}, not for {period}."
    BAD_USER = "'{user}' cannot be the name of an account."
    BAD_ADDRESS = "'{address}' is not an e-mail address."
    NO_PASSWORD = "The account {user} needs a password."  # noqa: S105
    SHORT_PASSWORD = "A password has at least {least} characters."  # noqa: S105
    EASY_PASSWORD = "This password is too easy to guess."  # noqa: S105
    ACCOUNT_EXISTS = "There is an account '{user}' already; opening one does not change it."
    LAST_OPERATOR = "{user} is the last operator and stays one; make another account an operator first."
    UNKNOWN_ACCOUNT = "There is no account '{user}'."
    UNKNOWN_TOKEN = "There is no API token {token}."  # noqa: S105
    WEAK_TOKEN = "An API token is made of at least {least} random bytes."  # noqa: S105
    FORBIDDEN = "{user} may not do this; it takes an operator."
    NO_REASON = "An exception from the rule needs a reason."
    NO_GRANT = "An extension needs a reason for the audit log: who granted it, and why."
    REPLACED = "{udi} was replaced by {replacement} and is no longer served."
    OUT_OF_SERVICE = "{udi} is no longer served."
    TRANSFERRED = "What was issued to {udi} has since been transferred to another device."
    BAD_FEATURE = "'{feature}' cannot be the name of a feature."
    OTHERWISE_MADE = "{udi} was made with {features}; that cannot change."
    NOTHING_ISSUED = "No license was ever issued to {udi}."
    SAME_DEVICE = "{udi} is named both as the old and as the new device."
    OTHER_FAMILY = "{replacement} is of the {other} family and cannot replace {udi} of the {family} family."
    OTHER_PRODUCT = "{replacement} is another product than {udi}; an RMA sends the same one."
    NOT_REGISTERED = "PAK {pak} was not registered for {udi}, or what it issued has moved on."
    UNKNOWN_DEVICE = "{udi} is not among the devices of {user}; its credential or its service contract adds it."
    NOT_MADE = "{udi} is not a device that we made."
    NO_PROOF = "Show the credential of {udi}, or the number of its service contract."
    WRONG_CONTRACT = "Service contract {contract} does not cover {udi}."
    NOT_A_PAIR = "{replacement} is on file as the replacement of {other}, not of {udi}."
    NOTHING_PURCHASED = "{udi} has no purchased permanent license to transfer."
    NO_CREDENTIAL = "The credential of {udi} is needed; its `license save credential` writes it."
    BAD_CREDENTIAL = "The device credential is not valid: it {reason}."
    OTHER_CREDENTIAL = "The credential is that of {other}, not of {udi}."
    REHOST_LIMIT = "{sku} may be moved {limit} times in a year; license {license} of {udi} has been."
    BAD_TICKET = "The rehost ticket is not valid: it {reason}."
    UNKNOWN_TICKET = "The rehost ticket answers permission ticket {ticket}, which was not issued to {udi}."
    INCOMPLETE_TICKET = "The rehost ticket does not revoke what permission ticket {ticket} names."
    TICKET_EXPIRED = "Permission ticket {ticket} was good for {term}; ask for it again, and it is good anew."
    TICKET_OPEN = "Permission ticket {ticket} of {udi} is not answered yet; it is for {skus}."
    NOTHING_CHOSEN = "Choose at least one product of {udi} to transfer."
    NOT_HELD = "{udi} has no license of {sku} to transfer."
    TICKET_USED = "The rehost ticket was already used for {target}."
    UNKNOWN_FILE = "There is no file {file}."
    UNKNOWN_LETTER = "There is no letter {number}."
    REPEATED = "This request was carried out before, and its answer is not kept."
    SERVICE_DOWN = "The license service is not available now; try again in {seconds} seconds."

    @property
    def guess(self) -> bool:
        """Tell whether the caller may be guessing names; a server that strangers can reach counts such refusals.

        A mistyped PAK is no guess: its check character gives it away before anything is looked up.
        """
        return self in GUESSES

    @property
    def field(self) -> str | None:
        """Name of the input that is to blame, if any."""
        return FIELDS.get(self)

    def error(self, **slots: object) -> "PortalError":
        """Build the error to raise, with the slots filled in."""
        return PortalError(self, {name: str(value) for name, value in slots.items()})


GUESSES = frozenset(
    {
        PortalRefusal.UNKNOWN_PAK,
        PortalRefusal.UNKNOWN_ORDER,
        PortalRefusal.UNKNOWN_DEVICE,
        PortalRefusal.UNKNOWN_FILE,
        PortalRefusal.UNKNOWN_LETTER,
        PortalRefusal.UNKNOWN_TICKET,
        PortalRefusal.UNKNOWN_TOKEN,
        PortalRefusal.WRONG_CONTRACT,
        PortalRefusal.OUT_OF_SERVICE,
    }
)
"""Refusals that are the same for a thing that does not exist and for one of another account."""

FIELDS = {
    PortalRefusal.BAD_UDI: "udi",
    PortalRefusal.UNKNOWN_PID: "udi",
    PortalRefusal.UNKNOWN_SKU: "sku",
    PortalRefusal.QUANTITY: "quantity",
    PortalRefusal.UNKNOWN_ORDER: "order",
    PortalRefusal.UNKNOWN_PAK: "pak",
    PortalRefusal.MISTYPED_PAK: "pak",
    PortalRefusal.IN_THE_POST: "order",
    PortalRefusal.NO_UDI: "udi",
    PortalRefusal.TOO_MANY_ROWS: "udi",
    PortalRefusal.WRONG_FAMILY: "udi",
    PortalRefusal.PAK_EXHAUSTED: "pak",
    PortalRefusal.NOTHING_NEW: "udi",
    PortalRefusal.OTHER_SKU: "sku",
    PortalRefusal.TOO_MANY: "udi",
    PortalRefusal.UNKNOWN_FEATURE: "feature",
    PortalRefusal.NOT_OFFERED: "feature",
    PortalRefusal.DEMO_GIVEN: "feature",
    PortalRefusal.BAD_PERIOD: "period",
    PortalRefusal.BAD_USER: "user",
    PortalRefusal.BAD_ADDRESS: "address",
    PortalRefusal.NO_PASSWORD: "password",
    PortalRefusal.SHORT_PASSWORD: "password",
    PortalRefusal.EASY_PASSWORD: "password",
    PortalRefusal.ACCOUNT_EXISTS: "user",
    PortalRefusal.LAST_OPERATOR: "role",
    PortalRefusal.UNKNOWN_ACCOUNT: "user",
    PortalRefusal.NO_REASON: "why",
    PortalRefusal.NO_GRANT: "why",
    PortalRefusal.SAME_DEVICE: "replacement",
    PortalRefusal.OTHER_FAMILY: "replacement",
    PortalRefusal.OTHER_PRODUCT: "replacement",
    PortalRefusal.NOT_REGISTERED: "udi",
    PortalRefusal.UNKNOWN_DEVICE: "udi",
    PortalRefusal.NOT_MADE: "udi",
    PortalRefusal.NO_PROOF: "credential",
    PortalRefusal.WRONG_CONTRACT: "contract",
    PortalRefusal.NOT_A_PAIR: "replacement",
    PortalRefusal.NO_CREDENTIAL: "credential",
    PortalRefusal.BAD_CREDENTIAL: "credential",
    PortalRefusal.OTHER_CREDENTIAL: "credential",
    PortalRefusal.BAD_TICKET: "ticket",
    PortalRefusal.UNKNOWN_TICKET: "ticket",
    PortalRefusal.INCOMPLETE_TICKET: "ticket",
    PortalRefusal.TICKET_EXPIRED: "ticket",
    PortalRefusal.NOTHING_CHOSEN: "skus",
    PortalRefusal.NOT_HELD: "skus",
    PortalRefusal.TICKET_USED: "ticket",
}


class PortalError(Refused):
    """A refusal of the back end; nothing was changed."""

    def __init__(self, refusal: PortalRefusal, slots: dict[str, str]) -> None:
        super().__init__(refusal, slots)
        self.refusal, self.slots = refusal, slots

    def __str__(self) -> str:
        told = self.refusal.format(**{name: _shown(text) for name, text in self.slots.items()})
        return told.removesuffix(".") if told.endswith("?.") else told

    @property
    def retry_after(self) -> int | None:
        """Seconds to wait before asking again; None where that would not help."""
        return RETRY_AFTER if self.refusal is PortalRefusal.SERVICE_DOWN else None


def _shown(text: str) -> str:
    """Make text from outside fit for a sentence: of limited length, without control characters."""
    short = text if len(text) <= LONGEST_SLOT else text[:LONGEST_SLOT] + "…"
    return "".join(character if character.isprintable() else "?" for character in short)
