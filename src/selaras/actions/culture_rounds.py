"""Rounds of coding blind to each other: opened, closed with their agreement, decided into the final layer by the lead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from selaras.actions._culture import Held, apply_change, code_word, found, study_held
from selaras.core.access import Actor
from selaras.core.culture.changes import adjudicated
from selaras.core.culture.coding import FINAL, Coding, Kind, Stance
from selaras.core.culture.rounds import RoundResult
from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.culture_coding import compared, readings_of
from selaras.store.culture_rows import material_of
from selaras.store.models.culture import RoundPurpose, RoundUnit, StudyRole

ROUND = "CodingRound"
Decision = tuple[str, str, Stance, Kind]
"""Segment, code, stance and kind of a coding in the final layer."""


def open_round(
    by: Actor, *, agency: str, study: str, code: str, coders: Iterable[str], purpose: RoundPurpose = RoundPurpose.AGREEMENT,
    unit: RoundUnit = RoundUnit.GRID, segments: Iterable[str] = (),
) -> tables.CodingRound:  # fmt: skip
    """Open a round for coders (logins of the team); its code is the layer of their codings.

    On the grid they code the same segments: the named ones, or all that there are. By characters they mark freely.
    `RECODE` has one coder, whose earlier reading in the final layer it is compared with. Raises Refusal, NotAllowed.
    """
    with study_held(by, agency, study, "membuka putaran penyandian") as (trace, held):
        key, who = code_word(code, "putaran"), list(dict.fromkeys(coders))
        rows = tables.CodingRound.objects.filter(study=held.row)
        if key == FINAL or rows.filter(code=key).exists() or held.row.codings.filter(layer=key).exists():
            raise Refusal("Putaran tidak dibuka.", Fault("kode putaran sudah dipakai", read=key))
        if going := rows.filter(closed_at__isnull=True).first():
            raise Refusal("Putaran tidak dibuka.", Fault("putaran masih terbuka", Place(record=going.code)))
        _refuse_coders(held, who, purpose)
        row = tables.CodingRound.objects.create(
            study=held.row, code=key, purpose=purpose.value, unit=unit.value, coders=who,
            segments=_agreed(held, list(segments)) if unit is RoundUnit.GRID else [], opened_by=by.name,
        )  # fmt: skip
        trace |= {"round": key, "coders": len(who), "unit": unit.value}
        trace.changed(ROUND, f"{study} {key}", "", "", "baru")
        return row


def close_round(by: Actor, *, agency: str, study: str, code: str) -> dict[str, Any]:
    """Close a round; agreement by its unit is computed once and kept with it. Raises Refusal, NotFound, NotAllowed."""
    with study_held(by, agency, study, "menutup putaran penyandian") as (trace, held):
        row = found(tables.CodingRound.objects.filter(study=held.row), code, "Putaran")
        if not row.is_open:
            raise Refusal("Putaran tidak ditutup.", Fault("putaran sudah ditutup", Place(record=code)))
        material = material_of(held.row.pk, texts=row.unit == RoundUnit.CHARACTERS.value)
        row.result = _result_data(row, compared(row, material))
        row.closed_at, row.closed_by = timezone.now(), by.name
        row.save()
        trace |= {"round": code, "verdict": row.result["verdict"]}
        trace.changed(ROUND, f"{study} {code}", "Status", "terbuka", "ditutup")
        return dict(row.result)


def decide_round(by: Actor, *, agency: str, study: str, code: str, decided: Iterable[Decision]) -> int:
    """Put what the lead decided after a closed round into the final layer; the number of the change is returned.

    What both readings had alike is decided by the caller too (`store.culture_coding.proposed` gives it). Raises
    Refusal, Conflict, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "memutuskan putaran penyandian") as (trace, held):
        row = found(tables.CodingRound.objects.filter(study=held.row), code, "Putaran")
        if row.is_open:
            raise Refusal("Putaran belum dapat diputuskan.", Fault("putaran masih terbuka", Place(record=code)))
        given = [Coding(segment, word, stance, kind, held.me.coder) for segment, word, stance, kind in decided]
        if not given:
            raise Refusal("Putaran belum diputuskan.", Fault("keputusan kosong", expected="satu penyandian atau lebih"))
        change = adjudicated(material_of(held.row.pk, texts=False), code, given, held.me.coder)
        made = apply_change(held, by, change)
        row.decisions = [[item.segment, item.code, item.stance.value, item.kind.value] for item in given]
        row.decided_at, row.decided_by = timezone.now(), by.name
        row.save()
        trace |= {"round": code, "change": made.pk, "codings": len(given)}
        trace.changed(ROUND, f"{study} {code}", "Keputusan", "", f"{len(given)} penyandian")
        return made.pk


def _result_data(row: tables.CodingRound, found_: RoundResult) -> dict[str, Any]:
    """The agreement of a round as it is kept: exact numbers, the unit and the verdict in words."""
    return {
        "unit": row.unit, "alpha": found_.alpha, "verdict": found_.verdict,
        "readings": [[item.coder, item.layer] for item in readings_of(row)],
        "pairs": [
            {
                "first": pair.first, "second": pair.second, "unit": pair.unit, "observed": pair.overall.observed,
                "expected": pair.overall.expected, "units": pair.overall.units, "kappa": pair.overall.kappa,
                "jaccard": pair.jaccard, "by_code": [[name, kappa.kappa, kappa.observed] for name, kappa in pair.by_code],
            }
            for pair in found_.pairs
        ],
    }  # fmt: skip


def _refuse_coders(held: Held, coders: list[str], purpose: RoundPurpose) -> None:
    able = {StudyRole.LEAD.value, StudyRole.CODER.value, StudyRole.REVIEWER.value}
    team = set(
        tables.StudyMember.objects.filter(study=held.row, role__in=able).values_list("user__username", flat=True)
    )  # fmt: skip
    if strange := [login for login in coders if login not in team]:
        raise Refusal(
            "Putaran tidak dibuka.",
            Fault("bukan anggota tim penyandi", read=", ".join(strange), expected=", ".join(team)),
        )
    wanted = 1 if purpose is RoundPurpose.RECODE else 2
    if len(coders) < wanted or (purpose is RoundPurpose.RECODE and len(coders) > 1):
        raise Refusal(
            "Putaran tidak dibuka.",
            Fault("jumlah penyandi", read=str(len(coders)), expected="satu" if wanted == 1 else "dua atau lebih"),
        )


def _agreed(held: Held, segments: list[str]) -> list[str]:
    known = list(held.row.segments.order_by("number").values_list("code", flat=True))
    if strange := [code for code in segments if code not in set(known)]:
        raise Refusal("Putaran tidak dibuka.", Fault("penggalan tidak ada", read=", ".join(strange[:20])))
    chosen = segments or known
    if not chosen:
        raise Refusal(
            "Putaran tidak dibuka.",
            Fault("belum ada penggalan", remedy="Tandai penggalannya dahulu, atau hitung menurut aksara."),
        )
    return chosen
