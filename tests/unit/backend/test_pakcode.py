"""The form of a PAK: what a person mistypes is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from emulator.backend.pakcode import ALPHABET, LENGTH, normal, pak_code, spelled, well_formed

codes = st.integers(0, 1 << 60).map(pak_code)


def test_a_pak_has_eleven_characters_that_nobody_mixes_up():
    assert (LENGTH, len(set(ALPHABET))) == (11, 32)
    assert not set("0O1I") & set(ALPHABET)
    assert pak_code(0) == "22222222222"


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(code, place, character):
    changed = code[:place] + character + code[place + 1 :]
    assert well_formed(code)
    assert well_formed(changed) is (changed == code)


@given(codes, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_that_changed_places_are_noticed(code, one, other):
    characters = list(code)
    characters[one], characters[other] = characters[other], characters[one]
    assert well_formed("".join(characters)) is (characters == list(code))


@given(codes, st.integers(0, LENGTH))
def test_one_too_many_or_too_few_is_noticed(code, place):
    assert not well_formed(code[:place] + "A" + code[place:])
    assert not well_formed(code[:-1])


@given(st.integers(0, (1 << 50) - 1), st.integers(0, (1 << 50) - 1))
def test_different_numbers_have_different_paks(one, other):
    assert (pak_code(one) == pak_code(other)) is (one == other)


def test_capitals_blanks_and_hyphens_do_not_matter():
    assert normal(" pkwec-7cteu d\n") == "PKWEC7CTEUD"


@given(st.text(max_size=20))
def test_anything_can_be_asked(text):
    assert well_formed(normal(text)) in {True, False}


def test_a_code_that_is_spelled_right_may_still_be_wrong():
    code = pak_code(12345)
    assert spelled(code)
    assert spelled(code[:-1] + ("2" if code[-1] != "2" else "3"))
    assert not well_formed(code[:-1] + ("2" if code[-1] != "2" else "3"))
    for wrong in (code[:-1], code + "2", "0" + code[1:], "", "I" * 11):
        assert not spelled(wrong)
