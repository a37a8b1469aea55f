"""Loads the rules of stage people: SKP form, predicates, patterns, objection and credit, data of `data/people`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from selaras.core.calendar import DayKind
from selaras.core.law import Source
from selaras.core.org import Capacity
from selaras.core.people.credit import CreditRule
from selaras.core.people.distribution import Limit, LimitKind, Pattern
from selaras.core.people.objection import ObjectionRule
from selaras.core.people.organisation import Cycle, Measure, Need, ProposalRule
from selaras.core.people.ratings import HeadMapping, OrganisationPredicate, Predicate, PredicateMatrix, Rating
from selaras.core.people.rules import CoreValue, PeopleRules, SkpRules, StandardRow
from selaras.core.people.skp import Section
from selaras.core.people.waiting import DueKind, DueRule
from selaras.core.planning import IndicatorKind
from selaras.core.value import number, percent
from selaras.rulebook.entry import Entry
from selaras.rulebook.tables import RuleFile, decimal, known, mapped, pairs, percentage, positive, within

FILES = ("skp.toml", "predicates.toml", "patterns.toml", "follow_up.toml")
GUIDES = 3
VALUES = 7


@lru_cache(maxsize=32)
def load_people(day: date) -> PeopleRules:
    """The rules as they stood on `day`. Raises Refusal if a file is broken or a rule is missing or in force twice."""
    return read_people(files("selaras.rulebook") / "data" / "people", day)


def people_on(day: date) -> PeopleRules | None:
    """The rules as they stood on `day`, None on a day before there were any. Raises Refusal if a file is broken."""
    folder = files("selaras.rulebook") / "data" / "people"
    begun = RuleFile(folder, "predicates.toml", day).maybe("matrix", _matrix)
    return load_people(day) if begun else None


def read_people(folder: Traversable, day: date) -> PeopleRules:
    """The rules in `folder` as they stood on `day`; `load_people` reads the ones that are shipped.

    Patterns and credit are left out on a day before they were in force; without a matrix there are no rules at all.
    """
    skp, predicates, patterns, later = (RuleFile(folder, name, day) for name in FILES)
    made = PeopleRules(
        day,
        _skp(skp),
        predicates.only("matrix", _matrix),
        predicates.only("head", _head),
        _by_organisation(patterns, patterns.all("pattern", _pattern)),
        tuple(rule for rule, _ in predicates.all("proposal", _proposal)),
        later.only("objection", _objection),
        later.maybe("credit", _credit),
        _due(later),
    )
    for file in (skp, predicates, patterns, later):
        file.whole.done()
    return made


def _skp(file: RuleFile) -> SkpRules:
    choices = file.all("choice", lambda entry, source: (entry.text("code"), entry.labels("items"), source))
    chosen = {code: (items, source) for (code, items, source), _ in choices}
    if set(chosen) != {"perspektif", "aspek"} or len(chosen) != len(choices):
        raise file.whole.refusal("choice", ", ".join(chosen), "perspektif dan aspek, masing-masing sekali")
    kinds, kinds_source = file.only(
        "perspective_of", lambda entry, source: (pairs(entry, "kinds", IndicatorKind), source)
    )
    acting, acting_source = file.only(
        "acting", lambda entry, source: (mapped(entry, "sections", Capacity, Section), source)
    )
    month, month_source = file.only("month", lambda entry, source: (within(entry, "counted_on", 1, 28), source))
    values, values_source = file.only("core_values", lambda entry, source: (_values(entry), source))
    perspectives = chosen["perspektif"][0]
    if unknown := sorted(set(kinds.values()) - set(perspectives)):
        raise file.whole.refusal(
            "perspective_of memuat perspektif yang tidak dikenal", ", ".join(unknown), " | ".join(perspectives)
        )
    sources = {
        "perspektif": chosen["perspektif"][1], "aspek": chosen["aspek"][1], "usul perspektif": kinds_source,
        "pelaksana tugas": acting_source, "bulan": month_source, "nilai dasar": values_source,
    }  # fmt: skip
    rows = tuple(row for row, _ in file.all("standard_row", _standard_row))
    return SkpRules(perspectives, chosen["aspek"][0], kinds, acting, month, values, rows, sources)


def _values(entry: Entry) -> tuple[CoreValue, ...]:
    made = []
    for item in entry.entries("values", "code"):
        guides = item.labels("guides")
        if len(guides) != GUIDES:
            raise item.refusal("panduan perilaku harus tiga", len(guides), str(GUIDES))
        made.append(CoreValue(item.text("code"), item.text("name"), guides))
        item.done()
    if len({value.code for value in made}) != VALUES or len(made) != VALUES:
        raise entry.refusal("nilai dasar ASN harus tujuh", len(made), str(VALUES))
    return tuple(made)


def _standard_row(entry: Entry, source: Source) -> StandardRow:
    unit, target = entry.text("unit"), positive(entry, "target")
    return StandardRow(
        entry.text("code"), entry.choice("section", Section), entry.text("result"), entry.text("measure"),
        percent(target) if unit == "%" else number(target), unit, entry.text("perspective"), source,
    )  # fmt: skip


def _matrix(entry: Entry, source: Source) -> PredicateMatrix:
    cells: dict[tuple[Rating, Rating], Predicate] = {}
    for item in entry.entries("cells"):
        pair = item.choice("results", Rating), item.choice("behaviour", Rating)
        if pair in cells:
            raise item.refusal("pasangan rating ganda", " / ".join(pair))
        cells[pair] = item.choice("predicate", Predicate)
        item.done()
    synonyms = {name: known(entry, "synonyms", text, Predicate) for name, text in entry.texts("synonyms").items()}
    return PredicateMatrix(entry.text("code"), cells, synonyms, source)


def _head(entry: Entry, source: Source) -> HeadMapping:
    return HeadMapping(entry.text("code"), mapped(entry, "ratings", OrganisationPredicate, Rating), source)


def _pattern(entry: Entry, source: Source) -> Pattern:
    limits = tuple(_limit(item) for item in entry.entries("limits"))
    if not limits:
        raise entry.refusal("limits kosong", expected="sekurang-kurangnya satu syarat")
    return Pattern(entry.choice("organisation", OrganisationPredicate), limits, entry.flag("ties"), source)


def _limit(item: Entry) -> Limit:
    kind = item.choice("kind", LimitKind)
    groups = tuple(known(item, "groups", text, Predicate) for text in item.labels("groups"))
    shared = kind in {LimitKind.AT_MOST, LimitKind.AT_LEAST}
    made = Limit(kind, groups, percentage(item, "percent") if shared else None)
    item.done()
    return made


def _by_organisation(
    file: RuleFile, patterns: Iterable[tuple[Pattern, Source]]
) -> Mapping[OrganisationPredicate, Pattern]:
    listed = [pattern for pattern, _ in patterns]
    made = {pattern.organisation: pattern for pattern in listed}
    if listed and (set(made) != set(OrganisationPredicate) or len(listed) != len(made)):
        read = ", ".join(pattern.organisation for pattern in listed)
        raise file.whole.refusal(
            "pola harus tepat satu untuk setiap predikat organisasi", read, " | ".join(OrganisationPredicate)
        )
    return {predicate: made[predicate] for predicate in OrganisationPredicate if predicate in made}


def _proposal(entry: Entry, source: Source) -> ProposalRule:
    needs = tuple(_need(item) for item in entry.entries("needs"))
    expectations = entry.labels("expectations") if "expectations" in entry.fields else ()
    return ProposalRule(
        entry.choice("predicate", OrganisationPredicate), entry.choice("cycle", Cycle), needs,
        tuple(known(entry, "expectations", text, Rating) for text in expectations), source,
    )  # fmt: skip


def _need(item: Entry) -> Need:
    bounds = {key: percentage(item, key) for key in ("least", "over") if key in item.fields}
    if not bounds:
        raise item.refusal("syarat tanpa batas", expected="least atau over")
    made = Need(item.choice("measure", Measure), bounds.get("least"), bounds.get("over"))
    item.done()
    return made


def _objection(entry: Entry, source: Source) -> ObjectionRule:
    return ObjectionRule(within(entry, "days", 1, 365), entry.choice("kind", DayKind), source)


def _due(file: RuleFile) -> Mapping[DueKind, DueRule]:
    rules = [rule for rule, _ in file.all("due", _due_rule)]
    made = {rule.kind: rule for rule in rules}
    if len(made) != len(rules):
        raise file.whole.refusal(
            "due berlaku ganda pada waktu yang sama", len(rules), "satu isian untuk setiap langkah"
        )
    return made


def _due_rule(entry: Entry, source: Source) -> DueRule:
    made = DueRule(
        entry.choice("kind", DueKind), within(entry, "years_after", 0, 2), within(entry, "month", 1, 12),
        within(entry, "day", 1, 31), source,
    )  # fmt: skip
    made.day(2000)
    return made


def _credit(entry: Entry, source: Source) -> CreditRule:
    percents = {}
    for name, text in entry.texts("percents").items():
        percents[known(entry, "percents", name, Predicate)] = decimal(entry, "percents", text)
    if set(percents) != set(Predicate):
        raise entry.refusal("persentase harus ada untuk setiap predikat", ", ".join(percents), " | ".join(Predicate))
    coefficients, sources = {}, {}
    for item in entry.entries("levels", "level"):
        level = item.text("level")
        coefficients[level], sources[level] = positive(item, "coefficient"), item.source()
        item.done()
    if not coefficients:
        raise entry.refusal("levels kosong", expected="koefisien setiap jenjang")
    return CreditRule(percents, coefficients, sources, within(entry, "places", 0, 6), source)
