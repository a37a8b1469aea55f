"""Rows of stage culture as records of `core.culture`, and back as columns; a whole study's material by four queries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Substr

from selaras.core.culture.changes import Change
from selaras.core.culture.coding import Code, Coding, Kind, Material, Memo, MemoKind, Segment, Stance
from selaras.core.culture.conclusions import Advice, Conclusion, Tactic, Verification
from selaras.core.culture.frameworks import Framework
from selaras.core.culture.sources import Consent, Informant, Method, Source
from selaras.core.culture.studies import Example, Study
from selaras.core.culture.support import CodeSupport, SupportRule, support
from selaras.rulebook.culture import as_data, framework_from
from selaras.store import models as tables
from selaras.store.arrays import AsArray
from selaras.store.models.culture import CheckKind

INFORMANT = (
    "code", "role", "group", "reason", "holders", "consent_record", "consent_quote", "consent_archive", "consent_given",
    "consent_form", "named_by_office", "withdrawn",
)  # fmt: skip
CODE = ("code", "name", "node", "family", "definition", "includes", "excludes", "merged_into")
SEGMENT = ("code", "source__code", "start", "end")
CONCLUSION = ("code", "statement", "codes", "construct", "override", "reason", "rival", "recommendation")
CHECK = ("conclusion__code", "kind", "tactic", "outcome", "by", "held")
ADVICE = ("code", "statement", "owner__title", "owner_words", "action", "due")
MATERIAL, WRITTEN = ("person", "code", "memo", "link"), ("conclusion", "check", "advice")
AS_TACTIC = {CheckKind.MEMBER.value: Tactic.MEMBER_CHECK, CheckKind.READER.value: Tactic.RESEARCHER}
DATES = ("since", "until")
Small = Mapping[str, list[list[Any]]]
CODING = ("segment__code", "code__code", "stance", "kind", "coder", "layer")


@dataclass(frozen=True)
class Whole:
    """Everything of a study that a page shows: material, conclusions, follow-up."""

    material: Material
    conclusions: tuple[Conclusion, ...]
    advice: tuple[Advice, ...]
    known: dict[SupportRule, tuple[CodeSupport, ...]] = field(default_factory=dict, compare=False)

    def support(self, rule: SupportRule) -> tuple[CodeSupport, ...]:
        """The support of every code by a rule, computed once as long as this is kept."""
        if rule not in self.known:
            self.known[rule] = support(self.material, rule)
        return self.known[rule]


def study_record(row: tables.Study) -> Study:
    """What a study says of itself."""
    return Study(
        row.code, row.title, row.subject, row.framework, row.design, row.sampling, row.analysis,
        tuple(Method(name) for name in row.methods), tuple(row.validity), row.reported_on, row.fieldwork, row.tested,
        row.claims_influence, tuple(row.not_reported), row.source, row.note,
    )  # fmt: skip


def framework_of(row: tables.Study | tables.Survey) -> Framework:
    """The framework that a study or survey holds. Raises Refusal where it was broken by hand."""
    return framework_in(row.content, row.framework)


def framework_in(content: Mapping[str, Any], name: str = "kerangka") -> Framework:
    """A framework out of plain data as JSON holds them: dates are text. Raises Refusal with every fault."""
    dates = {key: day for key in DATES if isinstance(content.get(key), str) and (day := _day(content[key])) is not None}
    return framework_from({**content, **dates}, name)


def content_of(framework: Framework) -> dict[str, Any]:
    """A framework as plain data for JSON; `framework_in` reads it back equal."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in as_data(framework).items()}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None  # the reader of the framework refuses it with its place


def rule_of(row: tables.Study) -> SupportRule:
    """The rule by which a study calls evidence strong."""
    return SupportRule(row.strong_accounts, row.strong_groups, row.fair_accounts)


def values_of(row: tables.Study) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The core values of a study with the codes that speak of them."""
    return tuple((name, tuple(codes)) for name, codes in row.values)


def informant_record(values: tuple[Any, ...]) -> Informant:
    """An informant out of the columns `INFORMANT`; consent is None where none was ever given."""
    code, role, group, reason, holders, record, quote, archive, given, form, by_office, withdrawn = values
    days = [date.fromisoformat(day) if isinstance(day, str) else day for day in (given, withdrawn)]
    consent = None
    if any(days):
        consent = Consent(bool(record), bool(quote), bool(archive), days[0], form, bool(by_office), days[1])
    return Informant(code, role, group, reason, holders, consent)


def source_record(row: tables.StudySource, informants: tuple[str, ...], text: str | None = None) -> Source:
    """A source with the pseudonyms of its informants."""
    return Source(
        row.code, Method(row.method), row.text if text is None else text, row.held, informants, row.joint,
        row.collector, row.place, row.gap, row.seal,
    )  # fmt: skip


def code_record(row: tables.StudyCode) -> Code:
    """One word of the codebook."""
    return Code(*(getattr(row, name) for name in CODE))


def coding_record(values: tuple[str, ...]) -> Coding:
    """A coding out of the columns `CODING`."""
    segment, code, stance, kind, coder, layer = values
    return Coding(segment, code, Stance(stance), Kind(kind), coder, layer)


def material_of(study: int, *, texts: bool = True) -> Material:
    """Everything that was collected and coded in a study (by its number), in four queries.

    Without `texts` every source holds its first letter only: enough for counts, matrices and curves, not for quotes.
    """
    return material_from(study, _small(study, MATERIAL), texts=texts)


def whole_of(study: int) -> Whole:
    """The material of a study with its conclusions and follow-up, in four queries."""
    small = _small(study, (*MATERIAL, *WRITTEN))
    return Whole(material_from(study, small, texts=True), _conclusions(small), _advice(small))


def material_from(study: int, small: Small, *, texts: bool) -> Material:
    """The material of a study whose small tables are read: three more queries."""
    links: dict[int, list[str]] = {}
    for source, person in small["link"]:
        links.setdefault(source, []).append(person)
    rows = tables.StudySource.objects.filter(study=study)
    rows = rows if texts else rows.defer("text").annotate(first=Substr("text", 1, 1))
    sources = tuple(
        source_record(row, tuple(links.get(row.pk, ())), None if texts else row.first)  # type: ignore[attr-defined]
        for row in rows
    )
    segments = tables.StudySegment.objects.filter(study=study).order_by("number", "pk").values_list(*SEGMENT)
    return Material(
        tuple(informant_record(tuple(cells)) for cells in small["person"]), sources,
        tuple(Code(*cells) for cells in small["code"]), tuple(Segment(*values) for values in segments),
        codings_of(study), tuple(Memo(about, words, MemoKind(kind), by) for about, words, kind, by in small["memo"]),
    )  # fmt: skip


def codings_of(study: int, **narrow: Any) -> tuple[Coding, ...]:
    """The codings of a study, all or some. One query."""
    rows = tables.StudyCoding.objects.filter(study=study, **narrow).order_by("pk")
    return tuple(coding_record(values) for values in rows.values_list(*CODING))


def _small(study: int, kinds: Iterable[str]) -> Small:
    """Some of the small tables of a study, each in its order: one query."""
    through = tables.StudySource.informants.through.objects.filter(studysource__study=study)
    of_study: dict[str, Any] = {"study": study}
    parts = {
        "person": (tables.StudyInformant.objects.filter(**of_study), "order", INFORMANT),
        "code": (tables.StudyCode.objects.filter(**of_study), "order", CODE),
        "memo": (tables.StudyMemo.objects.filter(**of_study), "pk", ("about", "text", "kind", "author")),
        "link": (through, "studyinformant__order", ("studysource_id", "studyinformant__code")),
        "conclusion": (tables.StudyConclusion.objects.filter(**of_study), "order", CONCLUSION),
        "check": (tables.ConclusionCheck.objects.filter(conclusion__study=study), "pk", CHECK),
        "advice": (tables.StudyAction.objects.filter(**of_study), "pk", ADVICE),
    }
    wanted = list(kinds)
    first, *others = [
        rows.order_by().values_list(
            Value(name, output_field=models.CharField()), F(order), F("pk"), AsArray(*map(F, columns))
        )
        for name, (rows, order, columns) in parts.items()
        if name in wanted
    ]
    found: dict[str, list[tuple[int, int, list[Any]]]] = {name: [] for name in wanted}
    for name, order, pk, cells in first.union(*others, all=True):
        found[name].append((order, pk, json.loads(cells) if isinstance(cells, str) else cells))
    return {name: [cells for _, _, cells in sorted(rows, key=lambda row: row[:2])] for name, rows in found.items()}


def conclusions_of(study: int) -> tuple[Conclusion, ...]:
    """The conclusions of a study with their checks. One query."""
    return _conclusions(_small(study, ("conclusion", "check")))


def advice_of(study: int) -> tuple[Advice, ...]:
    """The follow-up of a study as recommendations with owner, action and date. One query."""
    return _advice(_small(study, ("advice",)))


def _conclusions(small: Small) -> tuple[Conclusion, ...]:
    """Conclusions with what was done to verify them; feedback and a second reader count as the tactics that they are."""
    checks: dict[str, list[Verification]] = {}
    for code, kind, tactic, outcome, by, held in small["check"]:
        chosen = AS_TACTIC.get(kind) or Tactic(tactic)
        checks.setdefault(code, []).append(Verification(chosen, outcome, by, _day(held) if held else None))
    return tuple(
        Conclusion(
            code, statement, tuple(json.loads(codes) if isinstance(codes, str) else codes), construct, override, reason,
            tuple(checks.get(code, ())), rival, recommendation,
        )
        for code, statement, codes, construct, override, reason, rival, recommendation in small["conclusion"]
    )  # fmt: skip


def _advice(small: Small) -> tuple[Advice, ...]:
    return tuple(
        Advice(code, statement, title or words, action, _day(due) if due else None)
        for code, statement, title, words, action, due in small["advice"]
    )


def example_of(row: tables.Study, material: Material | None = None) -> Example:
    """A study as a whole, as `core.culture.studies` judges it."""
    whole = material_of(row.pk) if material is None else material
    return Example(
        study_record(row), framework_of(row), whole, conclusions_of(row.pk), advice_of(row.pk), values_of(row)
    )  # fmt: skip


def change_columns(change: Change) -> dict[str, Any]:
    """A change as the columns that keep it."""
    return {
        "sentence": change.sentence,
        "codes": [[_code_data(before), _code_data(after)] for before, after in change.codes],
        "codings": [[_coding_data(before), _coding_data(after)] for before, after in change.codings],
    }


def change_record(row: tables.CodingChange) -> Change:
    """A kept change as a value."""
    return Change(
        row.sentence,
        tuple((_code_from(before), _code_from(after)) for before, after in row.codes),
        tuple((_coding_from(before), _coding_from(after)) for before, after in row.codings),
    )


def _code_data(code: Code | None) -> dict[str, str] | None:
    return None if code is None else {name: getattr(code, name) for name in CODE}


def _code_from(data: Mapping[str, str] | None) -> Code | None:
    return None if data is None else Code(**data)


def _coding_data(coding: Coding | None) -> list[str] | None:
    if coding is None:
        return None
    return [coding.segment, coding.code, coding.stance.value, coding.kind.value, coding.coder, coding.layer]


def _coding_from(data: list[str] | None) -> Coding | None:
    return None if data is None else coding_record(tuple(data))
