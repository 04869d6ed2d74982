"""One row of a registration, as the portal answers it."""

import msgspec


class RegisteredRow(msgspec.Struct, frozen=True):
    """Result of one row of a list.

    Attributes:
        row: its place in the list, from 1.
        license, file: the license that was issued and the name of its file; empty for a row that is wrong.
        again: the device had it from this PAK already; nothing was debited.
        error, message: why the row is wrong, or empty.
    """

    row: int
    text: str
    license: str
    file: str
    again: bool
    error: str
    message: str
