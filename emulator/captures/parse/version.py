"""`show version`: the software, how the router came up, its hardware and its level. C: captures of 881s."""

import re
from collections.abc import Container

from emulator.captures.facts import VersionFacts
from emulator.captures.parse.rules import MOMENT, Rule, UnreadLine, apply, moment, number, period, register, rule
from emulator.captures.reading.screen import Screen

RELEASE = r"\d{1,2}\.\d{1,2}\([\d:]{1,20}[a-z]{0,2}\)[\w.]*"
"""`15.4(2)T1`, `12.4(15)XZ2`, `15.0(1r)M4`, `12.4(20080722:123)`: a train, a maintenance number, a rebuild."""

COMPILED = r"(?P<compiled>\w{3} \d\d?-\w{3}-\d\d \d\d:\d\d) by (?P<compiler>\S+)"
SOFTWARE = rule(
    r"Cisco IOS Software, (?P<software>[^()]*[^()\s])\s+\((?P<image_id>[\w-]+)\), (?:Experimental )?Version\s+"
    rf"(?P<version>{RELEASE})(?:, (?P<release>[A-Z][A-Z ]{{0,40}}?))?(?:\s+\((?P<build>fc\d\w*)\))?"
)

RULES: tuple[Rule, ...] = (
    SOFTWARE,
    rule(r"Technical Support:(?: http://\S+)?"),
    rule(r"Copyright \(c\) 1986-(?P<copyright_year>\d{4}) by [Cc]isco Systems, Inc\.", copyright_year=number),
    rule(rf"Compiled {COMPILED}"),
    rule(
        r"ROM: System Bootstrap, Version\s+(?P<bootstrap>[^,\s]+), RELEASE SOFTWARE"
        r"(?:\s+\((?P<bootstrap_build>fc\d+)\))?"
    ),
    rule(r"(?P<hostname>\S+) uptime is (?P<uptime>.+)", uptime=period),
    rule(rf"System returned to ROM by (?P<reset>.+?) at (?P<reset_at>{MOMENT})", reset_at=moment),
    rule(r"System returned to ROM by (?P<reset>.+)"),
    rule(rf"System restarted at (?P<restarted>{MOMENT})", restarted=moment),
    rule(r'System image file is "(?P<image_file>[^"]+)"'),
    rule(r"Last reload type: (?P<reload_type>.+)"),
    rule(r"Last reload reason: (?P<reload_reason>.+)"),
    rule(
        r"Cisco (?P<model>[\w-]+)(?: \((?P<processor>[\w-]+)\) processor)? \(revision (?P<revision>[^)]+)\) with"
        r"\s+(?P<main_kib>\d+)K/(?P<iomem_kib>\d+)K bytes of memory\.",
        main_kib=number,
        iomem_kib=number,
    ),
    rule(r"Processor board ID (?P<board_id>\w+)"),
    rule(r"(?P<nvram_kib>\d+)K bytes of non-volatile configuration memory\.", nvram_kib=number),
    rule(r"(?P<flash_kib>\d+)K bytes of (?P<flash_kind>.+\(Read/Write\))", flash_kib=number),
    rule(r"License Info:|License UDI:|-{40,}|Device#\s+PID\s+SN"),
    rule(r"\*\s?0\s+(?P<pid>[A-Z0-9][\w./+-]*)\s+(?P<serial>\w+)"),
    rule(r"License Information for '(?P<module>[\w-]+)'"),
    rule(r"\s*License Level: (?P<level>[\w-]+)\s+Type: (?P<level_type>[\w. ]+)"),
    rule(r"\s*Next reboot license Level: (?P<next_level>[\w-]+)"),
    rule(
        r"Configuration register is (?P<register>0x[0-9a-fA-F]{1,4})"
        r"(?: \(will be (?P<next_register>0x[0-9a-fA-F]{1,4}) at next reload\))?",
        register=register,
        next_register=register,
    ),
)

COUNT = re.compile(r"\d+ [A-Za-z].*")


def parse(screen: Screen, notice: Container[str] = frozenset()) -> tuple[VersionFacts, list[UnreadLine]]:
    """The facts of the screen, and the lines that were not understood; those of `notice` tell nothing of a router."""
    values: dict[str, object] = {}
    at: dict[str, int] = {}
    counts: list[str] = []
    unread: list[UnreadLine] = []
    for line in screen.lines:
        text = line.text.strip()
        if not text or text in notice:
            continue
        try:
            if apply(RULES, line, values, at):
                continue
        except ValueError as error:
            unread.append(UnreadLine(line.number, line.text, str(error)))
            continue
        if "board_id" in values and "nvram_kib" not in values and COUNT.fullmatch(text):
            at.setdefault("counts", line.number)
            counts.append(text)
        else:
            unread.append(UnreadLine(line.number, line.text))
    return VersionFacts(file=screen.file, at=at, counts=tuple(counts), **values), unread  # type: ignore[arg-type]
