"""The refusals that only the license portal has, and those of the back end as problems of a request.

What the back end refuses keeps its own name and sentence. Its statuses: 403 for what is somebody else's, 404 for what
is not known, 503 while the records are away, and 409 for everything else: a conflict with what the records hold.
"""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from emulator.backend.refusals import PortalError, PortalRefusal
from emulator.transports.web.problems import Problem


class KeyReused(Problem):
    """Refusal of a key that stands for another request."""

    status, error = HTTPStatus.UNPROCESSABLE_ENTITY, "key_reused"

    def __init__(self, header: str) -> None:
        super().__init__(f"This {header} was used for another request; take a new one for each.", header)


class BackendAway(Problem):
    """The records cannot be reached; nothing was changed."""

    status, error, later = HTTPStatus.SERVICE_UNAVAILABLE, "service_down", True


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
