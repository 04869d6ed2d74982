"""The SKUs that can be ordered. An upgrade maps to one feature and fits the families of its policy (C: the FAQ).

`L-` SKUs deliver the PAK electronically, `SL-` SKUs by regular mail (C), `FL-` SKUs as the latter (R). The rows are in
`skus.toml`.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from emulator.kernel.basis import Basis
from emulator.kernel.datafile import read_toml
from emulator.kernel.errors import DataFileError
from emulator.kernel.forms import Text
from emulator.licensing.changes import LARGEST_COUNT
from emulator.licensing.families import Family
from emulator.licensing.types import TYPES, LicenseType

SKU_FILE = Path(__file__).with_name("skus.toml")


class Delivery(StrEnum):
    ELECTRONIC = "electronic"
    PAPER = "paper"


class Sku(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A product that a customer can order.

    Attributes:
        families: router families that its licenses may be issued for, and moved between.
        type: the type of its licenses.
        count: uses at one time that one license allows; None where they are not counted.
        years: term of a subscription from its registration; None for a permanent license.
        mail_days: days until the PAK arrives by mail.
        rehosts_per_year: limit of rehosts of one license in a year (I).
        basis: C, R or I, as in the reference.
    """

    name: Text
    description: Text
    feature: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9._/+-]+$")]
    families: Annotated[tuple[Family, ...], msgspec.Meta(min_length=1)]
    delivery: Delivery
    mail_days: Annotated[int, msgspec.Meta(ge=0)]
    basis: Basis
    source: Text
    type: LicenseType = LicenseType.PERMANENT
    count: Annotated[int, msgspec.Meta(ge=1, le=LARGEST_COUNT)] | None = None
    years: Annotated[int, msgspec.Meta(ge=1, le=10)] | None = None
    rehosts_per_year: Annotated[int, msgspec.Meta(ge=0, le=1000)] = 2

    @property
    def adds_nothing_twice(self) -> bool:
        """Tell whether a second license of it brings a device nothing: permanent, and not counted."""
        return self.type is LicenseType.PERMANENT and self.count is None


class SkuTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file of SKUs."""

    sku: tuple[Sku, ...]


def load_skus(file: Path | None = None) -> dict[str, Sku]:
    """Read the SKUs by name, in the order of the file; those that ship with the product unless another file is given.

    Raises:
        DataFileError: the file is wrong, or a product has no term that its type needs, or one that it cannot have.
    """
    return dict(_read(file or SKU_FILE))


@cache
def _read(file: Path) -> dict[str, Sku]:
    skus: dict[str, Sku] = {}
    for index, sku in enumerate(read_toml(file, SkuTable).sku):
        meter = TYPES[sku.type].meter
        if meter == "use":
            sold = ", ".join(kind for kind, rule in TYPES.items() if not rule.metered)
            problem = f"'{sku.type}' counts time of use, which no product is sold for; write one of: {sold}"
            raise DataFileError(str(file), f"sku[{index}].type", problem)
        if meter == "calendar" and sku.years is None:
            problem = f"'{sku.type}' ends on a date; write for how many years it is sold"
            raise DataFileError(str(file), f"sku[{index}].years", problem)
        if meter != "calendar" and sku.years is not None:
            problem = f"'{sku.type}' never ends; leave the key out, or write a type that ends on a date"
            raise DataFileError(str(file), f"sku[{index}].years", problem)
        skus[sku.name] = sku
    return skus
