"""Drafts belong to an account, and what each account keeps of them is bounded."""

from emulator.transports.web.drafts import LONGEST_NAME, MOST_EACH, Drafts


def test_a_draft_is_of_one_account_and_one_wizard() -> None:
    drafts = Drafts()
    drafts.keep("ann", "register", {"pak": ("A",)})
    drafts.keep("ann", "rma", {"failed": ("B",)})
    drafts.keep("ann", "register", {"pak": ("C",)})
    assert drafts.find("ann", "register") == {"pak": ("C",)}
    assert drafts.find("bob", "register") is None
    drafts.drop("ann", "register")
    assert drafts.find("ann", "register") is None
    assert drafts.find("ann", "rma") == {"failed": ("B",)}


def test_an_empty_one_is_none_and_takes_the_place_of_another() -> None:
    drafts = Drafts()
    drafts.keep("ann", "rma", {"failed": ("B",)})
    drafts.keep("ann", "rma", {"failed": (" ",), "why": ("",)})
    assert drafts.find("ann", "rma") is None
    drafts.keep("ann", "x" * (LONGEST_NAME + 1), {"failed": ("B",)})
    assert drafts.find("ann", "x" * (LONGEST_NAME + 1)) is None


def test_whoever_keeps_too_much_loses_their_own_oldest() -> None:
    drafts = Drafts()
    drafts.keep("bob", "register", {"udis": ("R1",)})
    for number in range(40):
        drafts.keep("ann", f"transfer {number}", {"why": ("x" * (MOST_EACH // 4),)})
    kept = [number for number in range(40) if drafts.find("ann", f"transfer {number}")]
    assert kept == [37, 38, 39]
    assert drafts.find("bob", "register") == {"udis": ("R1",)}
