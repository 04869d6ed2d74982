"""Files to keep: always as an attachment, under a name that is only a name."""

import re

from starlette.responses import Response

_TYPES = {"xml": "application/xml", "csv": "text/csv; charset=utf-8", "json": "application/json", "html": "text/html"}
_STRANGE = re.compile(r"[^A-Za-z0-9._-]+")


def download(name: str, content: bytes | str) -> Response:
    """A whole file; its name tells its type."""
    safe = _STRANGE.sub("_", name).lstrip(".") or "file"
    kind = _TYPES.get(safe.rpartition(".")[2], "application/octet-stream")
    return Response(content, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{safe}"'})
