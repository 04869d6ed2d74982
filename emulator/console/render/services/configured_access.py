"""Screens of who may come in and when: `show login`, `show parser view`, `show time-range`, `show aaa method-lists`.

R: forms. Nobody fails to log in by a screen of its own here, so no watch has begun. I: a range with both kinds of times
is active when both hold, as the reference says of its lines.
"""

import re
from datetime import UTC, datetime, timedelta

from emulator.console.wording import wording
from emulator.router.configuration import Configuration
from emulator.router.device import Router

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GROUPS = {"daily": range(7), "weekdays": range(5), "weekend": range(5, 7)}
MOMENT = "%H:%M %d %B %Y"
_DAY, _CLOCK = f"(?:{'|'.join((*DAYS, *GROUPS))})", r"\d{1,2}:\d{2}"
_PERIODIC = re.compile(
    rf"(?:{_DAY} )+{_CLOCK} to {_CLOCK}|(?:{'|'.join(DAYS)}) {_CLOCK} to (?:{'|'.join(DAYS)}) {_CLOCK}"
)


def show_login(configuration: Configuration) -> str:
    """Screen of how log-ins are slowed down and watched."""
    watch = configuration.word("login block-for").split()
    delay = configuration.word("login delay") or ("1" if watch else "")
    quiet = configuration.word("login quiet-mode access-class")
    text = f"     A login delay of {delay} seconds is applied.\n" if delay else wording("login_watch.no_delay")
    text += f"     Quiet-Mode access list {quiet} is applied.\n" if quiet else wording("login_watch.no_quiet")
    for event, what in (("on-success", "successful"), ("on-failure", "failed")):
        if f"login {event} log" in configuration.lines:
            text += f"     All {what} login is logged.\n"
    if not watch:
        return text + wording("login_watch.off")
    return text + wording("login_watch.on", block=watch[0], tries=watch[2], span=watch[4])


def show_view(_: Configuration) -> str:
    """Screen of the view that is active: none, since `enable view` is not modeled."""
    return wording("views.none_active")


def show_views(configuration: Configuration) -> str:
    """Screen of the views that the configuration makes; one that holds others has a mark."""
    rows = ""
    for key, section in configuration.sections.items():
        if key.startswith("parser view "):
            above = any(line.startswith("view ") for line in section.lines.values())
            rows += f"{key.removeprefix('parser view ').split()[0]}{' *' if above else ''} \n"
    return f"Views/SuperViews Present in System:\n{rows}-------(*) represent superview-------\n"


def show_time_ranges(router: Router, wanted: str | None = None) -> str:
    """A block a range: whether it is active now, and its times."""
    now = router.running.calendar.at(router.now).local.replace(tzinfo=UTC)
    text = ""
    for key, section in router.configuration.sections.items():
        name = key.removeprefix("time-range ")
        if key.startswith("time-range ") and wanted in {None, name}:
            lines = list(section.lines.values())
            state = "active" if lines and _is_active(lines, now) else "inactive"
            text += f"time-range entry: {name} ({state})\n" + "".join(f"   {line}\n" for line in lines)
            if any(f"time-range {name}" in line for line in _access_lines(router.configuration)):
                text += "   used in: IP ACL entry\n"
    return text


def _access_lines(configuration: Configuration) -> list[str]:
    return [line for block in configuration.walk() for line in block.lines.values() if "time-range" in line]


def _is_active(lines: list[str], now: datetime) -> bool:
    absolute = [line.split()[1:] for line in lines if line.startswith("absolute ")]
    periodic = [line.split()[1:] for line in lines if line.startswith("periodic ")]
    return all(_within(words, now) for words in absolute) and (
        not periodic or any(_falls(each, now) for each in periodic)
    )


def _within(words: list[str], now: datetime) -> bool:
    """Tell whether an absolute line holds; a time that is none bounds nothing."""
    for edge in ("start", "end"):
        if edge in words:
            at = words.index(edge) + 1
            try:
                moment = datetime.strptime(" ".join(words[at : at + 4]), MOMENT).replace(tzinfo=UTC)
            except ValueError:
                continue
            if (now < moment) if edge == "start" else (now > moment):
                return False
    return True


def _falls(words: list[str], now: datetime) -> bool:
    """Tell whether a periodic line holds: `weekdays 8:00 to 17:00`, `Monday 8:00 to Friday 17:00`; no other does."""
    if not _PERIODIC.fullmatch(" ".join(words)):
        return False
    at = words.index("to")
    first, last = words[:at], words[at + 1 :]
    minute = now.hour * 60 + now.minute
    if len(last) > 1:
        begin, end = (_minute_of_week(each) for each in (first, last))
        this = now.weekday() * 1440 + minute
        return begin <= this <= end if begin <= end else this >= begin or this <= end
    days = {day for word in first[:-1] for day in GROUPS.get(word, (DAYS.index(word),) if word in DAYS else ())}
    return now.weekday() in days and _minute(first[-1]) <= minute <= _minute(last[0])


def _minute(text: str) -> int:
    hours, _, minutes = text.partition(":")
    return int(timedelta(hours=int(hours), minutes=int(minutes)).total_seconds()) // 60


def _minute_of_week(words: list[str]) -> int:
    return DAYS.index(words[0]) * 1440 + _minute(words[-1])


QUEUES = {
    "login": "AAA_ML_AUTHEN_LOGIN",
    "enable": "AAA_ML_AUTHEN_ENABLE",
    "ppp": "AAA_ML_AUTHEN_PPP",
    "dot1x": "AAA_ML_AUTHEN_DOT1X",
    "sgbp": "AAA_ML_AUTHEN_SGBP",
    "arap": "AAA_ML_AUTHEN_ARAP",
}


def show_method_lists(configuration: Configuration) -> str:
    """Screen of the lists of methods, by what they decide on."""
    text = ""
    for service, queue in QUEUES.items():
        text += f"authen queue={queue}\n" + _methods(configuration, f"aaa authentication {service} ")
    for service in ("exec", "network", "commands"):
        text += f"author queue=AAA_ML_AUTHOR_{service.upper()}\n" + _methods(
            configuration, f"aaa authorization {service} "
        )
    return text


def _methods(configuration: Configuration, start: str) -> str:
    rows = ""
    for line in configuration.lines.values():
        if line.startswith(start):
            name, *methods = line.removeprefix(start).split()
            if name.isdigit() and methods:
                name, *methods = methods
            shown = " ".join(
                method if at and methods[at - 1] == "group" else method.upper() for at, method in enumerate(methods)
            )
            rows += f"  name={name} valid=TRUE id=0 :state=ALIVE : {shown.replace('GROUP', 'SERVER_GROUP')}\n"
    return rows
