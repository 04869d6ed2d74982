"""The grammar of `isrtwin manager`: acts that tell what the records have, or carry them to others."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from emulator.cli.values import default, rows

REPORTS = ("devices", "licenses", "paks", "running-out", "expired", "undeployed", "discrepancies", "reload", "forecast",
           "trail")  # fmt: skip
NETBOX_TABLES = (
    "device-types", "devices", "licenses", "license-assignments", "contracts", "contract-assignments",
)  # fmt: skip
FORMATS = ("table", "csv", "json", "page")


class AddAct(Protocol):
    """Adder of an act with the options that all have."""

    def __call__(self, name: str, text: str, *, json: bool = False) -> argparse.ArgumentParser:
        """Add it."""


AddVerbs = Callable[[AddAct, str, str, dict[str, str], Callable[[str, argparse.ArgumentParser], None]], None]
"""Adder of an act that has verbs of its own."""

AddFilter = Callable[[argparse.ArgumentParser], None]
"""Adder of the options that choose devices."""


def add_record_acts(act: AddAct, several: AddVerbs, choosing: AddFilter) -> None:
    """Add the acts with reports, with managers in other networks and with other tools."""
    several(act, "report", "reports: made, kept, and compared with earlier ones",
            {"make": "make a report of the records as they are, and keep it", "list": "list the kept reports",
             "show": "show a kept report", "compare": "tell what changed since an earlier report of the same",
             "delete": "delete a kept report"},
            partial(_report, choosing))  # fmt: skip
    several(act, "pair", "managers in other networks that bundles are exchanged with",
            {"key": "show the public key of this manager, for the other one", "keep": "pair with another manager",
             "list": "list the pairs", "delete": "delete a pair"}, _pair)  # fmt: skip
    several(act, "bundle", "signed bundles of devices and licenses, carried between two managers",
            {"write": "write the next bundle for a pair", "read": "take over what a bundle carries"},
            partial(_bundle, choosing))  # fmt: skip
    _export_acts(act, choosing)


def _export_acts(act: AddAct, choosing: AddFilter) -> None:
    """Add the acts that carry records to other tools."""
    calendar = act("calendar", "write the ends of licenses in use as iCalendar")
    choosing(calendar)
    _within(calendar, "60d")
    _output(calendar)
    _output(act("ledger", "write the audit trail as a signed chain, which an auditor checks offline"))
    _output(act("metrics", "print figures of the fleet for Prometheus"))
    netbox = act("netbox", "write CSV for the import forms of NetBox and its plugin netbox-lifecycle")
    netbox.add_argument("table", choices=NETBOX_TABLES, help="which form; import them in this order")
    choosing(netbox)
    netbox.add_argument("--site", default="Default", metavar="NAME", help="site of the devices in NetBox (Default)")
    netbox.add_argument("--role", default="Router", metavar="NAME", help="role of the devices in NetBox (Router)")
    _output(netbox)
    alert = act("alert", "send what needs a person by mail, each matter once")
    alert.add_argument("--to", required=True, metavar="ADDRESS", help="who gets the letter")
    alert.add_argument("--from", dest="sender", default="license-manager@localhost", metavar="ADDRESS",
                       help="sender (license-manager@localhost)")  # fmt: skip
    alert.add_argument("--smtp", default=default("smtp"), metavar="HOST:PORT", help="mail server")
    alert.add_argument("--folder", type=Path, metavar="DIR", help="write .eml files there instead")
    _within(alert, "14d")


def _within(command: argparse.ArgumentParser, usual: str) -> None:
    command.add_argument("--within", default=usual, metavar="DURATION", help=f"with at most so much left ({usual})")


def _output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--output", type=Path, metavar="FILE", help="write it there (default: print it)")


def _pair(verb: str, command: argparse.ArgumentParser) -> None:
    if verb in {"keep", "delete"}:
        command.add_argument("name", metavar="PAIR", help="name of the other manager, here")
    if verb == "keep":
        command.add_argument("key", metavar="KEY", help="its public key, as `manager pair key` shows it there")


def _bundle(choosing: AddFilter, verb: str, command: argparse.ArgumentParser) -> None:
    if verb == "write":
        command.add_argument("name", metavar="PAIR", help="the other manager")
    command.add_argument("file", type=Path, metavar="FILE", help="the bundle")
    if verb == "write":
        command.add_argument("--again", type=rows, metavar="N", help="write a bundle that was lost, as it was")
        choosing(command)
    else:
        command.add_argument("--dry-run", action="store_true", help="tell what it would change")
        command.add_argument("--skip-missing", action="store_true",
                             help="do without bundles before it that were lost for good")  # fmt: skip


def _report(choosing: AddFilter, verb: str, command: argparse.ArgumentParser) -> None:
    if verb == "make":
        command.add_argument("kind", choices=REPORTS, help="what it is about")
        choosing(command)
    elif verb == "list":
        command.add_argument("--kind", choices=REPORTS, help="those about this")
        command.add_argument("--json", action="store_true", help="print as JSON")
    else:
        command.add_argument("number", type=rows, metavar="NUMBER", help="number of the report")
    if verb == "compare":
        command.add_argument("earlier", type=rows, nargs="?", metavar="EARLIER",
                             help="number of the earlier report (default: the last one before it)")  # fmt: skip
        command.add_argument("--since", metavar="YYYY-MM-DD", help="compare with the last one made by this day")
    if verb in {"make", "show", "compare"}:
        command.add_argument("--format", choices=FORMATS, default="table",
                             help="page is HTML with a chart, to read and print (default: table)")  # fmt: skip
        command.add_argument("--output", type=Path, metavar="FILE", help="write it there (default: print it)")
