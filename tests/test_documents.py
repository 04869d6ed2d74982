"""The documents are true today; `python -m tests.documents --check` sees that the generated ones are fresh."""

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from emulator.cli.main import main
from tests.documents.pages import DOCS

TOP = DOCS.parent
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)")
PAGES = ("README.md", "docs/network.md", "docs/runbooks.md")
"""Pages that are runbooks."""


@pytest.mark.heavy
@pytest.mark.parametrize("page", PAGES)
def test_a_runbook_is_what_the_program_prints(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(TOP)
    drawn = tmp_path / "page.svg"
    status = main(["run", page, "--svg", str(drawn)])
    assert status == 0, capsys.readouterr().out
    if page == "docs/runbooks.md":
        assert _text(drawn) == _text(DOCS / "pictures" / "session.svg")


def _text(picture: Path) -> str:
    return "".join(ElementTree.parse(picture).getroot().itertext()).split("</style>")[-1].partition("$")[2]


def test_the_license_portal_has_one_name() -> None:
    texts = [TOP / "README.md", *DOCS.glob("*.md")]
    texts += [file for end in ("py", "html", "toml") for file in (TOP / "emulator").rglob(f"*.{end}")]
    other = re.compile(r"licensing\s+portal", re.IGNORECASE)
    assert [str(file) for file in texts if other.search(file.read_text(encoding="utf-8"))] == []


PROSE = re.compile(r'#.*|"""[\s\S]*?"""|"[^"\n]*"')
"""Comments and strings of a Python file: names in the code are older than the rule."""

BRITISH = (
    "authoris", "behaviour", "cancelled", "catalogue", "colour", "dialogue", "favour", "judgement", "licence",
    "modelled", "neighbour", "organis", "per cent", "recognis", "spelt", "towards", "travelled",
)  # fmt: skip

OLDER = re.compile(
    r"`licensing-behaviour`|imagecatalogue|\{neighbour\.|not to be recognised at the next start"
    r"|not recognised at this start|device not recognised"
)
"""The name of a document, words that are in saved worlds, and names in strings."""


def test_texts_have_american_spelling() -> None:
    texts = [*TOP.glob("*.md"), *DOCS.glob("*.md")]
    texts += [file for end in ("html", "toml", "css", "py") for file in (TOP / "emulator").rglob(f"*.{end}")]
    texts += [file for end in ("md", "yaml") for file in (TOP / "scenarios").rglob(f"*.{end}")]
    found = []
    for file in texts:
        text = file.read_text(encoding="utf-8").lower()
        if any(word in text for word in BRITISH):
            prose = OLDER.sub("", "\n".join(PROSE.findall(text)) if file.suffix == ".py" else text)
            found += [(file.name, word) for word in BRITISH if word in prose]
    assert found == []


def test_no_command_stands_twice_in_a_table_of_the_reference() -> None:
    section, found = "", Counter[tuple[str, str]]()
    for line in (DOCS / "commands.md").read_text(encoding="utf-8").splitlines():
        section = line if line.startswith("#") else section
        if line.startswith("| `"):
            found[section, line.split(" | ")[0]] += 1
    assert len(found) > 1000
    assert [row for row, times in found.items() if times > 1] == []


def test_every_page_of_the_documents_is_in_their_table() -> None:
    listed = set(LINK.findall((DOCS / "README.md").read_text(encoding="utf-8")))
    assert {page.name for page in DOCS.glob("*.md")} - {"README.md"} <= listed


@pytest.mark.parametrize("page", sorted([*DOCS.glob("*.md"), TOP / "README.md"]), ids=lambda page: page.name)
def test_what_a_page_refers_to_is_there(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert missing == []
