import re
from base64 import b64decode, b64encode
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from emulator.keys.canonical_xml import consists_of
from emulator.keys.documents import (
    LICENSE_FILE_LIMIT,
    DamagedLine,
    InvalidDocument,
    read_license_file,
    write_license_file,
    write_saved_licenses,
)
from emulator.keys.signing import Verifier, derive_signing_key
from emulator.keys.world_secret import WorldSecret
from emulator.licensing.file import FileLine, LicenseFile
from emulator.licensing.types import LicenseType

from .documents import FILE, GRACE, KEY, KINDS, LICENSE, LINE, UDI, VERIFIER, between_pieces, files, flipped

DATA = write_license_file(FILE, KEY)
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>'
DAMAGED = (DamagedLine("advipservices"),)


def read(data: bytes) -> tuple[FileLine | DamagedLine, ...]:
    """Content that is read, proofs aside: those are what reading adds."""
    return tuple(
        replace(each, proof="") if isinstance(each, FileLine) else each for each in read_license_file(data, VERIFIER)
    )


def sound(data: bytes) -> tuple[FileLine, ...]:
    """The licenses with their proofs; none is damaged."""
    entries = read_license_file(data, VERIFIER)
    lines = tuple(each for each in entries if isinstance(each, FileLine))
    assert lines == entries
    return lines


def found(pattern: bytes, data: bytes) -> bytes:
    match = re.search(pattern, data)
    assert match
    return match[1]


def refused(data: bytes) -> bool:
    try:
        return any(isinstance(each, DamagedLine) for each in read(data))
    except InvalidDocument:
        return True


def test_a_file_looks_good_in_an_editor():
    signature = found(rb"\$([^\]]+)", DATA).decode()
    line = (
        "11 advipservices 1.0 LONG NORMAL STANDALONE EXCL INFINITE_KEYS INFINITE_KEYS NEVER NEVER NiL SLM_CODE"
        " CL_ND_LCK NiL *20100301-000001 NiL NiL NiL 5_MINS"
        f" <UDI><PID>CISCO881-K9</PID><SN>FTX1405YDC7</SN></UDI> 3F4DA1F22AAD4F1E${signature}"
    )
    digest = found(rb'hash="([^"]+)"', DATA).decode()
    assert b64decode(digest) == sha256(line.encode()).digest()
    assert DATA.decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<CISCO_WT_LICENSES version="1.0">\n'
        "  <CISCO_WT_LICENSE>\n"
        "    <FEATURE_NAME>advipservices</FEATURE_NAME>\n"
        "    <FEATURE_VERSION>1.0</FEATURE_VERSION>\n"
        "    <UDI>\n"
        "      <PID>CISCO881-K9</PID>\n"
        "      <SN>FTX1405YDC7</SN>\n"
        "    </UDI>\n"
        "    <SOURCE>License portal, registration</SOURCE>\n"
        "    <CREATE_DATE>2010-03-01T09:00:00.000Z</CREATE_DATE>\n"
        f'    <LICENSE_LINE hash="{digest}">\n'
        f"      <![CDATA[{line}]]>\n"
        "    </LICENSE_LINE>\n"
        '    <USER_MODIFIABLE_COMMENT fieldRestrictions="Max 99 ASCII characters in length.">branch &amp; lab'
        "</USER_MODIFIABLE_COMMENT>\n"
        "  </CISCO_WT_LICENSE>\n"
        "</CISCO_WT_LICENSES>\n"
    )
    assert 900 < len(DATA) < 1200


@given(files)
@settings(max_examples=60, deadline=None)
def test_what_was_written_is_read(content):
    data = write_license_file(content, KEY)
    assert read(data) == content.licenses
    assert write_license_file(content, KEY) == data


@pytest.mark.parametrize("bit", range(8))
@pytest.mark.parametrize("line", KINDS.values(), ids=KINDS)
def test_every_changed_bit_is_refused_outside_comment_and_white_space(line, bit):
    """Exhaustive. Exempt positions are those of an oracle apart from the reader; exempt flips must be well formed."""
    data = write_license_file(LicenseFile((replace(LICENSE, line=line),)), KEY)
    opening = data.index(b"in length.") + len(b'in length.">')
    comment = range(opening, data.index(b"</USER_MOD"))
    white = between_pieces(data)
    accepted = set()
    for position in range(len(data)):
        changed = flipped(data, position, bit)
        if position in comment:
            text = changed[comment.start : comment.stop]
            allowed = is_comment(text)
        else:
            allowed = position in white and changed[position] in b" \t\r\n"
        assert refused(changed) is not allowed, (position, bit, changed[position])
        if allowed:
            accepted.add(position)
    assert accepted <= white | set(comment)
    if bit == 0:
        assert accepted & set(comment), "some flips leave a comment"


def is_comment(text: bytes) -> bool:
    try:
        value = etree.fromstring(b"<c>" + text + b"</c>").text or ""
    except etree.XMLSyntaxError:
        return False
    return b"<" not in text and re.fullmatch(r"[ -~]{0,99}", value) is not None


def test_flips_that_leave_white_space_are_accepted():
    tabbed = DATA.replace(b"  <", b"\t<").replace(b"\n", b"\r\n")
    assert read(tabbed) == FILE.licenses
    positions = [at for at in between_pieces(tabbed) if tabbed[at] in b"\t\r"]
    flips = {b"\t"[0]: 2, b"\r"[0]: 2}  # 0x09 <-> 0x0d
    for position in positions:
        assert read(flipped(tabbed, position, flips[tabbed[position]])) == FILE.licenses


def test_white_space_between_elements_is_free():
    assert read(re.sub(rb">\s+<", b"><", DATA)) == FILE.licenses
    assert read(re.sub(rb">\s+<", b">\r\n\t\r\n<", DATA) + b"\n\n") == FILE.licenses
    assert refused(b"\n" + DATA)


def test_white_space_in_the_line_is_not():
    for old, new in (
        (b"LONG NORMAL", b"LONG  NORMAL"),
        (b"LONG NORMAL", b"LONG\tNORMAL"),
        (b"[11 ", b"[ 11 "),
        (b"</UDI> 3F", b"</UDI>\n3F"),
        (b"==]]", b"== ]]"),
        (b"<UDI><PID>", b"<UDI> <PID>"),
    ):
        assert old in DATA
        assert read(DATA.replace(old, new)) == DAMAGED


@pytest.mark.parametrize("text", [b"", b"x" * 99, b"mine > yours", b"&#65;&quot;", b" ", b'R1\'s "own"', b"a &amp; b"])
def test_the_user_may_write_any_comment(text):
    [license_] = read(DATA.replace(b"branch &amp; lab", text))
    assert license_ == replace(LICENSE, comment=etree.fromstring(b"<c>" + text + b"</c>").text or "")


@pytest.mark.parametrize(
    "text",
    [
        b"x" * 100,
        "é".encode(),
        b"two\nlines",
        b"tab\t",
        b"&#10;",
        b"&#233;",
        b"<b/>",
        b"<![CDATA[x]]>",
        b"<!-- -->",
        b"<?x?>",
    ],
)
def test_another_comment_damages_the_license(text):
    assert read(DATA.replace(b"branch &amp; lab", text)) == DAMAGED


SPELLINGS = {
    "character reference": (b"<SN>FTX", b"<SN>&#70;TX"),
    "reference in an attribute": (b'version="1.0">', b'version="1&#46;0">'),
    "attribute quotes": (b'hash="', b"hash='"),
    "blank in a tag": (b"<SN>", b"<SN >"),
    "no blank in the root": (b'CENSES version="1.0"', b'CENSES  version="1.0"'),
    "further attribute": (b"<SOURCE>", b'<SOURCE a="b">'),
    "text for CDATA": (b"<![CDATA[11 advip", b"11 advip<![CDATA["),
    "CDATA for text": (b"License portal,", b"<![CDATA[License portal,]]>"),
    "comment": (b"<SOURCE>", b"<!-- x --><SOURCE>"),
    "comment in the root": (b"  <CISCO_WT_LICENSE>", b"<!-- x --><CISCO_WT_LICENSE>"),
    "instruction": (b"<SOURCE>", b"<?x y?><SOURCE>"),
    "instruction at the end": (b"</CISCO_WT_LICENSES>", b"</CISCO_WT_LICENSES><?x?>"),
    "byte order mark": (b"<?xml", b"\xef\xbb\xbf<?xml"),
    "declaration": (b'encoding="UTF-8"?>', b'encoding="UTF-8" standalone="yes"?>'),
    "version": (b'xml version="1.0"', b'xml version="1.1"'),
    "encoding": (b"UTF-8", b"ASCII"),
    "namespace": (b"<CISCO_WT_LICENSES ", b'<CISCO_WT_LICENSES xmlns="x" '),
    "element twice": (b"<SOURCE>", b"<SOURCE>x</SOURCE><SOURCE>"),
    "foreign element": (b"<SOURCE>", b"<X/><SOURCE>"),
    "foreign element in the root": (b"</CISCO_WT_LICENSES>", b"<X/></CISCO_WT_LICENSES>"),
    "text between elements": (b"    <SOURCE>", b"  x <SOURCE>"),
    "carriage return in text": (b"portal, ", b"portal,\r"),
    "end tag with a blank": (b"</SN>", b"</SN >"),
    "empty license": (b"</CISCO_WT_LICENSES>", b"<CISCO_WT_LICENSE/></CISCO_WT_LICENSES>"),
    "hidden end": (b"<![CDATA[11", b"<![CDATA[</CISCO_WT_LICENSE>11"),
    "base64 padding": (b"==]]", b"=]]"),
    "base64 rubbish": (b"==]]", b"==!]]"),
    "no signature": (b"$", b" "),
}


@pytest.mark.parametrize(("old", "new"), SPELLINGS.values(), ids=SPELLINGS)
def test_no_second_spelling_is_accepted(old, new):
    assert old in DATA
    assert refused(DATA.replace(old, new))


def test_a_second_spelling_of_the_last_base64_digit_is_refused():
    at = DATA.index(b"==]]") - 1
    digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = bytearray(DATA)
    other[at] = digits[digits.index(DATA[at]) + 1]
    digest = found(rb'hash="([^"]+)"', DATA)
    assert read(bytes(other).replace(digest, _hash(bytes(other)))) == DAMAGED


def _hash(data: bytes) -> bytes:
    return b64encode(sha256(found(rb"CDATA\[(.*)\]\]>", data)).digest())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"FEATURE_NAME>advip", b"FEATURE_NAME>other"),
        (b"portal, reg", b"Portal, reg"),
        (b"2010-03-01T", b"2011-03-01T"),
        (b"NORMAL", b"EVAL"),
    ],
)
def test_the_signature_covers_every_element(old, new):
    changed = DATA.replace(old, new)
    changed = changed.replace(found(rb'hash="([^"]+)"', DATA), _hash(changed))
    [damaged] = read(changed)
    assert isinstance(damaged, DamagedLine)


def test_one_damaged_license_leaves_the_others_sound():
    other = FileLine(GRACE, "x", "y")
    data = write_license_file(LicenseFile((LICENSE, other, LICENSE)), KEY)
    assert read(data.replace(b"GRACE", b"GRACD")) == (LICENSE, DamagedLine("advipservices"), LICENSE)


def test_a_name_that_is_none_is_not_repeated():
    assert read(DATA.replace(b"NAME>advipservices<", b"NAME>\x1b[2J<".replace(b"\x1b", b"%"))) == (
        DamagedLine("unknown"),
    )


PROOF = re.compile(r"3F4DA1F22AAD4F1E\$[A-Za-z0-9+/]{86}==")


@pytest.mark.parametrize("line", KINDS.values(), ids=KINDS)
def test_what_was_read_can_be_written_again_without_the_key(line):
    data = write_license_file(LicenseFile((replace(LICENSE, line=line), LICENSE)), KEY)
    entries = sound(data)
    assert all(PROOF.fullmatch(each.proof) for each in entries)
    assert write_saved_licenses(entries) == data
    assert read_license_file(write_saved_licenses(entries[::-1]), VERIFIER) == entries[::-1]


@given(files, files)
@settings(max_examples=40, deadline=None)
def test_licenses_of_several_files_are_saved_in_one(first, second):
    saved = write_saved_licenses(sound(write_license_file(first, KEY)) + sound(write_license_file(second, KEY)))
    assert read(saved) == first.licenses + second.licenses
    assert saved == write_license_file(LicenseFile(first.licenses + second.licenses), KEY)


def test_the_user_may_comment_a_license_that_is_then_saved():
    [entry] = sound(DATA)
    commented = replace(entry, comment="<mine> & yours")
    assert read_license_file(write_saved_licenses((commented,)), VERIFIER) == (commented,)


def test_a_saved_license_that_was_changed_is_damaged():
    [entry] = sound(DATA)
    for changed in (
        replace(entry, line=replace(LINE, feature="other")),
        replace(entry, line=replace(LINE, count=5)),
        replace(entry, source="other"),
        replace(entry, created="2011-03-01T09:00:00.000Z"),
        replace(entry, proof=entry.proof.replace("3F4D", "3F4E")),
    ):
        assert read(write_saved_licenses((changed,))) == (DamagedLine(changed.line.feature),)


@pytest.mark.parametrize("proof", ["", "$", "3F4DA1F22AAD4F1E$", "3F4DA1F22AAD4F1E$]]>", "x" * 105])
def test_a_license_without_proof_is_not_saved(proof):
    with pytest.raises(ValueError, match=r"^license 20100301-000001 has no proof$"):
        write_saved_licenses((replace(LICENSE, proof=proof),))


def test_a_saved_file_holds_at_least_one_license():
    with pytest.raises(ValueError, match=r"^a license file holds at least one license$"):
        write_saved_licenses(())


def test_licenses_of_another_world_are_damaged():
    stranger = Verifier(derive_signing_key(WorldSecret.known(8), "portal").public)
    assert read_license_file(DATA, stranger) == DAMAGED


def test_the_signatures_of_two_licenses_are_not_exchangeable():
    data = write_license_file(LicenseFile((LICENSE, replace(LICENSE, source="other"))), KEY)
    first, second = re.findall(rb"<!\[CDATA.*?\]\]>", data)
    one, two = re.findall(rb'hash="[^"]+"', data)
    swapped = data.replace(first, b"@").replace(second, first).replace(b"@", second)
    swapped = swapped.replace(one, b"@").replace(two, one).replace(b"@", two)
    assert read(swapped) == DAMAGED * 2


class Huge(bytes):
    """Says that it is large without being so."""

    def __len__(self) -> int:
        return 100_000_000


BOMB = (
    DECLARATION
    + b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><CISCO_WT_LICENSES>&a11;</CISCO_WT_LICENSES>"
)
EXTERNAL = DECLARATION + b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><CISCO_WT_LICENSES/>'
NO_DECLARATION = "does not begin with the declaration of XML 1.0 in UTF-8"
LAYOUT = "is not laid out as a CISCO_WT_LICENSES document"
INVALID = {
    "blanks": (Huge(b" "), "is larger than 262144 bytes"),
    "one byte too many": (DATA + b" " * (LICENSE_FILE_LIMIT + 1 - len(DATA)), "is larger than 262144 bytes"),
    "empty": (b"", "is empty"),
    "white space": (b" \n", "is empty"),
    "text": (b"hello", NO_DECLARATION),
    "UTF-16": (DATA.decode().encode("utf-16"), NO_DECLARATION),
    "UTF-16 without mark": (DATA.decode().encode("utf-16-le"), NO_DECLARATION),
    "bomb": (BOMB, "declares a document type"),
    "external entity": (EXTERNAL, "declares a document type"),
    "unknown entity": (DATA.replace(b"branch", b"&x;"), "is not well-formed XML"),
    "not closed": (DATA.replace(b"</CISCO_WT_LICENSES>", b""), "is not well-formed XML"),
    "control character": (DATA.replace(b"branch", b"\x00"), "is not well-formed XML"),
    "deep": (DECLARATION + b"<a>" * 20000 + b"</a>" * 20000, "is not well-formed XML"),
    "other root": (DECLARATION + b"<LICENSES/>", "is not a CISCO_WT_LICENSES document"),
    "no license": (DECLARATION + b'<CISCO_WT_LICENSES version="1.0"></CISCO_WT_LICENSES>', "holds no license"),
    "other child": (DATA.replace(b"</CISCO_WT_LICENSES>", b"<X/></CISCO_WT_LICENSES>"), LAYOUT),
}


@pytest.mark.parametrize(("data", "reason"), INVALID.values(), ids=INVALID)
def test_the_file_as_a_whole_may_be_invalid(data, reason):
    with pytest.raises(InvalidDocument) as caught:
        read(data)
    assert caught.value.reason == reason


def test_the_largest_file_is_read():
    assert read(DATA + b" " * (LICENSE_FILE_LIMIT - len(DATA))) == FILE.licenses


def test_a_truncated_file_is_refused_at_every_byte():
    for length in range(len(DATA) - 1):
        with pytest.raises(InvalidDocument):
            read(DATA[:length])


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_rubbish_is_refused(data):
    for each in (data, DECLARATION + data):
        with pytest.raises(InvalidDocument):
            read(each)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (LicenseFile(()), "a license file holds at least one license"),
        (
            LicenseFile((replace(LICENSE, line=replace(LINE, udi=None)),)),
            "license 20100301-000001 is locked to no device",
        ),
        (LicenseFile((replace(LICENSE, line=replace(LINE, feature="two words")),)), "'two words' is not one word"),
        (LicenseFile((replace(LICENSE, line=replace(LINE, id="")),)), "'' is not one word"),
        (LicenseFile((replace(LICENSE, source="é"),)), "'é' is not printable ASCII"),
        (LicenseFile((replace(LICENSE, created="a\nb"),)), r"'a\nb' is not printable ASCII"),
        (LicenseFile((replace(LICENSE, comment="x" * 100),)), "a comment has at most 99 characters"),
        (
            LicenseFile((replace(LICENSE, line=replace(LINE, period=5)),)),
            "license 20100301-000001 of type permanent cannot have the period 5",
        ),
        (
            LicenseFile((replace(LICENSE, line=replace(LINE, type=LicenseType.EVALUATION)),)),
            "license 20100301-000001 of type evaluation cannot have the period None",
        ),
        (
            LicenseFile((replace(LICENSE, line=replace(LINE, udi=replace(UDI, serial="x"))),)),
            "'CISCO881-K9:x' is not a UDI; write PID:SN, for example CISCO881-K9:FTX1405YDC7",
        ),
    ],
)
def test_what_a_file_cannot_carry_is_not_written(content, problem):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        write_license_file(content, KEY)
    assert str(caught.value) == problem


def test_pieces_must_all_be_there_and_nothing_else():
    pieces = ((0, "<a>"), (1, "</a>"))
    assert consists_of(b" <a>\r\n\t</a> ", pieces)
    assert not consists_of(b"<a></a>x", pieces)
    assert not consists_of(b"<a>", pieces)
    assert not consists_of(b"<a>\x0b</a>", pieces)
