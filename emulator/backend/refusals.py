"""Every refusal of the back end, as one table of sentences with slots. The wording is ours (I)."""

from enum import StrEnum

from emulator.kernel.errors import Refused


class Refusal(StrEnum):
    BAD_UDI = "{udi} is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7."
    UNKNOWN_PID = "Product ID {pid} is not known. {nearest}"
    UNKNOWN_SKU = "SKU {sku} cannot be ordered. {nearest}"
    QUANTITY = "A PAK is sold for 1 to 5000 licenses, not for {quantity}."
    UNKNOWN_ORDER = "There is no sales order {order}."
    UNKNOWN_PAK = "PAK {pak} is not known."
    NO_UDI = "Name at least one device to register PAK {pak} for."
    WRONG_FAMILY = "{sku} is for the {families} family; {udi} is of the {family} family."
    PAK_EXHAUSTED = "PAK {pak} has {left} of its {quantity} licenses left; {wanted} more are asked for."
    OTHER_SKU = "PAK {pak} is for {sku}, not for {other}."
    TOO_MANY = "{udi} has {held} licenses; no device is issued more than {most}."
    UNKNOWN_FEATURE = "Licenses for '{feature}' are not given. {nearest}"
    NOT_OFFERED = "{feature} is not offered for {udi}, which is of the {family} family."
    DEMO_GIVEN = "{udi} has had its demo license for {feature}; a lost file can be sent again."
    BAD_PERIOD = "An extension is granted for some time up to {longest}, not for {period}."
    BAD_USER = "'{user}' cannot be the name of an account."
    NO_PASSWORD = "The account {user} needs a password."  # noqa: S105
    REPLACED = "{udi} was replaced by {replacement} and is no longer served."
    TRANSFERRED = "What was issued to {udi} has since been transferred to another device."
    BAD_FEATURE = "'{feature}' cannot be the name of a feature."
    OTHERWISE_MADE = "{udi} was made with {features}; that cannot change."
    NOTHING_ISSUED = "No license was ever issued to {udi}."
    SAME_DEVICE = "{udi} is named both as the old and as the new device."
    OTHER_FAMILY = "{replacement} is of the {other} family and cannot replace {udi} of the {family} family."
    UNKNOWN_DEVICE = "{udi} is not a device that we made."
    NOTHING_PURCHASED = "{udi} has no purchased permanent license to transfer."
    BAD_TICKET = "The rehost ticket is not valid: it {reason}."
    UNKNOWN_TICKET = "The rehost ticket answers permission ticket {ticket}, which was not issued to {udi}."
    INCOMPLETE_TICKET = "The rehost ticket does not revoke what permission ticket {ticket} names."
    TICKET_OPEN = "Permission ticket {ticket} of {udi} is not answered yet; it is for {skus}."
    NOTHING_CHOSEN = "Choose at least one product of {udi} to transfer."
    NOT_HELD = "{udi} has no license of {sku} to transfer."
    TICKET_USED = "The rehost ticket was already used for {target}."

    def error(self, **slots: object) -> "PortalError":
        """The error to raise, with the slots filled in."""
        return PortalError(self, {name: str(value) for name, value in slots.items()})


class PortalError(Refused):
    """The back end does not do this; nothing was changed."""

    def __init__(self, refusal: Refusal, slots: dict[str, str]) -> None:
        super().__init__(refusal, slots)
        self.refusal, self.slots = refusal, slots

    def __str__(self) -> str:
        return self.refusal.format(**self.slots)
