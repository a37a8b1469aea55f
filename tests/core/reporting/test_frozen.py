"""Data frozen and thawed, shown to everybody without people, compared with what they were, and cut into sections."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.document import Heading, Table
from selaras.core.errors import CannotRun
from selaras.core.measurement.records import Realisation
from selaras.core.org import Capacity, Education, Employee, Employment, Position, Sex, Tenure
from selaras.core.period import Period, quarter
from selaras.core.reporting import compose
from selaras.core.reporting.attachment import attach
from selaras.core.reporting.changes import Edit, figure_changes, text_changes
from selaras.core.reporting.figures import Figures
from selaras.core.reporting.gates import gates
from selaras.core.reporting.open_data import open_data
from selaras.core.reporting.redaction import (
    HIDDEN_NAME,
    HIDDEN_NIP,
    NIP,
    data_snapshot,
    public_document,
    public_snapshot,
)
from selaras.core.reporting.sections import blocks_of, places
from selaras.core.reporting.thawing import thaw
from selaras.core.snapshot import Narrative
from selaras.core.value import ValueKind, percent

PERSON = "I Made Contoh Wijaya"
NUMBER = "197001011995031002"


@pytest.fixture
def peopled(snapshot):
    """The sample with an invented employee whose name and NIP also stand in the agency's own words."""
    employee = Employee(
        "P-1", PERSON, "Staf", Employment.PNS, Sex.MALE, Education.S1, nip=NUMBER, rank="III/a", job="Analis"
    )
    position = Position("J-X", "Kepala Contoh")
    tenure = Tenure("J-X", PERSON, Capacity.DEFINITIVE, nip=NUMBER, rank="Pembina")
    words = Narrative(snapshot.year, "kesimpulan", 90, f"Laporan disusun oleh {PERSON} (NIP 19700101 199503 1 002).")
    return replace(
        snapshot, employees=(*snapshot.employees, employee), positions=(*snapshot.positions, position),
        tenures=(*snapshot.tenures, tenure), narratives=(*snapshot.narratives, words),
    )  # fmt: skip


def test_frozen_data_thaw_to_what_they_were(snapshot, peopled):
    assert thaw(attach(snapshot, {})) == snapshot
    assert thaw(attach(peopled, {})) == peopled


@given(text=st.text(max_size=30), amount=st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_every_text_and_number_survives_freezing(text, amount):
    from selaras.core.org import Agency, AgencyKind
    from selaras.core.planning import BudgetLine, FundSource
    from selaras.core.snapshot import ReportSettings, Snapshot

    made = Snapshot(
        Agency("X", text, "", AgencyKind.REGION), 2024, ReportSettings(2024, outline="", scale=text),
        budget_lines=(BudgetLine(text, 2024, "N", amount, FundSource.APBD),),
    )  # fmt: skip
    assert thaw(attach(made, {})) == made


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"schema": "lain", "snapshot": {}}', '{"schema": "selaras/snapshot/1"}']
)
def test_damaged_or_foreign_data_are_refused(text):
    with pytest.raises(CannotRun):
        thaw(text)


def test_the_public_snapshot_and_its_documents_name_nobody(peopled, law):
    bare = public_snapshot(peopled)
    for kind in ("lkjip", "pk", "pengukuran"):
        made = public_document(compose(bare, law, kind=kind), attachment=attach(data_snapshot(peopled), {}))
        for secret in (PERSON, NUMBER, "19700101 199503 1 002"):
            assert secret not in repr(made), (kind, secret)
        assert not [block for block in made.blocks if isinstance(block, Table) and block.key.startswith("roster-")]
    assert bare.narratives[-1].text == f"Laporan disusun oleh {HIDDEN_NAME} (NIP {HIDDEN_NIP})."
    assert not data_snapshot(peopled).employees


def test_hiding_people_changes_no_figure(peopled, law):
    before, after = open_data(Figures(peopled, law)), open_data(Figures(data_snapshot(peopled), law))
    assert before == after


@pytest.mark.parametrize("words", ["2.940.235.465", "1234567890", "Nomor 20240101 Tahun 2024", "199503100219950310021"])
def test_ordinary_numbers_are_no_nip(words):
    assert not NIP.search(words)


def test_equal_data_have_no_changes(snapshot, law):
    assert figure_changes(Figures(snapshot, law), Figures(snapshot, law)) == ()
    assert text_changes(snapshot, snapshot) == ()


def test_a_changed_realisation_and_what_follows_from_it_are_told(snapshot, law):
    measured = {item.code for item in Figures(snapshot, law).measured}
    old = next(
        item for item in snapshot.realisations
        if item.indicator in measured and item.period == Period(snapshot.year) and (item.numerator or (item.value and item.value.amount))
    )  # fmt: skip
    new = replace(old, value=percent(Decimal(12)), numerator=None, denominator=None)
    others = tuple(new if item is old else item for item in snapshot.realisations)
    told = figure_changes(Figures(snapshot, law), Figures(replace(snapshot, realisations=others), law))
    assert (told[0].what, told[0].after, told[0].computed) == ("realisasi", "12%", False)
    assert any(change.computed and change.what.startswith("capaian") for change in told)


def test_paragraphs_are_compared_word_by_word(snapshot):
    old = replace(snapshot, narratives=(Narrative(snapshot.year, "saran", 1, "Data harus dicatat."),))
    new = replace(snapshot, narratives=(Narrative(snapshot.year, "saran", 1, "Data wajib dicatat."),))
    (change,) = text_changes(old, new)
    assert [(run.edit, run.text) for run in change.words] == [
        (Edit.SAME, "Data"), (Edit.REMOVED, "harus"), (Edit.ADDED, "wajib"), (Edit.SAME, "dicatat."),
    ]  # fmt: skip


def test_every_section_of_the_outline_is_found_in_the_report(snapshot, law):
    report = compose(snapshot, law, kind="lkjip")
    for place in places(law.outlines[snapshot.settings.outline]):
        blocks = blocks_of(report, place.key)
        assert isinstance(blocks[0], Heading), place.key
        assert blocks[0].key == place.key
    assert len(blocks_of(report, "evaluasi")) > 20
    assert blocks_of(report, "entah") == ()


def test_gates_are_those_of_the_agreement_and_more(snapshot, law):
    figures = Figures(snapshot, law)
    assert set(figures.findings) <= set(gates(figures))


def test_open_data_tell_a_quarter_that_was_counted_from_its_parts(snapshot, law):
    figures = Figures(snapshot, law)
    asked = next(
        item for node in figures.sasaran for item in figures.by_node[node.code] if item.value_kind is ValueKind.PERCENT
    )
    counted = Realisation(asked.code, quarter(snapshot.year, 1), numerator=Decimal(40), denominator=Decimal(46))
    told = open_data(Figures(replace(snapshot, realisations=(counted,)), law))
    quarters = next(
        one["quarters"] for goal in told["goals"] for one in goal["indicators"] if one["code"] == asked.code
    )
    assert quarters[0]["realisation"]["shown"] == "86,96%"
