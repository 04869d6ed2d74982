"""Shows of services without use: the rows of `idle_services.toml`."""

from emulator.console.idle_screens import read_services, service_commands

_TABLE = read_services()
HELP = _TABLE.help
COMMANDS = service_commands(_TABLE, "show_idle_services")
