"""A revised agreement stands beside the original, and the report answers the latest one."""

from dataclasses import replace
from datetime import date

import pytest
from tests.core.reporting.dump import dump

from selaras.core import document as d
from selaras.core.agreements import RevisionReason
from selaras.core.org import Unit
from selaras.core.planning import Contribution, IndicatorLevel, NodeLevel
from selaras.core.reporting import compose
from selaras.core.reporting.figures import Figures
from selaras.core.value import percent
from selaras.documents.write import write


@pytest.fixture
def revised(biro):
    """The first agency with a revised agreement that sets the library target to 56%."""
    first = biro.agreements[0]
    second = replace(
        first,
        code="PK-P1",
        version=1,
        signed_on=date(2024, 10, 1),
        reason=RevisionReason.STRATEGY,
        reason_note="APBD Perubahan",
    )
    lines = [replace(line, agreement="PK-P1") for line in biro.agreement_lines]
    lines = [replace(line, target=percent(56)) if line.target == percent(60) else line for line in lines]
    programmes = [replace(item, agreement="PK-P1") for item in biro.agreement_programmes]
    return replace(
        biro,
        agreements=(first, second),
        agreement_lines=(*biro.agreement_lines, *lines),
        agreement_programmes=(*biro.agreement_programmes, *programmes),
    )


def test_the_latest_version_sets_the_target_that_counts(revised, law):
    figures = Figures(revised, law)
    library = next(item for item in figures.measured if figures.agreed(item).value == percent(56))
    assert figures.achievement(library).shown() == "100,00%"


def test_the_report_shows_what_the_revision_changed(revised, law):
    words = dump(compose(revised, law, kind="lkjip"))
    assert "Perubahan Perjanjian Kinerja Tahun 2024" in words
    assert "| 60% | 56%" in words
    assert "perubahan karena perubahan strategi" in words


def test_the_revised_agreement_names_itself_and_its_reason(revised, law):
    words = dump(compose(revised, law, kind="pk"))
    assert "PERJANJIAN KINERJA PERUBAHAN TAHUN 2024" in words
    assert RevisionReason.STRATEGY.value in words


def test_an_agreement_of_a_head_without_superior_has_one_signature(biro, law):
    alone = replace(biro, agreements=tuple(replace(item, superior="") for item in biro.agreements))
    signatures = [block for block in compose(alone, law, kind="pk").blocks if isinstance(block, d.Signatures)]
    assert [len(block.signatories) for block in signatures] == [1, 1]


def test_the_superior_signs_left_and_the_promiser_right(biro, law):
    signatures = [block for block in compose(biro, law, kind="pk").blocks if isinstance(block, d.Signatures)]
    assert [item.role for item in signatures[0].signatories] == ["Pihak Kedua,", "Pihak Pertama,"]


def test_contributions_of_other_units_are_told(biro, law):
    sasaran = next(node for node in biro.nodes if node.level is NodeLevel.SASARAN)
    helped = replace(
        biro,
        units=(*biro.units, Unit("LAIN", "Bagian Lain Contoh")),
        contributions=(Contribution(sasaran.code, "LAIN", "data kelembagaan setiap triwulan"),),
    )
    assert "Bagian Lain Contoh: data kelembagaan setiap triwulan" in dump(compose(helped, law, kind="lkjip"))


def test_indicators_of_a_goal_are_measured_beside_those_of_the_sasaran(biro, law):
    goal = next(node for node in biro.nodes if node.level is NodeLevel.TUJUAN)
    extra = replace(
        biro.indicators[0],
        code="TUJ-X",
        node=goal.code,
        name="Indeks Contoh Tujuan",
        level=IndicatorLevel.TUJUAN,
        iku=True,
    )
    words = dump(compose(replace(biro, indicators=(*biro.indicators, extra)), law, kind="lkjip"))
    assert "Indeks Contoh Tujuan (IKU)" in words
    assert "Rata-rata capaiannya 96,67%" in words


@pytest.mark.slow
def test_five_hundred_indicators_still_make_a_pdf(biro, law, tmp_path):
    sasaran = next(item for item in biro.indicators if item.level is IndicatorLevel.SASARAN)
    many = tuple(
        replace(sasaran, code=f"X{number}", name=f"Persentase contoh nomor {number} yang namanya panjang")
        for number in range(500)
    )
    document = compose(replace(biro, indicators=(*biro.indicators, *many)), law, kind="lkjip")
    write(document, "pdf", tmp_path / "banyak.pdf")
    assert (tmp_path / "banyak.pdf").read_bytes().startswith(b"%PDF-")
