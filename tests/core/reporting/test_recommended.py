"""Recommendations of earlier years in the annual report: table, state, what of the plan answers them."""

from dataclasses import replace
from datetime import date

from selaras.core.document import Table
from selaras.core.evaluation.recommendations import Recommendation, Reply, Stage
from selaras.core.reporting import compose
from selaras.core.reporting.attachment import attach
from selaras.core.reporting.thawing import thaw


def table(snapshot, law):
    blocks = compose(snapshot, law, kind="lkjip").blocks
    return next((block for block in blocks if isinstance(block, Table) and block.key == "rekomendasi"), None)


def with_two(biro):
    given = date(2024, 6, 30)
    first = Recommendation(
        "R-1", 2023, "", "1", "Perbaiki indikator.", given, Stage.VERIFIED, "Susun kamus.", biro.positions[0].code,
        date(2024, 12, 1), ("bukti.pdf",), "Contoh A", given, "Contoh B", given,
    )  # fmt: skip
    second = Recommendation("R-2", 2023, "", "2", "Ukur setiap triwulan.", given, order=1)
    replies = (Reply("R-2", biro.year, biro.indicators[0].code),)
    return replace(biro, recommendations=(second, first), replies=replies)


def test_a_report_without_recommendations_says_nothing_of_them(biro, law):
    assert table(biro, law) is None


def test_each_recommendation_stands_with_plan_person_day_and_state(biro, law):
    snapshot = with_two(biro)
    rows = [[cell.text for cell in row.cells] for row in table(snapshot, law).body]
    assert rows[0][1] == "Perbaiki indikator. (evaluasi kinerja tahun 2023)"
    assert rows[0][2] == "Susun kamus"
    assert rows[0][3].endswith("; 1 Desember 2024")
    assert [row[4] for row in rows] == ["tuntas terverifikasi", "belum direncanakan"]
    assert snapshot.indicators[0].name in rows[1][2]


def test_a_frozen_report_keeps_them(biro, law):
    snapshot = with_two(biro)
    assert thaw(attach(snapshot, {})) == snapshot
