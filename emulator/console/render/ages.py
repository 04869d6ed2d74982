"""Ages, as the tables of IOS write them (R: the forms beyond a day)."""

from emulator.kernel.time import DAY, HOUR, MINUTE, SECOND, WEEK, YEAR, Duration


def age(ago: Duration | None) -> str:
    """Format an age: `never`, `00:00:07`, `1d02h`, `3w4d`, `1y2w`."""
    if ago is None:
        return "never"
    if ago < DAY:
        return f"{ago // HOUR:02d}:{ago % HOUR // MINUTE:02d}:{ago % MINUTE // SECOND:02d}"
    if ago < WEEK:
        return f"{ago // DAY}d{ago % DAY // HOUR:02d}h"
    if ago < YEAR:
        return f"{ago // WEEK}w{ago % WEEK // DAY}d"
    return f"{ago // YEAR}y{ago % YEAR // WEEK}w"
