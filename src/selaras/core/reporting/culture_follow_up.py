"""What follows from a culture study: four levels of evaluation, actions with owner and date, the activity's performance."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from selaras.core.calendar import format_date
from selaras.core.culture.displays import coverage
from selaras.core.document import Row
from selaras.core.reporting.composition import (
    Composition,
    cell,
    columns,
    counted,
    figure_cell,
    head,
    reference,
    rupiah_cell,
)
from selaras.core.reporting.culture_facts import Step, StudyFacts
from selaras.core.reporting.culture_survey import percent
from selaras.core.reporting.sentences import count

DONE = "selesai"


def four_levels(out: Composition, facts: StudyFacts) -> None:
    """Awareness, change, progress and use, each from what is on record; what is not there is said."""
    out.note(
        "Keempat tingkat mengikuti judul pedoman pengembangan budaya kerja; isi lampirannya belum dibandingkan dengan naskah."
    )
    out.heading(2, "Kesadaran", "A.")
    _awareness(out, facts)
    out.heading(2, "Perubahan", "B.")
    _change(out, facts)
    out.heading(2, "Kemajuan", "C.")
    _progress(out, facts)
    out.heading(2, "Kemanfaatan", "D.")
    found = facts.performance
    if found is None:
        out.empty("Studi belum diikat pada indikator kinerja, sehingga kemanfaatannya belum dapat disandingkan.")
    else:
        out.generated(
            f"Capaian indikator “{found.indicator}” adalah ", found.achievement, ", dengan serapan anggaran ",
            found.absorption, ". Jumlah laporan adalah keluaran; perubahan budaya dibaca dari temuan dan tindak lanjut.",
        )  # fmt: skip


def _awareness(out: Composition, facts: StudyFacts) -> None:
    rows = coverage(facts.example.material, dict(facts.example.values))
    if not rows:
        out.empty("Nilai budaya belum dipetakan ke kode, sehingga cakupannya belum dapat dihitung.")
        return
    body = [
        Row((cell(row.name), cell(str(len(row.segments))), cell(str(len(row.accounts))), cell(str(len(row.against)))))
        for row in rows
    ]
    table = out.table("cakupan", "Cakupan Nilai dalam Bahan", columns((46, "l"), (18, "r"), (18, "r"), (18, "r")),
                      (head("Nilai", "Penggalan", "Akun", "Menyangkal"), counted(4)), body)  # fmt: skip
    silent = [row.name for row in rows if not row.segments]
    said = f" Tidak disebut: {', '.join(silent)}." if silent else ""
    out.generated("Nilai yang dibicarakan informan disajikan dalam ", reference(table), f".{said}")
    out.add(table)


def _change(out: Composition, facts: StudyFacts) -> None:
    waves = [
        (survey, survey.groups[0].index)
        for survey in facts.surveys
        if survey.groups and survey.groups[0].index is not None
    ]
    pairs = [(one, two) for one, two in pairwise(waves) if one[0].code == two[0].code]
    if not pairs:
        out.empty("Perubahan belum dapat ditunjukkan: belum ada dua gelombang survei yang sama.")
    for (one, before), (two, after) in pairs:
        out.generated(
            f"Indeks internal budaya kerja {percent(before)} pada gelombang {one.wave} dan {percent(after)} pada gelombang "
            f"{two.wave}. Respondennya tidak dipasangkan."
        )


def _progress(out: Composition, facts: StudyFacts) -> None:
    listed = [*facts.before, *facts.steps]
    if not listed:
        out.empty("Belum ada tindak lanjut yang tercatat.")
        return
    done = sum(step.state == DONE for step in listed)
    told = f"{count(done)} selesai" if done else "belum satu pun selesai"
    out.generated(f"Dari {count(len(listed))} tindak lanjut, {told}.")


def steps(out: Composition, facts: StudyFacts) -> None:
    """Actions with owner, date and state; wishes without them are called so; then those of earlier studies."""
    out.heading(2, "Tindak Lanjut Studi Ini", "A.")
    if facts.steps:
        _steps(out, facts.steps, "tindak-lanjut", "Rencana Tindak Lanjut")
    else:
        out.empty("Belum ada tindak lanjut dengan pemilik dan tenggat.")
    for advice in facts.example.advice:
        if missing := advice.missing():
            out.generated(f"Rekomendasi “{advice.statement}” belum dapat dilaksanakan: belum ada {', '.join(missing)}.")
    out.heading(2, "Tindak Lanjut Studi Sebelumnya", "B.")
    if facts.before:
        _steps(out, facts.before, "tindak-lanjut-lalu", "Tindak Lanjut Studi Sebelumnya")
    else:
        out.empty("Tidak ada tindak lanjut studi sebelumnya yang tercatat.")


def _steps(out: Composition, listed: Iterable[Step], key: str, caption: str) -> None:
    body = [
        Row((
            cell(str(number)), cell(step.action or step.statement), cell(step.owner or "belum ditetapkan"),
            cell(format_date(step.due) if step.due else "belum ditetapkan"), cell(step.state), cell(step.result or "–"),
        ))
        for number, step in enumerate(listed, 1)
    ]  # fmt: skip
    table = out.table(key, caption, columns((6, "c"), (32, "l"), (20, "l"), (16, "l"), (12, "l"), (14, "l")),
                      (head("No.", "Tindakan", "Pemilik", "Tenggat", "Keadaan", "Hasil"), counted(6)), body)  # fmt: skip
    out.paragraph("Pemilik, tenggat, dan keadaannya disajikan dalam ", reference(table), ".")
    out.add(table)


def performance(out: Composition, facts: StudyFacts) -> None:
    """The indicator that counts the report: target, achievement, budget and absorption."""
    found = facts.performance
    if found is None:
        out.empty("Studi belum diikat pada indikator kinerja kegiatan.")
        return
    body = [Row((
        cell(found.indicator), cell(found.target), cell(found.realised), figure_cell(found.achievement, bare=False),
        rupiah_cell(found.budget), rupiah_cell(found.spent), figure_cell(found.absorption, bare=False),
    ))]  # fmt: skip
    table = out.table(
        "kinerja-kegiatan", f"Kinerja {found.activity}",
        columns((28, "l"), (9, "c"), (9, "c"), (12, "r"), (16, "r"), (16, "r"), (10, "r")),
        (head("Indikator", "Target", "Realisasi", "Capaian", "Anggaran (Rp)", "Realisasi (Rp)", "Serapan"), counted(7)), body,
    )  # fmt: skip
    out.generated("Capaian indikator adalah ", found.achievement, " dan serapan anggarannya ", found.absorption,
                  ", sebagaimana disajikan dalam ", reference(table), ".")  # fmt: skip
    out.add(table)
    out.note("Indikator ini menghitung laporan (keluaran) dan tidak mengukur budaya kerja.")
