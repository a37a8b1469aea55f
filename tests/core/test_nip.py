"""Numbers of civil servants: read, masked, doubted; all invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.nip import Nip, mask, read_nip, spaced
from selaras.core.org import Capacity, Education, Employee, Employment, Position, Sex, Tenure, Unit
from selaras.core.org_checks import OrgCode, check_org, stretches
from selaras.core.staffing import by_group_and_education, by_status_and_sex

DAY = date(2024, 12, 31)


def test_a_pns_and_a_pppk_are_told_apart():
    assert read_nip("19900101 201504 2 001") == Nip(
        "199001012015042001", date(1990, 1, 1), 2015, Employment.PNS, Sex.FEMALE
    )
    pppk = read_nip("199001012023211001")
    assert (pppk.status, pppk.sex, pppk.year) == (Employment.PPPK, Sex.MALE, 2023)


@pytest.mark.parametrize(
    "text",
    ["12345", "19900101201504100A", "199013012015041001", "199001012015131001", "199001012015043001",
     "199001012015041000", "٢٩٩٠٠١٠١٢٠١٥٠٤١٠٠١"],
)  # fmt: skip
def test_what_cannot_be_a_nip_is_said(text):
    faults = read_nip(text)
    assert isinstance(faults, tuple)
    assert all(fault.expected for fault in faults)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader_and_the_mask_hides_the_birth_date(text):
    assert isinstance(read_nip(text), Nip | tuple)
    assert len(mask(text)) == len("".join(text.split()))
    if len("".join(text.split())) > 3:
        assert set(mask(text)[:-3]) == {"•"}


@given(st.from_regex(r"[0-9]{18}", fullmatch=True))
def test_spacing_changes_no_digit(digits):
    assert spaced(digits).replace(" ", "") == digits
    assert spaced(spaced(digits)) == spaced(digits)


def test_the_life_of_a_position_has_its_gaps():
    held = [Tenure("A", "Satu", since=date(2020, 1, 1), until=date(2021, 12, 31)), Tenure("A", "Dua", since=date(2022, 3, 1), until=date(2023, 12, 31))]  # fmt: skip
    life = stretches(held, today=DAY)
    assert [(one.tenure.name if one.tenure else "", one.since) for one in life] == [
        ("Satu", date(2020, 1, 1)), ("", date(2022, 1, 1)), ("Dua", date(2022, 3, 1)), ("", date(2024, 1, 1)),
    ]  # fmt: skip
    assert stretches([], today=DAY) == ()


def test_an_acting_holder_beside_the_definitive_one_is_no_clash():
    held = [Tenure("A", "Satu"), Tenure("A", "Dua", Capacity.PLH, date(2024, 1, 1), date(2024, 1, 9))]
    assert not any(one.clash for one in stretches(held, today=DAY))


def codes(**given):
    base = {"units": (), "positions": (), "tenures": ()}
    return [finding.code for finding in check_org(**(base | given), day=DAY)]


def test_what_is_doubtful_is_found():
    assert codes(positions=(Position("A", "Kepala"), Position("L", "Luar", outside=True))) == [OrgCode.VACANT]
    both = (Tenure("A", "Satu"), Tenure("A", "Dua"))
    assert codes(positions=(Position("A", "Kepala"),), tenures=both) == [OrgCode.OVERLAP]
    assert codes(units=(Unit("U", "U", parent="V"), Unit("V", "V", parent="U"))) == [OrgCode.CIRCLE]
    gone = Unit("U", "U", until=date(2023, 1, 1))
    assert OrgCode.ENDED_UNIT in codes(units=(gone,), positions=(Position("A", "Kepala", "U"),))


def employee(code, nip, sex=Sex.MALE, **more):
    return Employee(code, f"Contoh {code}", "Staf", Employment.PNS, sex, Education.S1, nip=nip, **more)


def test_numbers_are_held_against_the_register():
    right, wrong = employee("1", "199001012015041001"), employee("2", "123")
    assert codes(employees=(right,)) == []
    assert codes(employees=(wrong,)) == [OrgCode.NIP]
    assert codes(employees=(employee("3", "199001012015042001"),)) == [OrgCode.NIP_OTHER]
    assert codes(employees=(right, employee("4", "19900101 201504 1 001"))) == [OrgCode.NIP_TWICE]
    told = check_org((), (), (), (right, employee("4", right.nip)), day=DAY)
    assert right.nip not in str(told)


def test_an_appointment_as_a_child_is_doubted():
    nip = read_nip("199001012015041001")
    assert (nip.age, nip.month, nip.turn) == (25, 4, None)
    assert (read_nip("199001012023211001").month, read_nip("199001012023211001").turn) == (None, 1)
    assert codes(employees=(employee("5", "199001012000041001"),)) == [OrgCode.NIP_AGE]
    assert codes(employees=(employee("5", "199001011985041001"),)) == [OrgCode.NIP_AGE]


def test_the_register_is_counted_with_its_sums():
    people = [employee("1", ""), employee("2", "", Sex.FEMALE), employee("3", "")]
    assert by_status_and_sex(people).rows == (("PNS", (2, 1), 3),)
    cross = by_group_and_education(people)
    assert (cross.columns, cross.totals, cross.whole) == (("S1",), (3,), 3)
    assert by_group_and_education([]).whole == 0
