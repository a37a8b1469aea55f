"""Recommendations and what becomes of them: given, planned, worked on in steps, claimed done, verified by another person."""

from __future__ import annotations

from datetime import date

from django.db.models import Max
from django.utils import timezone

from selaras.actions._keeping import Upload, fault_of_link, keep, kind_taken, not_taken
from selaras.actions._notices import tell
from selaras.actions._recommending import (
    KIND,
    OWNERS,
    code_of_step,
    decide_step,
    free_code,
    named,
    recommendation_of,
    record,
    refuse_begun,
    refuse_long,
    same_person,
    source_of,
    store,
    tell_name,
    tell_verifiers,
    unit_of,
    words_of,
)
from selaras.actions._scanning import scan
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check, check_somewhere, may
from selaras.core.errors import Fault, NotAllowed, NotFound, Refusal
from selaras.core.evaluation import recommendations as core
from selaras.core.evaluation.recommendations import Stage
from selaras.store import models as tables
from selaras.store.models import Recommendation, RecommendationReply, RecommendationStep
from selaras.store.snapshot import find_agency
from selaras.store.users import holders_of


def give(
    by: Actor,
    *,
    agency: str,
    year: int,
    text: str,
    component: str = "",
    unit: str = "",
    evaluation: int | None = None,
    review: int | None = None,
    due: date | None = None,
    url: str = "",
) -> Recommendation:
    """Give a recommendation to a unit (empty: the agency as a whole) about a component; its code is made.

    `year` is the evaluated year; `evaluation` or `review` says where it comes from, and must be the agency's. The
    unit's people are told. Raises Refusal for an empty text, NotAllowed, NotFound.
    """
    with traced(by, action="memberi rekomendasi", agency=agency) as trace:
        if not may(by, Act.REVIEW, agency, unit):
            check(by, Act.EVALUATE, agency, unit)
        pk, _ = find_agency(agency)
        words = words_of(text, "Rekomendasi")
        home = named(tables.Unit, agency, unit, "Unit")
        source = source_of(agency, evaluation, review)
        rows = Recommendation.objects.filter(agency_id=pk)
        last = rows.aggregate(top=Max("sequence"))["top"] or 0
        order = (rows.filter(year=year).aggregate(top=Max("order"))["top"] or 0) + 1
        row = Recommendation.objects.create(
            agency_id=pk, code=free_code(pk, year, order), year=year, unit=home, source=source, component=component.strip(),
            given_on=timezone.localdate(), due=due, stage=Stage.GIVEN.value, order=order, evaluation_id=evaluation,
            review_id=review, text=words, sequence=last + 1,
        )  # fmt: skip
        trace |= {"record": row.code, "year": year}
        trace.changed(KIND, row.code, "", "", words)
        people = holders_of(agency, timezone.localdate(), *OWNERS)
        tell(
            by, people, text=f"Rekomendasi baru {row.code}: {words[:200]}", url=url, agency=agency, topic="rekomendasi"
        )
    return row


def reword(by: Actor, *, agency: str, code: str, text: str, component: str | None = None) -> Recommendation:
    """Change the words of a recommendation that nobody has planned yet. Raises Refusal, NotAllowed, NotFound."""
    with recommendation_of(by, agency, code, "mengubah rekomendasi") as (trace, row):
        check(by, Act.EVALUATE, agency, unit_of(row))
        refuse_begun(row)
        words = words_of(text, "Rekomendasi")
        trace.changed(KIND, code, "Rekomendasi", row.text, words)
        row.text = words
        if component is not None and component != row.component:
            trace.changed(KIND, code, "Komponen", row.component, component)
            row.component = component
        row.save(update_fields=("text", "component"))
    return row


def withdraw(by: Actor, *, agency: str, code: str, reason: str) -> None:
    """Take back a recommendation that nobody has planned yet, for a reason. Raises Refusal, NotAllowed, NotFound."""
    with recommendation_of(by, agency, code, "menarik rekomendasi") as (trace, row):
        check(by, Act.EVALUATE, agency, unit_of(row))
        refuse_begun(row)
        if not reason.strip():
            raise Refusal("Alasan belum ditulis.", Fault("alasan kosong", remedy="Tulis mengapa rekomendasi ditarik."))
        trace.changed(KIND, code, "", row.text, "", reason.strip())
        row.delete()


def plan(
    by: Actor, *, agency: str, code: str, action: str, responsible: str, due: date | None, url: str = ""
) -> Recommendation:
    """Write down the action plan: what, which position, until when. The evaluators are told.

    Raises Refusal where something is missing or the recommendation is closed, NotAllowed, NotFound.
    """
    with recommendation_of(by, agency, code, "merencanakan tindak lanjut rekomendasi") as (trace, row):
        check(by, Act.TRACK, agency, unit_of(row))
        position = named(tables.Position, agency, responsible, "Jabatan")
        refuse_long(action)
        after = core.plan(record(row), action=action, responsible=responsible, due=due)
        row.responsible = position
        store(trace, row, after)
        tell_verifiers(by, row, f"Rencana aksi {code} disusun.", url)
    return row


def add_step(
    by: Actor, *, agency: str, code: str, text: str, upload: Upload | None = None, link: str = "", url: str = ""
) -> RecommendationStep:
    """Write down one step, with a file or a link as its evidence; the first one makes a planned recommendation run.

    Those who may verify are told. Raises Refusal (no plan yet, closed, empty text, file or link that is not taken),
    NotAllowed, NotFound.
    """
    kind = kind_taken(upload) if upload else None
    if upload is not None and kind is not None:
        # The scanner is slow; nobody else may wait for it with the database.
        scan(upload.path, upload.name)
    with recommendation_of(by, agency, code, "mencatat langkah rekomendasi") as (trace, row):
        check(by, Act.TRACK, agency, unit_of(row))
        words, address = words_of(text, "Langkah"), link.strip()
        if address and (wrong := fault_of_link(address)):
            raise Refusal("Langkah tidak disimpan.", wrong)
        if upload is not None and kind is None:
            raise not_taken(upload)
        if row.stage != Stage.RUNNING.value:
            store(trace, row, core.start(record(row)))
        file = address
        if upload is not None and kind is not None:
            file, digest = keep(agency, upload, kind.suffix)
            trace |= {"file": file, "sha256": digest}
        made = RecommendationStep.objects.create(recommendation=row, by=by.name, file=file, text=words)
        trace["step"] = made.pk
        trace.changed(KIND, code, "Langkah", "", words)
        tell_verifiers(by, row, f"Langkah tindak lanjut rekomendasi {code} menunggu verifikasi.", url)
    return made


def withdraw_step(by: Actor, *, agency: str, step: int, reason: str = "") -> None:
    """Take back an own step that nobody has verified yet. Raises Refusal, NotAllowed, NotFound."""
    code = code_of_step(by, agency, step)
    with recommendation_of(by, agency, code, "menarik langkah rekomendasi") as (trace, row):
        check(by, Act.TRACK, agency, unit_of(row))
        found = row.steps.get(pk=step)
        if not same_person(found.by, by.name):
            raise NotAllowed(f"Langkah ini dicatat oleh {found.by}; hanya pencatatnya yang dapat menariknya.")
        if found.verified_at is not None:
            raise Refusal(f"Langkah ini sudah diverifikasi oleh {found.verified_by} dan tidak dapat ditarik.")
        if row.stage == Stage.CLAIMED.value:
            raise Refusal("Penyelesaian sudah dinyatakan; langkahnya tidak dapat ditarik.")
        trace["step"] = step
        trace.changed(KIND, code, "Langkah", found.text, "", reason)
        found.delete()


def verify_step(
    by: Actor, *, agency: str, step: int, accept: bool = True, reason: str = "", url: str = ""
) -> RecommendationStep:
    """Confirm that a step was taken, or return it with a reason; who wrote it down may not.

    Raises Refusal without a reason or where it was decided on, NotAllowed, NotFound.
    """
    code = code_of_step(by, agency, step)
    with recommendation_of(by, agency, code, "memverifikasi langkah rekomendasi") as (trace, row):
        check(by, Act.CONFIRM_FOLLOW_UP, agency, unit_of(row))
        found = row.steps.get(pk=step)
        if same_person(found.by, by.name):
            raise NotAllowed(f"{by.name} mencatat langkah ini sendiri; verifikasi harus dilakukan orang lain.")
        if found.verified_at is not None or found.returned:
            raise Refusal("Langkah ini sudah diputus.")
        if not accept and not reason.strip():
            raise Refusal("Alasan belum ditulis.", Fault("alasan kosong", remedy="Tulis mengapa langkah dikembalikan."))
        decide_step(by, found, "" if accept else reason.strip())
        trace["step"] = step
        trace.changed(KIND, code, "Verifikasi langkah", "", by.name if accept else "dikembalikan", reason.strip())
        words = "diverifikasi" if accept else f"dikembalikan: {reason.strip()[:200]}"
        tell_name(by, found.by, f"Langkah rekomendasi {code} {words}", url, agency)
    return found


def claim(by: Actor, *, agency: str, code: str, url: str = "") -> Recommendation:
    """Say that a recommendation was followed; its steps must hold evidence. Raises Refusal, NotAllowed, NotFound."""
    with recommendation_of(by, agency, code, "menyatakan rekomendasi selesai") as (trace, row):
        check(by, Act.TRACK, agency, unit_of(row))
        after = core.claim(record(row), by=by.name, on=timezone.localdate(), evidence=())
        store(trace, row, after)
        tell_verifiers(by, row, f"Rekomendasi {code} dinyatakan selesai dan menunggu verifikasi.", url)
    return row


def decide(
    by: Actor, *, agency: str, code: str, accept: bool = True, reason: str = "", url: str = ""
) -> Recommendation:
    """Confirm or refuse that a recommendation was followed; who claimed it or wrote one of its steps may not.

    Confirming it verifies the steps that still wait. Raises Refusal (not claimed, no reason), NotAllowed, NotFound.
    """
    with recommendation_of(by, agency, code, "memverifikasi rekomendasi") as (trace, row):
        check(by, Act.CONFIRM_FOLLOW_UP, agency, unit_of(row))
        waiting = [step for step in row.steps.all() if step.verified_at is None and not step.returned]
        if any(same_person(step.by, by.name) for step in row.steps.all()):
            raise NotAllowed(f"{by.name} mencatat langkah rekomendasi ini; verifikasi harus dilakukan orang lain.")
        judge, today = (core.verify if accept else core.reject), timezone.localdate()
        after = judge(record(row), by=by.name, on=today, note=reason)
        for step in waiting if accept else ():
            decide_step(by, step, "")
        store(trace, row, after)
        words = "terverifikasi" if accept else f"ditolak: {reason.strip()[:200]}"
        tell_name(by, row.claimed_by, f"Penyelesaian rekomendasi {code} {words}", url, agency)
    return row


def link_plan(
    by: Actor, *, agency: str, code: str, year: int, indicator: str = "", node: str = "", note: str = ""
) -> RecommendationReply:
    """Say that a target (by its indicator) or an activity (by its node) of the plan of a year answers a recommendation.

    Raises Refusal unless one of both is named, or where it is said already; NotAllowed, NotFound.
    """
    with recommendation_of(by, agency, code, "mengaitkan rekomendasi dengan rencana") as (trace, row):
        if not may(by, Act.TRACK, agency, unit_of(row)):
            check(by, Act.EDIT_PLAN, agency, unit_of(row))
        if bool(indicator) == bool(node):
            raise Refusal("Kaitan tidak disimpan.", Fault("sebut satu: indikator atau simpul"))
        target = named(tables.Indicator, agency, indicator, "Indikator")
        activity = named(tables.Node, agency, node, "Simpul")
        same = RecommendationReply.objects.filter(recommendation=row, year=year, indicator=target, node=activity)
        if same.exists():
            raise Refusal(f"{indicator or node} sudah dikaitkan dengan {code} untuk tahun {year}.")
        made = RecommendationReply.objects.create(
            agency_id=row.agency_id, recommendation=row, year=year, indicator=target, node=activity, note=note.strip()
        )
        trace.changed(KIND, code, f"Dijawab rencana {year}", "", indicator or node)
        trace["reply"] = made.pk
    return made


def unlink_plan(by: Actor, *, agency: str, reply: int) -> None:
    """Take back what `link_plan` said, by its row key. Raises NotAllowed and NotFound."""
    found = RecommendationReply.objects.filter(agency__code=agency, pk=reply).select_related(
        "recommendation", "indicator", "node"
    )
    row = found.first()
    if row is None:
        check_somewhere(by, Act.SEE, agency)
        raise NotFound("Kaitan ini tidak ditemukan.")
    with recommendation_of(by, agency, row.recommendation.code, "melepas kaitan rekomendasi") as (trace, held):
        if not may(by, Act.TRACK, agency, unit_of(held)):
            check(by, Act.EDIT_PLAN, agency, unit_of(held))
        named = row.indicator or row.node
        RecommendationReply.objects.filter(pk=reply).delete()
        trace.changed(KIND, held.code, f"Dijawab rencana {row.year}", named.code if named else "", "")
