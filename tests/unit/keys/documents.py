"""Documents, strategies and a byte flipper that the tests of this room share."""

from hypothesis import strategies as st

from emulator.kernel.time import DAY
from emulator.keys.line_text import CLASSES
from emulator.keys.sealing import derive_sealing_key
from emulator.keys.signing import Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.file import FileLine, LicenseFile
from emulator.licensing.lines import LicenseLine
from emulator.licensing.tickets import PermissionTicket, RehostTicket
from emulator.licensing.types import TYPES, LicenseType
from emulator.licensing.udi import Udi
from tests.tickets import rehost_ticket_for

KEY = derive_signing_key(WorldSecret.known(7), "portal")
VERIFIER = Verifier(KEY.public)
OPENER = derive_sealing_key(WorldSecret.known(7), "device")
UDI = Udi("CISCO881-K9", "FTX1405YDC7")
LINE = LicenseLine("20100301-000001", "advipservices", LicenseType.PERMANENT, UDI)
GRACE = LicenseLine("20100301-000002", "advipservices", LicenseType.GRACE_PERIOD, UDI, 60 * DAY, exclusive=False)
MARCH_2011 = 1298970000000
KINDS = {
    "permanent": LINE,
    "counted": LicenseLine("1", "SSL_VPN", LicenseType.PERMANENT, UDI, exclusive=False, count=25),
    "subscription": LicenseLine("1", "ios-ips-update", LicenseType.SUBSCRIPTION, UDI, ends=MARCH_2011),
    "extension": LicenseLine("1", "advipservices", LicenseType.EXTENSION, UDI, 30 * DAY, exclusive=False),
    "grace period": GRACE,
    "demo": LicenseLine("1", "advipservices", LicenseType.EVALUATION, UDI, 60 * DAY, exclusive=False),
    "counted demo": LicenseLine("1", "SSL_VPN", LicenseType.EVALUATION, UDI, 60 * DAY, exclusive=False, count=10),
}
"""One line of each kind that is issued."""
LICENSE = FileLine(LINE, "License portal, registration", "2010-03-01T09:00:00.000Z", "branch & lab")
FILE = LicenseFile((LICENSE,))
TARGET = Udi("CISCO881-K9", "FTX1405YDC9")
PERMISSION = PermissionTicket(
    "PT-1",
    UDI,
    (LINE.id, "20100301-000003"),
    ("advipservices",),
    (GRACE,),
    TARGET,
    "2010-03-01T09:00:00.000Z",
    "n-1",
    OPENER.public.hex(),
)
REHOST = rehost_ticket_for(PERMISSION)

LAST_DATE = 253402214400000
"""The last midnight of the year 9999."""

words = st.from_regex(r"[A-Za-z0-9._/+-]{1,20}", fullmatch=True)
texts = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=99)
udis = st.builds(
    Udi,
    st.from_regex(r"[A-Z0-9][A-Z0-9./+-]{1,21}", fullmatch=True),
    st.from_regex(r"[A-Z]{3}[0-9]{4}[0-9A-Z]{4}", fullmatch=True),
)


@st.composite
def lines(draw: st.DrawFn) -> LicenseLine:
    kind = draw(st.sampled_from(list(CLASSES.values())))
    rule = TYPES[kind]
    period = draw(st.integers(0, 10**15)) if rule.metered else None
    ends = draw(st.integers(0, LAST_DATE)) if rule.meter == "calendar" else None
    count = draw(st.none() | st.integers(0, 10**9))
    return LicenseLine(
        draw(words), draw(words), kind, draw(udis), period, draw(st.booleans()), draw(words), count, ends
    )


files = st.builds(
    LicenseFile, st.lists(st.builds(FileLine, lines(), texts, texts, texts), min_size=1, max_size=3).map(tuple)
)
id_tuples = st.lists(words, max_size=3).map(tuple)
permissions = st.builds(
    PermissionTicket,
    words,
    udis,
    id_tuples,
    id_tuples,
    st.lists(lines(), max_size=3).map(tuple),
    st.none() | udis,
    texts,
    words,
    st.just(OPENER.public.hex()),
)
rehosts = st.builds(RehostTicket, words, udis, id_tuples, words)


def flipped(data: bytes, position: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[position] ^= 1 << bit
    return bytes(changed)


def between_pieces(data: bytes) -> set[int]:
    """Places of white space between elements: an oracle that walks the bytes, apart from the reader's own way."""
    exempt, at = set(), 0
    while at < len(data):
        if data[at : at + 1].isspace():
            end = at
            while end < len(data) and data[end : end + 1].isspace():
                end += 1
            if data[at - 1 : at] == b">" and (end == len(data) or data[end : end + 1] == b"<"):
                exempt |= set(range(at, end))
            at = end
        else:
            at += 1
    return exempt
