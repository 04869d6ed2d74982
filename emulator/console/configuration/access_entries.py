"""Printed form of the entries of IPv4 access lists, whichever way they were typed.

R: bits of an address that its wildcard does not look at are cleared; a wildcard of ones is `any`; a single host is
`host A` in an extended list and the bare address in a standard one; protocols and ICMP messages that have a name are
written by it; `deny` is as wide as `permit`. Left out: that IOS writes `dscp` and `precedence` by name too, and that
it puts the single hosts of a standard list first, in an order of its own.
"""

from emulator.console.configuration.well_known import message_names, protocol_names

ALL_ONES, OCTET = 0xFFFFFFFF, 255
_NAMED = {"host", "object-group"}
"""Words that say what one word behind them is."""


def standard_entry(text: str) -> str:
    """Write an entry of a standard list as IOS does: `permit 10.1.1.0 0.0.0.255`."""
    action, *words = text.split()
    if not words:
        return text
    if words[0] == "host" and len(words) > 1:
        words = words[1:]
    elif len(words) > 1 and _number(words[1]) is not None:
        words = [*_network(words[0], words[1]), *words[2:]]
        if words[0] == "host":
            words = words[1:]
    return _written(action, words)


def extended_entry(text: str) -> str:
    """Write an entry of an extended list as IOS does: `permit tcp 10.1.1.0 0.0.0.255 any eq www`."""
    action, *words = text.split()
    by_group = 2 if words[:1] == ["object-group"] else 1
    protocol, rest = words[:by_group], words[by_group:]
    if protocol and protocol[0].isdecimal():
        protocol = [protocol_names().get(int(protocol[0]), protocol[0])]
    source, rest = _endpoint(rest)
    ports = next((at for at, word in enumerate(rest) if _begins_endpoint(word)), len(rest))
    destination, tail = _endpoint(rest[ports:])
    if protocol == ["icmp"]:
        tail = _message(tail)
    return _written(action, [*protocol, *source, *rest[:ports], *destination, *tail])


def _written(action: str, words: list[str]) -> str:
    return f"{action:6} {' '.join(words)}".rstrip()


def _endpoint(words: list[str]) -> tuple[list[str], list[str]]:
    """Whom the first words mean, and what is behind them."""
    if not words or words[0] == "any":
        return words[:1], words[1:]
    if words[0] in _NAMED or len(words) < 2:
        return words[:2], words[2:]
    return _network(words[0], words[1]), words[2:]


def _begins_endpoint(word: str) -> bool:
    return word == "any" or word in _NAMED or _number(word) is not None


def _network(address: str, wildcard: str) -> list[str]:
    """An address and its wildcard as an extended list has them."""
    bits, ignored = _number(address), _number(wildcard)
    if bits is None or ignored is None:
        return [address, wildcard]
    if ignored == ALL_ONES:
        return ["any"]
    if ignored == 0:
        return ["host", _dotted(bits)]
    return [_dotted(bits & ~ignored & ALL_ONES), _dotted(ignored)]


def _message(tail: list[str]) -> list[str]:
    """Return what follows the addresses of an ICMP entry."""
    for count in (2, 1):
        name = message_names().get(" ".join(word.lstrip("0") or "0" for word in tail[:count]))
        if name and all(word.isdecimal() for word in tail[:count]) and len(tail) >= count:
            return [name, *tail[count:]]
    return tail


def _number(word: str) -> int | None:
    """The 32 bits of an address; None for a word that is none."""
    octets = word.split(".")
    if len(octets) != 4 or not all(octet.isdecimal() and int(octet) <= OCTET for octet in octets):
        return None
    return int.from_bytes(bytes(map(int, octets)))


def _dotted(bits: int) -> str:
    return ".".join(map(str, bits.to_bytes(4)))
