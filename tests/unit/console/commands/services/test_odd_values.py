"""Lines that end in free text: what they make no sense of is shown without a figure, not by a traceback."""

import pytest

from tests.driver import ConsoleDriver

ODD = (
    (("time-range T", "periodic never", "absolute start tomorrow"), "show time-range", "T (inactive)"),
    (("kron occurrence K in soon oneshot", "policy-list P"), "show kron schedule", "K inactive"),
    (("kron occurrence K at noon", "policy-list P"), "show kron schedule", "K inactive"),
    (("ip inspect name R tcp timeout",), "show ip inspect all", ""),
    (("ip sla 1", "icmp-echo 192.0.2.9", "ip sla schedule 1 start-time now life"), "show ip sla statistics", "id: 1"),
    (("policy-map P", "class class-default", "police cir conform-action", "interface fa4", "service-policy output P"),
     "show policy-map interface", "police:"),
)  # fmt: skip


@pytest.mark.parametrize(("lines", "show", "seen"), ODD)
def test_free_text_without_sense_is_shown_all_the_same(
    console: ConsoleDriver, lines: tuple[str, ...], show: str, seen: str
) -> None:
    console.type("configure terminal", *lines, "end", show)
    console.sees(seen)
    assert console.prompt.endswith("#")
