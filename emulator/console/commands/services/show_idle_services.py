"""Shows of services without use: the rows of `idle_services.toml`."""

from emulator.console.idle_screens import idle_services, service_commands

_TABLE = idle_services()
HELP = _TABLE.help
COMMANDS = service_commands(_TABLE, "show_idle_services")
