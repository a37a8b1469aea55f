"""The worked examples of the rulebook loaded into an agency, named for what they are; survey answers are invented."""

from __future__ import annotations

from datetime import date

from selaras.actions._culture_loading import write_conclusions, write_material
from selaras.actions.audit import traced
from selaras.actions.culture_answers import fill_synthetic
from selaras.actions.culture_surveys import close_wave, open_wave, save_survey
from selaras.core.access import Act, Actor
from selaras.core.culture.frameworks import Asking
from selaras.core.culture.studies import Example, Stage
from selaras.core.culture.synthetic import LABEL
from selaras.core.errors import NotFound, Refusal
from selaras.rulebook.culture import examples
from selaras.store import models as tables
from selaras.store.culture import rules_on
from selaras.store.culture_rows import content_of
from selaras.store.models.culture import StudyRole
from selaras.store.snapshot import find_agency
from selaras.store.users import find_user

DEMO = "Contoh kerja: penyandian ulang studi yang pernah terbit, bukan studi instansi ini."
PEOPLE, SEED = 80, 2026
OPENED, CLOSED = (5, 1), (5, 31)
MOST_UNITS = 4


def load_demo(by: Actor, *, agency: str, year: int, codes: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Load worked examples (all, or some by code) as studies in the stage of conclusion; returns the codes loaded.

    Where a framework holds a questionnaire and the agency has units, a survey with 80 invented answers comes with it,
    marked as synthetic. Examples that are there are left as they are. Raises NotFound, NotAllowed.
    """
    wanted = [item for item in examples() if not codes or item.study.code in codes]
    if missing := sorted(set(codes) - {item.study.code for item in wanted}):
        raise NotFound(f"Contoh {', '.join(missing)} tidak ditemukan.")
    made = []
    with traced(by, action="memuat contoh studi budaya kerja", agency=agency, act=Act.STUDY) as trace:
        pk, _ = find_agency(agency)
        for example in wanted:
            if not tables.Study.objects.filter(agency=pk, code=example.study.code).exists():
                _load(by, pk, year, example)
                made.append(example.study.code)
        trace["studies"] = ", ".join(made)
    for example in wanted:
        if example.study.code in made and _likert(example):
            _survey(by, agency, year, example)
    return tuple(made)


def _load(by: Actor, agency: int, year: int, example: Example) -> None:
    study, rules = example.study, rules_on(date.today())
    row = tables.Study.objects.create(
        agency_id=agency, code=study.code, year=year, title=study.title, subject=study.agency, framework=study.framework,
        content=content_of(example.framework), design=study.design, sampling=study.sampling, analysis=study.analysis,
        methods=[method.value for method in study.methods], validity=list(study.validity),
        not_reported=list(study.not_reported), values=[[name, list(words)] for name, words in example.values],
        tested=study.tested, claims_influence=study.claims_influence, fieldwork=study.fieldwork,
        reported_on=study.published, source=study.source, note=study.note, stage=Stage.CONCLUSION.value, demo=DEMO,
        k_screen=rules.threshold.screen, k_publish=rules.threshold.publish, created_by=by.name,
        strong_accounts=rules.support.strong_accounts, strong_groups=rules.support.strong_groups,
        fair_accounts=rules.support.fair_accounts,
    )  # fmt: skip
    tables.StudyStep.objects.create(study=row, after=Stage.CONCLUSION.value, by=by.name, reason=DEMO)
    if by.login:
        tables.StudyMember.objects.create(study=row, user=find_user(by.login), role=StudyRole.LEAD.value)
    write_material(row, example.material)
    write_conclusions(row, example.conclusions, example.advice)


def _likert(example: Example) -> bool:
    return any(example.framework.questions(Asking.LIKERT))


def _survey(by: Actor, agency: str, year: int, example: Example) -> None:
    units = list(tables.Unit.objects.filter(agency__code=agency).order_by("sequence").values_list("code", flat=True))
    code = f"{example.study.code}-survei"
    if not units or tables.Survey.objects.filter(agency__code=agency, code=code).exists():
        return
    chosen = units[:MOST_UNITS]
    try:
        save_survey(
            by, agency=agency, code=code, title=f"Survei percontohan ({LABEL})", framework=example.study.framework,
            study=example.study.code, notice=f"Survei percontohan dengan {LABEL}.",
        )  # fmt: skip
    except NotFound as error:
        raise Refusal(f"Kerangka {example.study.framework} tidak berlaku pada hari ini.") from error
    opens, closes = date(year, *OPENED), date(year, *CLOSED)
    each = -(-PEOPLE // len(chosen)) + 5
    open_wave(
        by, agency=agency, survey=code, code=f"{year}-1", opens=opens, closes=closes,
        population=dict.fromkeys(chosen, each), year=year,
    )  # fmt: skip
    fill_synthetic(by, agency=agency, survey=code, wave=f"{year}-1", n=PEOPLE, seed=SEED)
    close_wave(by, agency=agency, survey=code, wave=f"{year}-1")
