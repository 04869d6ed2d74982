"""`isrtwin lab`: labs listed, started, judged, and proved to be fair."""

import shlex
import sys
from argparse import Namespace
from pathlib import Path

from emulator.bench.verbs.lab import FINISH, SOLVE, YES
from emulator.cli.output import complain, say, show
from emulator.kernel.errors import DataFileError, Refused, printable
from emulator.kernel.host_paths import read_text
from emulator.kernel.time import SECOND, format_duration
from emulator.keys.signing import fingerprint
from emulator.labs.loader import FIRST_SEED, printed_lab, read_front
from emulator.labs.shipped import find_lab, lab_names
from emulator.labs.signed_result import read_result
from emulator.labs.telling import LabResult, lab_text, listing
from emulator.runtime.labs import playing
from emulator.runtime.labs.file_names import has_lab


def run(options: Namespace) -> int:
    """Carry out one act."""
    if options.act == "list":
        return _list()
    if options.act == "start":
        return _start(options)
    if options.act == "reset":
        return _reset(options)
    if options.act == "paper":
        return _paper(options)
    if options.act == "verify":
        return _verify(options)
    if options.act == "certify":
        return _certify(options)
    if options.act in ASKING and not _is_sure(options, ASKING[options.act]):
        return 1
    return playing.play(options.name, options.world, [_line(options)], show)


ASKING = {"solve": SOLVE, "finish": FINISH}
"""Acts that ask first, as they do at the bench."""


def _is_sure(options: Namespace, question: str) -> bool:
    """Ask before something that cannot be taken back.

    Raises:
        Refused: nobody can be asked.
    """
    if options.yes:
        return True
    if not sys.stdin.isatty():
        raise Refused(f"`lab {options.act}` asks first; add --yes where nobody can answer")
    try:
        agreed = input(question).strip().lower() in YES
    except EOFError:
        agreed = False
    if not agreed:
        say("Nothing was changed.")
    return agreed


def _reset(options: Namespace) -> int:
    path = playing.path_to_reset(options.name, options.world)
    if not _is_sure(options, f"{path} and your results are deleted. Continue? [y/N] "):
        return 1
    playing.reset(options.name, options.world)
    say(f"{path} is deleted; `isrtwin lab start {_named(options)}` starts it again")
    return 0


def _line(options: Namespace) -> str:
    """The line at the bench that an act is."""
    agreed = " yes" if getattr(options, "yes", False) else ""
    words = {
        "task": "lab",
        "answer": f"lab answer {getattr(options, 'question', '')} {' '.join(getattr(options, 'text', ()))}",
        "back": f"lab back {getattr(options, 'checkpoint', '')}{agreed}",
        "hint": f"lab hint{agreed}",
        "solve": "lab solve yes",
        "finish": "lab finish yes",
        "result": f"lab result{' json' if getattr(options, 'json', False) else ''}",
    }
    return words.get(options.act, f"lab {options.act}")


def _list() -> int:
    for line in listing((name, read_front(find_lab(name))) for name in lab_names()):
        say(line)
    return 0


def _start(options: Namespace) -> int:
    path = playing.lab_path(options.name, options.world)
    if not has_lab(path):
        playing.begin(options.name, path, options.seed, exam=options.exam, clock=options.timer, limit=options.limit)
    elif options.seed is not None or options.exam or options.limit is not None:
        named = _named(options)
        raise Refused(
            f"the lab was already started in {path}; `isrtwin lab start {named}` continues it, "
            f"`isrtwin lab reset {named}` deletes it"
        )
    seen = {"plain": options.plain, "redraws": options.redraw}
    return playing.play(options.name, options.world, options.lines, show, pace=options.pace, **seen)


def _named(options: Namespace) -> str:
    """The lab, and its world where that is not the one of its name, as they are typed behind an act."""
    world = "" if options.world is None else f" --world {shlex.quote(str(options.world))}"
    return f"{shlex.quote(options.name)}{world}"


def _paper(options: Namespace) -> int:
    page, seed = find_lab(options.name), FIRST_SEED if options.seed is None else options.seed
    if options.answers:
        from emulator.labs.answer_sheet import answer_sheet

        show(answer_sheet(page, seed))
    else:
        show(lab_text(printed_lab(page, seed)))
    return 0


def _verify(options: Namespace) -> int:
    failed = False
    for path in options.files:
        try:
            signed = read_result(_content(path), str(path))
            own = fingerprint(bytes.fromhex(signed.key))
            if options.key is not None and options.key.upper() != own:
                raise DataFileError(str(path), None, f"is signed with the key {own}, not with {printable(options.key)}")
        except DataFileError as error:
            complain(error)
            failed = True
            continue
        say(f"{path}: {_in_words(signed.result)}; key {own}")
    if options.key is None and not failed:
        say(WITHOUT_KEY)
    return 1 if failed else 0


WITHOUT_KEY = (
    "Nothing was changed since it was signed, but anybody can sign with a key of their own: compare the key with the"
    " one that the start of the exam, or the page Learners of the class, shows, or give that as --key."
)
"""Note behind results that were verified without a key to compare."""


def _content(path: Path) -> bytes:
    try:
        return read_text(path).encode()
    except (OSError, UnicodeDecodeError) as error:
        problem = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise DataFileError(str(path), None, problem) from None


def _in_words(result: LabResult) -> str:
    """Tell a result in one line; one of a class begins with its learner."""
    whose = f"{printable(result.learner)}, " if result.learner else ""
    mastered = "mastered" if result.mastered else "not mastered"
    taken = format_duration(result.seconds * SECOND)
    points = f"{result.points} of {result.most}, {mastered}"
    return f"{whose}{result.lab}, seed {result.seed}, begun {result.began}, {taken}: {points}"


def _certify(options: Namespace) -> int:
    from emulator.labs.certifying import certify

    failed = False
    for name in lab_names() if options.all else options.names:
        certificate = certify(find_lab(name), options.seeds)
        lengths = ", ".join(map(str, certificate.lengths))
        s = "" if certificate.seeds == 1 else "s"
        verdict = "NOT FAIR" if certificate.faults else "fair"
        say(
            f"{certificate.name}: {verdict}; {certificate.seeds} seed{s}, {certificate.trials} trials,"
            f" solutions of {lengths} steps"
        )
        for fault in certificate.faults:
            say(f"  {fault}")
        failed = failed or bool(certificate.faults)
    return 1 if failed else 0
