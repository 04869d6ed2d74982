"""Table of the parsers, by the screen that each reads."""

from collections.abc import Callable, Mapping
from functools import partial

from emulator.captures.facts import Facts
from emulator.captures.parse import configuration, inventory, licenses, tables, version, vtp
from emulator.captures.parse.rules import UnreadLine
from emulator.captures.reading.commands import Kind
from emulator.captures.reading.screen import Screen
from emulator.console.wording import text_file
from emulator.twins.parse import interfaces

NOTICE = frozenset(line.strip() for line in text_file("crypto_notice").splitlines())

Parser = Callable[[Screen], tuple[Facts | None, list[UnreadLine]]]

PARSERS: Mapping[Kind, Parser] = {
    Kind.VERSION: partial(version.parse, notice=NOTICE),
    Kind.LICENSE: licenses.parse,
    Kind.LICENSE_ALL: licenses.parse,
    Kind.LICENSE_DETAIL: licenses.parse,
    Kind.LICENSE_EVALUATION: licenses.parse,
    Kind.LICENSE_EXPIRING: licenses.parse,
    Kind.LICENSE_FEATURE: licenses.parse_features,
    Kind.LICENSE_IN_USE: licenses.parse,
    Kind.LICENSE_PERMANENT: licenses.parse,
    Kind.LICENSE_STATUS: licenses.parse_status,
    Kind.LICENSE_UDI: licenses.parse_udi,
    Kind.INVENTORY: inventory.parse,
    Kind.RUNNING_CONFIG: configuration.parse,
    Kind.STARTUP_CONFIG: configuration.parse,
    Kind.PART: configuration.parse_part,
    Kind.IP_INTERFACE_BRIEF: tables.parse_brief,
    Kind.INTERFACES: interfaces.parse,
    Kind.ARP: tables.parse_arp,
    Kind.DIR: tables.parse_directory,
    Kind.CLOCK: tables.parse_clock,
    Kind.VTP_STATUS: vtp.parse,
}
