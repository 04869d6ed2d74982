"""`isrtwin prove`: a license manager is tried on served twins; exit status 1 where a line of the scorecard fails."""

import asyncio
import os
from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from emulator.cli.manager_values import asked_secret, file_text
from emulator.cli.output import complain, say, say_json
from emulator.kernel.errors import DataFileError, EmulatorError, Refused
from emulator.keys.certificates import is_authority
from emulator.runtime.extras import needs_serve

VARIABLE = "ISRTWIN_MANAGER_TOKEN"
"""Variable of the environment with the token of the manager."""


LARGEST_AUTHORITY = 64 * 1024
"""Largest file with a certificate authority that is read, in bytes."""


def run(options: Namespace) -> int:
    """Try a manager, and show its scorecard."""
    with needs_serve():
        from emulator.proving.programs import StartedManager
        from emulator.proving.proof import ProofPlan, TriedManager, own_manager, prove

    if options.url is None and (options.manager_command is not None or options.ca is not None):
        raise Refused("--manager-command and --ca are for the manager at a URL; name that")
    if options.ca is not None and not is_authority(file_text(options.ca, LARGEST_AUTHORITY)):
        raise DataFileError(str(options.ca), None, "has no certificate in PEM that can be read")
    plan = ProofPlan(options.devices, options.failing, options.seed, options.reload, options.kills)
    with TemporaryDirectory(prefix="isrtwin-prove-") as name:
        folder = Path(name)
        if options.url is None:
            manager = own_manager(folder / "manager")
        else:
            command, log = options.manager_command, folder / "printed.log"
            started = None if command is None else StartedManager(command, log)
            token = os.environ.get(VARIABLE) or asked_secret("Token of an Admin of the manager: ")
            manager = TriedManager(options.url, token, options.ca, started)
        try:
            card = asyncio.run(prove(plan, manager, folder, lambda text: complain(f"isrtwin: {text}")))
        except EmulatorError:
            if manager.started is not None and (printed := manager.started.printed()):
                complain(f"isrtwin: the manager printed at last: {printed}")
            raise
    if options.json:
        say_json({"passed": card.passed, **msgspec.structs.asdict(card)})
    else:
        for line in card.text():
            say(line)
    return 0 if card.passed else 1
