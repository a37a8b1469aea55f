"""Agreements made and revised: drafted from the plan, filled anew, given a new version, discarded, printed, dated."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import TypeVar

from selaras.actions._agreements import check_drafter, check_state, find_case, tell_holders
from selaras.actions._files import sha256_of, written
from selaras.actions._many import key_of, store_many
from selaras.actions._rules import law_of
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, refusal
from selaras.core.agreements import Agreement, AgreementLine, AgreementProgramme, HeadGoal, RevisionReason
from selaras.core.agreements.cascade import is_head
from selaras.core.agreements.drafting import Draft, draft
from selaras.core.agreements.rights import may_print
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.org import Position
from selaras.core.planning import IndicatorLevel
from selaras.core.reporting.agreement_form import compose
from selaras.core.reporting.agreement_gate import PLANNED, narrowed, plan_of
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import Snapshot
from selaras.documents.write import FORMATS, write
from selaras.store import models as tables
from selaras.store.agreements import DEADLINE
from selaras.store.evidence import reader
from selaras.store.models import AgreementFlow, Deadline
from selaras.store.models.work import AgreementState as State
from selaras.store.snapshot import find_agency, load_snapshot
from selaras.store.together import load_together

Part = TypeVar("Part", AgreementLine, AgreementProgramme, HeadGoal)
FACTS = frozenset({*PLANNED, Position, Agreement, AgreementLine, AgreementProgramme})


def draft_agreement(
    by: Actor,
    *,
    agency: str,
    year: int,
    position: str,
    superior: str | None = None,
    levels: Collection[IndicatorLevel] = (),
) -> str:
    """Draft the year's agreement of a position from the plan; gives its code.

    The lines are the RKT's targets of the indicators that the position answers for, the programmes their budgets
    (`core.agreements.drafting`). `superior` is the second party: None takes the position's own superior, "" makes it
    one-sided. Raises Refusal if there is one already or the plan gives nothing, NotAllowed, NotFound.
    """
    with traced(by, action="menyusun perjanjian", agency=agency) as trace:
        pk, _ = find_agency(agency)
        snapshot = load_together(agency, year, FACTS)
        found = _position(snapshot, position)
        check_drafter(by, agency, found.unit, position)
        if any(item.promiser == position for item in snapshot.agreements):
            raise Refusal(f"Perjanjian {found.title} tahun {year} sudah ada.")
        name = _new_code(pk, f"PK-{position}-{year}")
        second = found.superior if superior is None else superior
        made = Agreement(name, year, position, second, signed_at=snapshot.agency.city)
        given = _drafted(snapshot, found, name, levels)
        if not given.lines:
            raise _empty(found, year, given)
        _store(by, trace, agency, made, given)
        trace |= {"agreement": name, "lines": len(given.lines), "programmes": len(given.programmes)}
    return name


def refill_agreement(
    by: Actor, *, agency: str, agreement: str, levels: Collection[IndicatorLevel] = (), reason: str = ""
) -> None:
    """Fill a draft anew from the plan as it stands now: what was changed by hand is replaced, with its history.

    Raises Refusal if it is no draft any more or the plan gives nothing, NotAllowed, NotFound.
    """
    with traced(by, action="mengisi perjanjian dari rencana", agency=agency) as trace:
        case = find_case(agency, agreement)
        check_drafter(by, agency, case.unit, case.agreement.promiser)
        check_state(case, State.DRAFT, State.RETURNED)
        snapshot = load_together(agency, case.agreement.year, FACTS)
        position = _position(snapshot, case.agreement.promiser)
        given = _drafted(snapshot, position, agreement, levels)
        if not given.lines:
            raise _empty(position, case.agreement.year, given)
        _store(by, trace, agency, case.agreement, given, before=_parts(snapshot, agreement), reason=reason)
        trace["agreement"] = agreement


def revise_agreement(
    by: Actor, *, agency: str, agreement: str, reason: RevisionReason, note: str, url: str = ""
) -> str:
    """Make the next version of a signed agreement, with the same lines to begin with; gives its code.

    The signed version stays as it is. The reason is one of the three of Permenpan-RB 53/2014, `note` says what
    happened. Raises Refusal if the agreement is not signed or has a later version, NotAllowed, NotFound.
    """
    with traced(by, action="mengubah perjanjian", agency=agency) as trace:
        case = find_case(agency, agreement)
        check_drafter(by, agency, case.unit, case.agreement.promiser)
        old = case.agreement
        versions = [item for item in case.snapshot.agreements if item.promiser == old.promiser]
        if not case.road.is_signed or old.version < max(item.version for item in versions):
            raise Refusal(
                f"Perjanjian {agreement} tidak dapat diubah menjadi versi baru.",
                Fault(
                    "versi terakhir yang sudah ditandatangani", read=case.road.state.value, expected=State.SIGNED.value
                ),
            )
        if not note.strip():
            raise Refusal("Perubahan perjanjian memerlukan keterangan: tuliskan apa yang terjadi.")
        first = min(versions, key=lambda item: item.version)
        pk, _ = find_agency(agency)
        name = _new_code(pk, f"{first.code}-P{old.version + 1}")
        made = replace(old, code=name, version=old.version + 1, signed_on=None, reason=reason, reason_note=note.strip())
        lines, programmes = _parts(case.snapshot, agreement)
        copied = Draft(
            tuple(replace(line, agreement=name) for line in lines),
            tuple(replace(item, agreement=name) for item in programmes),
        )
        _store(by, trace, agency, made, copied, reason=reason.value)
        trace |= {"agreement": name, "of": agreement, "reason": reason.value}
        tell_holders(by, case, old.promiser, f"diubah menjadi versi {made.version}: {note.strip()}", url, planners=True)
    return name


def discard_agreement(by: Actor, *, agency: str, agreement: str, reason: str = "") -> None:
    """Delete a draft with its lines; what was once signed stays. Raises Refusal, NotAllowed, NotFound."""
    with traced(by, action="menghapus draf perjanjian", agency=agency) as trace:
        case = find_case(agency, agreement)
        check_drafter(by, agency, case.unit, case.agreement.promiser)
        check_state(case, State.DRAFT, State.RETURNED)
        pk, _ = find_agency(agency)
        lines, programmes = _parts(case.snapshot, agreement)
        goals = [goal for goal in case.snapshot.head_goals if goal.agreement == agreement]
        _store_parts(trace, pk, agency, AgreementLine, [], lines, reason)
        _store_parts(trace, pk, agency, AgreementProgramme, [], programmes, reason)
        _store_parts(trace, pk, agency, HeadGoal, [], goals, reason)
        AgreementFlow.objects.filter(agreement_id=case.row).delete()
        store_many(trace, pk, agency, Agreement, removed=[case.agreement], reasons={agreement: reason})
        trace["agreement"] = agreement


def print_agreement(by: Actor, *, agency: str, agreement: str, formats: Sequence[str], output: Path) -> list[Path]:
    """Write one version of an agreement as a document of its own into the folder `output`, in each format.

    For those who may compose documents and for the two parties. The audit record holds the SHA-256 of each file.
    Raises Refusal for an unknown format, CannotRun, NotAllowed, NotFound.
    """
    case = find_case(agency, agreement)
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise Refusal(f"Format “{', '.join(unknown)}” tidak dikenal. Yang ada: {', '.join(FORMATS)}.")
    if not may_print(by, agency, case.unit, case.agreement.promiser, case.agreement.superior):
        with traced(by, action="mencetak perjanjian", agency=agency):
            raise refusal(by, Act.COMPOSE, agency, case.unit)
    snapshot = narrowed(load_snapshot(agency, case.agreement.year), case.agreement)
    document = compose(snapshot, law_of(snapshot.settings))
    paths = [output / f"perjanjian-{case.row}.{name}" for name in dict.fromkeys(formats)]
    for path in paths:
        with written(path) as target:
            write(document, path.suffix[1:], target, files=reader(agency))
    with traced(by, action="mencetak perjanjian", agency=agency) as trace:
        trace |= {"agreement": agreement, "files": {path.name: sha256_of(path) for path in paths}}
    return paths


def set_deadline(by: Actor, *, agency: str, year: int, due: date) -> None:
    """Say until when the agreements of a year are due; the duty holders are reminded. Raises NotAllowed and NotFound."""
    with traced(by, action="menetapkan tenggat perjanjian", agency=agency, act=Act.CONFIGURE) as trace:
        pk, _ = find_agency(agency)
        old = Deadline.objects.filter(agency_id=pk, year=year, what=DEADLINE, span="", index=0).first()
        Deadline.objects.update_or_create(
            agency_id=pk, year=year, what=DEADLINE, span="", index=0, defaults={"due": due}
        )
        before = f"{old.due:%d-%m-%Y}" if old else ""
        trace.changed("Deadline", f"{DEADLINE} {year}", "Tenggat", before, f"{due:%d-%m-%Y}")
        trace["due"] = f"{due:%Y-%m-%d}"


def _position(snapshot: Snapshot, code: str) -> Position:
    found = next((item for item in snapshot.positions if item.code == code and not item.outside), None)
    if found is None:
        raise NotFound(f"Jabatan {code} tidak ditemukan.")
    return found


def _drafted(snapshot: Snapshot, position: Position, code: str, levels: Collection[IndicatorLevel]) -> Draft:
    figures = Figures(snapshot, law_of(snapshot.settings))
    head = is_head(position, snapshot.positions, snapshot.settings.signatory)
    return draft(plan_of(figures), agreement=code, position=position.code, head=head, levels=levels)


def _empty(position: Position, year: int, given: Draft) -> Refusal:
    """Why there is nothing to promise, and where to mend it."""
    if given.without_target:
        names = ", ".join(item.code for item in given.without_target[:5])
        return Refusal(
            f"Perjanjian {position.title} belum dapat disusun.",
            Fault(f"indikatornya ({names}) belum bertarget tahun {year}", expected="target RKT atau Renstra",
                  remedy="Isi target pada halaman RKT."),
        )  # fmt: skip
    return Refusal(
        f"Perjanjian {position.title} belum dapat disusun.",
        Fault("tidak ada indikator yang menjadi tanggung jawab jabatan ini", expected="paling sedikit satu indikator",
              remedy="Isi penanggung jawab pada lembar indikator."),
    )  # fmt: skip


def _parts(snapshot: Snapshot, code: str) -> tuple[list[AgreementLine], list[AgreementProgramme]]:
    lines = [line for line in snapshot.agreement_lines if line.agreement == code]
    return lines, [item for item in snapshot.agreement_programmes if item.agreement == code]


def _new_code(pk: int, wanted: str) -> str:
    """A code that no agreement of the agency has, in whatever year."""
    codes = set(tables.Agreement.objects.filter(agency_id=pk, code__startswith=wanted).values_list("code", flat=True))
    names = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
    return next(name for name in names if name not in codes)


def _store(
    by: Actor, trace: Trace, agency: str, made: Agreement, given: Draft, *,
    before: tuple[Sequence[AgreementLine], Sequence[AgreementProgramme]] = ((), ()), reason: str = "",
) -> None:  # fmt: skip
    """Write the agreement with its parts; what stood there before and is no longer given goes."""
    pk, _ = find_agency(agency)
    store_many(trace, pk, agency, Agreement, given=[made], reasons={made.code: reason})
    _store_parts(trace, pk, agency, AgreementLine, given.lines, before[0], reason)
    _store_parts(trace, pk, agency, AgreementProgramme, given.programmes, before[1], reason)
    row = tables.Agreement.objects.get(agency_id=pk, code=made.code)
    AgreementFlow.objects.get_or_create(agreement=row, defaults={"state": State.DRAFT.value, "changed_by": by.name})


def _store_parts(
    trace: Trace, pk: int, agency: str, kind: type[Part], items: Sequence[Part], before: Sequence[Part], reason: str
) -> None:
    kept = {item.order for item in items}
    gone: list[Part] = [item for item in before if item.order not in kept]
    reasons = {key_of(item): reason for item in (*items, *gone)}
    store_many(trace, pk, agency, kind, given=items, removed=gone, reasons=reasons)
