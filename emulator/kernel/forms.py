"""Forms that the values of data files have, whatever the file: a mistake in one is told when the file is read."""

from typing import Annotated

from msgspec import Meta

Count = Annotated[int, Meta(ge=0)]
"""A number of things, or a time, that may be none."""

Amount = Annotated[int, Meta(ge=1)]
"""A number of things, or a size, of which there is at least one."""

Text = Annotated[str, Meta(min_length=1)]
"""A text that says something."""

OidText = Annotated[str, Meta(pattern=r"^[0-2](\.(0|[1-9][0-9]*))+$")]
"""An object identifier in numbers."""

Release = Annotated[str, Meta(pattern=r"^[0-9]+\.[0-9]+\([0-9]+[a-z]?\)")]
"""A software release, with or without its train: `12.4(22)`, `15.1(4)M5`."""
