"""Classes of traffic and policies at work: `show class-map`, `show policy-map interface`, `… type inspect zone-pair`.

C2: the forms of classes, of counters and of a zone pair, as public outputs of 15.x have them. R: queues and policers.
No packet is forwarded, so every counter is 0. I: classes are in the order of the configuration, the default one first.
"""

from collections.abc import Iterator
from itertools import pairwise

import msgspec

from emulator.console.wording import wording
from emulator.router.configuration import Block, Configuration, Section

DEFAULT = "class-default"
CODE_POINTS = {
    "default": 0, "cs1": 8, "af11": 10, "af12": 12, "af13": 14, "cs2": 16, "af21": 18, "af22": 20, "af23": 22,
    "cs3": 24, "af31": 26, "af32": 28, "af33": 30, "cs4": 32, "af41": 34, "af42": 36, "af43": 38, "cs5": 40, "ef": 46,
    "cs6": 48, "cs7": 56,
}  # fmt: skip
PRECEDENCES = ("routine", "priority", "immediate", "flash", "flash-override", "critical", "internet", "network")
NAMES = {
    "dscp": {str(number): name for name, number in CODE_POINTS.items()},
    "precedence": {str(number): name for number, name in enumerate(PRECEDENCES)},
}
INSPECT = "type inspect"


class TrafficClass(msgspec.Struct, frozen=True):
    """A class of traffic: its name, how many of its matches are required, and these."""

    name: str
    how: str
    matches: tuple[str, ...]


def classes(configuration: Configuration, kind: str = "") -> Iterator[TrafficClass]:
    """Yield the classes of a kind: `type inspect`, or empty for those of quality of service."""
    for key, section in configuration.sections.items():
        words = section.header.split()
        found = f"type {words[2]}" if words[1:2] == ["type"] else ""
        if key.startswith("class-map ") and found == kind:
            how = next((word for word in words if word in {"match-all", "match-any"}), "match-all")
            matches = tuple(line for line in section.lines.values() if line.startswith("match "))
            yield TrafficClass(words[-1], how, matches)


def show_class_maps(configuration: Configuration, kind: str = "", wanted: str | None = None) -> str:
    """A block a class."""
    found = list(enumerate(classes(configuration, kind), start=1))
    if not kind:
        found.insert(0, (0, TrafficClass(DEFAULT, "match-any", ("match any",))))
    blocks = []
    for number, each in found:
        if wanted in {None, each.name}:
            rows = [f"   Match {_match(line, wide=True)}\n" for line in each.matches] or ["   Match none\n"]
            title = f"{kind} " if kind else ""
            blocks.append(f" Class Map {title}{each.how} {each.name} (id {number})\n{''.join(rows)}\n")
    return "".join(blocks)


def _match(line: str, *, wide: bool) -> str:
    """A match, with the numbers of its code points; `wide` where a word is missing in front of them."""
    words = line.removeprefix("match ").split()
    if words == ["any"]:
        return "any "
    start = words[:1] if words[:1] == ["ip"] else []
    rest = words[len(start) :]
    if rest[:1] not in (["dscp"], ["precedence"]):
        return " ".join(words)
    names = NAMES[rest[0]]
    values = " ".join(_named(names, word) for word in rest[1:])
    return (f"{''.join(start)}  {rest[0]} {values}" if wide else " ".join([*start, rest[0], values])).rstrip()


def _named(names: dict[str, str], word: str) -> str:
    number = next((number for number, name in names.items() if name == word), word)
    return f"{names.get(number, number)} ({number})"


# --- at an interface -------------------------------------------------------------------------------------------------


def show_policy_interfaces(configuration: Configuration, wanted: str | None = None) -> str:
    """A block a policy of an interface, by direction."""
    text = ""
    for key, section in configuration.sections.items():
        name = key.removeprefix("interface ")
        if key.startswith("interface ") and wanted in {None, name}:
            policies = [(way, section.word(f"service-policy {way}")) for way in ("input", "output")]
            text += "".join(_attached(configuration, f" {name} ", way, policy) for way, policy in policies if policy)
    return text


def show_control_plane(configuration: Configuration) -> str:
    """The policies of the control plane."""
    section = configuration.sections.get("control-plane", Section())
    policies = [(way, section.word(f"service-policy {way}")) for way in ("input", "output")]
    return "".join(_attached(configuration, " Control Plane ", way, policy) for way, policy in policies if policy)


def _attached(configuration: Configuration, place: str, way: str, policy: str) -> str:
    known = {each.name: each for each in classes(configuration)}
    section = configuration.sections.get(f"policy-map {policy}", Section())
    text = f"{place}\n\n  Service-policy {way}: {policy}\n"
    if any(block.has("priority") for block in section.sections.values()):
        text += wording("policy.priority_queue")
    for each, actions in _classes_of(section, known):
        matches = "".join(f"      Match: {_match(line, wide=False)}\n" for line in each.matches)
        counted = wording("policy.counters")
        text += f"\n    Class-map: {each.name} ({each.how})\n{counted}{matches}{_actions(actions)}"
    return text + "\n"


def _classes_of(policy: Section, known: dict[str, TrafficClass]) -> Iterator[tuple[TrafficClass, Block]]:
    """Yield the classes of a policy with what is done with them; the default one comes last."""
    default = TrafficClass(DEFAULT, "match-any", ("match any",))
    rest = Block()
    for key, block in policy.sections.items():
        name = key.split()[-1]
        if name == DEFAULT:
            rest = block
        elif name in known:
            yield known[name], block
    yield default, rest


def _actions(block: Block) -> str:
    text = ""
    for line in (*block.lines.values(), *(section.header for section in block.sections.values())):
        match line.split():
            case ["priority", *words]:
                text += wording("policy.priority", amount=_amount(words))
            case ["bandwidth", *words]:
                text += wording("policy.queue") + f"      bandwidth {_amount(words)}\n"
            case ["shape", how, rate, *_] if rate.isdecimal():
                burst = max(int(rate) // 250, 8000)
                text += wording("policy.queue") + wording("policy.shape", how=how, rate=rate, burst=burst)
            case ["fair-queue", *_]:
                text += wording("policy.queue") + "      Fair-queue: per-flow queue limit 16 packets\n"
            case ["police", *words]:
                text += _police(words, block)
            case ["set", what, *words]:
                text += f"      QoS Set\n        {what} {' '.join(words)}\n          Packets marked 0\n"
            case ["drop", *_]:
                text += "      drop\n"
    return text


def _amount(words: list[str]) -> str:
    match words:
        case ["percent", share] | ["remaining", "percent", share]:
            return f"{' '.join([*words[:-2], share])}%"
        case [rate, *_]:
            return f"{rate} kbps"
    return "Strict"


def _police(words: list[str], block: Block) -> str:
    numbers = [word for word in words if word.isdecimal()]
    rate = numbers[0] if numbers else "8000"
    burst = numbers[1] if len(numbers) > 1 else str(max(int(rate) // 32, 1500))
    lines = [line for section in block.sections.values() for line in section.lines.values()]
    done = {key: value for key, _, value in (line.partition(" ") for line in lines)}
    said = dict(pairwise(words))
    done |= {action: said[action] for action in ("conform-action", "exceed-action") if action in said}
    return wording(
        "policy.police",
        rate=rate,
        burst=burst,
        conform=done.get("conform-action", "transmit"),
        exceed=done.get("exceed-action", "drop"),
    )


# --- of a firewall ---------------------------------------------------------------------------------------------------


def show_inspect_policies(configuration: Configuration, wanted: str | None = None) -> str:
    """The policies of the firewall: their classes, and what is done with these."""
    text = ""
    for key, section in configuration.sections.items():
        if key.startswith(f"policy-map {INSPECT} ") and wanted in {None, key.split()[-1]}:
            text += f"  Policy Map {INSPECT} {key.split()[-1]}\n"
            for inner, block in section.sections.items():
                actions = "".join(f"      {line[:1].upper()}{line[1:]}\n" for line in block.lines.values())
                text += f"    Class {inner.split()[-1]}\n{actions}"
            text += "\n"
    return text


def show_zone_pair_policies(configuration: Configuration, *, sessions: bool, wanted: str | None = None) -> str:
    """A block a pair of zones that has a policy; with `sessions`, those that are open instead of the counts."""
    known = {each.name: each for each in classes(configuration, INSPECT)}
    text = ""
    for key, section in configuration.sections.items():
        pair, policy = key.removeprefix("zone-pair security "), section.word("service-policy type inspect")
        if not key.startswith("zone-pair security ") or not policy or wanted not in {None, pair}:
            continue
        text += f"\npolicy exists on zp {pair}\n Zone-pair: {pair}\n\n  Service-policy inspect : {policy}\n"
        rules = configuration.sections.get(f"policy-map {INSPECT} {policy}", Section())
        for each, block in _classes_of(rules, known):
            text += f"\n    Class-map: {each.name} ({each.how})\n"
            for line in each.matches:
                text += f"      Match: {_match(line, wide=False)}\n"
                if each.how == "match-any" and each.name != DEFAULT:
                    text += "        0 packets, 0 bytes\n        30 second rate 0 bps\n"
            text += _verdict(block, sessions=sessions)
    return text


def _verdict(block: Block, *, sessions: bool) -> str:
    lines = list(block.lines.values())
    if any(line.startswith("inspect") for line in lines):
        return "\n   Inspect\n" + ("" if sessions else wording("policy.inspect"))
    counted = "        0 packets, 0 bytes\n"
    if any(line.startswith("pass") for line in lines):
        return f"      Pass\n{counted}"
    return f"      Drop{'' if lines else ' (default action)'}\n{counted}"
