"""Datagrams that were damaged on the way, drawn from a seed."""

import random
from collections.abc import Iterator, Sequence


def damaged(samples: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Damaged datagrams: bits flipped, octets cut, doubled, replaced by lengths and tags, two spliced together."""
    dice = random.Random(seed)
    for _ in range(count):
        data = bytearray(dice.choice(samples))
        for _ in range(dice.choice((1, 1, 2, 4, 8))):
            at = dice.randrange(len(data)) if data else 0
            match dice.randrange(6):
                case 0 if data:
                    data[at] ^= 1 << dice.randrange(8)
                case 1 if data:
                    data[at] = dice.choice((0, 1, 2, 4, 5, 6, 0x30, 0x40, 0x46, 0x80, 0x84, 0xA0, 0xA5, 0xFF))
                case 2:
                    del data[at : at + dice.randrange(1, 8)]
                case 3:
                    data[at:at] = data[at : at + dice.randrange(1, 8)]
                case 4:
                    data[at:at] = dice.randbytes(dice.randrange(1, 5))
                case _:
                    data[at:] = dice.choice(samples)[at:]
        yield bytes(data)
