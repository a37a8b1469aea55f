"""A register as plain data, so that it can be kept, changed in the browser, and carried from office to office."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from selaras.core.law import Source
from selaras.core.registers.clock import Deadline, Term
from selaras.core.registers.definition import (
    CountingRule,
    Letter,
    Register,
    State,
    Summary,
    Tally,
    Transition,
)
from selaras.core.registers.fields import Field
from selaras.core.registers.filters import ALWAYS, Filter, filter_data, plain


def copy_of(register: Register, code: str, name: str) -> Register:
    """A register of the agency's own, equal to `register` but for code and name; it says what it was copied from."""
    note = f"Salinan dari {register.name}. {register.source.note}".strip()
    return replace(register, code=code, name=name, source=replace(register.source, note=note))


def as_data(register: Register) -> dict[str, Any]:
    """The register as texts, numbers, dates, lists and tables, as a rulebook file has it; what is usual is left out.

    `rulebook.registers.register_from` reads it again, and checks it.
    """
    data: dict[str, Any] = {
        "code": register.code, "name": register.name, "about": register.about,
        "opened_by": [role.value for role in register.opened_by], "readers": [role.value for role in register.readers],
        "restricted": register.restricted, "open_to_public": register.open_to_public,
        "columns": list(register.columns), **_source(register.source),
        "numbering": {"pattern": register.numbering.pattern, "restart": register.numbering.restart.value},
    }  # fmt: skip
    if register.retention is not None:
        data["retention"] = {
            "months": register.retention.months, "after": register.retention.after,
            "clearing": register.retention.clearing.value, **_source(register.retention.source),
        }  # fmt: skip
    data |= {
        "fields": [_field(item) for item in register.fields],
        "states": [_state(item) for item in register.states],
        "transitions": [_transition(item) for item in register.transitions],
        "demands": [{"field": item.field, "when": filter_data(item.when)} for item in register.demands],
        "deadlines": [_deadline(item) for item in register.deadlines],
        "rules": [_rule(item) for item in register.rules],
        "summaries": [_summary(item) for item in register.summaries],
        "letters": [_letter(item) for item in register.letters],
    }
    return _lean(data)


def _field(field: Field) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": field.code, "name": field.name, "kind": field.kind.value, "required": field.required,
        "personal": field.personal, "public": field.public, "open": field.open, "choices": list(field.choices),
        "not_before": field.not_before, "not_above": field.not_above, "of": field.of, "help": field.help,
    }  # fmt: skip
    for key, bound in (("least", field.least), ("most", field.most)):
        if bound is not None:
            data[key] = plain(bound)
    return _lean(data)


def _state(state: State) -> dict[str, Any]:
    return _lean({"code": state.code, "name": state.name, "closed": state.closed, "told": state.told})


def _transition(way: Transition) -> dict[str, Any]:
    data = {
        "source": way.source, "target": way.target, "name": way.name, "roles": [role.value for role in way.roles],
        "needs": list(way.needs), "four_eyes": way.four_eyes,
    }  # fmt: skip
    return _lean(data | _when("when", way.when))


def _deadline(deadline: Deadline) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": deadline.code, "name": deadline.name, "start": deadline.start, "stops": list(deadline.stops),
        "days": deadline.days.value, "first": deadline.first.value, "roll": deadline.roll,
        "pauses": list(deadline.pauses), "remind": list(deadline.remind),
        "escalate": deadline.escalate.value if deadline.escalate else "",
        "terms": [_term(term) for term in deadline.terms],
    }  # fmt: skip
    return _lean(data) | {"leave": deadline.leave}


def _term(term: Term) -> dict[str, Any]:
    data: dict[str, Any] = {"code": term.code, **_source(term.source), "promised": term.promised}
    data |= _when("when", term.when)
    if term.days is not None:
        data["days"] = term.days
    if term.extension:
        data |= {"extension": term.extension, "times": term.times}
    return _lean(data)


def _rule(rule: CountingRule) -> dict[str, Any]:
    data: dict[str, Any] = {
        "code": rule.code, "name": rule.name, "unit": rule.unit, "basis": rule.basis.value, "dated": rule.dated,
        "nothing": rule.nothing, **_source(rule.source),
    }  # fmt: skip
    tallies = {"numerator": rule.numerator, "denominator": rule.denominator}
    data |= {key: _tally(tally) for key, tally in tallies.items() if tally is not None}
    if rule.pending is not None:
        data["pending"] = filter_data(rule.pending)
    return _lean(data, keep=("numerator", "denominator"))


def _summary(summary: Summary) -> dict[str, Any]:
    data = {
        "code": summary.code, "name": summary.name, "by": summary.by, "dated": summary.dated,
        "tally": _tally(summary.tally),
    }  # fmt: skip
    return _lean(data)


def _tally(tally: Tally) -> dict[str, Any]:
    return _when("where", tally.where) | ({"how": tally.how.value, "of": tally.of} if tally.of else {})


def _letter(letter: Letter) -> dict[str, Any]:
    return _lean(
        {
            "code": letter.code, "name": letter.name, "states": list(letter.states),
            "paragraphs": list(letter.paragraphs), "signer": letter.signer,
        }
    )  # fmt: skip


def _when(key: str, filter_: Filter) -> dict[str, Any]:
    return {} if filter_ == ALWAYS else {key: filter_data(filter_)}


def _source(source: Source) -> dict[str, Any]:
    data: dict[str, Any] = {
        "source": source.text, "certainty": source.certainty.value, "article": source.article, "note": source.note,
    }  # fmt: skip
    dates = {"since": source.since, "until": source.until}
    return _lean(data | {key: day for key, day in dates.items() if day is not None})


def _lean(data: dict[str, Any], keep: tuple[str, ...] = ()) -> dict[str, Any]:
    """Without what is empty or false, which is what is read where nothing stands."""
    return {
        key: value for key, value in data.items() if key in keep or (value is not False and value not in ("", [], {}))
    }
