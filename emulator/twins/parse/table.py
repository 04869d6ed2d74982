"""Table of the parsers, by the screen that each reads."""

from collections.abc import Callable, Mapping

from emulator.twins.facts import Facts
from emulator.twins.parse import configuration, interfaces, inventory, licenses, tables, version, vtp
from emulator.twins.parse.rules import UnreadLine
from emulator.twins.reading.commands import Kind
from emulator.twins.reading.screen import Screen

Parser = Callable[[Screen], tuple[Facts | None, list[UnreadLine]]]

PARSERS: Mapping[Kind, Parser] = {
    Kind.VERSION: version.parse,
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
    Kind.IP_INTERFACE_BRIEF: tables.parse_brief,
    Kind.INTERFACES: interfaces.parse,
    Kind.ARP: tables.parse_arp,
    Kind.DIR: tables.parse_directory,
    Kind.CLOCK: tables.parse_clock,
    Kind.VTP_STATUS: vtp.parse,
}
