"""The protocol of SCP without a connection."""

import random

import pytest

from emulator.storage.filesystem import KEPT_CONTENT, StoredFile
from emulator.transports.vty.scp_protocol import LONGEST_CONTROL, ScpRequest, ScpSink, ScpSource, scp_request


class Files:
    """Files that say no to a name, and remember what was stored."""

    def __init__(self) -> None:
        self.stored: dict[str, tuple[bytes, int]] = {}

    def read(self, path: str) -> StoredFile | str:
        return f"{path}: none"

    def check(self, path: str, name: str, size: int) -> str:
        return "too large" if size > 1 << 30 else ""

    def store(self, path: str, name: str, content: bytes, size: int) -> str:
        if name == "refused":
            return "refused"
        self.stored[name] = content, size
        return ""


@pytest.mark.parametrize(
    ("command", "request_"),
    [
        ("scp -t flash:a", ScpRequest("store", "flash:a")),
        ("scp -v -p -t -- flash:/a", ScpRequest("store", "flash:/a")),
        ("scp -vf 'a b'", ScpRequest("fetch", "a b")),
        ("scp -f", None),
        ("scp -t -f a", None),
        ("scp a", None),
        ("scp -t a b", None),
        ("scp -t 'a", None),
        ("show version", None),
        ("", None),
    ],
)
def test_what_a_command_asks_for(command: str, request_: ScpRequest | None) -> None:
    assert scp_request(command) == request_


@pytest.mark.parametrize("seed", range(20))
def test_a_file_is_stored_however_its_bytes_come(seed: int) -> None:
    draw = random.Random(seed)
    content = draw.randbytes(draw.randrange(5000))
    sent = b"T1 0 1 0\n" + f"C0644 {len(content)} a.lic\n".encode() + content + b"\0"
    files = Files()
    sink, answer, at = ScpSink(files, "flash:"), b"", 0
    while at < len(sent):
        step = draw.randrange(1, 700)
        answer += sink.receive(sent[at : at + step])
        at += step
    assert answer == b"\0\0\0"
    assert files.stored == {"a.lic": (content, len(content))}
    assert not sink.failed


def test_several_files_one_after_the_other() -> None:
    files = Files()
    sink = ScpSink(files, "flash:")
    assert sink.receive(b"C0644 1 a\nx\0C0600 0 b\n\0C0644 2 refused\nxx\0") == b"\0\0\0\0\0\1scp: refused\n"
    assert set(files.stored) == {"a", "b"}
    assert sink.failed


@pytest.mark.parametrize(
    "line",
    [b"nonsense\n", b"C0644 -1 a\n", b"C0644 1 a/b\n", b"C0644 1 \n", b"C0644 9999999999999 a\n", b"D0755 0 d\n",
     b"C0644 1 a\0b\n", b"x" * (LONGEST_CONTROL + 2), b"\n"],
)  # fmt: skip
def test_nonsense_ends_the_transfer(line: bytes) -> None:
    sink = ScpSink(Files(), "flash:")
    answer = sink.receive(line)
    assert answer.startswith(b"\2scp: ")
    assert sink.over
    assert sink.receive(b"C0644 1 a\n") == b""


def test_of_a_large_file_only_the_beginning_is_held() -> None:
    files = Files()
    sink = ScpSink(files, "flash:")
    sink.receive(b"C0644 40000000 image.bin\n")
    for _ in range(40):
        sink.receive(b"x" * 1_000_000)
        assert len(sink._content) <= KEPT_CONTENT
    assert sink.receive(b"\0") == b"\0"
    content, size = files.stored["image.bin"]
    assert (len(content), size) == (KEPT_CONTENT, 40_000_000)


def test_what_does_not_fit_is_refused_before_it_is_sent() -> None:
    sink = ScpSink(Files(), "flash:")
    assert sink.receive(b"C0644 9999999999 a\n") == b"\1scp: too large\n"
    assert not sink.over


def test_a_file_is_acknowledged_once_it_is_stored_and_not_if_it_is_refused() -> None:
    files, answers = Files(), b""
    sink = ScpSink(files, "flash:")
    for byte in b"C0644 4 a\ntext\0":
        assert len(answers) < 2
        assert not files.stored
        answers += sink.receive(bytes([byte]))
    assert answers == b"\0\0"
    assert files.stored == {"a": (b"text", 4)}
    assert sink.receive(b"C0644 1 refused\nx\0") == b"\0\1scp: refused\n"
    assert sink.failed


@pytest.mark.parametrize("sent", [b"C0644 4 a", b"C0644 4 a\n", b"C0644 4 a\nte", b"C0644 4 a\ntext"])
def test_a_file_that_was_only_begun_is_not_complete(sent: bytes) -> None:
    sink = ScpSink(Files(), "flash:")
    assert sink.complete
    sink.receive(sent)
    assert not sink.complete


def test_a_client_that_could_not_read_its_file_stores_nothing() -> None:
    files = Files()
    sink = ScpSink(files, "flash:")
    assert sink.receive(b"C0644 1 a\nx\1scp: read error\n") != b"\0"
    assert not files.stored
    assert sink.failed


def test_what_is_not_kept_of_a_file_is_sent_as_zeros() -> None:
    source = ScpSource(StoredFile("d/a.bin", 100_000, b"head", None), "flash:/d/a.bin")
    assert source.receive(b"\0") == b"C0644 100000 a.bin\n"
    assert source.block(1000) == b""
    assert source.receive(b"\0") == b""
    sent = b""
    while data := source.block(32_768):
        sent += data
    assert sent == b"head" + bytes(100_000 - 4) + b"\0"
    assert source.receive(b"\0") == b""
    assert source.over
    assert not source.failed


def test_a_file_that_is_not_there_is_told_when_the_client_is_ready() -> None:
    source = ScpSource("a: No such file or directory", "a")
    assert source.receive(b"\0") == b"\2scp: a: No such file or directory\n"
    assert source.over
    assert source.failed


def test_a_problem_repeats_no_control_character_of_a_name() -> None:
    assert ScpSource("flash:\x1b[2J: none", "flash:\x1b[2J").receive(b"\0") == b"\2scp: flash:^[[2J: none\n"


def test_a_client_that_wants_no_file_ends_it() -> None:
    source = ScpSource(StoredFile("a", 1, b"x", None), "a")
    source.receive(b"\0")
    source.receive(b"\1")
    assert source.over
    assert source.failed


@pytest.mark.parametrize(
    ("path", "name"),
    [("a.lic", "a.lic"), ("flash:a.lic", "flash:a.lic"), ("flash:/d/a.lic", "a.lic"),
     ("system:running-config", "system:running-config"), ("flash:/d/", "kept"), ("flash:a\nC0644 1 b", "kept")],
)  # fmt: skip
def test_a_file_is_sent_under_the_end_of_the_path_that_was_asked_for(path, name):
    source = ScpSource(StoredFile("d/kept", 1, b"x", None), path)
    assert source.receive(b"\0") == f"C0644 1 {name}\n".encode()
