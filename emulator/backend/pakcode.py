"""The form of a PAK: ten characters and one that checks them.

C: a PAK has 11 letters and digits. I: which ones, and that they are checked. The alphabet has 32 characters, without
0 and O, 1 and I, which a reader mixes up. The characters are digits of a polynomial over the field of 32 elements, and
the whole is divisible by (x - 2): so no single wrong character and no two that changed places go unnoticed.
"""

LENGTH = 11
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

_DIGITS = {character: value for value, character in enumerate(ALPHABET)}
_FIELD = 0b100101
"""x^5 + x^2 + 1, which is primitive: the powers of two run through all elements but zero."""


def pak_code(number: int) -> str:
    """Make the PAK for a number; those that differ in their lowest 50 bits are different PAKs."""
    digits = []
    for _ in range(LENGTH - 1):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(digit)
    return "".join(ALPHABET[digit] for digit in (*digits, _double(_value(digits))))


def normal(text: str) -> str:
    """Normalize a PAK as a person may type it: in capitals and without what groups its characters."""
    return "".join(text.split()).replace("-", "").upper()


def spelled(code: str) -> bool:
    """Tell whether a text has the length and the characters of a PAK."""
    return len(code) == LENGTH and all(character in _DIGITS for character in code)


def well_formed(code: str) -> bool:
    """Tell whether such a PAK can have been sold."""
    return spelled(code) and _value([_DIGITS[character] for character in code]) == 0


def _value(digits: list[int]) -> int:
    """The polynomial with these digits, the highest first, at two."""
    value = 0
    for digit in digits:
        value = _double(value) ^ digit
    return value


def _double(value: int) -> int:
    value <<= 1
    return value ^ _FIELD if value & 0b100000 else value
