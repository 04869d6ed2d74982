"""Content of answers: bounded, and never made larger than it was sent."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from emulator.transports.connections.answer_content import UnfitContent, answer_content


def read(*parts: bytes, encoding: str | None = None) -> bytes:
    async def sent() -> AsyncIterator[bytes]:
        for part in parts:
            yield part

    headers = {} if encoding is None else {"Content-Encoding": encoding}
    return asyncio.run(answer_content(httpx2.Response(200, headers=headers, content=sent()), 10))


@pytest.mark.parametrize("encoding", [None, "identity", " Identity "])
def test_content_is_read_as_it_was_sent(encoding: str | None) -> None:
    assert read(b"12345", b"67890", encoding=encoding) == b"1234567890"


def test_more_than_the_limit_is_refused() -> None:
    with pytest.raises(UnfitContent) as caught:
        read(b"12345", b"678901")
    assert str(caught.value) == "with more than 10 bytes"


@pytest.mark.parametrize("encoding", ["gzip", "gzip, gzip", "deflate", "br", "zstd", "identity, gzip", "x"])
def test_compressed_content_is_refused_unread(encoding: str) -> None:
    with pytest.raises(UnfitContent) as caught:
        read(gzip.compress(b""), encoding=encoding)
    assert str(caught.value) == "with compressed content, which was not asked for"


@pytest.mark.parametrize("reading", ["aiter_bytes(", "iter_bytes(", "aiter_text(", "aiter_lines(", ".aread("])
def test_no_answer_is_read_in_another_way(reading: str) -> None:
    """Readers of an answer of a server would otherwise decompress it, without a limit."""
    files = [each for each in Path("emulator").rglob("*.py") if reading in each.read_text(encoding="utf-8")]
    assert files == []
