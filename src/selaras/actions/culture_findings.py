"""Conclusions written against the displays, their checks, displays that are kept, and what the agency does about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from selaras.actions._culture import (
    LONGEST_LINE,
    Held,
    code_word,
    drop_titled,
    found,
    next_code,
    next_order,
    store_columns,
    study_held,
    words,
)
from selaras.core.access import Act, Actor
from selaras.core.culture.conclusions import MIXED, UNSUPPORTED, Tactic
from selaras.core.culture.support import Support
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.place import Place
from selaras.store import models as tables
from selaras.store.culture import study_file
from selaras.store.culture_displays import conclusion_data, display_data
from selaras.store.models.culture import ActionState, CheckKind, DisplayKind

CONCLUSION, CHECK, ACTION = "StudyConclusion", "ConclusionCheck", "StudyAction"
VERDICTS = (*(label.value for label in Support), MIXED, UNSUPPORTED)
OPEN = (ActionState.PLANNED, ActionState.RUNNING)


def save_conclusion(
    by: Actor, *, agency: str, study: str, statement: str, codes: Iterable[str], construct: str = "", override: str = "",
    reason: str = "", rival: str = "", recommendation: str = "", code: str = "",
) -> str:  # fmt: skip
    """Write a conclusion and the codes that it rests on; without `code` a new one gets the next (`T01`).

    The verdict follows from the rule; `override` sets another one and must give its `reason`. Raises Refusal,
    NotFound (study, code), NotAllowed.
    """
    with study_held(by, agency, study, "menulis simpulan studi") as (trace, held):
        rows = tables.StudyConclusion.objects.filter(study=held.row)
        row = (rows.filter(code=code).first() if code else None) or tables.StudyConclusion(
            study=held.row, code=code_word(code, "simpulan") if code else next_code(rows, "T"), order=next_order(rows)
        )
        columns = {
            "statement": words(statement, "pernyataan", empty=False), "codes": _known(held, codes),
            "construct": words(construct, "konstruk", most=LONGEST_LINE), "override": override.strip(),
            "reason": words(reason, "alasan"), "rival": words(rival, "penjelasan tandingan"),
            "recommendation": words(recommendation, "rekomendasi"), "by": by.name,
        }  # fmt: skip
        if columns["override"] and (columns["override"] not in VERDICTS or not columns["reason"]):
            raise Refusal(
                "Kekuatan simpulan tidak diubah.",
                Fault(
                    "kekuatan diubah tanpa alasan atau tidak dikenal",
                    Place(record=row.code),
                    override,
                    " | ".join(VERDICTS),
                ),
            )
        store_columns(trace, row, f"{study} {row.code}", columns, kind=CONCLUSION)
        return row.code


def freeze_conclusion(by: Actor, *, agency: str, study: str, code: str) -> dict[str, Any]:
    """Keep a copy of everything that a conclusion rests on as it stands now: verdict, matrices, quotes that may be used.

    Raises NotFound, NotAllowed, Refusal.
    """
    with study_held(by, agency, study, "membekukan sajian simpulan") as (trace, held):
        row = found(tables.StudyConclusion.objects.filter(study=held.row), code, "Simpulan")
        file = study_file(by, agency, study)
        record = next(item for item in file.conclusions if item.code == code)
        row.frozen = conclusion_data(file, record)
        row.frozen_at, row.frozen_by = timezone.now(), by.name
        row.save()
        trace |= {"conclusion": code, "quotes": len(row.frozen["quotes"])}
        trace.changed(CONCLUSION, f"{study} {code}", "Sajian", "", row.frozen["line"])
        return dict(row.frozen)


def remove_conclusion(by: Actor, *, agency: str, study: str, code: str, reason: str) -> None:
    """Remove a conclusion with its checks; actions that came from it stay. Raises Refusal, NotFound, NotAllowed."""
    with study_held(by, agency, study, "menghapus simpulan studi") as (trace, held):
        why = words(reason, "alasan", empty=False)
        row = found(tables.StudyConclusion.objects.filter(study=held.row), code, "Simpulan")
        trace.changed(CONCLUSION, f"{study} {code}", "", row.statement[:LONGEST_LINE], "", why)
        row.delete()


def record_tactic(
    by: Actor, *, agency: str, study: str, code: str, tactic: Tactic, outcome: str, held_on: date | None = None
) -> None:
    """Record what came of one verification tactic; the same tactic again replaces it. Raises Refusal, NotFound."""
    with study_held(by, agency, study, "memeriksa simpulan studi", Act.CODE_STUDY) as (trace, held):
        row = found(tables.StudyConclusion.objects.filter(study=held.row), code, "Simpulan")
        check = row.checks.filter(kind=CheckKind.TACTIC.value, tactic=tactic.value).first()
        check = check or tables.ConclusionCheck(conclusion=row, kind=CheckKind.TACTIC.value, tactic=tactic.value)
        columns = {"outcome": words(outcome, "hasil", empty=False), "held": held_on, "by": by.name, "login": by.login}
        store_columns(trace, check, f"{study} {code} {tactic}", columns, kind=CHECK)


def record_member_check(
    by: Actor, *, agency: str, study: str, code: str, informant: str, agrees: bool, outcome: str, held_on: date
) -> None:
    """Record what an informant said when the conclusion was read back. Raises Refusal, NotFound, NotAllowed."""
    with study_held(by, agency, study, "mencatat umpan balik informan", Act.CODE_STUDY) as (trace, held):
        row = found(tables.StudyConclusion.objects.filter(study=held.row), code, "Simpulan")
        person = found(tables.StudyInformant.objects.filter(study=held.row), informant, "Informan")
        if person.withdrawn is not None:
            raise Refusal("Umpan balik tidak dicatat.", Fault("persetujuan sudah ditarik", Place(record=informant)))
        check = tables.ConclusionCheck(conclusion=row, kind=CheckKind.MEMBER.value, informant=person, login=by.login)
        columns = {"agrees": agrees, "outcome": words(outcome, "hasil", empty=False), "held": held_on, "by": informant}
        store_columns(trace, check, f"{study} {code} {informant}", columns, kind=CHECK)


def record_second_reader(
    by: Actor, *, agency: str, study: str, code: str, agrees: bool, outcome: str, held_on: date | None = None
) -> None:
    """Record what a second reader says of a conclusion: somebody else than who wrote it. Raises Refusal, NotFound."""
    with study_held(by, agency, study, "mencatat pembaca kedua", Act.CODE_STUDY) as (trace, held):
        row = found(tables.StudyConclusion.objects.filter(study=held.row), code, "Simpulan")
        if row.by == by.name:
            raise Refusal(
                "Pembacaan tidak dicatat.", Fault("penulis simpulan sendiri", read=by.name, expected="orang lain")
            )
        check = row.checks.filter(kind=CheckKind.READER.value, login=by.login, by=by.name).first()
        check = check or tables.ConclusionCheck(conclusion=row, kind=CheckKind.READER.value, login=by.login)
        columns = {"agrees": agrees, "outcome": words(outcome, "hasil", empty=False), "held": held_on, "by": by.name}
        store_columns(trace, check, f"{study} {code} {by.name}", columns, kind=CHECK)


def remove_check(by: Actor, *, agency: str, study: str, check: int) -> None:
    """Take one check away again. Raises NotFound, NotAllowed."""
    with study_held(by, agency, study, "menghapus pemeriksaan simpulan", Act.CODE_STUDY) as (trace, held):
        row = tables.ConclusionCheck.objects.filter(conclusion__study=held.row, pk=check).first()
        if row is None:
            raise NotFound("Pemeriksaan ini tidak ditemukan.")
        trace.changed(CHECK, f"{study} {row.kind}", "", row.outcome[:LONGEST_LINE], "")
        row.delete()


def keep_display(
    by: Actor, *, agency: str, study: str, kind: DisplayKind, title: str, construct: str = "",
    notes: Mapping[str, Mapping[str, str]] | None = None, display: int | None = None,
) -> int:  # fmt: skip
    """Keep a display as it stands now, for one construct (its code), with the analyst's words by row and column.

    The gate of the stage of display asks for one of each construct. Raises Refusal, NotFound, NotAllowed.
    """
    with study_held(by, agency, study, "menyimpan sajian studi") as (trace, held):
        file = study_file(by, agency, study)
        known = {node.code for node in file.framework.constructs()} | {""}
        if construct not in known:
            raise NotFound(f"Konstruk {construct} tidak ada dalam kerangka studi.")
        row = tables.StudyDisplay(study=held.row)
        if display is not None:
            old = tables.StudyDisplay.objects.filter(study=held.row, pk=display).first()
            if old is None:
                raise NotFound("Sajian ini tidak ditemukan.")
            row = old
        row.frozen = display_data(file, kind, construct)
        made = {
            name: {column: words(text, "catatan sel", most=4000) for column, text in cells.items() if text.strip()}
            for name, cells in (notes or {}).items()
        }
        columns = {
            "kind": kind.value, "construct": construct, "by": by.name, "words": {key: own for key, own in made.items() if own},
            "title": words(title, "judul", empty=False, most=LONGEST_LINE),
        }  # fmt: skip
        store_columns(trace, row, f"{study} {title}", columns, kind="StudyDisplay")
        return row.pk


def remove_display(by: Actor, *, agency: str, study: str, display: int) -> None:
    """Remove a display that was kept. Raises NotFound, NotAllowed."""
    drop_titled(
        by, tables.StudyDisplay.objects, agency=agency, study=study, action="menghapus sajian studi", pk=display,
        what="Sajian",
    )  # fmt: skip


def save_action(
    by: Actor, *, agency: str, study: str, statement: str, action: str, owner: str = "", owner_words: str = "",
    unit: str = "", due: date | None = None, conclusion: str = "", code: str = "",
) -> str:  # fmt: skip
    """Write what the agency does about a study: an action with owner (code of a position, or words) and date.

    Also after publication. Without `code` a new one gets the next (`A01`), which is returned. Raises Refusal, NotFound
    (study, position, unit, conclusion), NotAllowed.
    """
    with study_held(by, agency, study, "menyimpan tindak lanjut studi", published=True) as (trace, held):
        rows = tables.StudyAction.objects.filter(study=held.row)
        row = found(rows, code, "Tindak lanjut") if code and rows.filter(code=code).exists() else tables.StudyAction(
            study=held.row, code=code_word(code, "tindak lanjut") if code else next_code(rows, "A"),
            state=ActionState.PLANNED.value,
        )  # fmt: skip
        position = _named(tables.Position, held, owner, "Jabatan")
        columns = {
            "statement": words(statement, "rekomendasi", empty=False), "action": words(action, "tindakan"),
            "owner_id": position.pk if position else None, "owner_words": words(owner_words, "pemilik", most=LONGEST_LINE),
            "unit_id": getattr(_named(tables.Unit, held, unit, "Unit"), "pk", None), "due": due, "by": by.name,
            "conclusion_id": getattr(_conclusion(held, conclusion), "pk", None),
        }  # fmt: skip
        store_columns(trace, row, f"{study} {row.code}", columns, kind=ACTION)
        return row.code


def move_action(
    by: Actor, *, agency: str, study: str, code: str, state: ActionState, result: str = "", on: date | None = None
) -> None:
    """Say where a follow-up stands; done and dropped need words on what came of it. Raises Refusal, NotFound."""
    with study_held(by, agency, study, "memperbarui tindak lanjut studi", published=True) as (trace, held):
        row = found(tables.StudyAction.objects.filter(study=held.row), code, "Tindak lanjut")
        ended = state not in OPEN
        columns = {
            "state": state.value, "result": words(result, "hasil", empty=not ended), "by": by.name,
            "closed_on": (on or date.today()) if ended else None,
        }  # fmt: skip
        store_columns(trace, row, f"{study} {code}", columns, kind=ACTION)


def remove_action(by: Actor, *, agency: str, study: str, code: str, reason: str) -> None:
    """Remove a follow-up. Raises Refusal, NotFound, NotAllowed."""
    with study_held(by, agency, study, "menghapus tindak lanjut studi", published=True) as (trace, held):
        row = found(tables.StudyAction.objects.filter(study=held.row), code, "Tindak lanjut")
        why = words(reason, "alasan", empty=False)
        trace.changed(ACTION, f"{study} {code}", "", row.statement[:LONGEST_LINE], "", why)
        row.delete()


def _known(held: Held, codes: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(codes))
    known = set(held.row.codes.values_list("code", flat=True))
    if not wanted or (strange := [code for code in wanted if code not in known]):
        raise Refusal(
            "Simpulan tidak disimpan.",
            Fault(
                "kode tidak dikenal atau kosong",
                read=", ".join(strange if wanted else []),
                expected="kode dalam buku kode",
            ),
        )
    return wanted


def _named(model: Any, held: Held, code: str, what: str) -> Any:
    if not code:
        return None
    row = model.objects.filter(agency=held.row.agency_id, code=code).first()
    if row is None:
        raise NotFound(f"{what} {code} tidak ditemukan.")
    return row


def _conclusion(held: Held, code: str) -> Any:
    return found(tables.StudyConclusion.objects.filter(study=held.row), code, "Simpulan") if code else None
