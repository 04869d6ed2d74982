"""`isrtwin manager`: the fleet for other tools, and alerts by mail."""

import re
from argparse import Namespace
from collections.abc import Callable, Mapping

from emulator.cli.manager_values import chosen_devices, write_or_show
from emulator.cli.output import say
from emulator.kernel.errors import Refused, printable
from emulator.kernel.time import Duration, parse_duration
from emulator.manager.alerts import alerts_told, due_alerts
from emulator.manager.context import ManagerContext
from emulator.manager.exports.calendar import expiry_calendar
from emulator.manager.exports.metrics import metrics
from emulator.manager.exports.netbox import NetboxTable, netbox_csv
from emulator.manager.ledger import write_ledger

_ADDRESS = re.compile(r"[!-?A-~]{1,64}@[A-Za-z0-9.\[\]:-]{1,255}")


def _calendar(context: ManagerContext, options: Namespace) -> int:
    write_or_show(options.output, expiry_calendar(context, chosen_devices(options), _within(options)))
    return 0


def _ledger(context: ManagerContext, options: Namespace) -> int:
    write_or_show(options.output, write_ledger(context))
    return 0


def _metrics(context: ManagerContext, options: Namespace) -> int:
    write_or_show(options.output, metrics(context))
    return 0


def _netbox(context: ManagerContext, options: Namespace) -> int:
    table = NetboxTable(options.table)
    text = netbox_csv(context, table, chosen_devices(options), site=options.site, role=options.role)
    write_or_show(options.output, text)
    return 0


def _alert(context: ManagerContext, options: Namespace) -> int:
    """0 too where there is nothing new to tell."""
    from emulator.runtime.manager_mail import send_letter
    from emulator.runtime.servers import smtp_address

    for address in (options.to, options.sender):
        if not _ADDRESS.fullmatch(address):
            raise Refused(f"'{printable(address)}' is not an address of mail; write for example noc@example.net")
    where = options.folder or smtp_address(options.smtp)
    if where is None:
        raise Refused("say where the letter goes: --smtp HOST:PORT or --folder DIR")
    letter = due_alerts(context, _within(options))
    if letter.new:
        send_letter(
            where, sender=options.sender, to=options.to, subject=letter.subject, body=letter.body, at=context.now()
        )
        say(f"{len(letter.new)} new alert(s) sent to {options.to}, {len(letter.standing)} stand")
    else:
        say(f"nothing new, {len(letter.standing)} alert(s) stand")
    alerts_told(context, letter)
    return 0


def _within(options: Namespace) -> Duration:
    try:
        return parse_duration(options.within)
    except ValueError as error:
        raise Refused(str(error)) from None


EXPORT_ACTS: Mapping[str, Callable[[ManagerContext, Namespace], int]] = {
    "alert": _alert,
    "calendar": _calendar,
    "ledger": _ledger,
    "metrics": _metrics,
    "netbox": _netbox,
}
