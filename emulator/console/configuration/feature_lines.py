"""The words by which a line of a configuration shows that its level has a feature.

I: a router prints no line that its level does not have, so one that begins as only the lines of a feature do asks for a
level with it, in whatever mode it stands.
"""

from collections import defaultdict
from functools import cache

from emulator.console.configuration.rows import Row
from emulator.console.configuration.tables import table, table_modes
from emulator.images.features import feature_table


@cache
def _heads() -> dict[str, frozenset[str]]:
    """Map the words with which lines begin to the features that these lines need; an empty name is none."""
    features: defaultdict[str, set[str]] = defaultdict(set)
    for mode in table_modes():
        for row in table(mode).rows:
            if isinstance(row, Row) and row.head:
                features[row.head].add(row.feature)
    for feature in feature_table():
        for command in feature.command.split(", "):
            features[command].add(feature.name)
    return {head: frozenset(names) for head, names in features.items()}


def feature_of(line: str) -> tuple[str, str] | None:
    """Name the feature that a line asks for and the words that say so; None where it may ask for none."""
    words = line.split()
    beginnings = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    head = next((each for each in beginnings if each in _heads()), "")
    names = sorted(_heads().get(head, ()))
    return (names[0], head) if len(names) == 1 and names[0] else None
