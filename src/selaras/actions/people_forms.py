"""The official forms of an SKP as files; who takes a personal file out of the house leaves a record of it."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

from selaras.actions._files import sha256_of, written
from selaras.actions.audit import traced
from selaras.core.access import Actor
from selaras.core.document import Document
from selaras.core.errors import Fault, Refusal
from selaras.core.org import Agency
from selaras.core.people.feedback import of_period
from selaras.core.people.form_evaluation import Evaluated, evaluation_form, feedback_form
from selaras.core.people.form_matrix import matrix_form
from selaras.core.people.form_pieces import FormFacts, Party
from selaras.core.people.forms import skp_form
from selaras.core.people.realisation import Assessment
from selaras.core.period import Period, Span
from selaras.documents.write import FORMATS, write
from selaras.store.people import Face, PlanFile, plan_of, realisations_of
from selaras.store.people_matrix import matrix_of
from selaras.store.people_unit import unit_predicate
from selaras.store.snapshot import find_agency


class Form(StrEnum):
    """The forms."""

    PLAN = "skp"
    EVALUATION = "evaluasi"
    FEEDBACK = "umpan-balik"
    MATRIX = "mph"


def export_form(
    by: Actor,
    *,
    agency: str,
    code: str,
    form: Form,
    format: str,  # noqa: A002 (the word of the writers)
    output: Path,
    period: Period | None = None,
) -> Path:
    """Write one form of a plan as `format` into the folder `output`; `period` for the evaluation, else the year.

    Only who may read the file gets it; the audit record holds which form and the hash of the file, never its content.
    Raises Refusal for an unknown format, CannotRun, NotAllowed, NotFound.
    """
    if format not in FORMATS:
        raise Refusal(
            "Formulir tidak ditulis.", Fault("format tidak dikenal", read=format, expected=" | ".join(FORMATS))
        )
    with traced(by, action="mengekspor formulir SKP", agency=agency) as trace:
        trace |= {"plan": code, "form": form.value, "format": format}
        document = compose_form(by, agency=agency, code=code, form=form, period=period)
        part = f"-{period.span.value}-{period.index}" if period and period.span is not Span.YEAR else ""
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", f"{form.value}-{code}{part}").strip(".-")
        path = output / f"{stem}.{format}"
        with written(path) as draft:
            write(document, format, draft)
        trace["sha256"] = sha256_of(path)
    return path


def compose_form(by: Actor, *, agency: str, code: str, form: Form, period: Period | None = None) -> Document:
    """One form as a document, for who may read the plan. Raises NotAllowed and NotFound."""
    pk, home = find_agency(agency)
    name = home.parent_name or home.name
    if form is Form.MATRIX:
        view = matrix_of(by, agency, code, printed=True)
        return matrix_form(view.matrix, name, _party(view.leader), view.positions)
    file = plan_of(by, agency, code, printed=True)
    facts = _facts(file, home, name)
    if form is Form.FEEDBACK:
        names = {file.plan.assessor: file.assessor.name or file.assessor.title, file.plan.employee: file.who.name}
        return feedback_form(facts, file.feedback, names | {file.plan.position: file.who.title})
    if form is Form.EVALUATION:
        return evaluation_form(facts, _evaluated(pk, agency, file, period or Period(file.plan.year)))
    return skp_form(facts)


def _facts(file: PlanFile, home: Agency, name: str) -> FormFacts:
    return FormFacts(
        file.plan, name, home.city, _party(file.who), _party(file.assessor), file.rows, file.behaviours, file.annexes,
        file.rules,
    )  # fmt: skip


def _evaluated(agency: int, code: str, file: PlanFile, period: Period) -> Evaluated:
    predicate = unit_predicate(agency, file.plan, period)
    pattern = file.rules.patterns.get(predicate) if predicate else None
    drawn = realisations_of(code, file, period)
    return Evaluated(period, drawn, of_period(file.feedback, period), _given(file, period), predicate, pattern)


def _given(file: PlanFile, period: Period) -> Assessment | None:
    if period.span is Span.YEAR:
        return file.final
    return next((item for item in file.assessments if item.period == period), None)


def _party(face: Face) -> Party:
    return Party(face.name, face.nip, face.rank, face.title, face.unit, face.capacity)
