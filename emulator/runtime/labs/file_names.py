"""Names of the files of a lab in the directory of its world."""

from pathlib import Path

LAB, RECORD, BEGINNING, PLACE = "lab.json", "record.jsonl", "beginning.json", "recorded.json"


def has_lab(folder: Path) -> bool:
    """Tell whether a lab was begun in a directory, whatever has become of its files."""
    return any((folder / name).is_file() for name in (LAB, RECORD, BEGINNING, PLACE))
