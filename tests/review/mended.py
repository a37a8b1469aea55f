"""The sample agencies without their true faults: what remains is a report in which a reviewer must find nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from selaras.core.measurement.records import Explanation
from selaras.core.org import RegulationStatus
from selaras.core.planning import FormulaKind, PlanDocument
from selaras.core.snapshot import Narrative
from selaras.core.value import Value, ValueKind, percent

BIRO_COUNTS = {"IKU-1": (41, 46), "IKU-2": (203, 338)}
LAST_YEAR = {"IKU-1": percent("86.5"), "IKU-2": percent(55)}
"""Last year's realisations, below which this year's targets do not lie."""
KPU_COUNTS = {
    "IKU-1": (46, 48), "IKU-2": (187, 190), "IKU-3": (25, 28), "IKU-4A": (52, 52), "IKU-4B": (118, 121),
    "IKU-6": (35, 36), "IKU-7": (33, 34), "IKU-8": (61, 66), "IKU-9": (11, 12), "PK-3": (9, 10), "PK-5": (2, 2),
}  # fmt: skip
"""Numerator and denominator of each indicator that is a percentage."""

LOW = (
    "Penyelenggaraan rapat koordinasi dan konsultasi SKPD kurang terserap karena sebagian besar rapat berlangsung daring. "
    "Pemeliharaan peralatan dan mesin lainnya tertunda karena suku cadangnya baru datang pada akhir tahun. "
    "Evaluasi pelaksanaan budaya kerja menyerap lebih sedikit karena penilaiannya digabung dengan penilaian mandiri."
)

CAUSE = "Pelaksana mengikuti jadwal yang disepakati pada awal tahun dan kekurangannya dibahas setiap bulan."


def biro(snapshot):
    """The bureau: its agreement follows plan and budget, its percentages have numerator and denominator."""
    outputs = {
        item.code: Decimal(100) - Decimal(number) / 4
        for number, item in enumerate(snapshot.indicators)
        if item.code.startswith(("IP-", "IK-", "ISK-"))
    }
    return replace(
        agreed(counted(snapshot, BIRO_COUNTS)),
        realisations=tuple(
            replace(item, value=percent(outputs[item.indicator]))
            if item.indicator in outputs
            else replace(item, value=LAST_YEAR[item.indicator])
            if item.indicator in LAST_YEAR and item.period.year == snapshot.year - 1
            else item
            for item in counted(snapshot, BIRO_COUNTS).realisations
        ),
        evidence=(),
        narratives=(*snapshot.narratives, Narrative(snapshot.year, "penyerapan_rendah", 1, LOW)),
    )


def kpu(snapshot):
    """The election office: one target per indicator in all documents, a grade where a grade is asked for."""
    grade = Value(ValueKind.GRADE, grade="B")
    lines = tuple(
        replace(line, target=grade, unit="Predikat") if line.indicator == "PK-8" else line
        for line in snapshot.agreement_lines
    )
    indicators = tuple(
        replace(item, formula=FormulaKind.RATIO, numerator="Yang terlaksana", denominator="Yang direncanakan")
        if item.code in KPU_COUNTS
        else item
        for item in snapshot.indicators
    )
    known = {item.indicator for item in snapshot.realisations}
    model = snapshot.realisations[0]
    added = tuple(
        replace(model, indicator=code, value=grade if code == "PK-8" else None, note="")
        for code in ("PK-3", "PK-5", "PK-8")
        if code not in known
    )
    whole = replace(snapshot, agreement_lines=lines, indicators=indicators)
    whole = replace(whole, realisations=(*snapshot.realisations, *added))
    return replace(
        agreed(counted(whole, KPU_COUNTS)),
        legal_bases=tuple(
            item for item in snapshot.legal_bases if item.status is not RegulationStatus.REPEALED
        ),
        narratives=tuple(item for item in snapshot.narratives if (item.section, item.order) != ("realisasi_anggaran", 2)),
    )  # fmt: skip


def counted(snapshot, counts):
    """Realisations of the year out of numerator and denominator, explained."""
    realisations = tuple(
        replace(item, value=None, numerator=Decimal(counts[item.indicator][0]), denominator=Decimal(counts[item.indicator][1]),
                note="")
        if item.indicator in counts and item.period.year == snapshot.year
        else replace(item, note="")
        for item in snapshot.realisations
    )  # fmt: skip
    told = {item.indicator: item for item in snapshot.explanations}
    measured = {item.indicator for item in realisations if item.period.year == snapshot.year}
    explanations = tuple(
        replace(told.get(code) or Explanation(code, snapshot.year), cause=CAUSE, obstacle="")
        for code in (item.code for item in snapshot.indicators)
        if code in measured and code in {*told, *counts}
    )
    quality = tuple(replace(item, limits="") for item in snapshot.data_quality)
    return replace(snapshot, realisations=realisations, explanations=explanations, data_quality=quality)


def agreed(snapshot):
    """The agreement promises what the plan says: targets of the RKT, wording of the indicators, the budget in force."""
    planned = {item.indicator: item.value for item in snapshot.targets if item.document is PlanDocument.RKT}
    names = {item.code: item.name for item in snapshot.indicators}
    lines = tuple(
        replace(line, target=planned.get(line.indicator, line.target), wording=names[line.indicator])
        for line in snapshot.agreement_lines
    )
    newest = max(snapshot.budget_versions, key=lambda version: version.order).code
    titles = {node.code: node.title for node in snapshot.nodes}
    programmes = tuple(
        replace(item, wording=titles[item.node], amount=_budget(snapshot, newest, item.node))
        for item in snapshot.agreement_programmes
    )
    goals = tuple(
        replace(item, target=planned.get(item.indicator, item.target), wording=names.get(item.indicator, item.wording))
        for item in snapshot.head_goals
    )
    return replace(snapshot, agreement_lines=lines, agreement_programmes=programmes, head_goals=goals)


def _budget(snapshot, version, node):
    below = {node}
    for item in snapshot.nodes:
        if item.parent in below:
            below.add(item.code)
    return sum(
        (line.amount for line in snapshot.budget_lines if line.version == version and line.node in below), Decimal(0)
    )
