"""Log messages of a flood are bounded, and the number of those left out is told."""

import logging

from emulator.transports.connections.repeated_messages import MOST_KINDS, PERIOD, SHOWN, RepeatedMessages


class Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.seconds, self.lines = 0.0, list[str]()
        self.limit = RepeatedMessages(lambda: self.seconds)
        self.addFilter(self.limit)
        self.logger = logging.Logger("test")
        self.logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def test_the_first_of_a_kind_are_shown_and_the_rest_is_counted() -> None:
    log = Log()
    for number in range(5_000):
        log.logger.warning("refused %d", number)
    log.logger.warning("another kind")
    assert log.lines == [*(f"refused {number}" for number in range(SHOWN)), "another kind"]
    log.seconds += PERIOD
    log.logger.warning("refused %d", 1)
    assert log.lines[-1] == f"refused 1 ({5_000 - SHOWN} more like this were left out)"
    log.seconds += PERIOD
    log.logger.warning("refused %d", 2)
    assert log.lines[-1] == "refused 2"


def test_what_is_remembered_is_bounded() -> None:
    log = Log()
    for number in range(3 * MOST_KINDS):
        log.logger.warning(f"kind {number}")
    assert len(log.limit._periods) == MOST_KINDS
