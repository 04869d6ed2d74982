"""The data files of the product, checked as a whole: each by itself when it is read, and all against each other.

A running world reads a file when it first needs it, and tells of a mistake then. Whoever writes files wants to know
before, of all of them.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import msgspec
import tomli

from emulator.backend.skus import SKU_FILE, load_skus
from emulator.bench.line import bench_grammar
from emulator.console.arguments.types import TYPES
from emulator.console.configuration.rows import WORD_FILE, Row, words
from emulator.console.configuration.ssh_algorithms import offers
from emulator.console.configuration.tables import table, table_modes
from emulator.console.configuration.types import PHRASE_FILE, PhraseFile, phrases
from emulator.console.configuration.well_known import well_known
from emulator.console.configuration.word_checks import explained_by_the_book, unfit, unused, unused_phrases
from emulator.console.modes import MODES, tree_of
from emulator.console.wording import wordings
from emulator.grammar import Grammar
from emulator.grammar.phrase import Phrase
from emulator.grammar.tree import ArgumentEdge, edges_of
from emulator.hardware.platform import Platform, PlatformCatalogue
from emulator.hardware.ports import port_table
from emulator.hardware.stages import boot_stages
from emulator.images.features import FEATURE_FILE, LIMIT_FILE, feature_table, limit_table
from emulator.images.manifest import ImageCatalogue, ImageManifest, manifest_problems
from emulator.kernel.datafile import mistakes, read_toml, repetitions
from emulator.kernel.errors import DataFileError, EmulatorError, Refused, UnknownName
from emulator.labs.rules import FILE as RULE_FILE
from emulator.labs.rules import rules
from emulator.labs.shipped import rules_referred_to, unused_rules
from emulator.router.files.protocols import protocols
from emulator.router.syslog_messages import catalogue
from emulator.runtime.extras import needs_serve
from emulator.world.build import console_grammar
from emulator.world.platform_checks import platform_problems

READERS: tuple[Callable[[], object], ...] = (
    words, well_known, wordings, port_table, boot_stages, feature_table, limit_table, load_skus, catalogue, protocols,
    offers, rules,
)  # fmt: skip
"""Functions that read one table each, for the errors that they raise."""


def product_problems() -> Iterator[EmulatorError]:
    """Everything that is wrong with the files that ship; of a file that cannot be read, the first mistake alone."""
    for reader in READERS:
        yield from _told(reader)
    yield from _phrase_problems()
    for grammar in (bench_grammar, console_grammar):
        yield from _grammar_problems(grammar)
    images = ImageCatalogue()
    for name in images.names():
        yield from _told(partial(images.get, name))
    platforms = PlatformCatalogue()
    for pid in platforms.pids():
        yield from platform_file_problems(platforms.file(pid), pid)
    for pages in _web_faces():
        yield from _told(pages)
    for check in (_level_problems, _sku_problems, _entrance_problems, _word_problems, _rule_problems):
        try:
            yield from check()
        except EmulatorError:
            continue  # what cannot be read was told above


def _web_faces() -> tuple[Callable[[], object], ...]:
    """Functions that load the pages of a face each; none where the packages that draw pages are not installed."""
    try:
        with needs_serve():
            from emulator.transports.classroom.app import class_pages
            from emulator.transports.portal.web.all_pages import portal_pages
    except Refused:
        return ()
    return portal_pages, class_pages


def _phrase_problems() -> Iterator[EmulatorError]:
    try:
        names = list(phrases())
    except EmulatorError as error:
        yield error
        return
    for name in names:
        yield from _told(partial(TYPES.__getitem__, name))


def _told(read: Callable[[], object]) -> Iterator[EmulatorError]:
    try:
        read()
    except EmulatorError as error:
        yield error


def _grammar_problems(load: Callable[[], Grammar]) -> Iterator[EmulatorError]:
    try:
        grammar = load()
    except EmulatorError as error:
        yield error
        return
    for mode in grammar.modes:
        yield from _told(partial(grammar.roots.__getitem__, mode))


def _level_problems() -> Iterator[EmulatorError]:
    """The matrix and the limits name levels of some image."""
    images = ImageCatalogue()
    levels = {level for name in images.names() for level in images.get(name).levels}
    named = [
        (FEATURE_FILE, f"{feature.name}.levels.{family}", level)
        for feature in feature_table() for family, names in feature.levels.items() for level in names
    ]  # fmt: skip
    named += [
        (LIMIT_FILE, f"{limit.name}.most.{family}", level)
        for limit in limit_table() for family, most in limit.most.items() for level in most
    ]  # fmt: skip
    for file, where, level in named:
        if level not in levels:
            yield DataFileError(str(file), where, str(UnknownName("level", level, levels)))


def _sku_problems() -> Iterator[EmulatorError]:
    """A SKU sells what some image of one of its families licenses."""
    catalogue_ = ImageCatalogue()
    images = [catalogue_.get(name) for name in catalogue_.names()]
    for sku in load_skus().values():
        fitting = (image for image in images if set(image.families) & set(sku.families))
        features = {feature for image in fitting for feature in image.licensable}
        if sku.feature not in features:
            yield DataFileError(
                str(SKU_FILE), f"{sku.name}.feature", str(UnknownName("feature", sku.feature, features))
            )


def _entrance_problems() -> Iterator[EmulatorError]:
    """A line leads from the mode that it stands in to one below it, or to one that has the lines of such a mode."""
    for mode in table_modes():
        read = table(mode)
        for row, file in zip(read.rows, read.files, strict=True):
            if isinstance(row, Row) and row.enters and tree_of(mode) == mode:
                parent = MODES[row.enters].parent
                if parent != mode:
                    problem = f"leads to {row.enters}, whose parent is {parent} and not {mode}"
                    yield DataFileError(file, f"rows: '{row.line}'.enters", problem)


def _word_problems() -> Iterator[EmulatorError]:
    """Each text in the book of words is of some line, and fits every line that takes it; so is each phrase."""
    grammar = console_grammar()
    edges = list(edges_of(grammar.roots[mode] for mode in grammar.modes))
    used = {edge.label for edge in edges}
    read = [kind for kind in map(TYPES.__getitem__, phrases()) if isinstance(kind, Phrase)]
    used.update(word for phrase in read for word in phrase.words())
    for where, problem in (*unused(words(), used), *unfit(words(), explained_by_the_book(TYPES))):
        yield DataFileError(str(WORD_FILE), where, problem)
    types = {edge.type for edge in edges if isinstance(edge, ArgumentEdge)}
    named = [name for name in phrases() if TYPES[name] in types]
    for where, problem in unused_phrases(read_toml(PHRASE_FILE, PhraseFile), named):
        yield DataFileError(str(PHRASE_FILE), where, problem)


def _rule_problems() -> Iterator[EmulatorError]:
    """Each rule is of some lab."""
    for where, problem in unused_rules(rules(), rules_referred_to()):
        yield DataFileError(str(RULE_FILE), where, problem)


# --- one file --------------------------------------------------------------------------------------------------------


def problems_of(file: Path) -> tuple[str, Iterator[DataFileError]]:
    """Kind of a file, a platform or an image by its keys, and everything that is wrong with it.

    Raises:
        DataFileError: it is neither.
    """
    data = _data(file)
    if "pid" in data:
        return "a platform", platform_file_problems(file)
    if "image_id" in data:
        return "an image", image_file_problems(file)
    problem = "is neither a platform, which has a pid, nor an image, which has an image_id"
    raise DataFileError(str(file), None, problem)


def _data(file: Path) -> dict[str, object]:
    try:
        return tomli.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise DataFileError(str(file), None, f"cannot be read as TOML: {error}") from error


def platform_file_problems(file: Path, pid: str | None = None) -> Iterator[DataFileError]:
    """Everything that is wrong with the file of a platform; it is named for its PID, in small letters."""
    data = _data(file)
    wrong: Iterable[tuple[str, str]] = [*mistakes(data, Platform), *repetitions(data)]
    if not wrong:
        platform = msgspec.convert(data, Platform)
        wrong = list(platform_problems(platform, ImageCatalogue(), load_skus()))
        if platform.pid != (pid or file.stem.upper()):
            wrong = [("pid", f"is {platform.pid}, but the file is named for {pid or file.stem.upper()}"), *wrong]
    yield from (DataFileError(str(file), where or None, problem) for where, problem in wrong)


def image_file_problems(file: Path) -> Iterator[DataFileError]:
    """Everything that is wrong with the file of an image; it is named for the image."""
    data = _data(file)
    wrong: Iterable[tuple[str, str]] = [*mistakes(data, ImageManifest), *repetitions(data)]
    if not wrong:
        image = msgspec.convert(data, ImageManifest)
        wrong = list(manifest_problems(image))
        if image.file != f"{file.stem}.bin":
            wrong = [("file", f"is {image.file}, but this file is named for {file.stem}.bin"), *wrong]
    yield from (DataFileError(str(file), where or None, problem) for where, problem in wrong)
