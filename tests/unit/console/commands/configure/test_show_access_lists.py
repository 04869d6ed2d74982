"""`show access-lists` and `show ip access-lists`: every list with the numbers of its entries."""

import pytest

from tests.driver import ConsoleDriver, world_of


@pytest.fixture
def console() -> ConsoleDriver:
    return ConsoleDriver(world_of()).boot()


TYPED = (
    "configure terminal", "ip access-list extended OUT", "permit ip any any", "ip access-list standard ADMIN",
    "permit 10.1.1.5 0.0.0.255", "permit host 10.2.2.2 log", "deny any", "access-list 101 remark web",
    "access-list 101 permit tcp any host 192.0.2.9 eq 80", "access-list 98 permit 10.3.0.0 0.0.255.255 log",
    "access-list 7 permit any", "access-list 101 deny ip any any", "access-list 1300 permit any",
    "ip access-list extended EMPTY", "end",
)  # fmt: skip
LISTS = {
    "7": "Standard IP access list 7\n    10 permit any\n",
    "98": "Standard IP access list 98\n    10 permit 10.3.0.0, wildcard bits 0.0.255.255 log\n",
    "1300": "Standard IP access list 1300\n    10 permit any\n",
    "ADMIN": (
        "Standard IP access list ADMIN\n    10 permit 10.1.1.0, wildcard bits 0.0.0.255\n"
        "    20 permit 10.2.2.2 log\n    30 deny   any\n"
    ),
    "101": (
        "Extended IP access list 101\n    10 permit tcp any host 192.0.2.9 eq www\n    20 deny   ip any any\n"
    ),
    "EMPTY": "Extended IP access list EMPTY\n",
    "OUT": "Extended IP access list OUT\n    10 permit ip any any\n",
}  # fmt: skip


@pytest.mark.parametrize("command", ["show access-lists", "show ip access-lists", "sh access-l", "sh ip access-l"])
def test_standard_lists_come_first_and_numbers_before_names(console: ConsoleDriver, command: str) -> None:
    console.type(command).sees_exactly("")
    console.type("terminal length 0", *TYPED, command).sees_exactly("".join(LISTS.values()))
    console.type(f"{command} | include deny").sees_exactly("    30 deny   any\n    20 deny   ip any any\n")


@pytest.mark.parametrize("command", ["show access-lists", "show ip access-lists"])
def test_one_list_is_shown_by_its_number_or_name(console: ConsoleDriver, command: str) -> None:
    console.type(*TYPED)
    for name, shown in LISTS.items():
        console.type(f"{command} {name}").sees_exactly(shown)
    console.type(f"{command} 99").sees_exactly("")
    console.type(f"{command} out").sees_exactly("")
