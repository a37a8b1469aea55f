"""A template as plain data, so that an agency can copy and change it, and it can be kept and read again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from selaras.core.evaluation.template import (
    Answer,
    AnswerScale,
    Component,
    Criterion,
    Effort,
    Predicate,
    Subcomponent,
    Template,
)


def copy_of(template: Template, code: str, title: str) -> Template:
    """A template of the agency's own, equal to `template` but for code and title; it says what it was copied from."""
    note = f"Salinan dari {template.title}. {template.source.note}".strip()
    return replace(
        template, code=code, title=title, local=True, base=template.base or template.code,
        source=replace(template.source, note=note),
    )  # fmt: skip


def as_data(template: Template) -> dict[str, Any]:
    """The template as texts, numbers (as text, so that no decimal is lost), lists and tables, as a rulebook file has it.

    `rulebook.lke.template_from` reads it again, and checks it. Dates of force of the source are not kept.
    """
    data: dict[str, Any] = {
        "code": template.code, "title": template.title, "regulation": template.regulation,
        "first_year": template.first_year, "mode": template.mode.value, "partial": str(template.partial),
        "local": template.local, "kinds": [kind.value for kind in template.kinds], "origin": template.base,
        "source": template.source.text, "certainty": template.source.certainty.value,
        "article": template.source.article, "note": template.source.note,
        "rounding": {
            "places": template.rounding.places, "each_part": template.rounding.each_part,
            "source": template.rounding.source,
        },
        "scales": [_scale(scale) for scale in template.scales],
        "predicates": [_predicate(predicate) for predicate in template.predicates],
        "components": [_component(component) for component in template.components],
    }  # fmt: skip
    if template.last_year is not None:
        data["last_year"] = template.last_year
    if not template.kinds:
        del data["kinds"]
    return data


def _component(component: Component) -> dict[str, Any]:
    return {
        "code": component.code, "title": component.title, "weight": str(component.weight),
        "subcomponents": [_subcomponent(sub) for sub in component.subcomponents],
    }  # fmt: skip


def _subcomponent(sub: Subcomponent) -> dict[str, Any]:
    return {
        "code": sub.code, "title": sub.title, "weight": str(sub.weight), "aspect": sub.aspect.value,
        "scale": sub.scale, "criteria": [_criterion(criterion) for criterion in sub.criteria],
    }  # fmt: skip


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code, "text": criterion.text, "weight": str(criterion.weight), "scale": criterion.scale,
        "note": criterion.note,
    }  # fmt: skip


def _scale(scale: AnswerScale) -> dict[str, Any]:
    return {"code": scale.code, "answers": [_answer(answer) for answer in scale.answers]}


def _answer(answer: Answer) -> dict[str, Any]:
    data: dict[str, Any] = {"letter": answer.letter, "value": str(answer.value), "exclusive": answer.exclusive}
    if answer.share is not None:
        data["share"] = str(answer.share)
    if answer.years:
        data["years"] = answer.years
    if answer.effort is not Effort.NONE:
        data["effort"] = answer.effort.value
    if answer.rules:
        data["rules"] = {aspect.value: text for aspect, text in answer.rules}
    return data


def _predicate(predicate: Predicate) -> dict[str, Any]:
    return {
        "letter": predicate.letter, "above": str(predicate.above), "upto": str(predicate.upto),
        "name": predicate.name, "meaning": predicate.meaning, "tone": predicate.tone.value,
    }  # fmt: skip
