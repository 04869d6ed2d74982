"""Screens of the services beside forwarding: names, translations, lists, time, management, SSH.

R: forms. What is shown follows from the configuration; nobody asks for an address, no packet is translated or counted,
no time server answers and no manager calls, so the rest is what a router shows that was not used yet.
"""

from collections.abc import Iterable, Iterator

from emulator.console.wording import wording
from emulator.router.configuration import Block, Configuration
from emulator.router.device import Router

STEP = 10


def show_hosts(configuration: Configuration) -> str:
    """Names from the configuration, and who is asked for others."""
    servers = [word for line in _starting(configuration, "ip name-server ") for word in line.split()[2:]]
    looks = configuration.lines.get("ip domain lookup") != "no ip domain lookup"
    domain = configuration.word("ip domain name") or "not set"
    rows = (line.split() for line in _starting(configuration, "ip host "))
    return wording(
        "show.hosts",
        domain=domain,
        how="domain service" if looks else "static mappings",
        servers=", ".join(servers) or "255.255.255.255",
        rows="".join(f"{row[2]:<25s} None  (perm, OK)  0   {_kind(row[3]):<5s} {row[3]}\n" for row in rows if row[3:]),
    )


def _kind(address: str) -> str:
    return "IPv6" if ":" in address else "IP"


def show_nat(configuration: Configuration) -> str:
    """Static translations are there from the beginning."""
    rows = []
    for line in _starting(configuration, "ip nat inside source static "):
        words = line.split()[5:]
        if words[:1] and words[0] in {"tcp", "udp"} and len(words) >= 5:
            rows.append((words[0], f"{words[3]}:{words[4]}", f"{words[1]}:{words[2]}"))
        elif len(words) >= 2:
            rows.append(("---", words[1], words[0]))
    if not rows:
        return ""
    head = "Pro Inside global      Inside local       Outside local      Outside global\n"
    return head + "".join(f"{kind} {there:<18s} {here:<18s} {'---':<18s} ---\n" for kind, there, here in rows)


def show_access_lists(configuration: Configuration, name: str | None = None) -> str:
    """Every list with its entries by number, remarks left out; the numbered ones first."""
    shown = []
    for kind, each, entries in [*_numbered(configuration), *_named(configuration)]:
        if name in {None, each}:
            lines = "".join(f"    {number} {_entry(kind, entry)}\n" for number, entry in entries)
            shown.append(f"{kind} IP access list {each}\n{lines}")
    return "".join(shown)


def _numbered(configuration: Configuration) -> Iterator[tuple[str, str, list[tuple[int, str]]]]:
    lists: dict[str, list[str]] = {}
    for line in _starting(configuration, "access-list "):
        _, number, entry = line.split(" ", 2)
        if not entry.startswith("remark"):
            lists.setdefault(number, []).append(entry)
    for number in sorted(lists, key=int):
        standard = int(number) < 100 or 1300 <= int(number) < 2000
        entries = [(STEP * rank, entry) for rank, entry in enumerate(lists[number], start=1)]
        yield "Standard" if standard else "Extended", number, entries


def _named(configuration: Configuration) -> Iterator[tuple[str, str, list[tuple[int, str]]]]:
    for key, section in sorted(configuration.sections.items()):
        words = key.split()
        if words[:2] == ["ip", "access-list"] and len(words) == 4:
            yield words[2].capitalize(), words[3], _sequence(section)


def _sequence(section: Block) -> list[tuple[int, str]]:
    """The entries of a named list by their numbers."""
    found = []
    for key, entry in section.lines.items():
        word, _, number = key.partition(" ")
        if word == "entry" and number.isdecimal() and not entry.startswith("remark"):
            found.append((int(number), entry))
    return sorted(found)


def _entry(kind: str, entry: str) -> str:
    """A standard entry is shown with its wildcard in words."""
    words = entry.split()
    if kind == "Standard" and len(words) == 3 and words[1] not in {"host", "any"} and words[2] != "log":
        return f"{words[0]} {words[1]}, wildcard bits {words[2]}"
    if kind == "Standard" and len(words) > 2 and words[1] == "host":
        return f"{words[0]} {words[2]}"
    return entry


def ntp_servers(configuration: Configuration) -> list[str]:
    """Who is asked for the time."""
    found = [line.split()[2] for line in _starting(configuration, "ntp server ")]
    return [each for each in found if each[:1].isdigit()]


def show_ntp_status(configuration: Configuration) -> str:
    """Nobody has answered."""
    return wording("show.ntp_status" if ntp_servers(configuration) else "show.ntp_off")


def show_ntp_associations(configuration: Configuration) -> str:
    """A line a server."""
    servers = ntp_servers(configuration)
    if not servers:
        return ""
    rows = "".join(f" ~{each:<15s} .INIT.          16      -     64     0  0.000   0.000 15937.\n" for each in servers)
    return wording("show.ntp_associations", rows=rows)


def show_snmp(router: Router) -> str:
    """The agent's counters."""
    configuration = router.configuration
    if not any(_starting(configuration, "snmp-server ")):
        return wording("show.snmp_off")
    known = (("Contact", "contact"), ("Location", "location"))
    facts = ((title, configuration.word(f"snmp-server {word}")) for title, word in known)
    chassis = configuration.word("snmp-server chassis-id") or router.state.udi.serial
    lines = [f"Chassis: {chassis}\n", *(f"{title}: {text}\n" for title, text in facts if text)]
    return "".join(lines) + wording("show.snmp_counters")


def show_ip_ssh(configuration: Configuration) -> str:
    """The server has no keys, so it does not run."""
    return wording(
        "show.ip_ssh",
        version="2.0" if configuration.word("ip ssh version") == "2" else "1.99",
        timeout=configuration.word("ip ssh time-out") or "120",
        tries=configuration.word("ip ssh authentication-retries") or "3",
    )


def _starting(configuration: Configuration, beginning: str) -> Iterable[str]:
    return [line for line in configuration.lines.values() if line.startswith(beginning)]
