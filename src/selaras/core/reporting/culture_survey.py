"""A published survey in a document: response, our own index, scores with n, groups, and the national figures as context."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from selaras.core.culture.editions import PublishedGroup, PublishedSurvey
from selaras.core.culture.index import NAME, NationalFigure
from selaras.core.culture.synthetic import LABEL
from selaras.core.culture.telling import PATTERN
from selaras.core.document import Align, Cell, Row, Table
from selaras.core.numerals import format_number
from selaras.core.reporting.composition import Composition, cell, columns, counted, head, reference


def tell_survey(out: Composition, survey: PublishedSurvey) -> None:
    """Everything of one wave; every table carries n and what was left out."""
    if survey.synthetic:
        out.empty(f"Jawaban survei ini {LABEL}: dikarang untuk peragaan dan tidak boleh dikutip.")
    share = (
        f" ({percent(survey.share)} dari {survey.population} pegawai yang diundang)" if survey.share is not None else ""
    )
    out.generated(
        f"Survei “{survey.title}” gelombang {survey.wave} dijawab tanpa nama oleh {survey.n} responden{share}. "
        f"Kelompok dengan kurang dari {survey.threshold} responden tidak disajikan."
    )
    if not survey.groups:
        return
    whole = survey.groups[0]
    table = _scores(out, survey, whole)
    if whole.index is not None:
        out.generated(
            f"{NAME} tahun {survey.year} sebesar {percent(whole.index)}: rata-rata bagian jawaban positif setiap skor dalam ",
            reference(table), ".",
        )  # fmt: skip
    else:
        out.generated("Skor setiap konstruk disajikan dalam ", reference(table), ".")
    out.add(table)
    _groups(out, survey)
    if survey.hidden_groups:
        out.note(
            f"Ada kelompok yang tidak disajikan: kurang dari {survey.threshold} responden, atau dapat dihitung dari selisih."
        )
    out.note(f"Angka menggambarkan penilaian responden pada saat survei. {PATTERN}")


def _scores(out: Composition, survey: PublishedSurvey, group: PublishedGroup) -> Table:
    body = [
        Row((
            cell(str(number)), cell(row.name), _right(str(row.n)), _right(format_number(row.mean, places=2)),
            _right(percent(row.negative)), _right(percent(row.neutral)), _right(percent(row.positive)),
        ))
        for number, row in enumerate(group.scores, 1)
    ]  # fmt: skip
    return out.table(
        f"survei-{survey.code}-{survey.wave}", f"Skor {survey.title} Gelombang {survey.wave}",
        columns((6, "c"), (38, "l"), (8, "r"), (12, "r"), (12, "r"), (12, "r"), (12, "r")),
        (head("No.", "Skor", "n", "Rata-rata", "Negatif", "Netral", "Positif"), counted(7)), body,
    )  # fmt: skip


def _groups(out: Composition, survey: PublishedSurvey) -> None:
    rest = [group for group in survey.groups[1:] if group.index is not None]
    if not rest:
        return
    body = [
        Row((cell(str(number)), cell(group.name), _right(str(group.people)), _right(percent(group.index))))
        for number, group in enumerate(rest, 1)
    ]
    table = out.table(
        f"survei-unit-{survey.code}-{survey.wave}", f"{NAME} Menurut Unit Kerja",
        columns((8, "c"), (56, "l"), (14, "r"), (22, "r")), (head("No.", "Unit Kerja", "n", NAME), counted(4)), body,
    )  # fmt: skip
    out.generated(
        "Menurut unit kerja yang dapat disajikan, indeks itu tampak dalam ",
        reference(table),
        ". Angka sebuah unit memuat unit di bawahnya.",
    )
    out.add(table)


def tell_national(out: Composition, figures: Iterable[NationalFigure]) -> None:
    """The published national figures, told apart from our own."""
    listed = list(figures)
    if not listed:
        return
    body = [
        Row((cell(str(item.year)), cell(item.name), _right(format_number(item.index, places=1)), cell(item.source)))
        for item in listed
    ]
    table = out.table(
        "angka-nasional", "Angka Nasional yang Diterbitkan", columns((10, "c"), (30, "l"), (14, "r"), (46, "l")),
        (head("Tahun", "Nama", "Angka", "Sumber"), counted(4)), body,
    )  # fmt: skip
    out.paragraph(
        "Sebagai konteks, angka nasional disajikan dalam ", reference(table),
        f". Angka itu dihitung dengan cara lain, sehingga {NAME} bukan ukuran yang sama dan tidak dapat diperingkatkan "
        "terhadapnya.",
    )  # fmt: skip
    out.add(table)


def percent(value: Decimal | None) -> str:
    """Per cent with one decimal, a dash without a value."""
    return "–" if value is None else f"{format_number(value, places=1)}%"


def _right(words: str) -> Cell:
    return cell(words, align=Align.RIGHT)
