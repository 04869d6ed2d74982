"""Screens of named policies, from the configuration: route maps, prefix lists, key chains (R: forms).

No packet or route was matched, so every count is zero.
"""

from collections.abc import Iterator

from emulator.router.configuration import Block, Configuration

ALWAYS_VALID = "(always valid) - (always valid) [valid now]"
PREFIX_LIST = {"ip": "ip prefix-list", "ipv6": "ipv6 prefix-list"}
STEP = 5


def show_route_maps(configuration: Configuration, name: str | None = None) -> str:
    """Screen of `show route-map`, of all or of one."""
    text = ""
    for key, section in configuration.sections.items():
        words = key.split()
        if words[0] == "route-map" and name in {None, words[1]}:
            action, sequence = (*words[2:], "permit", "10")[:2]
            text += f"route-map {words[1]}, {action}, sequence {sequence}\n"
            text += "  Match clauses:\n" + _clauses(section, "match") + "  Set clauses:\n" + _clauses(section, "set")
            text += "  Policy routing matches: 0 packets, 0 bytes\n"
    return text


def _clauses(section: Block, verb: str) -> str:
    return "".join(
        f"    {_clause(line.removeprefix(f'{verb} '))}\n"
        for line in section.lines.values()
        if line.startswith(f"{verb} ")
    )


def _clause(text: str) -> str:
    for typed, shown in (
        ("ip address prefix-list ", "ip address prefix-lists: "),
        ("ip address ", "ip address (access-lists): "),
    ):
        if text.startswith(typed):
            return f"{shown}{text.removeprefix(typed)} "
    return text


def prefix_lists(configuration: Configuration, kind: str) -> dict[str, list[str]]:
    """Entries of each prefix list, `seq N permit …`, in the order of their numbers."""
    found: dict[str, list[tuple[int, str]]] = {}
    for line in configuration.lines.values():
        words = line.split()
        if " ".join(words[:2]) != PREFIX_LIST[kind] or words[3:4] == ["description"]:
            continue
        entries = found.setdefault(words[2], [])
        numbered = words[3] == "seq"
        number = int(words[4]) if numbered else max((each for each, _ in entries), default=0) + STEP
        entries.append((number, " ".join(words[5 if numbered else 3 :])))
    return {name: [f"seq {number} {text}" for number, text in sorted(entries)] for name, entries in found.items()}


def show_prefix_lists(configuration: Configuration, kind: str, name: str | None = None) -> str:
    """Screen of `show ip prefix-list`, of all or of one."""
    found = prefix_lists(configuration, kind)
    return "".join(
        f"{PREFIX_LIST[kind]} {each}: {len(entries)} entries\n" + "".join(f"   {entry}\n" for entry in entries)
        for each, entries in found.items()
        if name in {None, each}
    )


def show_prefix_lists_in_detail(configuration: Configuration, kind: str) -> str:
    """Screen of `show ip prefix-list detail`."""
    found = prefix_lists(configuration, kind)
    if not found:
        return ""
    text = f"Prefix-list with the last deletion/insertion: {[*found][-1]}\n"
    for name, entries in found.items():
        numbers = [entry.split()[1] for entry in entries]
        ranges = sum(" ge " in entry or " le " in entry for entry in entries)
        text += f"{PREFIX_LIST[kind]} {name}:\n   count: {len(entries)}, range entries: {ranges}, "
        text += f"sequences: {numbers[0]} - {numbers[-1]}, refcount: 1\n"
        text += "".join(f"   {entry} (hit count: 0, refcount: 1)\n" for entry in entries)
    return text


def show_key_chains(configuration: Configuration, name: str | None = None) -> str:
    """Screen of `show key chain`, of all or of one; a key without lifetimes is always valid."""
    text = ""
    for key, chain in configuration.sections.items():
        found = key.removeprefix("key chain ")
        if found != key and name in {None, found}:
            text += f"Key-chain {found}:\n" + "".join(_keys(chain))
    return text


def _keys(chain: Block) -> Iterator[str]:
    for key, section in chain.sections.items():
        secret = section.word("key-string").removeprefix("7 ").removeprefix("0 ")
        yield f'    {key} -- text "{secret}"\n'
        for use in ("accept", "send"):
            lifetime = section.word(f"{use}-lifetime")
            yield f"        {use} lifetime {f'({lifetime})' if lifetime else ALWAYS_VALID}\n"
