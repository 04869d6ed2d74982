"""VLANs without a name are one line, as real routers print them."""

from tests.driver import ConsoleDriver, world_of


def test_a_list_is_kept_and_shown() -> None:
    console = ConsoleDriver(world_of()).boot()
    console.type("configure terminal", "vlan 2,4-5", "end", "show running-config | include ^vlan")
    console.sees_exactly("vlan 2,4-5\n")
    console.type("show vlan-switch | include VLAN0")
    assert [row.split()[:2] for row in console.shown.splitlines()] == [
        ["2", "VLAN0002"], ["4", "VLAN0004"], ["5", "VLAN0005"]
    ]  # fmt: skip


def test_one_is_taken_out_of_a_list() -> None:
    console = ConsoleDriver(world_of()).boot()
    console.type("configure terminal", "vlan 2,4-5", "no vlan 4", "end", "show running-config | include ^vlan")
    console.sees_exactly("vlan 2,5\n")


def test_a_list_beyond_the_room_is_refused_whole() -> None:
    console = ConsoleDriver(world_of()).boot()
    console.type("configure terminal", "vlan 2-40")
    console.sees("40")
    console.type("end", "show running-config | include ^vlan")
    console.sees_exactly("")


def test_what_is_no_list_is_refused() -> None:
    console = ConsoleDriver(world_of()).boot()
    refusals = {
        "vlan 2,": "% Invalid input detected",
        "vlan 2,1002": "% Failed to create VLANs 1002",
        "vlan 2,a": "% Invalid input detected",
    }
    for text, refusal in refusals.items():
        console.type("configure terminal", text)
        console.sees(refusal)
        console.type("end")
