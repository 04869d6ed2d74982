"""Entries of access lists are written in one way, however they were typed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.console.arguments.types import TYPES
from emulator.console.configuration.access_entries import extended_entry, standard_entry


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("permit any", "permit any"),
        ("deny any log", "deny   any log"),
        ("permit host 10.1.1.5", "permit 10.1.1.5"),
        ("permit 10.1.1.5", "permit 10.1.1.5"),
        ("permit 10.1.1.5 log", "permit 10.1.1.5 log"),
        ("permit 10.1.1.5 0.0.0.0", "permit 10.1.1.5"),
        ("permit 10.1.1.5 0.0.0.255", "permit 10.1.1.0 0.0.0.255"),
        ("permit 10.4.4.2 0.0.255.255 log", "permit 10.4.0.0 0.0.255.255 log"),
        ("permit 10.1.2.3 0.255.0.255", "permit 10.0.2.0 0.255.0.255"),
        ("permit 10.1.1.5 255.255.255.255", "permit any"),
        ("deny 0.0.0.0 255.255.255.255", "deny   any"),
        ("permit 010.001.1.5 0.0.0.255", "permit 10.1.1.0 0.0.0.255"),
    ],
)
def test_a_standard_entry(typed: str, written: str) -> None:
    assert standard_entry(typed) == written
    assert standard_entry(written) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("permit ip any any", "permit ip any any"),
        ("deny ip any any log", "deny   ip any any log"),
        ("permit ip 10.1.1.5 0.0.0.255 any", "permit ip 10.1.1.0 0.0.0.255 any"),
        ("permit ip host 10.1.1.5 10.1.1.5 0.0.0.0", "permit ip host 10.1.1.5 host 10.1.1.5"),
        ("permit ip 0.0.0.0 255.255.255.255 host 10.1.1.5", "permit ip any host 10.1.1.5"),
        ("permit 6 any any", "permit tcp any any"),
        ("permit 0 any any", "permit ip any any"),
        ("permit 50 any any", "permit esp any any"),
        ("permit 108 any any", "permit pcp any any"),
        ("permit 112 any any", "permit 112 any any"),
        (
            "permit tcp 10.1.1.9 0.0.0.7 range 1024 2000 10.2.2.2 0.0.0.0 eq www established",
            "permit tcp 10.1.1.8 0.0.0.7 range 1024 2000 host 10.2.2.2 eq www established",
        ),
        (
            "permit udp object-group NET eq snmp 10.2.2.2 0.0.0.3 eq syslog time-range T",
            "permit udp object-group NET eq snmp 10.2.2.0 0.0.0.3 eq syslog time-range T",
        ),
        ("deny object-group S 10.2.2.2 0.0.0.3 any", "deny   object-group S 10.2.2.0 0.0.0.3 any"),
        ("permit object-group any any any", "permit object-group any any any"),
        ("permit icmp any any 8", "permit icmp any any echo"),
        ("permit icmp any any 3 3 log", "permit icmp any any port-unreachable log"),
        ("permit icmp any any 3 13", "permit icmp any any administratively-prohibited"),
        ("permit icmp any any 3 16", "permit icmp any any unreachable 16"),
        ("permit icmp any any 200 1", "permit icmp any any 200 1"),
    ],
)
def test_an_extended_entry(typed: str, written: str) -> None:
    assert extended_entry(typed) == written
    assert extended_entry(written) == written


ADDRESS = st.integers(0, 2**32 - 1).map(lambda bits: ".".join(str(bits >> shift & 255) for shift in (24, 16, 8, 0)))
END = st.one_of(
    st.just("any"), ADDRESS.map("host {}".format), st.tuples(ADDRESS, ADDRESS).map(" ".join), st.just("object-group G")
)
PORT = st.sampled_from(["", "eq 80", "eq 22", "gt 1023", "range 20 21", "neq telnet"])


@given(st.builds("permit tcp {} {} {} {} {}".format, END, PORT, END, PORT, st.sampled_from(["", "log", "established"])))
def test_what_is_written_is_read_as_it_is(entry: str) -> None:
    phrase = TYPES["ExtendedEntry"]
    assert phrase.match(entry, None).complete
    written = phrase.value(entry, None)
    assert phrase.match(written, None).complete
    assert phrase.value(written, None) == written
    for address, wildcard in re.findall(r"(?<!\S)(\d+\.\S+) (\d+\.\S+)", written.replace("host ", "host-")):
        bits = zip(address.split("."), wildcard.split("."), strict=True)
        assert [int(octet) & int(ignored) for octet, ignored in bits] == [0, 0, 0, 0]
