"""The composed documents of both sample agencies, as text that is reviewed when it changes."""

import re

import pytest
from tests.core.reporting.dump import dump

from selaras.core import document as d
from selaras.core.errors import CannotRun
from selaras.core.period import Period, Span
from selaras.core.reporting import KINDS, compose

PERIODS = {"triwulan": lambda year: Period(year, Span.QUARTER, 4), "bulanan": lambda year: Period(year, Span.MONTH, 6)}


def composed(snapshot, law, kind):
    return compose(snapshot, law, kind=kind, period=PERIODS[kind](snapshot.year) if kind in PERIODS else None)


@pytest.mark.parametrize("kind", KINDS)
def test_it_composes_every_kind_of_document_as_reviewed(snapshot, law, golden, kind):
    golden(f"{kind}-{snapshot.agency.code}.txt", dump(composed(snapshot, law, kind)))


def test_composing_twice_gives_the_same_document(snapshot, law):
    assert composed(snapshot, law, "lkjip") == composed(snapshot, law, "lkjip")


def test_it_refuses_a_quarterly_report_without_a_quarter(biro, law):
    with pytest.raises(CannotRun, match="memerlukan periode"):
        compose(biro, law, kind="triwulan")


def test_it_refuses_an_unknown_kind(biro, law):
    with pytest.raises(CannotRun, match="tidak dikenal"):
        compose(biro, law, kind="lakip")


@pytest.fixture(scope="module")
def report(snapshot, law):
    return composed(snapshot, law, "lkjip")


def captioned(report):
    return [block for block in report.blocks if isinstance(block, d.Table | d.Chart | d.OrgChart) and block.number]


def test_tables_and_pictures_are_numbered_without_gap_within_each_chapter(report):
    for kind in ((d.Table,), (d.Chart, d.OrgChart)):
        last = {}
        for block in captioned(report):
            if isinstance(block, kind):
                prefix, number = block.number.rsplit(".", 1)
                assert int(number) == last.get(prefix, 0) + 1, block.caption
                last[prefix] = int(number)


def test_every_reference_names_a_table_or_picture_that_exists(report):
    labels = {block.key: block.label for block in captioned(report)}
    spans = [span for block in report.blocks if isinstance(block, d.Paragraph) for span in block.spans if span.ref]
    assert spans
    assert all(labels[span.ref] == span.text for span in spans)


def test_every_table_is_rectangular(report):
    for table in (block for block in report.blocks if isinstance(block, d.Table)):
        for rows in (table.header, table.body):
            covered = {}
            for number, row in enumerate(rows):
                width = covered.get(number, 0)
                for cell in row.cells:
                    width += cell.colspan
                    for below in range(number + 1, number + cell.rowspan):
                        covered[below] = covered.get(below, 0) + cell.colspan
                assert width == len(table.columns), (table.caption, number)
            assert not any(number >= len(rows) for number in covered), table.caption


def test_every_chapter_of_the_regulation_is_there_with_seven_analyses_per_sasaran(report, snapshot):
    chapters = [
        block.number for block in report.blocks if isinstance(block, d.Heading) and block.level == 1 and block.number
    ]
    assert chapters[:4] == ["BAB I", "BAB II", "BAB III", "BAB IV"]
    analyses = [block for block in report.blocks if isinstance(block, d.Heading) and block.level == 4]
    sasaran = {indicator.node for indicator in snapshot.indicators if indicator.level.value == "indikator sasaran"}
    numbers = [[int(number) for number in re.findall(r"\d+", block.number)] for block in analyses]
    shown = [number for ends in numbers for number in range(ends[0], ends[-1] + 1)]
    assert shown == [1, 2, 3, 4, 5, 6, 7] * len(sasaran)


def test_analyses_without_data_are_all_named_in_one_heading(kpu, law):
    report = composed(kpu, law, "lkjip")
    merged = [block for block in report.blocks if isinstance(block, d.Heading) and block.number == "2)–7)"]
    assert merged
    for part in ("tahun terakhir", "akhir Renstra", "standar nasional", "penyebab", "efisiensi", "penunjang"):
        assert part in merged[0].text


def test_a_figure_that_is_printed_shows_exactly_its_own_rounding(report):
    for block in report.blocks:
        lines = [cell.spans for row in block.body for cell in row.cells] if isinstance(block, d.Table) else []
        lines += [block.spans] if isinstance(block, d.Paragraph) else []
        for span in (span for line in lines for span in line if span.figure and span.figure.value is not None):
            assert span.text in {span.figure.shown(), span.figure.shown(bare=True)}


def test_the_statement_of_review_is_left_blank(report):
    start = next(
        i for i, block in enumerate(report.blocks) if isinstance(block, d.Heading) and block.key == "pernyataan_reviu"
    )
    words = " ".join(d.plain(b.spans) for b in report.blocks[start : start + 5] if isinstance(b, d.Paragraph))
    assert "……" in words
    signature = next(block for block in report.blocks[start:] if isinstance(block, d.Signatures))
    assert signature.signatories[0].name == ""


PRAISE = re.compile(
    r"\b(signifikan|memuaskan|luar biasa|sangat berhasil|optimal|prestasi|membanggakan)\b", re.IGNORECASE
)


def test_generated_sentences_carry_no_praise(report):
    generated = [d.plain(b.spans) for b in report.blocks if isinstance(b, d.Paragraph) and b.voice is d.Voice.GENERATED]
    outside_names = [re.sub(r"“[^”]*”", "", words) for words in generated]
    assert len(outside_names) > 20
    assert not [words for words in outside_names if PRAISE.search(words)]
