"""What the documents say is true today."""

from tests.documents import stale
from tests.readme import README, masked, played


def test_the_generated_pages_are_fresh():
    assert stale() == []


def test_the_tour_of_the_readme_is_what_the_program_prints():
    text = README.read_text(encoding="utf-8")
    assert masked(played(text)) == masked(text)
