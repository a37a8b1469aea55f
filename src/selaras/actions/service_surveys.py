"""The satisfaction survey (SKM): rounds, answers of respondents nobody knows, follow-up plan, publication."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils import timezone

from selaras.actions._people import words
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.registers.numbering import SECRET_BYTES, opens, seal_of, secret_of
from selaras.core.registers.survey import Response, SurveyAction, faults_of_response
from selaras.store import models as tables
from selaras.store.service_surveys import Round, find_round, survey_of
from selaras.store.snapshot import find_agency

KIND = "Survei kepuasan"
TRAITS = ("jenis_kelamin", "usia", "pendidikan", "pekerjaan")
"""What may be asked of a respondent: groups only, nothing that tells who it is."""
LONGEST_TRAIT = 60
LONGEST_SUGGESTION = 1000


def save_round(
    by: Actor, *, agency: str, code: str, title: str, survey: str, since: date, until: date,
    services: Iterable[str], population: int | None = None,
) -> Round:  # fmt: skip
    """Make or change a time of asking; services that have answers cannot be taken out.

    Raises Refusal (unknown survey, no service, days backwards, answers outside the new days), NotAllowed, NotFound.
    """
    with traced(by, action="menyimpan survei kepuasan", agency=agency, act=Act.SERVE) as trace:
        pk, _ = find_agency(agency)
        survey_of(survey, until)
        listed = list(dict.fromkeys(part.strip() for part in services if part.strip()))
        faults = []
        if not listed or len(listed) > 200:
            faults.append(Fault("layanan survei", read=str(len(listed)), expected="1 sampai 200 layanan"))
        if until < since:
            faults.append(Fault("akhir survei mendahului awalnya", read=until.isoformat(), expected=since.isoformat()))
        if population is not None and population < 1:
            faults.append(Fault("banyaknya penerima layanan", read=str(population), expected="1 atau lebih"))
        old = tables.SkmRound.objects.filter(agency=pk, code=code).first()
        if old is not None:
            used = set(old.responses.order_by().values_list("service", flat=True).distinct())
            faults += [Fault("layanan yang sudah dijawab dihapus", read=item) for item in sorted(used - set(listed))]
            if used and old.survey != survey:
                faults.append(Fault("survei sudah dijawab", read=survey, expected=old.survey))
        if faults:
            raise Refusal("Survei tidak disimpan.", *faults)
        tables.SkmRound.objects.update_or_create(
            agency_id=pk, code=words(code, "Kode", most=80),
            defaults={
                "title": words(title, "Judul", most=300), "survey": survey, "since": since, "until": until,
                "services": listed, "population": population,
            },
        )  # fmt: skip
        trace.changed(KIND, code, "", old.title if old else "", title)
    return find_round(agency, code)


def open_round(by: Actor, *, agency: str, code: str) -> str:
    """Make a new word by which the public form of a round is opened; shown once. Raises NotAllowed, NotFound."""
    with traced(by, action="membuka survei kepuasan", agency=agency, act=Act.SERVE) as trace:
        found = find_round(agency, code)
        secret = secret_of(secrets.token_bytes(SECRET_BYTES))
        found.row.seal = seal_of(secret)
        found.row.save()
        trace["round"] = code
    return secret


def record_response(
    by: Actor, *, agency: str, code: str, service: str, answers: Mapping[str, int], secret: str = "",
    traits: Mapping[str, str] | None = None, suggestion: str = "", on: date | None = None,
) -> None:  # fmt: skip
    """Keep the answers of one respondent: typed by the desk, or sent by the public form with its word.

    Nothing that tells who answered is kept. Raises Refusal with every fault, NotAllowed, NotFound.
    """
    public = bool(secret)
    act = None if public else Act.SERVE
    with traced(by, action="mencatat jawaban survei", agency=agency, act=act) as trace:
        found = find_round(agency, code)
        if public and not opens(secret, found.row.seal):
            raise NotFound("Survei ini tidak ditemukan.")
        today = timezone.localdate()
        day = today if public or on is None else on
        response = Response(service, day, dict(answers), _traits(traits or {}))
        faults = list(faults_of_response(found.survey, response))
        if service not in found.row.services:
            faults.append(
                Fault("layanan tidak termasuk survei", read=service[:80], expected="; ".join(found.row.services))
            )
        if not found.row.since <= day <= found.row.until or day > today:
            faults.append(Fault("tanggal di luar masa survei", read=day.isoformat()))
        if faults:
            raise Refusal("Jawaban tidak disimpan.", *faults)
        tables.SkmResponse.objects.create(
            round=found.row, service=service, on=day, answers=dict(response.answers), traits=dict(response.traits),
            suggestion=words(suggestion, "Saran", empty=True, most=LONGEST_SUGGESTION),
        )  # fmt: skip
        trace["round"] = code


def save_plan(by: Actor, *, agency: str, code: str, plan: Iterable[SurveyAction]) -> None:
    """Replace the follow-up plan of a round. Raises Refusal for unknown elements or empty actions, NotAllowed, NotFound."""
    with traced(by, action="menyimpan tindak lanjut survei", agency=agency, act=Act.SERVE) as trace:
        found = find_round(agency, code)
        known = {item.code for item in found.survey.elements}
        listed = list(plan)
        faults = [
            Fault("unsur survei tidak dikenal", read=item.element, expected=", ".join(sorted(known)))
            for item in listed if item.element not in known
        ]  # fmt: skip
        if faults:
            raise Refusal("Tindak lanjut tidak disimpan.", *faults)
        before = {(row.element, row.action): row.done_on for row in found.row.plan.all()}
        found.row.plan.all().delete()
        tables.SkmPlan.objects.bulk_create(
            tables.SkmPlan(
                round=found.row, element=item.element, action=words(item.action, "Tindakan"),
                responsible=words(item.responsible, "Penanggung jawab", empty=True), due=item.due,
                done_on=before.get((item.element, item.action.strip())),
            )
            for item in listed
        )  # fmt: skip
        trace.changed(KIND, code, "Tindak lanjut", str(len(before)), str(len(listed)))


def finish_action(by: Actor, *, agency: str, code: str, action: int, on: date | None) -> None:
    """Say when one action of the plan was done; None takes it back. Raises NotAllowed, NotFound."""
    with traced(by, action="menyelesaikan tindak lanjut survei", agency=agency, act=Act.SERVE) as trace:
        row = find_round(agency, code).row.plan.filter(pk=action).first()
        if row is None:
            raise NotFound("Tindak lanjut ini tidak ditemukan.")
        before = row.done_on
        row.done_on = on
        row.save()
        trace.changed(KIND, code, row.action[:80], str(before or ""), str(on or ""))


def publish_round(by: Actor, *, agency: str, code: str, published: bool) -> None:
    """Show the result of a round on the public page, or take it back. Raises Refusal without answers, NotAllowed, NotFound."""
    with traced(by, action="menerbitkan hasil survei", agency=agency, act=Act.PUBLISH) as trace:
        found = find_round(agency, code)
        if published and not found.row.responses.exists():
            raise Refusal("Hasil survei tidak diterbitkan.", Fault("belum ada jawaban", read=code))
        found.row.published = published
        found.row.save()
        trace.changed(KIND, code, "Diterbitkan", "", "Ya" if published else "Tidak")


def _traits(traits: Mapping[str, str]) -> dict[str, str]:
    """The groups a respondent belongs to; anything else, or anything long enough to be a name, is refused."""
    made = {name: text.strip() for name, text in traits.items() if text.strip()}
    faults = [
        Fault("ciri responden tidak dikenal", read=name, expected=", ".join(TRAITS))
        for name in made
        if name not in TRAITS
    ]
    faults += [
        Fault(f"ciri responden {name} terlalu panjang", expected=f"paling banyak {LONGEST_TRAIT} huruf")
        for name, text in made.items() if len(text) > LONGEST_TRAIT
    ]  # fmt: skip
    if faults:
        raise Refusal("Jawaban tidak disimpan.", *faults)
    return made
