"""Loads stage culture: frameworks, rules and worked examples, data of `data/culture`, checked when they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from selaras.core.culture.coding import check_material
from selaras.core.culture.frameworks import (
    Asking,
    Framework,
    Level,
    Node,
    Part,
    Question,
    Scale,
    check,
)
from selaras.core.culture.index import NationalFigure
from selaras.core.culture.privacy import FLOOR, Threshold
from selaras.core.culture.rules import CultureRules, SaturationRule
from selaras.core.culture.studies import Example
from selaras.core.culture.support import SupportRule
from selaras.core.culture.surveys import CareRule
from selaras.core.errors import Fault, Refusal
from selaras.core.law import Certainty, Source
from selaras.rulebook.culture_examples import example_from
from selaras.rulebook.entry import Entry
from selaras.rulebook.tables import RuleFile, decimal, percentage, positive, within

RULES = "rules.toml"
FRAMEWORK, EXAMPLE = "framework_", "example_"


@lru_cache(maxsize=32)
def load_culture(day: date) -> CultureRules:
    """Frameworks and rules as they stood on `day`. Raises Refusal if a file is broken or a rule is missing."""
    return read_culture(files("selaras.rulebook") / "data" / "culture", day)


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """The worked examples that are shipped, each fully checked against its framework."""
    return read_examples(files("selaras.rulebook") / "data" / "culture")


def read_culture(folder: Traversable, day: date) -> CultureRules:
    """The files in `folder` as they stood on `day`; `load_culture` reads the ones that are shipped."""
    rules = RuleFile(folder, RULES, day)
    support, support_source = rules.only("support", lambda entry, source: (_support(entry), source))
    threshold, threshold_source = rules.only("threshold", lambda entry, source: (_threshold(entry), source))
    care, care_source = rules.only("care", lambda entry, source: (_care(entry), source))
    saturation, saturation_source = rules.only("saturation", lambda entry, source: (_saturation(entry), source))
    national = tuple(figure for figure, _ in rules.all("national", _national))
    rules.whole.done()
    sources = {
        "kekuatan bukti": support_source, "ambang penyajian": threshold_source, "kecermatan pengisian": care_source,
        "kejenuhan": saturation_source,
    }  # fmt: skip
    return CultureRules(
        day, tuple(_frameworks(folder, day)), support, threshold, care, saturation, national, sources
    )  # fmt: skip


def read_examples(folder: Traversable) -> tuple[Example, ...]:
    """The worked examples in `folder`. A framework that an example names must lie beside it, whatever its dates."""
    known = {framework.code: framework for framework in _frameworks(folder, date.max)}
    made = []
    for name in _names(folder, EXAMPLE):
        file = RuleFile(folder, name, date.max)
        example = example_from(file.whole, known)
        file.whole.done()
        if faults := check_material(example.material, example.framework):
            raise _refused(file.whole, faults)
        made.append(example)
    return tuple(made)


def framework_from(data: Mapping[str, Any], name: str = "kerangka") -> Framework:
    """An agency's own framework from plain data (`as_data` gives such); raises Refusal with everything wrong in it."""
    entry = Entry(name, str(data.get("code") or name), data)
    own = {"source": "Kerangka instansi", "certainty": Certainty.AGREED.value}
    entry.fields = own | entry.fields
    made = _framework(entry, entry.source())
    entry.done()
    return made


def as_data(framework: Framework) -> dict[str, Any]:
    """A framework as plain data for JSON or TOML; `framework_from` reads it back equal."""
    scale, source = framework.scale, framework.source
    held: dict[str, Any] = {
        "code": framework.code, "name": framework.name, "version": framework.version, "licence": framework.licence,
        "scale": {"code": scale.code, "labels": list(scale.labels), "unknown": scale.unknown}
        | ({} if scale.fixed_total is None else {"fixed_total": scale.fixed_total}),
        "source": source.text, "certainty": source.certainty.value, "article": source.article, "note": source.note,
        "nodes": [_node_data(node) for node in framework.nodes],
    }  # fmt: skip
    dates = {"since": source.since, "until": source.until}
    return held | {key: value for key, value in dates.items() if value is not None}


def _node_data(node: Node) -> dict[str, Any]:
    return {
        "code": node.code, "level": node.level.value, "name": node.name, "parent": node.parent,
        "definition": node.definition, "part": node.part.value, "note": node.note,
        "questions": [
            {"code": item.code, "asking": item.asking.value, "text": item.text, "reverse": item.reverse,
             "group": item.group}
            for item in node.questions
        ],
    }  # fmt: skip


def _names(folder: Traversable, prefix: str) -> list[str]:
    return sorted(
        path.name for path in folder.iterdir() if path.name.startswith(prefix) and path.name.endswith(".toml")
    )  # fmt: skip


def _frameworks(folder: Traversable, day: date) -> Iterator[Framework]:
    seen: dict[str, str] = {}
    for name in _names(folder, FRAMEWORK):
        file = RuleFile(folder, name, day)
        for framework, _ in file.all("framework", _framework):
            if framework.code in seen:
                raise file.whole.refusal(
                    "kerangka ganda", framework.code, f"satu kerangka, sudah ada di {seen[framework.code]}"
                )
            seen[framework.code] = name
            yield framework
        file.whole.done()


def _framework(entry: Entry, source: Source) -> Framework:
    made = Framework(
        entry.text("code"), entry.text("name"), entry.text("version"),
        tuple(_node(item) for item in entry.entries("nodes", "code")), _scale(entry), source, entry.text("licence", ""),
    )  # fmt: skip
    if faults := check(made):
        raise _refused(entry, faults)
    return made


def _scale(entry: Entry) -> Scale:
    item = Entry(entry.file, f"{entry.name} / scale", entry.fields.pop("scale", {}))
    total = item.whole("fixed_total") if "fixed_total" in item.fields else None
    made = Scale(item.text("code"), item.labels("labels"), item.text("unknown", ""), total)
    item.done()
    return made


def _node(item: Entry) -> Node:
    made = Node(
        item.text("code"), item.choice("level", Level), item.text("name"), item.text("parent", ""),
        item.text("definition", ""), item.choice("part", Part, Part.DESCRIBED),
        tuple(_question(below) for below in item.entries("questions", "code")), item.text("note", ""),
    )  # fmt: skip
    item.done()
    return made


def _question(item: Entry) -> Question:
    made = Question(
        item.text("code"),
        item.choice("asking", Asking),
        item.text("text"),
        item.flag("reverse"),
        item.text("group", ""),
    )
    item.done()
    return made


def _support(entry: Entry) -> SupportRule:
    strong = within(entry, "strong_accounts", 2, 100)
    return SupportRule(strong, within(entry, "strong_groups", 1, 100), within(entry, "fair_accounts", 1, strong))


def _threshold(entry: Entry) -> Threshold:
    screen = within(entry, "screen", FLOOR, 100)
    return Threshold(screen, within(entry, "publish", screen, 1000))


def _care(entry: Entry) -> CareRule:
    share = Fraction(positive(entry, "run_share"))
    if share > 1:
        raise entry.refusal("run_share di luar 0 sampai 1", share, "bagian dari seluruh butir")
    return CareRule(Fraction(positive(entry, "seconds_per_item")), share, within(entry, "least_items", 2, 1000))


def _saturation(entry: Entry) -> SaturationRule:
    threshold = Fraction(percentage(entry, "threshold")) / 100
    return SaturationRule(within(entry, "base", 1, 100), within(entry, "run", 1, 100), threshold)


def _national(entry: Entry, source: Source) -> NationalFigure:
    values = {name: decimal(entry, "values", text) for name, text in entry.texts("values").items()}
    return NationalFigure(entry.whole("year"), entry.text("name"), percentage(entry, "index"), values, source.text)


def _refused(entry: Entry, faults: tuple[Fault, ...]) -> Refusal:
    return Refusal(f"Buku aturan tidak dapat dimuat: {entry.file}, {entry.name}.", *faults)
