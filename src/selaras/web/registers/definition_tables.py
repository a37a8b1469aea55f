"""The parts of a definition as its page shows them: codes as names, filters as sentences."""

from __future__ import annotations

from typing import Any

from selaras.core.access import Role
from selaras.core.registers.definition import Register, kind_of
from selaras.core.registers.filters import ALWAYS
from selaras.store.registers import subject_name
from selaras.web.core_words import word
from selaras.web.days import format_date
from selaras.web.registers.filter_box import told


def tables_of(register: Register) -> dict[str, Any]:
    """Ways, conditions, deadlines, rules, tables and letters of a register, in words."""
    states = {item.code: item.name for item in register.states}
    fields = {item.code: item.name for item in register.fields}
    return {
        "ways": [
            {"number": number, "way": way, "source": states[way.source], "target": states[way.target],
             "roles": roles_told(way.roles), "needs": ", ".join(fields[code] for code in way.needs),
             "when": told(register, way.when) if way.when != ALWAYS else "", "key": f"{way.source}>{way.target}"}
            for number, way in enumerate(register.transitions, 1)
        ],
        "demands": [(item.field, fields[item.field], told(register, item.when)) for item in register.demands],
        "deadlines": [
            {"item": item, "start": subject_name(register, item.start), "pauses": ", ".join(states[code] for code in item.pauses),
             "stops": ", ".join(subject_name(register, code) for code in item.stops), "remind": ", ".join(map(str, item.remind)),
             "terms": [{"term": term, "when": told(register, term.when) if term.when != ALWAYS else "",
                        "promised": subject_name(register, term.promised) if term.promised else "",
                        "since": format_date(term.source.since) if term.source.since else "",
                        "until": format_date(term.source.until) if term.source.until else ""} for term in item.terms]}
            for item in register.deadlines
        ],
        "rules": [
            {"rule": item, "numerator": told(register, item.numerator.where),
             "denominator": told(register, item.denominator.where) if item.denominator else "",
             "pending": told(register, item.pending) if item.pending else "",
             "dated": subject_name(register, item.dated)}
            for item in register.rules
        ],
        "summaries": [(item, subject_name(register, item.by) if item.by else "") for item in register.summaries],
        "letters": [(item, ", ".join(states.get(code, code) for code in item.states)) for item in register.letters],
        "retention_after": subject_name(register, register.retention.after)
        if register.retention and kind_of(register, register.retention.after) else "",
    }  # fmt: skip


def roles_told(listed: tuple[Role, ...]) -> str:
    """Roles in one line."""
    return ", ".join(word(role.value) for role in listed)
