"""Moments of the manager as text."""

from datetime import UTC, datetime

from emulator.kernel.errors import Refused, printable


def moment(at: int | None) -> str:
    """A moment as ISO 8601 in UTC, to the second; empty for none."""
    return "" if at is None else datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_moment(text: str) -> int:
    """Read a moment in ISO 8601, of UTC where it names no zone; in milliseconds since 1970.

    Raises:
        Refused: the text is none.
    """
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(f"'{printable(text)}' is no moment; write for example 2026-03-01T20:00:00Z") from None
    return round((read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp() * 1000)
