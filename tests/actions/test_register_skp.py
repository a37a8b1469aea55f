"""A result of an employee's goals counts itself from a register: all records, those of the unit, those of the person."""

from datetime import date, timedelta

import pytest
from tests.actions.staffed import CODE, STAFF, agreed, filled, person
from tests.store.example import YEAR

from selaras.actions import people_rating, register_records, register_skp, registers
from selaras.core.access import Role
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.period import Period, quarter
from selaras.core.registers.binding import Whose
from selaras.core.value import percent
from selaras.store import models as tables
from selaras.store.people import plan_of, realisations_of

pytestmark = pytest.mark.django_db
ALL, CODE_OF = Period(YEAR), "direktif"
FIRST = date(YEAR, 2, 5)


@pytest.fixture
def who():
    found = filled()
    found["leader"] = person("pimpinan-register", Role.LEADER)
    found["boss"] = person("atasan-register", Role.SUPERIOR)
    for preset in ("rapat_pleno", CODE_OF):
        registers.take_preset(person(f"perencana-{preset}", Role.PLANNER), agency=CODE, preset_code=preset)
    agreed(found)
    row = tables.SkpRow.objects.get(plan__code=STAFF, order=1)
    row.target_kind, row.target_amount, row.indicator = "persen", 90, None
    row.save()
    return found


def directive(who, days, done, employee="P-1", unit=""):
    """A directive that should be done within `days`, reported after `done` of them."""
    number = register_records.open_record(
        who["leader"], agency=CODE, register=CODE_OF, on=FIRST, unit=unit,
        texts={
            "direktif": "Siapkan bahan.", "pemberi": "Kepala", "pelaksana": employee,
            "batas": (FIRST + timedelta(days)).isoformat(),
        },
    )  # fmt: skip
    for target, texts, on in (
        ("dibaca", {"dipahami": "ya"}, FIRST), ("dilaporkan", {"hasil": "Selesai."}, FIRST + timedelta(done)),
    ):  # fmt: skip
        register_records.advance_record(
            who["boss"], agency=CODE, register=CODE_OF, number=number, target=target, texts=texts, on=on
        )
    return number


def bound(who, by="sekretaris", **more):
    given = {"agency": CODE, "code": STAFF, "order": 1, "register": CODE_OF, "rule": "tepat_waktu"}
    register_skp.bind_row(who[by], **(given | more))


def drawn(who, period=ALL):
    return realisations_of(CODE, plan_of(who["pegawai"], CODE, STAFF), period)[1]


def test_a_result_counts_itself_and_nothing_is_typed_beside_it(who):
    directive(who, 10, 5)
    directive(who, 10, 20)
    directive(who, 10, 3)
    bound(who)
    found = drawn(who)
    assert (found.shown, found.arithmetic, found.measured, found.verified) == (
        "66,67%", "66,67% (2 dari 3)", True, True,
    )  # fmt: skip
    assert "Register" in found.evidence[0]
    with pytest.raises(Refusal, match="tidak diketik"):
        people_rating.record_result(
            who["pegawai"], agency=CODE, code=STAFF, order=1, period=ALL, realised_value=percent(99)
        )
    directive(who, 10, 2)
    assert drawn(who).shown == "75,00%"
    register_skp.release_row(who["sekretaris"], agency=CODE, code=STAFF, order=1)
    assert not drawn(who).measured
    changed = tables.FieldChange.objects.filter(field="Hasil kerja 1 dihitung dari register")
    assert [(item.before, item.after) for item in changed.order_by("pk")] == [
        ("", "direktif/tepat_waktu, semua rekaman"), ("direktif/tepat_waktu, semua rekaman", ""),
    ]  # fmt: skip


def test_only_the_records_of_the_person_or_of_the_unit_count(who):
    other = tables.Employee.objects.exclude(code="P-1").first().code
    unit = plan_of(who["pegawai"], CODE, STAFF).plan.unit
    directive(who, 10, 5, unit=unit)
    directive(who, 10, 20, employee=other)
    bound(who)
    assert drawn(who).arithmetic == "50,00% (1 dari 2)"
    bound(who, whose=Whose.OWN, field="pelaksana")
    assert drawn(who).arithmetic == "100,00% (1 dari 1)"
    if unit:
        bound(who, whose=Whose.UNIT)
        assert drawn(who).arithmetic == "100,00% (1 dari 1)"


def test_a_period_shows_what_was_known_when_it_ended(who):
    directive(who, 10, 5)
    directive(who, 90, 80)
    bound(who)
    assert drawn(who, quarter(YEAR, 1)).arithmetic == "100,00% (1 dari 1)"
    assert drawn(who).arithmetic == "100,00% (2 dari 2)"


def test_without_anything_to_count_it_says_so(who):
    bound(who)
    assert (drawn(who).value, drawn(who).shown) == (None, "Tidak ada direktif.")


def test_a_register_that_counts_a_result_keeps_its_rule_and_is_not_deleted(who):
    bound(who)
    planner = person("perencana-lain", Role.PLANNER)
    with pytest.raises(Refusal, match="hasil kerja SKP"):
        registers.remove_register(planner, agency=CODE, code=CODE_OF)
    with pytest.raises(Refusal, match="masih dipakai"):
        registers.change_part(planner, agency=CODE, code=CODE_OF, part="rules", key="tepat_waktu", data=None)


def test_what_does_not_fit_is_not_bound(who):
    for more in ({"rule": "tiada"}, {"whose": Whose.OWN, "field": "batas"}):
        with pytest.raises(Refusal, match="tidak diikat"):
            bound(who, **more)
    with pytest.raises(NotFound):
        bound(who, order=99)
    with pytest.raises(NotFound):
        bound(who, register="tiada")
    # Goals that were agreed are counted as agreed, unless the assessor says otherwise.
    with pytest.raises(NotAllowed):
        bound(who, by="pegawai")
    tables.SkpRow.objects.filter(plan__code=STAFF, order=1).update(target_kind="angka")
    with pytest.raises(Refusal, match="jenis target"):
        bound(who)
