"""A value of another type, written as what was meant."""

from typing import Annotated, Any

import msgspec
import pytest

from emulator.kernel.right_form import right_form

Timed = Annotated[str, msgspec.Meta(examples=["10m"])]


class Pair(msgspec.Struct):
    """A record with a key that must be there."""

    name: str
    more: int = 0


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [
        (10, str, '; in quotes it is text: "10"'),
        (True, str | None, '; in quotes it is text: "true"'),
        (10, Timed, "; write it with its unit, as 10m"),
        (True, Timed | None, '; in quotes it is text: "true"'),
        ({"PAK": None}, str, '; in quotes it is text: "{PAK}"'),
        ({"None": None}, str, '; in quotes it is text: "?"'),
        ({"a": "b"}, str, '; in quotes it is text: "a: b"'),
        ({"a": [1]}, str, ""),
        ({"a": 1, "b": 2}, str, ""),
        ("yes", bool, "; write true"),
        ("Off", bool, "; write false"),
        ("true", bool, "; write true"),
        ("perhaps", bool, ""),
        ("0x1F", int, "; write 31"),
        ("0123", int, "; write 123"),
        ("12", int | None, "; write 12"),
        ("seven", int, ""),
        ("x-1.bin", tuple[str, ...], "; write [x-1.bin]"),
        ("a: b", list[str], '; write ["a: b"]'),
        ("power R1 off", tuple[Pair, ...], "; each has the keys name"),
        (["x"], str, "; write it without brackets"),
        (["x", "y"], str, ""),
        ("x", Pair, "; its keys are name"),
        ("x" * 100, tuple[str, ...], ""),
        (5, dict[str, str], ""),
    ],
)
def test_the_right_form(value: object, kind: Any, told: str) -> None:
    assert right_form(value, kind) == told
