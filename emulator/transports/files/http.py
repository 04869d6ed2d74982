"""The lab's files over HTTP: a list at `/`, `GET` and `PUT` of a file by its name.

It is for the loopback, without log-in; a page of another site cannot reach it, since whoever serves it takes no other
name and `PUT` needs a permission that is never given.
"""

from collections.abc import Iterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from emulator.storage.filesystem import StoredFile
from emulator.transports.connections.intake import TooMuch
from emulator.transports.files.lab_files import FileRefused, LabFiles, Received, read_at

BLOCK = 64 * 1024


def files_app(files: LabFiles) -> Starlette:
    """The application over the files of a world."""

    def listing(_: Request) -> Response:
        return PlainTextResponse("".join(f"{size:>12}  {name}\n" for name, size in files.listing()))

    def get(request: Request) -> Response:
        found = files.find(request.path_params["name"])
        if found is None:
            return PlainTextResponse("no such file\n", 404)
        headers = {"Content-Length": str(found.size), "X-Content-Type-Options": "nosniff"}
        return StreamingResponse(_blocks(found), media_type="application/octet-stream", headers=headers)

    async def put(request: Request) -> Response:
        received = Received()
        try:
            async for data in request.stream():
                received.add(data)
            files.store(request.path_params["name"], received)
        except TooMuch as refused:
            headers = {"Connection": "close", "Retry-After": str(refused.seconds)}
            return PlainTextResponse(f"{refused}\n", 429, headers)
        except FileRefused as refused:
            return PlainTextResponse(f"{refused}\n", 400, {"Connection": "close"})
        return Response(status_code=201)

    routes = [Route("/", listing), Route("/{name:path}", get), Route("/{name:path}", put, methods=["PUT"])]
    return Starlette(routes=routes)


def _blocks(file: StoredFile) -> Iterator[bytes]:
    at = 0
    while data := read_at(file, at, BLOCK):
        at += len(data)
        yield data
