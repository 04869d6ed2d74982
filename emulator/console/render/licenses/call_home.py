"""Lists of call home: the products behind a PAK, and those that a device can give up (R; no capture is known)."""

from collections.abc import Sequence

from emulator.licensing.udi import Udi
from emulator.router.ports import PakItem, RehostItem


def pak_text(pak: str, items: Sequence[PakItem]) -> str:
    """The products behind a PAK."""
    return f"PAK Number : {pak}\n" + "".join(_pak_item(number, item) for number, item in enumerate(items, 1)) + "\n"


def _pak_item(number: int, item: PakItem) -> str:
    return (
        f"  {number}. SKU Name           : {item.sku}\n"
        f"     Description        : {item.description}\n"
        f"     Ordered Qty        : {item.ordered}\n"
        f"     Available Qty      : {item.available}\n"
        "     Feature List       :\n"
        f"        Feature Name    : {item.feature}\n"
        "        Count           : 1\n"
        f"     Platform Supported : {item.platforms}\n"
    )


def rehost_list(items: Sequence[RehostItem]) -> str:
    """List of the products that the device can give up."""
    return "Transferrable license SKUs\n" + "".join(
        f"  {number}. SKU Name     : {item.sku}\n"
        f"     Type         : {item.type}\n"
        f"     Feature list : {', '.join(item.features)}\n"
        for number, item in enumerate(items, 1)
    )


def rehost_summary(source: Udi, target: Udi, item: RehostItem) -> str:
    """Summary of the product that is about to be moved, with source and target."""
    return (
        "Following license(s) will be transferred\n"
        f"      Source UDI      : {source}\n"
        f"      Destination UDI : {target}\n"
        f"      SKU Name        : {item.sku}\n"
        f"      Feature list    : {', '.join(item.features)}\n"
    )
