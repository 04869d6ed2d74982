"""Output modifiers: what stands behind the bar."""

import pytest

from tests.driver import BenchDriver, ConsoleDriver

TEXT = "one\n two\n  three\n four\n!\nfive one\n six\nseven\n"


@pytest.fixture
def reader(console: ConsoleDriver) -> ConsoleDriver:
    """A console of a router with a file of known text on flash."""
    files = console.router.files
    from emulator.storage.urls import parse_url

    url = parse_url("flash:t.txt")
    assert url is not None
    assert files.write(url, TEXT.encode()) is None
    return console


@pytest.mark.parametrize(
    ("modifier", "shown"),
    [
        ("include one", "one\nfive one\n"),
        ("exclude one|t", " four\n!\n six\nseven\n"),
        ("begin five", "five one\n six\nseven\n"),
        ("section one", "one\n two\n  three\n four\nfive one\n six\n"),
        ("section two", " two\n  three\n"),
        ("section include two", " two\n  three\n"),
        ("section exclude one", "!\nseven\n"),
        ("count o", "Number of lines which match regexp = 4\n"),
        ("count zero", "Number of lines which match regexp = 0\n"),
        ("include (", "% Failed to compile regular expression\n"),
    ],
)
def test_patterns(reader: ConsoleDriver, modifier: str, shown: str) -> None:
    reader.type(f"more t.txt | {modifier}").sees_exactly(shown)


def test_redirected_output_is_in_the_file_alone(reader: ConsoleDriver) -> None:
    reader.type("more t.txt | redirect flash:copy.txt").sees_exactly("")
    reader.type("more copy.txt").sees_exactly(TEXT)


def test_teed_output_is_on_the_screen_too(reader: ConsoleDriver) -> None:
    reader.type("more t.txt | tee flash:copy.txt").sees_exactly(TEXT)
    reader.type("more copy.txt").sees_exactly(TEXT)


def test_appended_output_goes_behind_what_is_there(reader: ConsoleDriver) -> None:
    reader.type("more t.txt | append flash:copy.txt", "more t.txt | tee /append flash:copy.txt")
    reader.type("more copy.txt").sees_exactly(TEXT * 2)


def test_nothing_is_appended_to_what_is_no_text(reader: ConsoleDriver) -> None:
    image = next(file for file in reader.router.state.flash.files if file.name.endswith(".bin"))
    before = image.size
    reader.type(f"more t.txt | append flash:{image.name}").sees("(Not a text file)")
    assert image.size == before


@pytest.mark.parametrize(
    ("modifier", "reason"),
    [
        ("redirect flash:no/such/place.txt", "No such file or directory"),
        ("redirect nvram:startup-config", "Permission denied"),
        ("redirect usbflash0:x.txt", "No such device"),
        ("redirect tftp://192.0.2.10/x.txt", "Timed out"),
        ("append tftp://192.0.2.10/x.txt", "Operation not supported"),
    ],
)
def test_a_place_that_cannot_be_written_is_told(reader: ConsoleDriver, modifier: str, reason: str) -> None:
    reader.type(f"more t.txt | {modifier}").sees(f"({reason})")


def test_output_goes_to_the_server(reader: ConsoleDriver, bench: BenchDriver) -> None:
    reader.type("configure terminal", "interface vlan 1", "ip address 192.0.2.1 255.255.255.0", "end")
    reader.type("more t.txt | redirect tftp://192.0.2.10/x.txt").sees_exactly("")
    reader.type("more tftp://192.0.2.10/x.txt").sees_exactly(TEXT)


def test_files_are_offered_by_the_bar(reader: ConsoleDriver) -> None:
    assert "  redirect  Redirect output to URL\n" in reader.session.help("show version | ")
    assert reader.session.help("show version | tee ") == (
        "  /append  Append output to URL\n  WORD     Uniform Resource Locator\n"
    )


def test_more_searches(reader: ConsoleDriver) -> None:
    reader.type("terminal length 3", "more t.txt", "/", "five")
    reader.sees_exactly("filtering...\nfive one\n six\n")
    reader.type(" ").sees_exactly("seven\n")
    reader.type("more t.txt", "-", "o")
    reader.sees_exactly("filtering...\n  three\n!\n")
    reader.type("q")
    assert reader.prompt == "Router#"
