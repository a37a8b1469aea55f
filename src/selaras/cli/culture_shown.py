"""What `selaras culture` shows without changing anything: studies and surveys, evidence of a study, results of a wave."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from selaras.cli.options import actor, open_workspace
from selaras.cli.output import emit, table

if TYPE_CHECKING:
    from selaras.store.models import SurveyWave


def run_list(args: argparse.Namespace) -> int:
    """The studies and surveys of an agency by their codes."""
    open_workspace(args.data)
    from selaras.store.culture import studies_of
    from selaras.store.culture_surveys import surveys_of

    studies = [
        {"code": line.row.code, "title": line.row.title, "year": line.row.year, "stage": line.stage.value,
         "informants": line.informants, "sources": line.sources, "conclusions": line.conclusions,
         "open_actions": line.open_actions, "example": bool(line.row.demo)}
        for line in studies_of(actor(), args.agency)
    ]  # fmt: skip
    waves = [
        {"survey": survey.code, "wave": wave.code, "title": survey.title, "year": wave.year,
         "state": _state(wave), "synthetic": survey.synthetic}
        for survey in surveys_of(actor(), args.agency)
        for wave in survey.waves.all()
    ]  # fmt: skip
    if args.format == "json":
        emit({"studies": studies, "waves": waves})
        return 0
    heads = ["Studi", "Tahun", "Tahap", "Informan", "Sumber", "Simpulan"]
    keys = ("code", "year", "stage", "informants", "sources", "conclusions")
    rows = [[*(str(item[key]) for key in keys), "contoh kerja" if item["example"] else ""] for item in studies]
    print(table([*heads, ""], rows, right=[3, 4, 5]))
    print()
    rows = [
        [*(str(item[key]) for key in ("survey", "wave", "year", "state")), "data sintetis" if item["synthetic"] else ""]
        for item in waves
    ]
    print(table(["Survei", "Gelombang", "Tahun", "Keadaan", ""], rows))
    return 0


def run_show(args: argparse.Namespace) -> int:
    """What the material of a study carries: conclusions, codes, claims without evidence and flags."""
    open_workspace(args.data)
    from selaras.store.culture import study_file

    file = study_file(actor(), args.agency, args.study)
    conclusions = [
        {"code": item.code, "statement": item.statement, "verdict": file.strengths[item.code].verdict,
         "line": file.strengths[item.code].line, "banner": file.banners.get(item.code, "")}
        for item in file.conclusions
    ]  # fmt: skip
    codes = [
        {"code": row.code, "support": row.label.value, "segments": len(row.segments), "accounts": len(row.counting),
         "groups": len(row.groups), "for": list(row.plus), "against": list(row.minus)}
        for row in file.support
    ]  # fmt: skip
    flags = [flag.message for flag in file.flags]
    if args.format == "json":
        emit({"conclusions": conclusions, "codes": codes, "claims_without_evidence": list(file.claims), "flags": flags})
        return 0
    rows = [[str(item[key]) for key in ("code", "statement", "verdict")] for item in conclusions]
    print(table(["Simpulan", "Pernyataan", "Kekuatan"], rows))
    print()
    counted = [[str(row[key]) for key in ("code", "support", "segments", "accounts", "groups")] for row in codes]
    print(table(["Kode", "Kekuatan", "Penggalan", "Akun", "Kelompok"], counted, right=[2, 3, 4]))
    print()
    if file.claims:
        print(f"Klaim tanpa bukti: {', '.join(file.claims)}.")
    if file.banners:
        print(f"Triangulasi metode dinyatakan, belum ditunjukkan: {', '.join(file.banners)}.")
    print("\n".join(flags))
    return 0


def run_results(args: argparse.Namespace) -> int:
    """The scores and our own index of a closed wave, as they may be shown on a screen."""
    open_workspace(args.data)
    from selaras.core.culture.editions import survey_from
    from selaras.core.culture.index import NAME
    from selaras.core.numerals import format_number
    from selaras.store.culture_editions import names_of_scores
    from selaras.store.culture_results import edition_of, results_of
    from selaras.store.culture_rows import framework_of
    from selaras.store.culture_surveys import units_named

    found = results_of(actor(), args.agency, args.survey, args.wave, date.today())
    edition = edition_of(found)
    if args.format == "json":
        emit(edition)
        return 0
    made = survey_from(
        edition, names_of_scores(framework_of(found.wave.survey)), units_named(args.agency, found.groups)
    )
    for group in made.groups:
        index = f", {NAME.lower()} {format_number(group.index, places=1)}" if group.index is not None else ""
        print(f"{group.name}: {group.people} responden{index}")
        rows = [
            [row.name, str(row.n), format_number(row.mean, places=2),
             *(f"{format_number(value, places=1)}%" for value in (row.negative, row.neutral, row.positive))]
            for row in group.scores
        ]  # fmt: skip
        print(
            table(["Skor", "n", "Rata-rata", "Negatif", "Netral", "Positif"], rows, right=[1, 2, 3, 4, 5]), end="\n\n"
        )
    if made.synthetic:
        print("Data sintetis: dikarang untuk peragaan.")
    if made.hidden_groups:
        print(
            f"Ada kelompok di bawah {made.threshold} responden, atau yang dapat dihitung dari selisih; tidak disajikan."
        )
    return 0


def _state(wave: SurveyWave) -> str:
    from selaras.store.culture_surveys import is_closed, is_open

    if wave.published_at is not None:
        return "hasil terbit"
    if is_closed(wave, date.today()):
        return "ditutup"
    return "sedang dibuka" if is_open(wave, date.today()) else "belum dibuka"
