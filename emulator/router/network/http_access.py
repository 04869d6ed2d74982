"""Log-in at the web servers of a router (R): by the enable password unless `ip http authentication` says otherwise.

R: what is served there needs level 15; with `enable` any name goes with the enable password; with `local` the user has
that level of his own. I: with `aaa` the list `default` decides as at a line; a method without a password lets nobody
in, and neither does a router without the password that the method needs.
"""

from emulator.router.access import HIGHEST_LEVEL, Method, Password, aaa_method, account, enable_password
from emulator.router.configuration import Configuration

AUTHENTICATION = "ip http authentication"


def http_password(configuration: Configuration, name: str) -> Password | None:
    """Return the password by which a name is let in; None: it is not."""
    match configuration.word(AUTHENTICATION, "enable"):
        case "enable":
            return _enable(configuration)
        case "local":
            return _of_user(configuration, name)
        case "aaa":
            match aaa_method(configuration, "default", asks=True):
                case Method.LOCAL_AAA:
                    return _of_user(configuration, name)
                case Method.ENABLE:
                    return _enable(configuration)
    return None


def lets_in(configuration: Configuration) -> bool:
    """Tell whether any name is let in."""
    names = (line.split()[1] for line in configuration.lines.values() if line.startswith("username "))
    return any(http_password(configuration, name) is not None for name in ("", *names))


def _enable(configuration: Configuration) -> Password | None:
    found = enable_password(configuration)
    return found[0] if found is not None else None


def _of_user(configuration: Configuration, name: str) -> Password | None:
    user = account(configuration, name)
    return user.password if user is not None and user.privilege == HIGHEST_LEVEL else None
