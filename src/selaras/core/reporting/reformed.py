"""The reform (RB) in the annual report: the score sheet with its formula, whose it is, action plans, units, the years."""

from __future__ import annotations

from selaras.core.computed import Computed, Status
from selaras.core.document import Division, Document, PageNumbers, Row
from selaras.core.law import Certainty, Law
from selaras.core.numerals import format_number
from selaras.core.reform.actions import achieved, progress
from selaras.core.reform.attribution import attribute
from selaras.core.reform.history import compare
from selaras.core.reform.index import ReformIndex, index
from selaras.core.reform.scheme import ReformRules
from selaras.core.reform.score import ReformScore
from selaras.core.reform.units import share_good
from selaras.core.reporting.attachment import attach
from selaras.core.reporting.composition import cell, columns, counted, figure_cell, head, reference
from selaras.core.reporting.sentences import count
from selaras.core.reporting.work import FOOTER, Work
from selaras.core.snapshot import Snapshot

NOT_SURE = {
    Certainty.INFERRED: "disimpulkan", Certainty.FROM_MEMORY: "belum dibandingkan dengan naskah peraturan",
    Certainty.AGREED: "disepakati penerapan terbuka",
}  # fmt: skip


def hasil_evaluasi_rb(work: Work) -> None:
    """The reform index sheet, where the agency has one; then action plans and units, where there are any."""
    rules = work.law.rules(ReformRules)
    scores = sorted(
        (score for score in work.snapshot.reform_scores if score.year <= work.year), key=lambda score: score.year
    )
    if not scores:
        work.out.note("Hasil evaluasi Reformasi Birokrasi tidak dicatat untuk instansi ini.")
    elif rules is not None:
        _sheet(work, scores[-1], rules)
        _years(work, scores, rules)
    if rules is not None:
        _units(work, rules)
        _actions(work, rules)
    if scores:
        work.own_words("hasil_evaluasi_rb", beside_figures=True)


def _sheet(work: Work, score: ReformScore, rules: ReformRules) -> None:
    """The eight values of the sheet, the sum in words, the predicate with its status, and whose index it is."""
    made = index(score, rules.scheme_for(score.year, work.agency.kind))
    rows: list[tuple[str, str | Computed]] = [
        ("RB General awal", format_number(score.general_initial, places=2)),
        ("Koefisien", format_number(score.coefficient, places=2)),
        ("RB General", made.general),
        ("Total bobot RB General", format_number(score.total_weight)),
        ("Bobot RB General penyesuaian", format_number(score.adjusted_weight)),
        ("RB General penyesuaian", made.adjusted),
        ("RB Tematik", format_number(score.thematic, places=2)),
        ("Indeks RB", made.index),
    ]
    shape = columns((8, "c"), (62, "l"), (30, "r"))
    body = [
        Row(
            (cell(str(number)), cell(label), figure_cell(value) if isinstance(value, Computed) else cell(value)),
            level=2 if label == "Indeks RB" else 0,
        )
        for number, (label, value) in enumerate(rows, 1)
    ]
    table = work.out.table(
        "indeks-rb", f"Lembar Nilai Indeks Reformasi Birokrasi Tahun {score.year}", shape,
        (head("No.", "Uraian", "Nilai"), counted(3)), body, source=score.source,
    )  # fmt: skip
    work.out.generated(
        f"Indeks Reformasi Birokrasi {score.subject or work.agency.name} tahun {score.year} adalah ", made.index,
        *_predicate(made), "; rinciannya disajikan dalam ", reference(table), ".",
    )  # fmt: skip
    work.out.add(table)
    whose = attribute(score, work.agency)
    if whose.own is False:
        work.out.generated(whose.sentence)
    if made.formula():
        work.out.note(f"Cara menghitung: {made.formula()}.")
    if made.question:
        work.out.empty(made.question)


def _predicate(made: ReformIndex) -> tuple[str, ...]:
    """The predicate; that of the evaluator's letter, else that of the scheme with the status of its bounds."""
    if made.printed:
        return (f" dengan predikat {made.printed}",)
    if made.band is None:
        return ()
    doubt = NOT_SURE.get(made.band.source.certainty, "")
    return (f" dengan predikat {made.band.label}" + (f" (batas predikat {doubt})" if doubt else ""),)


def _years(work: Work, scores: list[ReformScore], rules: ReformRules) -> None:
    """What changed since the year before; years of different schemes are told apart, not subtracted."""
    if len(scores) < 2:
        return
    history = compare(scores[-2:], rules, work.agency.kind)
    last = history.points[-1]
    if last.difference is not None:
        word = "naik" if last.difference > 0 else "turun"
        told = f"{word} {format_number(abs(last.difference), places=2)} poin" if last.difference else "tetap"
        work.out.generated(f"Dibandingkan tahun {scores[-2].year}, Indeks RB {told}.")
    for finding in history.findings:
        work.out.note(finding.message)


def _units(work: Work, rules: ReformRules) -> None:
    """The share of units that are good, with every unit."""
    snapshot = work.snapshot
    if not snapshot.unit_reforms:
        return
    scheme = rules.scheme_for(work.year, work.agency.kind)
    units = snapshot.reform_units or tuple(score.unit for score in snapshot.unit_reforms)
    share = share_good(units, snapshot.unit_reforms, work.year, scheme, rules.good)
    names = {unit.code: unit.name for unit in snapshot.units}
    words = {True: "baik", False: "belum baik", None: "belum dinilai"}
    body = [
        Row((
            cell(str(number)), cell(names.get(line.unit, line.unit)),
            cell(format_number(line.score.value, places=2) if line.score else "–"), cell(line.predicate or "–"),
            cell(words[line.good]),
        ))
        for number, line in enumerate(share.lines, 1)
    ]  # fmt: skip
    shape = columns((6, "c"), (48, "l"), (14, "r"), (14, "c"), (18, "c"))
    table = work.out.table(
        "indeks-rb-unit", f"Indeks Reformasi Birokrasi Unit Kerja Tahun {work.year}", shape,
        (head("No.", "Unit Kerja", "Indeks RB", "Predikat", "Keterangan"), counted(5)), body,
    )  # fmt: skip
    work.out.generated(
        f"Sebanyak {count(share.good)} dari {count(share.whole)} unit kerja berpredikat {share.bound.label} ke atas (",
        share.figure, "), sebagaimana disajikan dalam ", reference(table), ".",
    )  # fmt: skip
    work.out.add(table)


def _actions(work: Work, rules: ReformRules) -> None:
    """The action plans with what was reached by the end of the year."""
    actions = sorted(work.snapshot.reform_actions, key=lambda action: (action.order, action.code))
    if not actions:
        return
    reports = work.snapshot.reform_progress
    groups = {area.code: area.name for area in rules.areas} | {theme.code: theme.name for theme in rules.themes}
    body = [
        Row((
            cell(str(number)), cell(groups.get(action.area or action.theme, action.area or action.theme)),
            cell(action.title), cell(work.title_of(action.responsible) or "–"), figure_cell(progress(action, reports, 4)),
        ))
        for number, action in enumerate(actions, 1)
    ]  # fmt: skip
    whole = achieved(actions, reports, 4)
    shape = columns((6, "c"), (24, "l"), (36, "l"), (20, "l"), (14, "r"))
    table = work.out.table(
        "rencana-aksi-rb", f"Pelaksanaan Rencana Aksi Reformasi Birokrasi Tahun {work.year}", shape,
        (head("No.", "Area Perubahan/Tema", "Rencana Aksi", "Penanggung Jawab", "Capaian"), counted(5)), body,
    )  # fmt: skip
    if whole.status is not Status.NOTHING_TO_ADD:
        work.out.generated(
            f"Dari {count(len(actions))} rencana aksi Reformasi Birokrasi, capaiannya rata-rata ", whole,
            "; rinciannya disajikan dalam ", reference(table), ".",
        )  # fmt: skip
    work.out.add(table)


def compose(snapshot: Snapshot, law: Law) -> Document:
    """The reform of the year as a document of its own: what the annual report says of it, without the rest."""
    work = Work(snapshot, law)
    title = f"Reformasi Birokrasi {work.agency.name} Tahun {work.year}"
    work.out.add(Division(PageNumbers.ARABIC, running=title, restart=True))
    work.out.begin("1")
    work.out.heading(1, f"REFORMASI BIROKRASI TAHUN {work.year}")
    hasil_evaluasi_rb(work)
    return Document(
        title, "rb", work.agency.name, work.year, tuple(work.out.blocks), subject="Reformasi Birokrasi", footer=FOOTER,
        attachment=attach(snapshot, work.figures.computed),
    )  # fmt: skip
