"""The local terminal: a person at the bench and at the consoles of its routers."""

from emulator.transports.terminal.run import run_terminal

__all__ = ["run_terminal"]
