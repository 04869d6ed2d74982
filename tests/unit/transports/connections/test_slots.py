"""Places for connections: bounded, and given up by those who say nothing."""

from emulator.transports.connections.slots import Slot, Slots


class Evicted:
    """Notes which connections were ended."""

    def __init__(self, most: int) -> None:
        self.slots, self.names = Slots(most), list[str]()

    def take(self, name: str) -> Slot | None:
        return self.slots.take(lambda: self.names.append(name))


def taken(slot: Slot | None) -> Slot:
    assert slot is not None
    return slot


def test_the_longest_idle_connection_makes_room() -> None:
    evicted = Evicted(3)
    first, *_ = [taken(evicted.take(name)) for name in "abc"]
    first.busy()
    first.idle()
    for name in "de":
        taken(evicted.take(name))
    assert evicted.names == ["b", "c"], "a was served after the others came"
    assert len(evicted.slots) == 3


def test_what_is_being_served_is_never_ended() -> None:
    evicted = Evicted(2)
    for name in "ab":
        taken(evicted.take(name)).busy()
    assert evicted.take("c") is None
    assert evicted.names == []


def test_a_place_is_free_once_and_an_evicted_connection_has_none() -> None:
    evicted = Evicted(1)
    first = taken(evicted.take("a"))
    second = taken(evicted.take("b"))
    first.busy()
    first.idle()
    first.free()
    assert len(evicted.slots) == 1
    second.free()
    second.free()
    assert len(evicted.slots) == 0
    assert not evicted.slots.evict_longest_idle()


def test_many_strangers_never_hold_more_places_than_there_are() -> None:
    evicted = Evicted(8)
    honest = taken(evicted.take("honest"))
    honest.busy()
    for number in range(1_000):
        taken(evicted.take(str(number)))
        assert len(evicted.slots) <= 8
    assert evicted.names == [str(number) for number in range(993)]
