"""Content of an answer of a server, as it was sent and bounded.

Rule (I): an answer that says that it is compressed is none, for nobody asked for it, and a hundred bytes of it can
become gigabytes.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from httpx2 import Response

AS_IT_IS = {"Accept-Encoding": "identity"}
"""Header by which a request asks for an answer that is not compressed."""


class UnfitContent(Exception):
    """The content of an answer is compressed or too large; the text continues "the server answers"."""


async def answer_content(response: "Response", limit: int) -> bytes:
    """Read the content of an answer of at most `limit` bytes.

    Raises:
        UnfitContent: it is larger, or compressed.
    """
    if response.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise UnfitContent("with compressed content, which was not asked for")
    content = bytearray()
    async for part in response.aiter_raw():
        content += part
        if len(content) > limit:
            raise UnfitContent(f"with more than {limit} bytes")
    return bytes(content)
