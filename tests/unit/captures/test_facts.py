"""Facts know where they were read."""

from emulator.captures.facts import VersionFacts


def test_a_fact_names_its_file_and_line() -> None:
    facts = VersionFacts(file="r1.log", at={"serial": 31}, serial="FTX1405YDC7")
    assert facts.place("serial") == "r1.log:31"
    assert facts.place("level") == "r1.log"
