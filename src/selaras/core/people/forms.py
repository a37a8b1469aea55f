"""The official forms of an SKP as documents: plan for heads and for staff, evaluation, feedback, matrix of a team.

Headings and columns follow public templates and a printed SKP of 2024; the annex of the regulation was not compared, so
each form ends with the status of what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from selaras.core.calendar import format_date
from selaras.core.document import (
    Align,
    Block,
    Cell,
    Column,
    Division,
    Document,
    PageBreak,
    PageNumbers,
    Paragraph,
    Row,
    Signatory,
    Signatures,
    Span,
    Table,
    Voice,
    text,
)
from selaras.core.law import Certainty, Source
from selaras.core.nip import spaced
from selaras.core.org import Capacity
from selaras.core.people.distribution import Pattern
from selaras.core.people.feedback import Feedback
from selaras.core.people.matrix import Matrix, columns, grid
from selaras.core.people.ratings import OrganisationPredicate
from selaras.core.people.realisation import Assessment, Drawn
from selaras.core.people.rules import PeopleRules
from selaras.core.people.skp import AnnexKind, Method, Section, SkpAnnex, SkpBehaviour, SkpForm, SkpPlan, SkpRow, layout
from selaras.core.period import Period

FOOTER = "Disiapkan untuk tanda tangan elektronik."
SECTIONS = {Section.MAIN: "A. UTAMA", Section.EXTRA: "B. TAMBAHAN"}
FORM_TITLES = {
    SkpForm.HEAD: "BAGI PEJABAT PIMPINAN TINGGI DAN PIMPINAN UNIT KERJA MANDIRI",
    SkpForm.STAFF: "BAGI PEJABAT ADMINISTRASI DAN PEJABAT FUNGSIONAL",
}
STANDING = {
    Certainty.INFERRED: "disimpulkan", Certainty.FROM_MEMORY: "dari ingatan", Certainty.AGREED: "disepakati penerapan terbuka",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an SKP as the form prints it."""

    name: str
    nip: str
    rank: str
    title: str
    unit: str
    capacity: Capacity = Capacity.DEFINITIVE

    @property
    def position(self) -> str:
        """The title, with Plt. or Plh. before that of an acting official."""
        return self.title if self.capacity is Capacity.DEFINITIVE else f"{self.capacity} {self.title}"


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the forms print of one plan; `agency` is the name of the institution, `city` where it is signed."""

    plan: SkpPlan
    agency: str
    city: str
    who: Party
    assessor: Party
    rows: tuple[SkpRow, ...]
    behaviours: tuple[SkpBehaviour, ...]
    annexes: tuple[SkpAnnex, ...]
    rules: PeopleRules


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What the evaluation form prints beside the plan: realisation by row, feedback, rating, the unit's predicate."""

    period: Period
    drawn: Mapping[int, Drawn]
    feedback: tuple[Feedback, ...]
    assessment: Assessment | None
    organisation: OrganisationPredicate | None
    pattern: Pattern | None


def skp_form(facts: FormFacts) -> Document:
    """The SKP: parties, results (main, additional), behaviour, signatures, annex. Qualitative rows have no target column."""
    blocks: list[Block] = [
        *_front("SASARAN KINERJA PEGAWAI", facts),
        _parties(facts),
        _results(facts),
        _behaviour(facts),
    ]
    blocks.append(_signatures(facts))
    blocks += [PageBreak(), *_annex(facts)]
    return _document("Sasaran Kinerja Pegawai", "skp", facts, blocks, _form_sources(facts))


def evaluation_form(facts: FormFacts, evaluated: Evaluated) -> Document:
    """The evaluation: organisation and pattern, realisation and feedback by row and value, ratings, predicate."""
    blocks: list[Block] = [*_front("EVALUASI KINERJA PEGAWAI", facts, evaluated.period), _organisation(evaluated)]
    blocks += [_parties(facts), _evaluated_results(facts, evaluated), _evaluated_behaviour(facts, evaluated)]
    blocks += [_predicate(facts, evaluated), _signatures(facts)]
    matrix = facts.rules.matrix
    sources = [("matriks predikat", matrix.source)]
    if evaluated.pattern:
        sources.append(("pola distribusi", evaluated.pattern.source))
    return _document(f"Evaluasi Kinerja Pegawai {evaluated.period.name}", "evaluasi-skp", facts, blocks, sources)


def feedback_form(facts: FormFacts, feedback: Iterable[Feedback], names: Mapping[str, str]) -> Document:
    """All feedback in the order of its days; `names` says who the givers are."""
    values = {value.code: value.name for value in facts.rules.skp.values}
    results = {row.order: row.result for row in facts.rows}
    body = [
        Row((
            _cell(str(number), Align.CENTER), _cell(format_date(item.on)), _cell(names.get(item.giver, item.giver)),
            _cell(item.kind), _cell(results.get(item.row or 0, "") or values.get(item.value, "") or "kinerja keseluruhan"),
            _cell(item.text), _cell("\n".join(item.evidence) or "–"),
        ))
        for number, item in enumerate(sorted(feedback, key=lambda item: item.on), 1)
    ]  # fmt: skip
    heads = ("No.", "Tanggal", "Pemberi", "Jenis", "Tentang", "Umpan Balik", "Bukti Dukung")
    table = _table("umpan-balik", (5, 12, 15, 10, 20, 24, 14), (_head(*heads),), body or [_nothing(7)])
    blocks = [*_front("UMPAN BALIK BERKELANJUTAN", facts), _parties(facts), table, _signatures(facts)]
    return _document("Umpan Balik Berkelanjutan", "umpan-balik-skp", facts, blocks, [])


def matrix_form(matrix: Matrix, agency: str, leader: Party, positions: Mapping[str, str]) -> Document:
    """The role-result matrix: a row for each member, a column for each result of the leader."""
    results = columns(matrix.results)
    heads = ("No.", "Pegawai", "Peran", *(f"{row.result}\n{row.measure}" for row in results))
    width = 66 // max(1, len(results))
    body = []
    for number, line in enumerate(grid(matrix), 1):
        name = Span(line.member.name or line.member.employee, strong=True)
        place = Span(_below(positions.get(line.member.position, "")))
        told = (_cell("\n".join(cell.text for cell in line.fields[at]) or "–") for at in _places(matrix))
        body.append(Row((_cell(str(number), Align.CENTER), Cell((name, place)), _cell(line.member.role), *told)))
    table = _table("mph", (5, 17, 12, *(width for _ in results)), (_head(*heads),), body or [_nothing(len(heads))])
    year = matrix.leader.year
    blocks: list[Block] = [
        Division(PageNumbers.NONE, landscape=True), _title("MATRIKS PERAN HASIL"), _title(f"TAHUN {year}"),
        Paragraph(text(f"{leader.position}, {leader.unit or agency}"), align=Align.CENTER), table,
        _note([("isi sel matriks", Source("templat terbuka matriks peran hasil", Certainty.FROM_MEMORY))]),
    ]  # fmt: skip
    title = f"Matriks Peran Hasil {leader.title} Tahun {year}"
    return Document(title, "mph", agency, year, tuple(blocks), subject="Matriks Peran Hasil", footer=FOOTER)


def _places(matrix: Matrix) -> list[int]:
    """Where each column of the form stands in the fields of the grid, which follow the numbers of the results."""
    numbers = sorted(row.order for row in matrix.results)
    return [numbers.index(row.order) for row in columns(matrix.results)]


def _front(title: str, facts: FormFacts, period: Period | None = None) -> list[Block]:
    plan = facts.plan
    method = layout(facts.rows) or plan.method
    named = [_title(title), _title(f"PENDEKATAN HASIL KERJA {plan.method.upper()}"), _title(FORM_TITLES[plan.form])]
    stretch = f"{format_date(plan.since)} s.d. {format_date(plan.until)}"
    line = _table(
        "periode", (50, 50), (),
        [Row((_cell(facts.agency), _cell(f"Periode penilaian: {period.name if period else stretch}", Align.RIGHT)))],
    )  # fmt: skip
    blocks: list[Block] = [Division(PageNumbers.NONE, landscape=True), *named, line]
    if method is not plan.method:
        told = f"Formulir ini berjudul pendekatan {plan.method}, tetapi susunannya {method}."
        blocks.append(Paragraph(text(told), Voice.NOTE))
    return blocks


def _parties(facts: FormFacts) -> Table:
    labels = ("Nama", "NIP", "Pangkat/Gol. Ruang", "Jabatan", "Unit Kerja")
    sides = [
        (party.name, spaced(party.nip), party.rank, party.position, party.unit) for party in (facts.who, facts.assessor)
    ]
    body = []
    for number, (label, own, other) in enumerate(zip(labels, *sides, strict=True), 1):
        at = _cell(str(number), Align.CENTER)
        body.append(Row((at, _cell(label), _cell(own or "–"), at, _cell(label), _cell(other or "–"))))
    header = Row(tuple(
        _strong(title, colspan)
        for title, colspan in (("No.", 1), ("Pegawai yang Dinilai", 2), ("No.", 1), ("Pejabat Penilai Kinerja", 2))
    ))  # fmt: skip
    return _table("pihak", (4, 14, 32, 4, 14, 32), (header,), body)


def _results(facts: FormFacts) -> Table:
    widths, heads = _shape(facts)
    body: list[Row] = []
    for section, rows in _by_section(facts.rows):
        body.append(Row((_strong(SECTIONS[section], len(heads), Align.LEFT),), level=1))
        body += [Row(tuple(_result_cells(facts, row, number))) for number, row in enumerate(rows, 1)] or [
            _nothing(len(heads))
        ]
    header = (Row((_strong("HASIL KERJA", len(heads)),)), _head(*heads))
    return _table("hasil", widths, header, body)


def _shape(facts: FormFacts) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Widths and headings of the results by form and layout; columns as they are really used, whatever the title says."""
    narrative = (layout(facts.rows) or facts.plan.method) is Method.QUALITATIVE
    if facts.plan.form is SkpForm.HEAD:
        if narrative:
            return (5, 38, 40, 17), (
                "No.", "Rencana Hasil Kerja", "Ukuran Keberhasilan/Indikator Kinerja Individu dan Target", "Perspektif",
            )  # fmt: skip
        return (5, 37, 30, 12, 16), ("No.", "Rencana Hasil Kerja", "Indikator Kinerja Individu", "Target", "Perspektif")
    above = "Rencana Hasil Kerja Pimpinan yang Diintervensi"
    if narrative:
        return (5, 30, 30, 35), (
            "No.", above, "Rencana Hasil Kerja", "Ukuran Keberhasilan/Indikator Kinerja Individu dan Target",
        )  # fmt: skip
    return (5, 26, 25, 10, 22, 12), (
        "No.",
        above,
        "Rencana Hasil Kerja",
        "Aspek",
        "Indikator Kinerja Individu",
        "Target",
    )


def _result_cells(facts: FormFacts, row: SkpRow, number: int) -> list[Cell]:
    narrative = (layout(facts.rows) or facts.plan.method) is Method.QUALITATIVE
    cells = [_cell(str(number), Align.CENTER)]
    if facts.plan.form is SkpForm.STAFF:
        cells.append(_cell(row.supports or "–"))
    cells.append(_cell(row.result))
    if facts.plan.form is SkpForm.STAFF and not narrative:
        cells.append(_cell(row.aspect or "–"))
    cells.append(_cell(row.measure))
    if not narrative:
        cells.append(_cell(row.target_text() or "–", Align.CENTER))
    if facts.plan.form is SkpForm.HEAD:
        cells.append(_cell(row.perspective or "–"))
    return cells


def _behaviour(facts: FormFacts) -> Table:
    wanted = {item.value: item.expectation for item in facts.behaviours}
    body = [
        Row((
            _cell(str(number), Align.CENTER), Cell((Span(value.name, strong=True), Span(_listed(value.guides)))),
            Cell((Span("Ekspektasi khusus pimpinan:", emphasis=True), Span(_below(wanted.get(value.code, "–"))))),
        ))
        for number, value in enumerate(facts.rules.skp.values, 1)
    ]  # fmt: skip
    return _table("perilaku", (5, 55, 40), (Row((_strong("PERILAKU KERJA", 3),)),), body)


def _annex(facts: FormFacts) -> list[Block]:
    blocks: list[Block] = [_title("LAMPIRAN SASARAN KINERJA PEGAWAI")]
    for kind in AnnexKind:
        entries = sorted((item for item in facts.annexes if item.kind is kind), key=lambda item: item.order)
        body = [Row((_cell(str(number), Align.CENTER), _cell(item.text))) for number, item in enumerate(entries, 1)]
        header = (Row((_strong(kind.upper(), 2),)),)
        blocks.append(_table(f"lampiran-{kind.name.lower()}", (5, 95), header, body or [_nothing(2)]))
    blocks.append(_signatures(facts))
    return blocks


def _organisation(evaluated: Evaluated) -> Table:
    decided = evaluated.organisation or "belum ditetapkan"
    limits = evaluated.pattern.limits if evaluated.pattern else ()
    pattern = "; ".join(_said(limit.kind, limit.groups, limit.percent) for limit in limits) or "–"
    return _table(
        "organisasi", (30, 70), (),
        [Row((_cell("Capaian kinerja organisasi"), _cell(decided))), Row((_cell("Pola distribusi"), _cell(pattern)))],
    )  # fmt: skip


def _evaluated_results(facts: FormFacts, evaluated: Evaluated) -> Table:
    heads = (
        "No.", "Rencana Hasil Kerja", "Indikator Kinerja Individu", "Target", "Realisasi Berdasarkan Bukti Dukung",
        "Umpan Balik Berkelanjutan Berdasarkan Bukti Dukung",
    )  # fmt: skip
    body: list[Row] = []
    for section, rows in _by_section(facts.rows):
        body.append(Row((_strong(SECTIONS[section], len(heads), Align.LEFT),), level=1))
        for number, row in enumerate(rows, 1):
            drawn = evaluated.drawn.get(row.order)
            proofs = _listed(drawn.evidence) if drawn else ""
            told = [item for item in evaluated.feedback if item.row == row.order]
            body.append(Row((
                _cell(str(number), Align.CENTER), _cell(row.result), _cell(row.measure),
                _cell(row.target_text() or "–", Align.CENTER), _cell((drawn.shown if drawn else "–") + proofs),
                _cell(_told(told)),
            )))  # fmt: skip
    rating = evaluated.assessment.results.upper() if evaluated.assessment else "BELUM DINILAI"
    body.append(Row((_strong("RATING HASIL KERJA", 3, Align.LEFT), _strong(rating, 3)), level=2))
    header = (Row((_strong("HASIL KERJA", len(heads)),)), _head(*heads))
    return _table("hasil", (5, 22, 20, 10, 21, 22), header, body)


def _evaluated_behaviour(facts: FormFacts, evaluated: Evaluated) -> Table:
    wanted = {item.value: item.expectation for item in facts.behaviours}
    body = [
        Row((
            _cell(str(number), Align.CENTER), Cell((Span(value.name, strong=True), Span(_listed(value.guides)))),
            _cell(wanted.get(value.code, "–")),
            _cell(_told([item for item in evaluated.feedback if item.value == value.code])),
        ))
        for number, value in enumerate(facts.rules.skp.values, 1)
    ]  # fmt: skip
    rating = evaluated.assessment.behaviour.upper() if evaluated.assessment else "BELUM DINILAI"
    body.append(Row((_strong("RATING PERILAKU KERJA", 2, Align.LEFT), _strong(rating, 2)), level=2))
    heads = _head(
        "No.", "Perilaku Kerja", "Ekspektasi Khusus Pimpinan", "Umpan Balik Berkelanjutan Berdasarkan Bukti Dukung"
    )
    return _table("perilaku", (5, 45, 24, 26), (Row((_strong("PERILAKU KERJA", 4),)), heads), body)


def _predicate(facts: FormFacts, evaluated: Evaluated) -> Table:
    given = evaluated.assessment
    predicate = facts.rules.matrix.predicate(given.results, given.behaviour).upper() if given else "BELUM DINILAI"
    rows = [Row((_strong("PREDIKAT KINERJA PEGAWAI", 1, Align.LEFT), _strong(predicate, 1)), level=2)]
    if given and given.reason:
        rows.append(Row((_cell("Alasan"), _cell(given.reason))))
    return _table("predikat", (40, 60), (), rows)


def _signatures(facts: FormFacts) -> Signatures:
    plan = facts.plan
    day = f"{plan.signed_at or facts.city}, {format_date(plan.signed_on)}" if plan.signed_on else ""
    return Signatures(
        (_signatory("Pegawai yang Dinilai", facts.who), _signatory("Pejabat Penilai Kinerja", facts.assessor)), day
    )


def _signatory(role: str, party: Party) -> Signatory:
    return Signatory(role, party.position, party.name, party.rank, party.nip)


def _by_section(rows: Sequence[SkpRow]) -> list[tuple[Section, list[SkpRow]]]:
    ordered = sorted(rows, key=lambda row: row.order)
    found = [(section, [row for row in ordered if row.section is section]) for section in Section]
    return [(section, own) for section, own in found if own or section is Section.MAIN]


def _form_sources(facts: FormFacts) -> list[tuple[str, Source]]:
    named = [
        (name, source)
        for name, source in facts.rules.skp.sources.items()
        if name in {"perspektif", "aspek", "nilai dasar"}
    ]
    if (layout(facts.rows) or facts.plan.method) is Method.QUALITATIVE:
        named.append(("susunan kualitatif", Source("templat SKP terbuka", Certainty.FROM_MEMORY)))
    if any(row.section is Section.EXTRA for row in facts.rows):
        named.append(("pembagian utama dan tambahan", Source("Permenpan-RB 6/2022", Certainty.FROM_MEMORY)))
    return named


def _document(
    title: str, kind: str, facts: FormFacts, blocks: list[Block], sources: list[tuple[str, Source]]
) -> Document:
    note = _note(sources)
    made = (*blocks, note) if note.spans else tuple(blocks)
    full = f"{title} {facts.who.title} Tahun {facts.plan.year}"
    return Document(full, kind, facts.agency, facts.plan.year, made, subject=title, footer=FOOTER)


def _note(sources: Iterable[tuple[str, Source]]) -> Paragraph:
    """What is not confirmed, by name; empty where everything is."""
    doubts = [f"{name} ({STANDING[source.certainty]})" for name, source in sources if source.certainty in STANDING]
    told = f"Belum dibandingkan dengan naskah peraturan: {'; '.join(doubts)}." if doubts else ""
    return Paragraph(text(told) if told else (), Voice.NOTE)


def _said(kind: str, groups: Iterable[str], percent: Decimal | None) -> str:
    names = " atau ".join(groups)
    return f"{names} {kind}" + (f" {percent.normalize():f}%".replace(".", ",") if percent is not None else "")


def _told(feedback: Iterable[Feedback]) -> str:
    lines = [f"{format_date(item.on)}: {item.text}" for item in sorted(feedback, key=lambda item: item.on)]
    return "\n".join(lines) or "–"


def _listed(items: Iterable[str]) -> str:
    return "".join(f"\n– {item}" for item in items)


def _below(words: str) -> str:
    return f"\n{words}" if words else ""


def _title(words: str) -> Paragraph:
    return Paragraph(text(words, strong=True), align=Align.CENTER)


def _head(*titles: str) -> Row:
    return Row(tuple(_strong(title, 1) for title in titles))


def _strong(words: str, colspan: int, align: Align = Align.CENTER) -> Cell:
    return Cell(text(words), colspan=colspan, align=align, strong=True)


def _cell(words: str, align: Align | None = None) -> Cell:
    return Cell(text(words) if words else (), align=align)


def _nothing(colspan: int) -> Row:
    return Row((Cell(text("Belum diisi."), colspan=colspan),))


def _table(key: str, widths: Iterable[int], header: tuple[Row, ...], body: Iterable[Row]) -> Table:
    return Table(key, tuple(Column(Decimal(width)) for width in widths), header, tuple(body))
