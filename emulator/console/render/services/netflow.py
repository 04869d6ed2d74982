"""Screens of flows: where they are sent, how they are described, and the cache, in which there are none.

R: forms. No packet is forwarded, so no flow was seen and none was sent.
"""

from collections.abc import Iterator

from emulator.console.wording import text_file, wording
from emulator.router.configuration import Configuration, Section

EXPORTER, RECORD, MONITOR = "flow exporter ", "flow record ", "flow monitor "


def show_flow_export(configuration: Configuration) -> str:
    """Screen of the export of the main cache."""
    targets = [
        line.split()[3:5] for line in configuration.lines.values() if line.startswith("ip flow-export destination")
    ]
    version = (configuration.word("ip flow-export version") or "1").split()[0]
    text = f"Flow export v{version} is {'enabled' if targets else 'disabled'} for main cache\n"
    if targets:
        source = configuration.word("ip flow-export source")
        text += "  Export source and destination details : \n  VRF ID : Default\n"
        text += f"    Source(1)       {source}\n" if source else ""
        text += "".join(f"    Destination({n})  {host} ({port}) \n" for n, (host, port) in enumerate(targets, start=1))
    return text + wording("netflow.export", version=version)


def show_flow_cache(configuration: Configuration) -> str:
    """Screen of the main cache."""
    active = configuration.word("ip flow-cache timeout active") or "30"
    inactive = configuration.word("ip flow-cache timeout inactive") or "15"
    return text_file("flow_cache", active=active, inactive=inactive)


def show_exporters(configuration: Configuration) -> str:
    """A block an exporter."""
    return "".join(
        wording(
            "netflow.exporter",
            name=name,
            description=section.word("description") or "User defined",
            destination=section.word("destination"),
            source=f"    Source Interface:       {section.word('source')}\n" if section.word("source") else "",
            port=section.word("transport udp") or "9995",
        )
        for name, section in _named(configuration, EXPORTER)
    )


def show_records(configuration: Configuration) -> str:
    """A block a record: its key fields and the others."""
    return "".join(
        f"flow record {name}:\n  Description:        {section.word('description') or 'User defined'}\n"
        f"  No. of users:       {_users(configuration, 'record', name)}\n  Total field space:  0 bytes\n  Fields:\n"
        + "".join(f"    {line}\n" for line in section.lines.values() if not line.startswith("description"))
        + "\n"
        for name, section in _named(configuration, RECORD)
    )


def show_monitors(configuration: Configuration) -> str:
    """A block a monitor."""
    text = ""
    for name, section in _named(configuration, MONITOR):
        exporters = [line.split()[1] for line in section.lines.values() if line.startswith("exporter ")]
        text += f"Flow Monitor {name}:\n  Description:       {section.word('description') or 'User defined'}\n"
        text += f"  Flow Record:       {section.word('record') or 'not set'}\n"
        text += "".join(f"  Flow Exporter:     {each}\n" for each in exporters)
        text += wording("netflow.monitor")
    return text


def _users(configuration: Configuration, word: str, name: str) -> int:
    return sum(section.word(word) == name for _, section in _named(configuration, MONITOR))


def _named(configuration: Configuration, start: str) -> Iterator[tuple[str, Section]]:
    for key, section in configuration.sections.items():
        if key.startswith(start):
            yield key.removeprefix(start), section
