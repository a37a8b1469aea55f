"""Studies of work culture out of the tables: who may see what of them, the list, one study with its material and gates.

While a round of coding is open nobody sees the codings that others make in it (`core.culture.coding.seen_by`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from selaras.core.access import Act, Actor, Role, may, may_somewhere, refusal
from selaras.core.culture.coding import FINAL, Coding, Material, seen_by
from selaras.core.culture.conclusions import (
    Advice,
    Conclusion,
    Strength,
    claims_without_evidence,
    methods_not_shown,
    strength,
)
from selaras.core.culture.frameworks import Framework
from selaras.core.culture.rules import CultureRules
from selaras.core.culture.studies import Example, Stage, flags, gate
from selaras.core.culture.support import CodeSupport, support
from selaras.core.errors import Fault, NotFound
from selaras.core.finding import Finding
from selaras.rulebook.culture import load_culture
from selaras.store.culture_rows import (
    Whole,
    framework_in,
    framework_of,
    rule_of,
    study_record,
    values_of,
    whole_of,
)
from selaras.store.kept import kept
from selaras.store.models import (
    CodingRound,
    CultureFramework,
    InformantIdentity,
    Study,
    StudyAction,
    StudyConclusion,
    StudyDisplay,
    StudyGuide,
    StudyInformant,
    StudyMember,
    StudyStep,
)
from selaras.store.models.culture import RoundPurpose, StudyRole

WORKERS = (StudyRole.LEAD, StudyRole.CODER, StudyRole.REVIEWER)


@dataclass(frozen=True, slots=True)
class StudyMe:
    """Who the actor is to a study, and what follows from it."""

    coder: str
    """The name under which the actor codes: the login, or the name of the person at the terminal."""
    role: StudyRole | None
    leads: bool
    codes: bool
    reads: bool
    sees_identity: bool
    publishes: bool
    team: bool
    """Whether the actor belongs to the study's team: only the team reads memos."""


@dataclass(frozen=True, slots=True)
class StudyLine:
    """One study in a list, with a few counts; `me` says what the actor may do in it."""

    row: Study
    me: StudyMe
    informants: int
    sources: int
    locked: int
    conclusions: int
    open_actions: int

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return Stage(self.row.stage)


@dataclass(frozen=True, slots=True)
class KnownFramework:
    """A framework that an agency may use: a preset of the rulebook or its own, and by how many studies it is used."""

    framework: Framework
    own: bool
    base: str = ""
    changed_by: str = ""
    changed_at: Any = None
    used: int = 0


@dataclass(frozen=True)
class StudyFile:
    """One study with all that was collected, coded and concluded, as one person may see it."""

    row: Study
    me: StudyMe
    material: Material
    kept: Whole
    rounds: tuple[CodingRound, ...]
    displays: int

    @property
    def stage(self) -> Stage:
        """Where the study stands."""
        return Stage(self.row.stage)

    @property
    def whole(self) -> Material:
        """Everything, for gates and counts that name nobody; pages show `material`."""
        return self.kept.material

    @property
    def conclusions(self) -> tuple[Conclusion, ...]:
        """What the study concludes."""
        return self.kept.conclusions

    @property
    def advice(self) -> tuple[Advice, ...]:
        """What is recommended and done."""
        return self.kept.advice

    @cached_property
    def framework(self) -> Framework:
        """Its framework."""
        return framework_of(self.row)

    @cached_property
    def support(self) -> tuple[CodeSupport, ...]:
        """How well every code is borne out on the final layer, by the rule of the study."""
        rule = rule_of(self.row)
        return self.kept.support(rule) if self.material is self.whole else support(self.material, rule)

    @cached_property
    def strengths(self) -> Mapping[str, Strength]:
        """The verdict on every conclusion, by its code."""
        return {item.code: strength(item, self.support) for item in self.conclusions}

    @cached_property
    def banners(self) -> Mapping[str, str]:
        """By conclusion: that triangulation of methods is declared and not shown. Only where it is so."""
        declared = self.example.study.methods
        found = {code: methods_not_shown(declared, item) for code, item in self.strengths.items()}
        return {code: banner for code, banner in found.items() if banner}

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """Codes that somebody claims and no experience bears out."""
        return claims_without_evidence(self.support, self.conclusions)

    @cached_property
    def example(self) -> Example:
        """The study as `core.culture.studies` judges it."""
        return Example(
            study_record(self.row), self.framework, self.whole, self.conclusions, self.advice, values_of(self.row)
        )

    @cached_property
    def flags(self) -> tuple[Finding, ...]:
        """What a reader should know before believing the study."""
        return flags(self.example)

    @property
    def open_rounds(self) -> tuple[CodingRound, ...]:
        """The rounds in which coders still work blind."""
        return tuple(item for item in self.rounds if item.is_open)

    def gate(self) -> tuple[Fault, ...]:
        """What keeps the study from its next stage; empty where it may go on."""
        return gate_of(self.row, self.example, self.rounds, self.displays)

    def gates(self) -> Mapping[Stage, tuple[Fault, ...]]:
        """What would keep the study in each of its stages, those behind it too."""
        ways = [stage for stage in Stage if stage is not Stage.PUBLISHED]
        return {stage: gate_of(self.row, self.example, self.rounds, self.displays, stage) for stage in ways}


def gate_of(
    row: Study, example: Example, rounds: Iterable[CodingRound], displays: int, at: Stage | None = None
) -> tuple[Fault, ...]:
    """What keeps a study from its next stage: the rules of the core, and a closed round where several coders worked.

    `at` asks for another stage than the one in which it stands.
    """
    stage, listed = at or Stage(row.stage), list(rounds)
    faults = gate(stage, example, open_rounds=[item.code for item in listed if item.is_open], displays=displays)
    coders = {item.coder for item in example.material.codings if item.layer != FINAL}
    compared = any(not item.is_open and item.purpose == RoundPurpose.AGREEMENT.value for item in listed)
    if stage is Stage.CONDENSATION and len(coders) > 1 and not compared:
        missing = Fault("kesepakatan antarpenyandi belum dihitung", expected="satu putaran yang ditutup")
        faults = (*faults, missing)
    return faults


def rules_on(day: date) -> CultureRules:
    """The rules of culture studies as they stood on a day."""
    return load_culture(day)


def coder_of(actor: Actor) -> str:
    """The name under which somebody codes."""
    return actor.login or actor.name


def me_in_study(actor: Actor, agency: str, role: str | None, led: bool) -> StudyMe:
    """What an actor is to a study; `led` says whether it has a lead at all (without one, who manages studies leads)."""
    mine = StudyRole(role) if role else None
    manages = may(actor, Act.STUDY, agency)  # a study is about the agency as a whole: a role in one unit is not enough
    administers = manages and any(
        grant.role is Role.ADMINISTRATOR and grant.agency in {"", agency} for grant in actor.grants
    )
    leads = manages and (mine is StudyRole.LEAD or not led or administers)
    return StudyMe(
        coder_of(actor), mine, leads,
        codes=may_somewhere(actor, Act.CODE_STUDY, agency) and (leads or mine in WORKERS),
        reads=leads or mine is not None or may_somewhere(actor, Act.READ_STUDY, agency),
        sees_identity=leads and may(actor, Act.SEE_IDENTITY, agency),
        publishes=may(actor, Act.PUBLISH_STUDY, agency), team=leads or mine is not None,
    )  # fmt: skip


def studies_of(actor: Actor, agency: str, year: int | None = None) -> tuple[StudyLine, ...]:
    """The studies of an agency that an actor may read, newest first, with counts. One query.

    Raises NotFound where the actor may not know of the agency.
    """
    if not actor.covers(agency):
        raise refusal(actor, Act.READ_STUDY, agency)
    rows = _studies(actor, agency).annotate(
        informants_n=_count("informants"), sources_n=_count("sources"),
        locked_n=_count("sources", ~Q(seal="")), conclusions_n=_count("conclusions"),
        actions_n=_count("actions", Q(state__in=("direncanakan", "berjalan"))),
    )  # fmt: skip
    rows = rows if year is None else rows.filter(year=year)
    made = []
    for row in rows:
        me = me_in_study(actor, agency, row.my_role, row.led)
        if me.reads:
            counts = (row.informants_n, row.sources_n, row.locked_n, row.conclusions_n, row.actions_n)
            made.append(StudyLine(row, me, *counts))
    return tuple(made)


def study_at(actor: Actor, agency: str, code: str) -> tuple[Study, StudyMe]:
    """One study and what the actor is to it. One query. Raises NotFound where the actor may not read it."""
    shown = StudyDisplay.objects.filter(study=OuterRef("pk")).exclude(construct="").order_by().values("study")
    count = Subquery(shown.annotate(n=Count("construct", distinct=True)).values("n"), output_field=IntegerField())
    rows = _studies(actor, agency).defer(None).annotate(shown_n=Coalesce(count, 0))
    row = rows.filter(code=code).first()
    if row is not None:
        me = me_in_study(actor, agency, row.my_role, row.led)
        if me.reads:
            return row, me
    raise NotFound(f"Studi {code} tidak ditemukan.")


def study_file(actor: Actor, agency: str, code: str) -> StudyFile:
    """One study with its material as the actor may see it, conclusions, follow-up, rounds and number of displays.

    Seven queries the first time, three as long as nobody has acted on the agency. Raises NotFound.
    """
    row, me = study_at(actor, agency, code)
    rounds = tuple(CodingRound.objects.filter(study=row.pk))
    whole = whole_study(row, agency)
    displays: int = row.shown_n  # type: ignore[attr-defined]
    seen = blind(whole.material, me, rounds)
    return StudyFile(row, me, seen, whole, rounds, displays)


def whole_study(row: Study, agency: str) -> Whole:
    """All material of a study with what was written on it, kept by the process until somebody acts on the agency."""
    return kept(agency, row.year, ("culture", row.pk), lambda: whole_of(row.pk), _size)


def blind(material: Material, me: StudyMe, rounds: Iterable[CodingRound]) -> Material:
    """What one person may see of the material while rounds are open."""
    going = [item for item in rounds if item.is_open]
    agreed = [segment for item in going for segment in item.segments]
    seen = seen_by(material, me.coder, [item.code for item in going], agreed=agreed)
    if not any(me.coder in item.coders for item in going):
        return seen  # the very same material, so that what was computed on it still serves
    return replace(seen, codings=unseen_before(seen.codings, me, going))


def unseen_before(codings: Iterable[Coding], me: StudyMe, going: Iterable[CodingRound]) -> tuple[Coding, ...]:
    """The codings without what was agreed before, for who codes blind: of others in a round of several coders, all of it
    in a reading again. What stands on the final layer already would tell how a passage can be read.
    """
    own = {RoundPurpose(item.purpose) for item in going if me.coder in item.coders}
    if RoundPurpose.RECODE in own:
        return tuple(item for item in codings if item.layer != FINAL)
    if RoundPurpose.AGREEMENT in own:
        return tuple(item for item in codings if item.layer != FINAL or item.coder == me.coder)
    return tuple(codings)


def frameworks_of(agency: str, day: date) -> tuple[KnownFramework, ...]:
    """The frameworks that an agency may use: its own first, then the presets as they stood on a day. Two queries."""
    used = dict(
        Study.objects.filter(agency__code=agency).order_by().values_list("framework").annotate(n=Count("pk"))
    )  # fmt: skip
    own = [
        KnownFramework(
            framework_in(row.content, row.code), True, row.base, row.changed_by, row.changed_at, used.get(row.code, 0)
        )
        for row in CultureFramework.objects.filter(agency__code=agency)
    ]
    taken = {item.framework.code for item in own}
    presets = [item for item in load_culture(day).frameworks if item.code not in taken]
    return (*own, *(KnownFramework(item, False, used=used.get(item.code, 0)) for item in presets))


def known_framework(agency: str, code: str, day: date) -> KnownFramework:
    """A framework by its code. Raises NotFound."""
    found = next((item for item in frameworks_of(agency, day) if item.framework.code == code), None)
    if found is None:
        raise NotFound(f"Kerangka {code} tidak ditemukan.")
    return found


def members_of(study: int) -> QuerySet[StudyMember]:
    """The team of a study with their accounts. One query."""
    return StudyMember.objects.filter(study=study).select_related("user")


def informants_of(study: int) -> QuerySet[StudyInformant]:
    """The informants as rows, with whether an identity is sealed (`has_identity`). One query."""
    sealed = InformantIdentity.objects.filter(informant=OuterRef("pk"))
    return StudyInformant.objects.filter(study=study).annotate(has_identity=Subquery(sealed.values("pk")[:1]))


def guides_of(study: int) -> QuerySet[StudyGuide]:
    """The guides of a study. One query."""
    return StudyGuide.objects.filter(study=study)


def displays_of(study: int) -> QuerySet[StudyDisplay]:
    """The displays that were kept. One query."""
    return StudyDisplay.objects.filter(study=study)


def steps_of(study: int) -> QuerySet[StudyStep]:
    """How the study went from stage to stage. One query."""
    return StudyStep.objects.filter(study=study)


def actions_of(study: int) -> QuerySet[StudyAction]:
    """What follows from a study, by date. One query."""
    return StudyAction.objects.filter(study=study).select_related("owner", "unit", "conclusion")


def conclusions_in(study: int) -> list[tuple[str, str]]:
    """The conclusions of a study as code and statement, in their order. One query."""
    return list(StudyConclusion.objects.filter(study=study).values_list("code", "statement"))


def published_studies(agency: str, year: int | None = None) -> QuerySet[Study]:
    """Studies that were published; only their `edition` may leave. One query."""
    rows = Study.objects.filter(agency__code=agency, published_at__isnull=False, stage=Stage.PUBLISHED.value)
    return rows if year is None else rows.filter(year=year)


def _studies(actor: Actor, agency: str) -> Any:
    mine = StudyMember.objects.filter(study=OuterRef("pk"), user__username=actor.login)
    lead = StudyMember.objects.filter(study=OuterRef("pk"), role=StudyRole.LEAD.value)
    rows = Study.objects.filter(agency__code=agency).select_related("agency", "indicator").defer("content", "edition")
    if not actor.covers(agency):
        rows = rows.none()
    return rows.annotate(my_role=Subquery(mine.values("role")[:1]), led=Subquery(lead.values("pk")[:1]))


def _count(name: str, where: Q | None = None) -> Any:
    model: Any = Study._meta.get_field(name).related_model  # noqa: SLF001 (Django's documented way)
    rows = model.objects.filter(study=OuterRef("pk")).order_by()
    rows = rows if where is None else rows.filter(where)
    return Coalesce(Subquery(rows.values("study").annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def _size(whole: Whole) -> int:
    material = whole.material
    return len(material.codings) + len(material.segments) + sum(len(source.text) for source in material.sources) // 1000
