"""`isrtwin manager serve` and `manager token`: the manager for browsers and programs, with its jobs."""

import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from threading import Event

from emulator.cli.output import say
from emulator.manager import tokens
from emulator.manager.context import ManagerContext
from emulator.runtime.license_manager import manager_folder
from emulator.transports.https.hosting import is_loopback

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def _serve(context: ManagerContext, options: Namespace) -> int:
    from emulator.runtime.manager_server import ManagerServer

    server = ManagerServer(context, manager_folder(options.manager), options.host, options.port)
    over = Event()
    for number in STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, lambda *_: over.set())
    server.start()
    try:
        say(f"Manager:    {server.site.url}/")
        say(f"Interface:  {server.site.url}/api/v1/openapi.json")
        say(f"CA file:    {server.ca}")
        if not is_loopback(options.host):
            say("Warning: other machines can reach this; whoever has a token or a password can use it.")
        say("Jobs are run here. Ctrl-C stops.")
        sys.stdout.flush()
        over.wait()
    finally:
        server.stop()
    return 0


def _token(context: ManagerContext, options: Namespace) -> int:
    match options.verb:
        case "make":
            say(tokens.new_token(context, options.name, options.token))
        case "revoke":
            tokens.revoke_token(context, options.name, options.token)
        case _:
            for name, _ in tokens.list_tokens(context, options.name):
                say(name)
    return 0


SERVE_ACTS: Mapping[str, Callable[[ManagerContext, Namespace], int]] = {"serve": _serve, "token": _token}
