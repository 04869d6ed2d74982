"""`show zone security` and `show zone-pair security`: the zones of the firewall and their pairs.

C2: the form of a pair, one without a policy included, and of zones with and without interfaces, as public outputs of
other routers have them. I: the description of a zone.
"""

from collections.abc import Iterable, Iterator

from emulator.router.configuration import Block, Configuration, Section

ZONE, PAIR = "zone security ", "zone-pair security "
SELF = "self"
"""The zone of the router itself, which is there without a line."""


def show_zones(configuration: Configuration, interfaces: Iterable[str], wanted: str | None = None) -> str:
    """A block a zone, or that of one; `interfaces` in the order in which they are listed."""
    zones = {SELF: "System defined zone"}
    zones |= {name: section.word("description") for name, section in _named(configuration, ZONE)}
    sections, blocks = configuration.sections, []
    order = list(interfaces)
    for name, description in zones.items():
        if wanted not in {None, name}:
            continue
        members = [
            each for each in order if sections.get(f"interface {each}", Block()).word("zone-member security") == name
        ]
        text = f"zone {name}\n" + (f"  Description: {description}\n" if description else "")
        text += "".join(["  Member Interfaces:\n", *(f"    {each}\n" for each in members)]) if members else ""
        blocks.append(text)
    return "\n".join(blocks)


def show_zone_pairs(configuration: Configuration) -> str:
    """A block a pair of zones."""
    return "".join(_pair(name, section) for name, section in _named(configuration, PAIR))


def _pair(name: str, section: Section) -> str:
    words = section.header.split()
    origin, destination = words[words.index("source") + 1], words[words.index("destination") + 1]
    description, policy = section.word("description"), section.word("service-policy type inspect")
    return (
        f"Zone-pair name {name}\n"
        + (f"Description: {description}\n" if description else "")
        + f"    Source-Zone {origin}  Destination-Zone {destination} \n"
        + f"    service-policy {policy or 'not configured'}\n"
    )


def _named(configuration: Configuration, start: str) -> Iterator[tuple[str, Section]]:
    for key, section in configuration.sections.items():
        if key.startswith(start):
            yield key.removeprefix(start), section
