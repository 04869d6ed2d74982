"""Types of what templates show, from annotations."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any, Generic, TypeVar

import msgspec
import pytest

from emulator.kernel.errors import UnknownName
from emulator.transports.web.value_types import attribute, element, item, result, unpacked

Item = TypeVar("Item")


class Row(msgspec.Struct, frozen=True):
    """A row."""

    name: Annotated[str, msgspec.Meta(max_length=3)]
    at: datetime

    @property
    def parts(self) -> list[int]:
        """Values that are numbers."""
        return []

    def named(self, name: str) -> "Row | None":
        """The row itself, if it is named so."""
        return self if name == self.name else None


class Table(msgspec.Struct, Generic[Item], frozen=True):
    """Table of rows."""

    rows: Sequence[Item]

    @cached_property
    def first(self) -> Item:
        """The first row."""
        return self.rows[0]


def test_an_attribute_is_a_field_a_property_or_a_method() -> None:
    assert attribute(Row, "at") is datetime
    assert attribute(Row | None, "parts") == list[int]
    assert result(attribute(Row, "named")) == Row | None
    assert attribute(attribute(Row, "at"), "year") is Any
    assert attribute(Any, "whatever") is Any


def test_a_parameter_is_what_it_is_filled_with() -> None:
    assert element(attribute(Table[Row], "rows")) is Row
    assert attribute(Table[Row], "first") is Row
    assert attribute(Table, "first") is Any


def test_items_of_tuples_lists_and_mappings() -> None:
    assert unpacked(tuple[str, Row], 2) == [str, Row]
    assert item(tuple[Row, ...], 4) is Row
    assert item(Mapping[str, Row], "a") is Row
    assert unpacked(element(result(attribute(Mapping[str, Row], "items"))), 2) == [str, Row]


@pytest.mark.parametrize(
    ("kind", "name", "problem"),
    [
        (Row, "nam", "unknown attribute of Row 'nam'. Did you mean name?"),
        (Row | None, "part", "unknown attribute of Row 'part'. Did you mean parts?"),
        (Row | Table[int], "name", "unknown attribute of Table 'name'. Known: first, rows"),
        (Mapping[str, Row], "itms", "unknown attribute of Mapping 'itms'. Did you mean items?"),
    ],
)
def test_an_attribute_that_is_not_there_is_told(kind: Any, name: str, problem: str) -> None:
    with pytest.raises(UnknownName) as caught:
        attribute(kind, name)
    assert str(caught.value) == problem
