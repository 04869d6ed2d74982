"""Alert groups of call home: what a router sends by itself, to which profiles, and how much of it.

R, from the guide to call home: `subscribe-to-alert-group` of an active profile; the group `configuration` follows a
change of the configuration, `inventory` a boot, `crash` the boot after a crash, and `syslog` a message of at least the
severity that the line asks for (normal unless it says otherwise), which contains its pattern; configuration and
inventory are sent `periodic daily|weekly|monthly` instead where the line says so; of more messages than `rate-limit`
allows in a minute, 20 unless configured, the rest is dropped. I: messages of call home itself raise no alert; these
routers have no sensors, so nothing raises `environment`; 30 alerts may wait.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from emulator.kernel.events import Event
from emulator.kernel.time import MINUTE, SECOND, Duration, Instant
from emulator.router.call_home_state import CallHomeAlert, CallHomeState
from emulator.router.configuration import Configuration
from emulator.router.events import ClockUpdated, Configured, SystemRestarted
from emulator.router.network.smart_call_home import (
    CallHomeProfile,
    Subscription,
    is_enabled,
    profiles,
    rate_limit,
)
from emulator.router.syslog import severity

ALERT_DELAY: Duration = 2 * SECOND
"""Time from an event to the message that tells of it (I), in milliseconds."""

MOST_WAITING = 30
OWN_MESSAGES = "%CALL_HOME-"
PERIODIC = ("configuration", "inventory")

SEVERITIES = ("fatal", "critical", "major", "minor", "warning", "notification", "normal", "debugging")
"""Severities by the level of the system messages that have them; `catastrophic` and `disaster` are above all."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def alerts_of(configuration: Configuration, event: Event, message: str | None, crash: str) -> Iterator[CallHomeAlert]:
    """List the alerts that an event raises.

    Args:
        configuration: the running one.
        event: what happened.
        message: the system message that tells of it.
        crash: wording of the crash before this boot; empty where there was none.
    """
    match event:
        case Configured():
            yield from _alert(configuration, "configuration", "Configuration change")
        case SystemRestarted():
            yield from _alert(configuration, "inventory", "Cold boot")
            if crash:
                yield from _alert(configuration, "crash", f"System crash: {crash}")
    if message is not None and not message.startswith(OWN_MESSAGES):
        yield from _alert(configuration, "syslog", message)


def refreshes_times(event: Event) -> bool:
    """Tell whether periodic alerts may be due at other times after an event."""
    return isinstance(event, Configured | SystemRestarted | ClockUpdated)


def periodic_alerts(configuration: Configuration, moment: datetime) -> list[tuple[str, str, datetime]]:
    """List the periodic alerts: group, profile, and the next moment after the given one, both in the router's zone."""
    return [
        (each.group, profile.name, due)
        for profile, each in _subscriptions(configuration, PERIODIC)
        if each.words[:1] == ("periodic",) and (due := _next_moment(each.words[1:], moment)) is not None
    ]


def take_place(state: CallHomeState, configuration: Configuration, now: Instant) -> bool:
    """Count a message that is about to be sent; False: as many were sent within the last minute as may be."""
    state.sent[:] = [at for at in state.sent if at > now - MINUTE]
    if len(state.sent) >= rate_limit(configuration):
        state.limited += 1
        return False
    state.sent.append(now)
    return True


def _alert(configuration: Configuration, group: str, text: str) -> Iterator[CallHomeAlert]:
    names = tuple(
        profile.name for profile, each in _subscriptions(configuration, (group,)) if _wants(each, group, text)
    )
    if names:
        yield CallHomeAlert(group, text, names)


def _subscriptions(
    configuration: Configuration, groups: Sequence[str]
) -> Iterator[tuple[CallHomeProfile, Subscription]]:
    """The subscriptions of active profiles to groups, `all` among them."""
    if not is_enabled(configuration):
        return
    for profile in profiles(configuration):
        for each in profile.subscriptions if profile.active else ():
            if each.group in {"all", *groups}:
                yield profile, each


def _wants(subscription: Subscription, group: str, text: str) -> bool:
    words = subscription.words
    if words[:1] == ("periodic",):
        return False
    if group != "syslog":
        return True
    least = words[words.index("severity") + 1] if "severity" in words[:-1] else "normal"
    reached = least in SEVERITIES and severity(text) <= SEVERITIES.index(least)
    return reached and (not subscription.pattern or subscription.pattern in text)


def _next_moment(words: Sequence[str], after: datetime) -> datetime | None:
    """Next moment of `daily 14:30`, `weekly monday 14:30` or `monthly 1 14:30`; None for other words."""
    *when, clock = words or ("",)
    hour, colon, minute = clock.partition(":")
    if not (colon and hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        return None
    day = after.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    for _ in range(366):
        if day > after and _is_day(when, day):
            return day
        day += timedelta(days=1)
    return None


def _is_day(when: Sequence[str], day: datetime) -> bool:
    match when:
        case ["daily"]:
            return True
        case ["weekly", name]:
            return WEEKDAYS[day.weekday()].startswith(name.lower())
        case ["monthly", date]:
            return date.isdecimal() and int(date) == day.day
    return False
