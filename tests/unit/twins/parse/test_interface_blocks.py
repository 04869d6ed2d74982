"""`show interfaces` of circuits, dialers, tunnels and what is bound to them, read and printed again."""

from pathlib import Path

from tests.unit.twins.recordings import printed, twin_of

LOG = (Path(__file__).parents[1] / "samples" / "887va-with-dialer-and-tunnel.log").read_text(encoding="utf-8")
"""Put together from what is recalled of such a router (R)."""

BLOCKS = LOG.partition("gw#show interfaces\n")[2].removesuffix("gw#\n")


def test_every_line_of_every_kind_of_interface_is_read() -> None:
    _, twin = twin_of(LOG)
    assert [str(note) for note in twin.notes if note.matter == "not read"] == []


def test_the_blocks_are_printed_as_they_were() -> None:
    world, _ = twin_of(LOG)
    assert printed(world, "show interfaces").startswith(BLOCKS)


def test_what_a_dialer_is_bound_to_stands_in_its_block() -> None:
    world, _ = twin_of(LOG)
    dialer = printed(world, "show interfaces Dialer0")
    assert dialer.startswith("Dialer0 is up, line protocol is up (spoofing) \n")
    head, _, bound = dialer.partition("Bound to:\n")
    assert head
    assert bound == printed(world, "show interfaces Virtual-Access2")
    assert printed(world, "show interfaces").count(bound) == 2


def test_a_block_asked_for_alone_comes_back_with_what_is_bound() -> None:
    begin = BLOCKS.index("Dialer0 is")
    alone = BLOCKS[begin : BLOCKS.index("NVI0 is")]
    version = LOG.partition("gw#show interfaces\n")[0]
    world, twin = twin_of(f"{version}gw#show interfaces Dialer0\n{alone}gw#\n")
    assert {each.command: each.differing for each in twin.printed if each.differing} == {}
    assert printed(world, "show interfaces Dialer0") == alone
