"""The grammar of `isrtwin manager`: its acts and their options."""

import argparse
from collections.abc import Callable
from pathlib import Path

from emulator.cli.manager_record_grammar import add_record_acts
from emulator.cli.values import default, directory, jobs, port, rows

TRANSPORTS = "transports to try, in this order: ssh, telnet, https/PATH, http/PATH; with a port telnet:2023"

ROLES = ("Admin", "InventoryMgr", "PAKMgr", "LicenseMgr", "ReportMgr")


def add_manager_acts(manager: argparse.ArgumentParser) -> None:
    """Add the acts of the manager."""
    acts = manager.add_subparsers(title="acts", dest="act", required=True, metavar="ACT")

    def act(name: str, text: str, *, json: bool = False) -> argparse.ArgumentParser:
        command: argparse.ArgumentParser = acts.add_parser(
            name, help=text, description=text[0].upper() + text[1:] + "."
        )
        _common(command, json=json)
        return command

    discover = act("discover", "find the devices at addresses and put them under management", json=True)
    discover.add_argument("ranges", nargs="*", metavar="RANGE",
                          help="192.0.2.1, 192.0.2.0/24 or 192.0.2.1-192.0.2.20")  # fmt: skip
    discover.add_argument("--seed-file", type=Path, metavar="FILE.csv",
                          help="CSV file of devices to look at or add, with the heading address,udi,group")  # fmt: skip
    discover.add_argument(
        "--credentials", metavar="NAME,…", help="credential sets to try, in this order (default: all)"
    )
    discover.add_argument("--transports", metavar="NAME,…", help=f"{TRANSPORTS} (default: those of the group, or ssh)")
    discover.add_argument("--group", default="", metavar="GROUP", help="put the devices found into this group")
    discover.add_argument(
        "--port", type=port, default=22, metavar="N", help="port of SSH where none is given (default: 22)"
    )
    _at_once(discover)
    poll = act("poll", "read the devices under management again", json=True)
    _filter(poll)
    _at_once(poll)

    devices = act("devices", "list the devices with their last known state", json=True)
    _filter(devices)
    devices.add_argument("--sku", default="", metavar="SKU", help="only devices that this SKU of a PAK fits")
    devices.add_argument("--csv", action="store_true", help="print as CSV, for a spreadsheet")
    devices.add_argument("--offset", type=rows, default=0, metavar="N", help="skip the first N")
    devices.add_argument("--limit", type=rows, default=1000, metavar="N", help="show at most N (default: 1000)")
    act("device", "show one device", json=True).add_argument("udi", metavar="PID:SN", help="device")
    act("trust", "take the SSH host keys and certificates that devices show now for theirs").add_argument(
        "udis", nargs="+", metavar="PID:SN", help="device"
    )
    act("explain", "explain why a device runs its level, and what to do next", json=True).add_argument(
        "udi", metavar="PID:SN", help="device"
    )
    add = act("add", "add devices by UDI alone, for networks that cannot be reached")
    add.add_argument("udis", nargs="*", metavar="PID:SN", help="device")
    add.add_argument("--xml", type=Path, metavar="FILE.xml", help="a list of UDIs, as `udis` prints it")
    add.add_argument("--typed", type=Path, metavar="FILE", help="a list typed from paper, as `udis --print` prints it")
    add.add_argument("--dry-run", action="store_true", help="show what would be added, and add nothing")
    add.add_argument("--group", default="", metavar="GROUP", help="put them into this group")
    act("delete", "delete devices").add_argument("udis", nargs="+", metavar="PID:SN", help="device")
    udis = act("udis", "print the UDIs of devices as XML, for a manager in another network")
    _filter(udis)
    udis.add_argument("--print", dest="on_paper", action="store_true",
                      help="for paper: each with check characters, by which a typing error is found")  # fmt: skip

    _deployment_acts(act)
    add_record_acts(act, _several, _filter)
    _several(act, "group", "groups of devices, and the credential sets to try there",
             {"keep": "add a group, or change it", "rename": "give a group another name",
              "delete": "delete a group; its devices stay",
              "join": "put devices into a group", "leave": "take devices out of a group", "list": "list the groups"},
             _group)  # fmt: skip
    _several(act, "credentials", "log-ins for devices; asks for the passwords, which are kept sealed",
             {"keep": "add a credential set, or replace it", "delete": "delete a credential set",
              "list": "list the credential sets, without passwords"}, _credentials)  # fmt: skip
    _several(act, "user", "users of the manager, and their roles",
             {"keep": "add a user, or change the role", "password": "ask for the password of a user for the pages",
              "delete": "delete a user", "list": "list the users"},
             _user)  # fmt: skip

    serve = act("serve", "serve programs over HTTPS, and run the jobs")
    serve.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="address to bind (127.0.0.1)")
    serve.add_argument("--port", type=port, default=8444, metavar="N", help="port; 0 takes a free one (8444)")
    _at_once(serve)
    _several(act, "token", "tokens of users, by which programs act for them",
             {"make": "make a token, and print it; it is shown once", "revoke": "revoke a token",
              "list": "list the tokens of a user"}, _token)  # fmt: skip

    trail = act("trail", "show who did what", json=True)
    trail.add_argument("--text", default="", metavar="TEXT", help="only entries with this in subject or outcome")
    trail.add_argument("--limit", type=rows, default=100, metavar="N", help="show the latest N (default: 100)")


def _deployment_acts(act: Callable[..., argparse.ArgumentParser]) -> None:
    """Add the acts with PAKs and licenses."""
    portal = act("portal", "choose the license portal; asks for a token of an account there")
    portal.add_argument("url", metavar="URL", help="https://host:port/")
    portal.add_argument("--ca", type=Path, metavar="FILE.pem",
                        help="certificate authority of the portal (default: those of the system)")  # fmt: skip
    _several(act, "pak", "PAKs, and what is left on them",
             {"add": "add a PAK, or ask the portal for it again", "delete": "delete a PAK; its licenses stay",
              "list": "list the PAKs"}, _pak)  # fmt: skip
    _several(act, "folder", "folders of PAKs",
             {"keep": "add a folder", "rename": "give a folder another name",
              "delete": "delete a folder; its PAKs stay", "put": "put PAKs into a folder",
              "take": "take PAKs out of a folder", "list": "list the folders"}, _folder)  # fmt: skip
    _several(act, "access", "access lists: who beside Admins sees a device, group, PAK or folder",
             {"keep": "give something an access list; without users it is for Admins alone",
              "delete": "take an access list away: every user sees it", "list": "list the access lists"},
             _access)  # fmt: skip
    deploy = act(
        "deploy", "obtain licenses of a PAK for devices and install them; shows first what it will do", json=True
    )
    deploy.add_argument("pak", metavar="PAK", help="code of the PAK")
    _filter(deploy)
    deploy.add_argument(
        "--reload", action="store_true", help="reload the devices, and check that they run the new level"
    )
    deploy.add_argument("--save", action="store_true", help="save their configuration before the reload")
    deploy.add_argument("--dry-run", action="store_true", help="show what would be done, and do nothing")
    deploy.add_argument("--yes", action="store_true", help="do it without asking")
    _at_once(deploy)
    resend = act(
        "resend", "install all licenses of devices again, as the portal sends them; nothing is debited", json=True
    )
    resend.add_argument("udis", nargs="+", metavar="PID:SN", help="device")
    install = act("install", "install a license file on a device", json=True)
    install.add_argument("udi", metavar="PID:SN", help="device")
    install.add_argument("file", type=Path, metavar="FILE.lic", help="license file")
    for command in (resend, install):
        command.add_argument("--accept", action="store_true",
                             help="accept the license agreement if a device asks for it")  # fmt: skip
    clear = act("clear", "clear the license of a feature on devices; one that is in use stays", json=True)
    clear.add_argument("feature", metavar="FEATURE", help="such as advipservices")
    clear.add_argument("udis", nargs="+", metavar="PID:SN", help="device")
    evaluate = act("evaluate", "begin the evaluation of a level on devices; shows first what it will do", json=True)
    evaluate.add_argument("level", metavar="LEVEL", help="such as advipservices")
    evaluate.add_argument("udis", nargs="+", metavar="PID:SN", help="device")
    evaluate.add_argument("--accept", action="store_true", help="accept the license agreement if a device asks for it")
    evaluate.add_argument("--reload", action="store_true", help="reload the devices, and check that they run the level")
    evaluate.add_argument("--dry-run", action="store_true", help="show what would be done, and do nothing")
    evaluate.add_argument("--yes", action="store_true", help="do it without asking")
    drift = act("drift", "compare devices with what the portal issued for them, and with captures", json=True)
    _filter(drift)
    drift.add_argument(
        "--capture", type=Path, action="append", default=[], metavar="FILE",
        help="a recording of a terminal; compares the devices in it, and no others; may be given again",
    )  # fmt: skip
    _at_once(drift)
    ends = act("expiring", "list the licenses that run out, by what was left of their use", json=True)
    _filter(ends)
    ends.add_argument(
        "--within", default="60d", metavar="DURATION", help="only licenses with at most this much left (default: 60d)"
    )
    act("rehostable", "list what a device could give up for another one, by its last reading", json=True).add_argument(
        "udi", metavar="PID:SN", help="device"
    )
    act("undeployed", "list the licenses that were obtained and not seen on their devices yet", json=True)


def _token(verb: str, command: argparse.ArgumentParser) -> None:
    command.add_argument("name", metavar="USER", help="name of the user")
    if verb != "list":
        command.add_argument("token", metavar="NAME", help="name of the token, for example what it is for")


def _pak(verb: str, command: argparse.ArgumentParser) -> None:
    if verb != "list":
        command.add_argument("name", metavar="PAK", help="code of the PAK")
    else:
        command.add_argument("--folder", default="", metavar="FOLDER", help="only PAKs of this folder")


def _folder(verb: str, command: argparse.ArgumentParser) -> None:
    if verb != "list":
        command.add_argument("name", metavar="FOLDER", help="name of the folder")
    if verb == "rename":
        command.add_argument("new", metavar="NAME", help="its new name")
    if verb in {"put", "take"}:
        command.add_argument("paks", nargs="+", metavar="PAK", help="code of a PAK")


def _access(verb: str, command: argparse.ArgumentParser) -> None:
    if verb != "list":
        command.add_argument("about", choices=("device", "group", "pak", "folder"), help="what it is about")
        command.add_argument("name", metavar="NAME", help="PID:SN, code of the PAK, or name of the group or folder")
    if verb == "keep":
        command.add_argument("users", nargs="*", metavar="USER", help="user who sees it")


def _common(command: argparse.ArgumentParser, *, json: bool) -> None:
    command.add_argument("--manager", type=directory, default=default("manager"), metavar="DIR",
                         help="folder of the manager")  # fmt: skip
    command.add_argument("--manager-database", default=default("manager_database"), metavar="URL",
                         help="postgresql://… (default: a file in the folder)")  # fmt: skip
    command.add_argument("--as", dest="user", default=default("manager_user"), metavar="USER",
                         help="user of the manager (default: local, an Admin)")  # fmt: skip
    if json:
        command.add_argument("--json", action="store_true", help="print as JSON")


def _at_once(command: argparse.ArgumentParser) -> None:
    command.add_argument("--jobs", type=jobs, default=32, metavar="N", help="work on N devices at a time (default: 32)")


def _filter(command: argparse.ArgumentParser) -> None:
    command.add_argument("--group", default="", metavar="GROUP", help="only devices of this group")
    command.add_argument(
        "--text", default="", metavar="TEXT", help="only devices with this in UDI, host name or address"
    )
    command.add_argument("--level", default="", metavar="LEVEL", help="only devices that run this level")
    command.add_argument("--faulty", action="store_true",
                         help="only devices that did not answer last time, and RMA candidates")  # fmt: skip
    command.add_argument(
        "--pending", action="store_true", help="only devices that a reload would bring to another level"
    )


def _several(
    act: Callable[[str, str], argparse.ArgumentParser],
    name: str,
    text: str,
    verbs: dict[str, str],
    arguments: Callable[[str, argparse.ArgumentParser], None],
) -> None:
    """Add an act that has verbs of its own."""
    below = act(name, text).add_subparsers(title="verbs", dest="verb", required=True, metavar="VERB")
    for verb, told in verbs.items():
        command = below.add_parser(verb, help=told, description=told[0].upper() + told[1:] + ".")
        arguments(verb, command)


def _group(verb: str, command: argparse.ArgumentParser) -> None:
    if verb != "list":
        command.add_argument("name", metavar="GROUP", help="name of the group")
    if verb == "keep":
        command.add_argument("--credentials", metavar="NAME,…",
                             help="credential sets to try at its devices, in this order (default: all)")  # fmt: skip
        command.add_argument("--transports", metavar="NAME,…", help=f"{TRANSPORTS} (default: ssh)")
    if verb == "rename":
        command.add_argument("new", metavar="NAME", help="its new name")
    if verb in {"join", "leave"}:
        command.add_argument("udis", nargs="+", metavar="PID:SN", help="device")


def _credentials(verb: str, command: argparse.ArgumentParser) -> None:
    if verb != "list":
        command.add_argument("name", metavar="NAME", help="name of the credential set")
    if verb == "keep":
        command.add_argument(
            "--user", dest="device_user", required=True, metavar="USER", help="user name on the devices"
        )
        command.add_argument("--enable", action="store_true", help="ask for the password of privileged mode too")


def _user(verb: str, command: argparse.ArgumentParser) -> None:
    if verb != "list":
        command.add_argument("name", metavar="USER", help="name of the user")
    if verb == "keep":
        command.add_argument("role", choices=ROLES, help="role")
