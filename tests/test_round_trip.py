"""What we write we read back without a finding of any severity: both sample agencies, each document, each format."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from selaras.core.period import Period, Span
from selaras.core.planning import LowerMethod, Polarity
from selaras.core.reporting import compose
from selaras.core.value import percent
from selaras.documents.read import DEFAULT, read
from selaras.documents.read.forms import read_form
from selaras.documents.write import write
from selaras.review.claims import understand
from selaras.review.engine import review
from tests.plain_text import plain_text

FORMS = ("docx", "html", "xlsx", "pdf", "txt")
OUTLINES = ("lkjip", "lkj-kpu", "lkjip-gabungan")
KINDS = {
    "pk": None, "rencana-aksi": None, "pengukuran": None, "triwulan": (Span.QUARTER, 3), "bulanan": (Span.MONTH, 12),
}  # fmt: skip
"""The other documents with the period that they are of."""


def found(document, law, folder, form, reader=None):
    """Every finding, remarks too, in words. Text has no writer: it is what others hand in, made here for the test."""
    path = folder / f"laporan.{form}"
    if form == "txt":
        path.write_text(plain_text(document), "utf-8")
    else:
        write(document, form, path)
    reading = reader(path) if reader else read_form(path, DEFAULT)
    report = understand(reading)
    return [
        f"{item.code} {item.message} ({item.places[0].table if item.places else ''})" for item in review(report, law)
    ]


@pytest.mark.parametrize("form", FORMS)
def test_the_annual_report_has_no_findings(snapshot, law, tmp_path, form):
    assert found(compose(snapshot, law, kind="lkjip"), law, tmp_path, form) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("outline", OUTLINES)
def test_it_has_none_in_any_outline(snapshot, law, tmp_path, form, outline):
    if outline == snapshot.settings.outline:
        return  # its own outline is tried above
    other = replace(snapshot, settings=replace(snapshot.settings, outline=outline))
    assert found(compose(other, law, kind="lkjip"), law, tmp_path, form) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_other_document_has_findings(snapshot, law, tmp_path, form, kind):
    period = Period(snapshot.year, *KINDS[kind]) if KINDS[kind] else None
    assert found(compose(snapshot, law, kind=kind, period=period), law, tmp_path, form) == []


def test_a_file_read_in_the_child_process_has_no_findings_either(snapshot, law, tmp_path):
    assert found(compose(snapshot, law, kind="lkjip"), law, tmp_path, "docx", read) == []


def measured(snapshot, code, *, target, numerator=None, denominator=None, value=None, **more):
    """The snapshot with one indicator measured so in its year, and explained in words that fit any figures."""
    parts = {
        "numerator": None if numerator is None else Decimal(numerator),
        "denominator": None if denominator is None else Decimal(denominator),
        "value": value,
    }
    return replace(
        snapshot,
        indicators=tuple(replace(item, **more) if item.code == code else item for item in snapshot.indicators),
        targets=tuple(
            replace(item, value=target) if (item.indicator, item.period.year) == (code, snapshot.year) else item
            for item in snapshot.targets
        ),
        agreement_lines=tuple(
            replace(item, target=target) if item.indicator == code else item for item in snapshot.agreement_lines
        ),
        head_goals=tuple(
            replace(item, target=target) if item.indicator == code else item for item in snapshot.head_goals
        ),
        explanations=tuple(
            replace(item, cause=CAUSE, obstacle="") if item.indicator == code else item
            for item in snapshot.explanations
        ),
        realisations=tuple(
            replace(item, **parts) if (item.indicator, item.period.year) == (code, snapshot.year) else item
            for item in snapshot.realisations
        ),
    )


CAUSE = "Pelaksana mengikuti jadwal yang disepakati pada awal tahun dan kekurangannya dibahas setiap bulan."
OFTEN_MET = "NA05 Realisasi sama persis dengan target"
"""A remark that is right where a case makes one more year meet its target exactly."""
CASES = {
    "a repeating decimal": ("IKU-2", {"target": percent(60), "numerator": 1, "denominator": 3}),
    "two of three": ("IKU-2", {"target": percent(60), "numerator": 2, "denominator": 3}),
    "nothing realised": ("IKU-2", {"target": percent(60), "numerator": 0, "denominator": 338}),
    "a target met exactly": ("IKU-2", {"target": percent(60), "numerator": 3, "denominator": 5}),
    "a tiny realisation": ("IKU-2", {"target": percent(60), "numerator": 1, "denominator": 99999}),
    "a decimal target": ("IKU-2", {"target": percent("60.06"), "numerator": 203, "denominator": 338}),
    "far beyond the target": ("IKU-2", {"target": percent(58), "numerator": 99, "denominator": 100}),
    "lower is better, zero asked and got": (
        "IKU-2",
        {"target": percent(0), "numerator": 0, "denominator": 338, "polarity": Polarity.LOWER,
         "lower_method": LowerMethod.TWICE_TARGET},
    ),
    "lower is better, zero asked, some got": (
        "IKU-2",
        {"target": percent(0), "numerator": 40, "denominator": 338, "polarity": Polarity.LOWER,
         "lower_method": LowerMethod.TWICE_TARGET},
    ),
    "lower is better by twice the target": (
        "IKU-2",
        {"target": percent(10), "numerator": 40, "denominator": 338, "polarity": Polarity.LOWER,
         "lower_method": LowerMethod.TWICE_TARGET},
    ),
    "lower is better by the inverse": (
        "IKU-2",
        {"target": percent(10), "numerator": 40, "denominator": 338, "polarity": Polarity.LOWER,
         "lower_method": LowerMethod.INVERSE},
    ),
}  # fmt: skip


def tried():
    """Every case in every form; the slow form only in the long run."""
    for case in CASES:
        yield from (pytest.param(case, form) for form in ("docx", "html", "xlsx"))
        yield pytest.param(case, "pdf", marks=pytest.mark.slow)


@pytest.mark.slow
@pytest.mark.parametrize(("case", "form"), list(tried()))
def test_odd_but_right_figures_have_no_findings(biro, law, tmp_path, case, form):
    code, changes = CASES[case]
    snapshot = measured(biro, code, **changes)
    remarks = found(compose(snapshot, law, kind="lkjip"), law, tmp_path, form)
    assert [words for words in remarks if not words.startswith(OFTEN_MET)] == []


@pytest.mark.parametrize("form", ["docx", "html", "xlsx"])
def test_a_year_in_which_nothing_was_spent_has_no_findings(biro, law, tmp_path, form):
    """All of it is explained, so only the figures could be wrong."""
    told = " ".join(f"{node.title} tidak dilaksanakan karena anggarannya dialihkan." for node in biro.nodes)
    idle = replace(
        biro,
        spending=tuple(replace(item, amount=Decimal(0)) for item in biro.spending),
        narratives=tuple(
            replace(item, text=told) if item.section == "penyerapan_rendah" else item for item in biro.narratives
        ),
    )
    assert found(compose(idle, law, kind="lkjip"), law, tmp_path, form) == []
