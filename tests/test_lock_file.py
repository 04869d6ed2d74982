"""The lock file pins all that development needs, with checksums, and follows what `pyproject.toml` asks for."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements-dev.txt"

UNBOUNDED = {
    "cryptography": "a major release comes several times a year, and its interface stays",
    "gmpy2": "its interface is that of arithmetic",
    "google-re2": "versions are dates of RE2",
}
"""Dependencies whose next major release may be taken unseen, and why."""


@cache
def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def asked_for(*extras: str) -> Iterator[Requirement]:
    """Packages that the project asks for, with some of its extras and those that they name."""
    about = project()["project"]
    assert isinstance(about, dict)
    for text in about["dependencies"]:
        yield Requirement(text)
    left, seen = list(extras), set()
    while left:
        extra = left.pop()
        if extra in seen:
            continue
        seen.add(extra)
        for text in about["optional-dependencies"][extra]:
            requirement = Requirement(text)
            if requirement.name == about["name"]:
                left += requirement.extras
            else:
                yield requirement


@cache
def entries() -> tuple[tuple[Requirement, tuple[str, ...]], ...]:
    """The pins, each with its checksums."""
    text = re.sub(r"^#.*\n", "", LOCK.read_text("utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        pin, *hashes = re.split(r"\s+--hash=", line.strip())
        if pin:
            found.append((Requirement(pin), tuple(hashes)))
    return tuple(found)


@cache
def pinned() -> dict[str, str]:
    """Versions by name, on this machine."""
    return {
        canonicalize_name(pin.name): next(iter(pin.specifier)).version
        for pin, _ in entries()
        if pin.marker is None or pin.marker.evaluate()
    }


def unmet(requirement: Requirement, extras: frozenset[str] = frozenset({""})) -> str | None:
    if requirement.marker is not None and not any(requirement.marker.evaluate({"extra": each}) for each in extras):
        return None
    version = pinned().get(canonicalize_name(requirement.name))
    if version is None:
        return f"{requirement} is not pinned"
    return (
        None if requirement.specifier.contains(version, prereleases=True) else f"{requirement}, but {version} is pinned"
    )


def test_every_pin_has_a_version_and_checksums_and_nothing_says_where_it_lies():
    assert len(entries()) > 50
    for pin, hashes in entries():
        assert [each.operator for each in pin.specifier] == ["=="], pin
        assert pin.url is None
        assert hashes, pin
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", each) for each in hashes), pin
    assert not re.search(r"://|^\s*-(-index|-extra|-find|i|f)", LOCK.read_text("utf-8"), re.MULTILINE)


def test_the_lock_file_is_as_new_as_the_project():
    build = project()["build-system"]
    assert isinstance(build, dict)
    wanted = [*asked_for("dev"), *map(Requirement, build["requires"])]
    assert [problem for requirement in wanted if (problem := unmet(requirement))] == []


def test_what_is_pinned_is_whole():
    """Packages that an installed one needs are all there, for `pip install --require-hashes` would refuse a gap."""
    left = [(canonicalize_name(each.name), frozenset({"", *each.extras})) for each in asked_for("dev")]
    seen: set[tuple[str, frozenset[str]]] = set()
    problems = []
    while left:
        name, extras = left.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            requires = distribution(name).requires or ()
            same = distribution(name).version == pinned().get(name)
        except PackageNotFoundError:
            continue
        for requirement in map(Requirement, requires if same else ()):
            if requirement.marker is None or any(requirement.marker.evaluate({"extra": each}) for each in extras):
                problems.append(unmet(requirement, extras))
                left.append((canonicalize_name(requirement.name), frozenset({"", *requirement.extras})))
    assert [problem for problem in problems if problem] == []


def test_a_dependency_has_an_upper_bound_or_a_reason():
    names = set()
    for requirement in asked_for("serve", "postgres"):
        names.add(requirement.name)
        bounded = any(each.operator in {"<", "<=", "==", "~="} for each in requirement.specifier)
        assert bounded != (requirement.name in UNBOUNDED), requirement
    assert set(UNBOUNDED) <= names
