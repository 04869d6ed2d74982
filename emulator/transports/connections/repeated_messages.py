"""Bounds what a flood can write to the log: of one kind of message, so many a minute are shown and the rest counted."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

import msgspec

SHOWN = 10
PERIOD = 60.0
"""Messages of one kind that are shown in so many seconds."""

MOST_KINDS = 1_000


class _Period(msgspec.Struct):
    began: float
    messages: int = 0


class RepeatedMessages(logging.Filter):
    """Lets the first messages of one kind through; the first one of a later period tells how many were left out.

    A kind is the logger, the level and the text before its values are filled in.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """Begin with nothing seen.

        Args:
            clock: seconds that never go backwards.
        """
        super().__init__()
        self._clock = clock
        self._periods: OrderedDict[tuple[str, int, str], _Period] = OrderedDict()
        self._lock = Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether a message is shown."""
        kind = (record.name, record.levelno, str(record.msg))
        with self._lock:
            now = self._clock()
            period = self._periods.get(kind)
            left_out = 0
            if period is None or now - period.began >= PERIOD:
                left_out = 0 if period is None else max(0, period.messages - SHOWN)
                period = self._periods[kind] = _Period(now)
                self._periods.move_to_end(kind)
                while len(self._periods) > MOST_KINDS:
                    self._periods.popitem(last=False)
            period.messages += 1
            shown = period.messages <= SHOWN
        if left_out:
            record.msg, record.args = f"{record.getMessage()} ({left_out} more like this were left out)", ()
        return shown
