"""Lines of the running configuration that SNMP sets, as if they were typed."""

from emulator.router.device import Router


def put_line(router: Router, key: str, line: str | None) -> None:
    """Set the line of a key; None removes it."""
    if line is None:
        router.configuration.lines.pop(key, None)
    else:
        router.configuration.lines[key] = line
    router.running.changed = True
