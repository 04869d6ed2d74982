"""A serial line whose two ends have different speeds: what one end sends, the other reads as other characters.

C: ten bits a character on this line: a start bit, eight data bits from the lowest, a stop bit. I: the receiver samples
in the middle of each of its own bits and takes a false stop bit for a true one, as many terminals do; bytes that are
no printable character of ISO 8859-1 show as the replacement character.
"""

from collections.abc import Iterator

DATA_BITS = 8
IDLE = 1
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def received(text: str, sent_at: int, read_at: int) -> str:
    """Text as the other end of the line reads it; speeds in baud.

    A character that is no single byte is sent as `?`.
    """
    if sent_at == read_at:
        return text
    return "".join(map(_shown, _read(list(_bits(text)), sent_at, read_at)))


def _bits(text: str) -> Iterator[int]:
    """The levels of the line, a bit each."""
    for byte in text.encode("latin-1", errors="replace"):
        yield 0
        yield from (byte >> place & 1 for place in range(DATA_BITS))
        yield IDLE


def _read(bits: list[int], sent_at: int, read_at: int) -> Iterator[int]:
    """The bytes that are read off the levels; positions are in bits of the sender, times twice the reader's speed."""
    unit, step = 2 * read_at, 2 * sent_at
    position = 0
    while (start := _fall(bits, position, unit)) is not None:
        samples = [_level(bits, (start + step * place + sent_at) // unit) for place in range(1, DATA_BITS + 1)]
        yield sum(level << place for place, level in enumerate(samples))
        position = start + step * (DATA_BITS + 1) + sent_at


def _fall(bits: list[int], position: int, unit: int) -> int | None:
    """The next place at or after a position where the line is low, which begins a character."""
    first = position // unit
    for index in range(first, len(bits)):
        if bits[index] == 0:
            return max(index * unit, position)
    return None


def _level(bits: list[int], index: int) -> int:
    return bits[index] if index < len(bits) else IDLE


def _shown(byte: int) -> str:
    character = chr(byte)
    return character if character.isprintable() else REPLACEMENT
