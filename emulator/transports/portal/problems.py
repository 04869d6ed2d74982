"""Why a request is refused, for a page and for JSON alike: a status, a name, a sentence, and the field if it is one's.

What the back end refuses keeps its own name and sentence. Its statuses: 403 for what is somebody else's, 404 for what
is not known, 503 while the records are away, and 409 for everything else: a conflict with what the records hold.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.kernel.errors import shortened


class Problem(Exception):
    """A request is not carried out, and nothing was changed.

    Attributes:
        error: a name that programs can compare.
        field: the input that is to blame, as forms and JSON name it.
        retry_after: seconds after which another try makes sense.
    """

    status: HTTPStatus = HTTPStatus.BAD_REQUEST
    error: str = "bad_request"

    def __init__(self, message: str, field: str | None = None, retry_after: int | None = None) -> None:
        message = shortened(message)
        super().__init__(message, field, retry_after)
        self.message, self.field, self.retry_after = message, field, retry_after

    def __str__(self) -> str:
        return self.message


class BadInput(Problem):
    """Refusal of an input that cannot be read."""

    status, error = HTTPStatus.UNPROCESSABLE_ENTITY, "bad_input"


class NotLoggedIn(Problem):
    status, error = HTTPStatus.UNAUTHORIZED, "not_logged_in"

    def __init__(self, message: str = "Log in first.") -> None:
        super().__init__(message)


class WrongPassword(Problem):
    status, error = HTTPStatus.UNPROCESSABLE_ENTITY, "wrong_password"

    def __init__(self) -> None:
        super().__init__("The user name or the password is wrong.", "user")


class NotConfirmed(Problem):
    """A token or session alone is not enough: the account's own password is asked for, and this is another one."""

    status, error = HTTPStatus.FORBIDDEN, "wrong_password"

    def __init__(self) -> None:
        super().__init__("This is not your password.", "own_password")


class Forbidden(Problem):
    status, error = HTTPStatus.FORBIDDEN, "forbidden"


class StrangeForm(Problem):
    """The form does not come from a page that this session was shown."""

    status, error = HTTPStatus.FORBIDDEN, "strange_form"

    def __init__(self) -> None:
        super().__init__("This form is too old, or it came from elsewhere. Go back, load the page anew and try again.")


class NotThere(Problem):
    status, error = HTTPStatus.NOT_FOUND, "not_found"

    def __init__(self, message: str = "There is nothing at this address.") -> None:
        super().__init__(message)


class WrongMethod(Problem):
    status, error = HTTPStatus.METHOD_NOT_ALLOWED, "wrong_method"

    def __init__(self) -> None:
        super().__init__("This address is not for that kind of request.")


class Failed(Problem):
    """A mistake of ours."""

    status, error = HTTPStatus.INTERNAL_SERVER_ERROR, "failed"

    def __init__(self) -> None:
        super().__init__("The portal failed. This is not your mistake; it was written to the log.")


class WrongType(Problem):
    status, error = HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong_type"


class TooLarge(Problem):
    status, error = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"A request may hold {limit // 1024} KiB; this one is larger.")


class KeyReused(Problem):
    """Refusal of a key that stands for another request."""

    status, error = HTTPStatus.UNPROCESSABLE_ENTITY, "key_reused"

    def __init__(self, header: str) -> None:
        super().__init__(f"This {header} was used for another request; take a new one for each.", header)


class TooOften(Problem):
    status, error = HTTPStatus.TOO_MANY_REQUESTS, "too_often"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many wrong tries. Try again in {seconds} seconds.", retry_after=seconds)


class Busy(Problem):
    """Refusal of a request while too much of its account, or of all, is under way."""

    status, error = HTTPStatus.TOO_MANY_REQUESTS, "busy"

    def __init__(self) -> None:
        super().__init__("Too much is under way; try again in 2 seconds.", retry_after=2)


class BackendAway(Problem):
    """The records cannot be reached; nothing was changed."""

    status, error = HTTPStatus.SERVICE_UNAVAILABLE, "service_down"


class Conflict(Problem):
    """A refusal of the back end, under its own name."""

    def __init__(self, name: str, status: HTTPStatus, message: str, field: str | None) -> None:
        super().__init__(message, field)
        self.error, self.status = name, status


class RowsRefused(Problem):
    """A list of devices was to be registered as a whole, and some of its rows cannot be; nothing was changed.

    Attributes:
        rows: what each row of the list came to, as the operation describes them.
    """

    status, error = HTTPStatus.CONFLICT, "rows_refused"

    def __init__(self, message: str, rows: Sequence[Any]) -> None:
        super().__init__(message, "udis")
        self.rows = rows


STATUSES = {
    PortalRefusal.FORBIDDEN: HTTPStatus.FORBIDDEN,
    PortalRefusal.WRONG_CONTRACT: HTTPStatus.NOT_FOUND,
}


def refused(error: PortalError, field: str | None = None) -> Problem:
    """Problem of a request, and of one of its fields, for a refusal of the back end."""
    if error.refusal is PortalRefusal.SERVICE_DOWN:
        return BackendAway(str(error), retry_after=error.retry_after)
    status = STATUSES.get(error.refusal)
    if status is None:
        name = error.refusal.name
        unknown = name.startswith("UNKNOWN_")
        status = HTTPStatus.NOT_FOUND if unknown else HTTPStatus.CONFLICT
    return Conflict(error.refusal.name.lower(), status, str(error), field)
