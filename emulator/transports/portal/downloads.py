"""Files to keep: always as an attachment, under a name that is only a name."""

import re
from collections.abc import Iterable

from starlette.responses import Response, StreamingResponse

from emulator.transports.portal.operation import File

_TYPES = {
    ".xml": "application/xml",
    ".lic": "application/octet-stream",
    ".csv": "text/csv; charset=utf-8",
    ".zip": "application/zip",
    ".eml": "message/rfc822",
}
_STRANGE = re.compile(r"[^A-Za-z0-9._-]+")


def download(file: File) -> Response:
    """A whole file."""
    return Response(file.content, media_type=_type(file.name), headers=_headers(file.name))


def stream(name: str, pieces: Iterable[bytes]) -> Response:
    """A file that is made while it is sent."""
    return StreamingResponse(pieces, media_type=_type(name), headers=_headers(name))


def _headers(name: str) -> dict[str, str]:
    safe = _STRANGE.sub("_", name).lstrip(".") or "file"
    return {"Content-Disposition": f'attachment; filename="{safe}"'}


def _type(name: str) -> str:
    return next((kind for suffix, kind in _TYPES.items() if name.endswith(suffix)), "application/octet-stream")
