"""The LHE (Laporan Hasil Evaluasi AKIP) as a document: letter, introduction, result, narratives, recommendations, closing.

Its parts are those of a public template of a province (practice); the words are our own. What nobody has filled in
stays a gap, and a score that is not final is called so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from selaras.core.document import (
    Align,
    Division,
    Document,
    Fields,
    Numbering,
    PageNumbers,
    Paragraph,
    Row,
    Signatory,
    Signatures,
    text,
)
from selaras.core.evaluation.letter import shown_date
from selaras.core.evaluation.recommendations import Recommendation, share_closed
from selaras.core.evaluation.scoring import Result
from selaras.core.evaluation.stages import TeamRole
from selaras.core.evaluation.template import Component
from selaras.core.numerals import format_number
from selaras.core.org import Agency
from selaras.core.reporting.composition import Composition, cell, columns, head, reference
from selaras.core.reporting.evaluation_scores import LastYear, score_table, shown_points
from selaras.core.reporting.recommended import STAGES
from selaras.core.reporting.sentences import count

KIND = "lhe"
GAP = "…………"


@dataclass(frozen=True, slots=True)
class Letter:
    """All that an LHE tells. `letter` are the fields of `core.evaluation.letter.LETTER`, `notes` the narratives by

    component; `before` are recommendations of earlier years, `given` those of this evaluation.
    """

    agency: Agency
    unit: str
    year: int
    result: Result
    is_final: bool
    letter: Mapping[str, str]
    notes: Mapping[str, str]
    last: LastYear | None = None
    given: tuple[Recommendation, ...] = ()
    before: tuple[Recommendation, ...] = ()
    team: tuple[tuple[TeamRole, str], ...] = ()
    closed_on: date | None = None

    @property
    def name(self) -> str:
        """Who is evaluated."""
        return self.unit or self.agency.name


def compose(told: Letter) -> Document:
    """The LHE of one evaluation."""
    out = Composition()
    title = f"Laporan Hasil Evaluasi AKIP {told.name} Tahun {told.year}"
    out.add(Division(PageNumbers.ARABIC, running=title, restart=True))
    _head(out, told)
    _introduction(out, told)
    _result(out, told)
    _recommendations(out, told)
    _closing(out, told)
    blocks = tuple(out.blocks)
    return Document(title, KIND, told.agency.name, told.year, blocks, subject="Laporan Hasil Evaluasi AKIP")


def _head(out: Composition, told: Letter) -> None:
    letter = told.letter
    if not told.is_final:
        out.note("Konsep: nilai dalam laporan ini belum ditetapkan.")
    out.add(Paragraph(text(f"{_or_gap(letter, 'place')}, {shown_date(letter) or GAP}"), align=Align.RIGHT))
    subject = letter.get("subject") or f"Laporan Hasil Evaluasi Akuntabilitas Kinerja {told.name} Tahun {told.year}"
    rows = (("Nomor", _or_gap(letter, "number")), ("Sifat", letter.get("nature") or "Biasa"),
            ("Lampiran", letter.get("attachments") or "–"), ("Hal", subject))  # fmt: skip
    out.add(Fields(rows))
    lines = [f"Yth. {_or_gap(letter, 'recipient')}", f"di {letter.get('recipient_place') or 'Tempat'}"]
    for line in lines:
        out.add(Paragraph(text(line), align=Align.LEFT))
    out.paragraph(
        f"Bersama ini disampaikan hasil evaluasi atas akuntabilitas kinerja instansi pemerintah (AKIP) pada {told.name} "
        f"untuk tahun kinerja {told.year}, dengan uraian sebagai berikut."
    )


def _introduction(out: Composition, told: Letter) -> None:
    template = told.result.template
    out.heading(2, "PENDAHULUAN", "I.", key="pendahuluan")
    out.heading(3, "Dasar Hukum", "A.")
    basis = [line.strip() for line in told.letter.get("basis", "").split("\n") if line.strip()]
    basis = basis or ["Peraturan Presiden Nomor 29 Tahun 2014", template.regulation]
    if assignment := told.letter.get("assignment", ""):
        basis.append(assignment)
    out.listing([text(line) for line in basis], Numbering.DECIMAL)
    out.heading(3, "Latar Belakang dan Tujuan", "B.")
    out.paragraph(
        "Evaluasi AKIP dilakukan setiap tahun agar pengelolaan kinerja makin berorientasi pada hasil. Tujuannya memperoleh "
        "informasi tentang penerapan SAKIP, menilai tingkat akuntabilitas kinerja, memberi saran perbaikan, dan memantau "
        "tindak lanjut hasil evaluasi sebelumnya."
    )
    out.heading(3, "Ruang Lingkup dan Metode", "C.")
    names = [f"{item.title.lower()} ({_plain(item.weight)})" for item in template.components]
    out.paragraph(
        f"Evaluasi mencakup {count(len(names))} komponen dengan bobot masing-masing: {'; '.join(names)}. Penilaian memakai "
        f"{template.title}, yaitu {template.mode.value}, atas data dalam sistem, bukti yang diserahkan, dan klarifikasi."
    )
    if period := told.letter.get("period", ""):
        out.paragraph(f"Evaluasi dilaksanakan pada {period.rstrip('.')}.")
    if told.team:
        out.add(Fields(tuple((role.value.capitalize(), name) for role, name in told.team)))


def _result(out: Composition, told: Letter) -> None:
    result = told.result
    places = result.template.rounding.places
    table = score_table(out, told.name, told.year, told.result, told.last)
    out.heading(2, "HASIL EVALUASI", "II.", key="hasil")
    state = "memperoleh nilai" if told.is_final else "sementara memperoleh nilai"
    sentence = (
        f"{told.name} {state} {format_number(result.total, places=places)} dari 100 dengan predikat "
        f"{result.predicate.letter} ({result.predicate.name}){_meaning(result.predicate.meaning)}."
    )
    out.generated(sentence)
    if told.last is not None:
        out.generated(_movement(told.last, result.total, places))
    out.generated("Rincian nilai setiap komponen disajikan dalam ", reference(table), ".")
    out.add(table)
    if result.missing:
        out.note(f"Belum dijawab dan dihitung 0: {', '.join(result.missing)}.")
    if result.template.rounding.source:
        out.note(f"Nilai dibulatkan setengah ke atas ke {places} desimal; predikat dibaca dari nilai itu.")
    for at, component in enumerate(result.components):
        out.heading(3, component.component.title, f"{chr(ord('A') + at)}.")
        parts = "; ".join(
            f"{part.part.title} {shown_points(part.points)} dari {_plain(part.part.weight)}"
            + (f" (jawaban {part.answer})" if part.answer else "")
            for part in component.parts
        )
        out.generated(f"Nilai {shown_points(component.points)} dari {_plain(component.component.weight)}: {parts}.")
        words = [line.strip() for line in told.notes.get(component.component.code, "").split("\n") if line.strip()]
        for line in words:
            out.paragraph(line)
        if not words:
            out.empty("Catatan evaluator atas komponen ini belum ditulis.")


def _recommendations(out: Composition, told: Letter) -> None:
    out.heading(3, "Tindak Lanjut Rekomendasi Sebelumnya", f"{chr(ord('A') + len(told.result.components))}.")
    if told.before:
        _before(out, told)
    else:
        out.empty("Tidak ada rekomendasi sebelumnya yang tercatat.")
    out.heading(3, "Rekomendasi", f"{chr(ord('A') + len(told.result.components) + 1)}.")
    if not told.given:
        out.empty("Rekomendasi belum ditulis.")
        return
    out.paragraph("Berdasarkan hasil evaluasi, direkomendasikan hal-hal berikut.")
    titles = {item.component.code: item.component for item in told.result.components}
    for code in dict.fromkeys([*titles, *(item.component for item in told.given)]):
        found = [item for item in told.given if item.component == code]
        if found:
            out.add(Paragraph(text(_title(titles.get(code)), strong=True), align=Align.LEFT))
            out.listing([text(item.text) for item in found], Numbering.DECIMAL)


def _before(out: Composition, told: Letter) -> None:
    closed = sum(item.closed for item in told.before)
    out.generated(
        f"Dari {count(len(told.before))} rekomendasi sebelumnya, {count(closed) if closed else 'belum ada yang'} tuntas "
        "dan terverifikasi (", share_closed(told.before), ").",
    )  # fmt: skip
    shape = columns((6, "c"), (40, "l"), (32, "l"), (22, "l"))
    body = [
        Row((
            cell(str(number)), cell(f"{item.text} ({item.year})"), cell(item.action or "belum disusun"),
            cell(STAGES[item.stage]),
        ))
        for number, item in enumerate(told.before, 1)
    ]  # fmt: skip
    header = (head("No.", "Rekomendasi (tahun)", "Rencana Aksi", "Status"),)
    table = out.table("lhe-tindak-lanjut", "Tindak Lanjut Rekomendasi Sebelumnya", shape, header, body)
    out.add(replace(table, number="2"))


def _closing(out: Composition, told: Letter) -> None:
    out.heading(2, "PENUTUP", "III.", key="penutup")
    out.paragraph(
        f"Demikian hasil evaluasi ini disampaikan. Pimpinan {told.name} diharapkan menindaklanjuti rekomendasi di atas dengan "
        "rencana aksi, penanggung jawab, dan tenggat yang jelas, serta menyampaikan perkembangannya."
    )
    letter = told.letter
    signatory = Signatory(
        "", _or_gap(letter, "signatory_title"), letter.get("signatory_name", ""), letter.get("signatory_rank", ""),
        letter.get("signatory_nip", ""),
    )  # fmt: skip
    out.add(Signatures((signatory,), f"{_or_gap(letter, 'place')}, {shown_date(letter) or GAP}"))
    copies = [line.strip() for line in letter.get("copies", "").split("\n") if line.strip()]
    if copies:
        out.add(Paragraph(text("Tembusan:"), align=Align.LEFT))
        out.listing([text(line) for line in copies], Numbering.DECIMAL)


def _movement(last: LastYear, total: Decimal, places: int) -> str:
    difference = total - last.total
    shown = format_number(abs(difference), places=places)
    if not difference:
        return f"Nilai ini sama dengan nilai tahun sebelumnya ({last.predicate})."
    word = "naik" if difference > 0 else "turun"
    before = format_number(last.total, places=places)
    return f"Nilai ini {word} {shown} dibandingkan dengan tahun sebelumnya, yaitu {before} ({last.predicate})."


def _meaning(words: str) -> str:
    return f": {words[:1].lower()}{words[1:].rstrip('.')}" if words else ""


def _title(component: Component | None) -> str:
    return component.title if component else "Umum"


def _plain(value: Decimal) -> str:
    return format_number(value.quantize(Decimal("0.01")).normalize() if value else Decimal(0))


def _or_gap(letter: Mapping[str, str], name: str) -> str:
    return letter.get(name, "").strip() or GAP
