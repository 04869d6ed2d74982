"""The reasons for which a request is refused, on a page and in JSON alike: a status, a name, a sentence, and the field
if one is to blame.
"""

from http import HTTPStatus

from emulator.kernel.errors import shortened


def sentence(text: object) -> str:
    """A complaint as a sentence: with a full stop, unless it asks."""
    words = str(text)
    return words if words.endswith((".", "?")) else f"{words}."


class Problem(Exception):
    """A request is not carried out, and nothing was changed.

    Attributes:
        error: a name that programs can compare.
        title: heading of the page that tells it; empty for the usual name of the status.
        later: the same request may be carried out later.
        message: a sentence that says what would be right.
        field: the input that is to blame, as forms and JSON name it.
        retry_after: seconds after which another try makes sense.
    """

    status: HTTPStatus = HTTPStatus.BAD_REQUEST
    error: str = "bad_request"
    title: str = ""
    later: bool = False
    message: str
    field: str | None
    retry_after: int | None

    def __init__(self, message: str, field: str | None = None, retry_after: int | None = None) -> None:
        message = shortened(message)
        super().__init__(message, field, retry_after)
        self.message, self.field, self.retry_after = message, field, retry_after

    def __str__(self) -> str:
        return self.message


class NotNow(Problem):
    """Refusal of what will be possible again, such as a page of a portal that is closed for days."""

    error, title, later = "not_now", "Not now", True


class BadInput(Problem):
    """Refusal of an input that cannot be read."""

    status, error = HTTPStatus.UNPROCESSABLE_ENTITY, "bad_input"


class WrongType(Problem):
    """Refusal of a body that is of another content type than JSON."""

    status, error = HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wrong_type"


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
        super().__init__("The server failed. This is not your mistake; it was written to the log.")


class TooLarge(Problem):
    status, error = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"A request may hold {limit // 1024} KiB; this one is larger.")


class TooOften(Problem):
    status, error, later = HTTPStatus.TOO_MANY_REQUESTS, "too_often", True

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many wrong tries. Try again in {seconds} seconds.", retry_after=seconds)


class Busy(Problem):
    """Refusal of a request while too much of its account, or of all, is under way, or was lately."""

    status, error, later = HTTPStatus.TOO_MANY_REQUESTS, "busy", True

    def __init__(self, seconds: int = 2) -> None:
        super().__init__(f"Too much is under way; try again in {seconds} seconds.", retry_after=seconds)
