"""The links on the router: store, priority, choice of the level, feature, command; judged by the router's own rules."""

from collections.abc import Iterator, Sequence

from emulator.hardware.board import BoardPhase
from emulator.images.features import Feature, feature_table
from emulator.kernel.time import MINUTE, format_duration
from emulator.licensing.store import StoredLicense
from emulator.licensing.views import LicenseView
from emulator.world.explanation.starting import ignored_startup_link, restart_link, start_link
from emulator.world.explanation.subject import Subject
from emulator.world.explanation.view import Link, MendingStep, blocked, broken, not_needed, ok
from emulator.world.known_lines import is_understood
from emulator.world.reload_preview import preview_reload

STORE, PRIORITY, LEVEL, FEATURE, COMMAND = "store", "priority", "level choice", "feature", "command"


def activation_links(subject: Subject, *, lasts: bool | None) -> Iterator[Link]:
    """Yield the links from the store to the command; `lasts`: a level that is on would be on after a reload too."""
    if subject.is_base and not subject.views():
        yield not_needed(STORE, f"{subject.name} is the base level")
        yield not_needed(PRIORITY, f"{subject.name} is the base level")
    else:
        yield _store(subject)
        yield _priority(subject)
    if subject.is_level:
        yield _level(subject, lasts=lasts)
    yield _feature(subject)
    if (link := _command(subject)) is not None:
        yield link


def is_on(subject: Subject) -> bool:
    """Tell whether the subject can be used on the router now."""
    if subject.router.state.board.phase is not BoardPhase.RUNNING or subject.name is None:
        return False
    if subject.function is not None:
        return subject.router.has_feature(subject.function.name)
    if subject.is_level:
        return _reaches(subject, subject.router.running.level)
    return bool(subject.usable())


def stays_on(subject: Subject) -> bool:
    """Tell whether a level that is on would be on after a reload now."""
    return _reaches(subject, preview_reload(subject.world, subject.router.name).next_level)


def _reaches(subject: Subject, level: str | None) -> bool:
    """Tell whether a level contains the subject; another image may have other levels."""
    levels = subject.manifest.levels
    return level in levels and levels.index(level) >= subject.rank


def _store(subject: Subject) -> Link:
    views = subject.views()
    facts = "; ".join(_described(view) for view in views)
    if subject.usable():
        return ok(STORE, facts)
    if not views:
        return blocked(STORE, f"the stores have no license for {subject.name}")
    inventory = subject.router.activation.inventory
    unaccepted = [view for view in views if not inventory.licenses.accepted(view.line)]
    if all(subject.consumed().is_over(view.line) for view in unaccepted):
        return blocked(STORE, f"{facts}: none may be used any more")
    if subject.router.state.board.phase is not BoardPhase.RUNNING:
        return blocked(STORE, f"{facts}: its agreement is not accepted, and IOS does not run")
    return broken(STORE, f"{facts}: its agreement is not accepted", *_choosing(subject))


def _described(view: LicenseView) -> str:
    left = "" if view.left is None else f", {format_duration(view.left // MINUTE * MINUTE)} left"
    beyond = (
        f", held {format_duration(view.overrun // MINUTE * MINUTE)} beyond its end" if view.overrun >= MINUTE else ""
    )
    return f"{view.title} ({view.state}{left}{beyond})"


def _priority(subject: Subject) -> Link:
    usable = subject.usable()
    if not usable:
        return blocked(PRIORITY, "there is no license to prefer")
    if subject.is_counted and len(usable) > 1:
        return ok(PRIORITY, f"{len(usable)} licenses are one pool: {_pool(usable)} uses")
    priorities = {view.line.id: view.priority for view in subject.views()}
    first, *others = usable
    before = " before " + " and ".join(each.line.rule.title for each in others) if others else ""
    used = next((each for each in others if subject.router.activation.inventory.is_in_use(each)), None)
    when = f"; until the next boot {used.line.rule.title} is in use" if used is not None else ""
    return ok(PRIORITY, f"{first.line.rule.title} is used{before} (priority {priorities[first.line.id]}){when}")


def _pool(usable: Sequence[StoredLicense]) -> str:
    """Counts of the licenses as a sum."""
    return " + ".join(str(each.line.count or "any number of") for each in usable)


def _level(subject: Subject, *, lasts: bool | None) -> Link:
    router, name = subject.router, subject.name or ""
    if (start := start_link(LEVEL, subject.world, router)) is not None:
        return start
    running = router.running.level
    on = _reaches(subject, running)
    if on and lasts is not False:
        contains = "" if running == name else f", which contains {name}"
        return ok(LEVEL, f"this boot brought up {running}{contains}")
    if not subject.is_base and not subject.usable():
        fact = "runs until the next boot" if on else "runs"
        return blocked(LEVEL, f"{running} {fact}, and no license allows {name}")
    return _choice(subject)


def _choice(subject: Subject) -> Link:
    """A license is there, but this boot did not choose the level, or the next one would not."""
    router, name = subject.router, subject.name or ""
    preview = preview_reload(subject.world, router.name)
    if preview.next_level is None:
        return restart_link(LEVEL, subject.world, router)
    if _reaches(subject, preview.next_level):
        return broken(LEVEL, f"the next boot chooses {preview.next_level}", MendingStep(router.name, "reload"))
    if (ignored := ignored_startup_link(LEVEL, router)) is not None:
        return ignored
    chosen = router.activation.inventory.next_level()
    if _reaches(subject, chosen.level):
        return broken(LEVEL, f"{chosen.level} is configured, but not saved", MendingStep(router.name, "write memory"))
    configured = router.configuration.boot_level(subject.manifest.license_module)
    if configured is not None:
        why = f"the configuration asks for {configured}"
    else:
        why = f"a license of type {subject.usable()[0].line.rule.title} is not used unless {name} is configured"
    return broken(LEVEL, f"the next boot chooses {chosen.level}: {why}", *_choosing(subject))


def _choosing(subject: Subject) -> tuple[MendingStep, ...]:
    """Tell how a level is configured; the agreement of its license is asked for there."""
    if not subject.is_level or subject.router.state.board.phase is not BoardPhase.RUNNING:
        return ()
    line = f"license boot module {subject.manifest.license_module} level {subject.name}"
    return tuple(MendingStep(subject.router.name, each) for each in ("configure terminal", line, "end"))


def _feature(subject: Subject) -> Link:
    on = is_on(subject)
    if subject.function is not None:
        fact = f"{subject.function.title} is part of {subject.name} on {subject.router.platform.model}"
    elif subject.is_level:
        fact = f"the subsystems of {subject.name} {'run' if on else 'do not run'}"
    else:
        fact = _uses(subject) if on and subject.is_counted else "asked for at its use"
    return ok(FEATURE, fact) if on else blocked(FEATURE, fact)


def _uses(subject: Subject) -> str:
    """Uses that are taken of a counted feature, and how many its licenses allow together."""
    router, name = subject.router, subject.name or ""
    return f"{router.running.seats.get(name, 0)} of {router.activation.inventory.count_limit(name)} uses taken"


def _command(subject: Subject) -> Link | None:
    """Tell whether the parser has the command that shows the function; of a level, of one that it adds."""
    shown = subject.function or _added(subject)
    if shown is None:
        return None
    command = shown.command.partition(",")[0]
    if subject.router.state.board.phase is not BoardPhase.RUNNING:
        return blocked(COMMAND, f"'{command}' is not there while IOS does not run")
    understood = is_understood(subject.world, subject.router, command)
    if is_on(subject):
        return ok(COMMAND, f"'{command}' is {'understood' if understood else 'a line of a section of its own'}")
    if understood:
        return blocked(COMMAND, f"'{command}' is understood, but not with all that belongs to it")
    return blocked(COMMAND, f"'{command}' is not in the parser at {subject.router.running.level}")


def _added(subject: Subject) -> Feature | None:
    """A function that the level has and the one below it has not."""
    if not subject.is_level:
        return None
    family, lower = subject.router.platform.family, subject.manifest.levels[: subject.rank]
    return next(
        (
            each
            for each in feature_table()
            if subject.name in each.levels.get(family, ()) and not set(lower) & set(each.levels.get(family, ()))
        ),
        None,
    )
