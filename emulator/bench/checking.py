"""Mistakes in a line for the bench before it is typed: whether it is understood, and the names in it.

A verb takes some names as any word and refuses an unknown one when it runs; here they are looked up before.
"""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from emulator.bench.line import MODE, bench_grammar
from emulator.bench.session import Bench, file_to_read
from emulator.bench.verbs import lab, past
from emulator.bench.wanted import SHOWN, in_words, readings, wanted
from emulator.grammar import Ambiguous, Incomplete, Invalid, Parsed
from emulator.images.features import feature_table
from emulator.kernel.errors import EmulatorError, Refused, UnknownName, near, printable
from emulator.kernel.host_paths import below
from emulator.licensing.udi import parse_udi
from emulator.sim.pacing import parse_pace
from emulator.world.recipe import parse_start

IMAGE_FILE = ".bin"


def bench_problem(text: str, bench: Bench, folder: Path | None = None) -> str | None:
    """Find the reason why the bench would refuse a line, with the nearest right word; None without one.

    Args:
        text: the line.
        bench: the bench where it would be typed.
        folder: the folder of the scenario, out of which no path may lead; None where it is not known.
    """
    line, grammar = text.strip(), bench_grammar()
    match grammar.parse(MODE, line, bench):
        case Parsed(command=command, arguments=arguments):
            if bench.past is None and command in past.COMMANDS:
                return f"'{printable(line.split()[0])}' is for a world on disk; nothing is kept here to go back to"
            if bench.lab is None and command in lab.COMMANDS:
                return f"'{printable(line)}' is for a world in which a lab is played"
            if folder is not None and (problem := _path_problem(folder, arguments)) is not None:
                return problem
            found = (_name_problem(bench, name, value, arguments) for name, value in arguments.items())
            return next(filter(None, found), None)
        case Incomplete():
            following = [in_words(*each) for each in grammar.help(MODE, f"{line} ", bench).entries]
            named = ", ".join(following[:SHOWN]) + (", …" if len(following) > SHOWN else "")
            return f"'{printable(line)}' is incomplete: what may follow is {named}"
        case Ambiguous():
            return f"'{printable(line)}' is ambiguous: {readings(grammar, MODE, line, bench)}"
        case Invalid(word=number):
            words = line.split()
            number = _misspelt_before(words, number, bench)
            before = "".join(f"{word} " for word in words[:number])
            where = f" after '{printable(before.strip())}'" if before else " at the bench"
            hint = wanted(words[number], _following(before, bench))
            return f"'{printable(words[number])}' is not known{where}. {hint}"
        case _:
            return None


def _misspelt_before(words: list[str], number: int, bench: Bench) -> int:
    """The index of the word that is wrong: the one before, where that stands for a free word but was meant as another.

    So `advance until evalution of R1 ends` is told of `evalution`, not of `of`.
    """
    if not number:
        return number
    before = _following("".join(f"{word} " for word in words[: number - 1]), bench)
    fits = any(each.lower().startswith(words[number - 1].lower()) for each in before)
    return number if fits or near(words[number - 1], before) is None else number - 1


def _following(line: str, bench: Bench) -> list[str]:
    return [word for word, _ in bench_grammar().help(MODE, line, bench).entries]


def _features(bench: Bench) -> Collection[str]:
    """Names for a demo or extension license: features, and products of the ordering system."""
    images = bench.world.images
    return {*bench.world.backend.skus, *(each for name in images.names() for each in images.get(name).licensable)}


KNOWN: dict[str, tuple[str, Callable[[Bench], Collection[str]]]] = {
    "sku": ("SKU", lambda bench: bench.world.backend.skus),
    "image": ("image", lambda bench: [name.removesuffix(IMAGE_FILE) for name in bench.world.images.names()]),
    "feature": ("feature", _features),
}
"""Names by the argument that takes them: their word in messages, and all known names."""

DEVICES = ("device", "devices", "failed", "replacement")
"""Arguments that take routers of the rack or UDIs."""


def _name_problem(bench: Bench, argument: str, value: object, arguments: Mapping[str, object]) -> str | None:
    if not isinstance(value, str):
        return None
    if argument == "interface":
        return _interface_problem(bench, value, arguments.get("router"))
    if argument == "moment":
        return _moment_problem(value)
    if argument == "rate":
        return _pace_problem(value)
    if argument == "subject":
        return _subject_problem(bench, value)
    if argument in DEVICES:
        return next(filter(None, (_device_problem(bench, word) for word in value.split())), None)
    if argument not in KNOWN:
        return None
    kind, known = KNOWN[argument]
    names = known(bench)
    return None if value.removesuffix(IMAGE_FILE) in names else str(UnknownName(kind, value, names))


def _interface_problem(bench: Bench, name: str, router: object) -> str | None:
    """A cable goes into an interface of the board that has a socket."""
    ports = bench.world.router(str(router)).platform.interfaces
    known = [port.name for port in ports if port.rule.cabled]
    return None if name.lower() in map(str.lower, known) else str(UnknownName("interface", name, known))


def _subject_problem(bench: Bench, name: str) -> str | None:
    """Mistake in a name to explain: a function of the matrix, or something that a license of any image is for."""
    known = {*_features(bench) - bench.world.backend.skus.keys(), *(each.name for each in feature_table())}
    return None if name.lower() in map(str.lower, known) else str(UnknownName("level or feature", name, known))


def _path_problem(folder: Path, arguments: Mapping[str, object]) -> str | None:
    """Mistake in the path of a file of this computer; what is written may also be named by its folder."""
    read, written = file_to_read(arguments.values()), arguments.get("path")
    try:
        if read is not None:
            below(folder, read)
        if isinstance(written, str):
            below(folder, f"{written}/file")
    except Refused as error:
        return str(error).replace(f"{written}/file", str(written))
    return None


def _moment_problem(text: str) -> str | None:
    try:
        parse_start(text)
    except ValueError:
        return f"'{printable(text)}' is not a moment; write for example 2010-05-01T00:00"
    return None


def _pace_problem(text: str) -> str | None:
    try:
        parse_pace(text)
    except EmulatorError as error:
        return str(error)
    return None


def _device_problem(bench: Bench, word: str) -> str | None:
    if ":" not in word:
        return None if word in bench.world.routers else str(UnknownName("router", word, bench.world.routers))
    try:
        pid = parse_udi(word).pid
    except ValueError as error:
        return str(error)
    known = bench.world.platforms.pids()
    return None if pid in known else str(UnknownName("PID", pid, known))
