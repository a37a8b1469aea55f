"""Loads the evaluation instruments (LKE): one file of `data/lke` per template, read strictly and checked.

A template that is not sound is refused with its file and every fault. A file may change another template (`base`):
leave out, move or add criteria, and give other weights, scales and modes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from selaras.core.document import Tone
from selaras.core.errors import Fault, Refusal
from selaras.core.evaluation.soundness import checked
from selaras.core.evaluation.template import (
    Answer,
    AnswerScale,
    Aspect,
    Component,
    Criterion,
    Effort,
    Mode,
    Predicate,
    Rounding,
    Subcomponent,
    Template,
)
from selaras.core.org import AgencyKind
from selaras.rulebook.entry import Entry


@lru_cache(maxsize=1)
def templates() -> dict[str, Template]:
    """Every template that is shipped, by code, sound ones only. Raises Refusal if any file is broken."""
    return read_templates(files("selaras.rulebook") / "data" / "lke")


def template_for(year: int, kind: AgencyKind) -> Template:
    """The national template for the evaluation of performance year `year` in an agency of this kind.

    Local variants are chosen by name only. Raises Refusal for a year that no template covers.
    """
    serving = [item for item in templates().values() if not item.local and item.serves(year, kind)]
    if not serving:
        first = min(item.first_year for item in templates().values())
        raise Refusal(
            f"Belum ada instrumen LKE untuk tahun {year}.",
            Fault("tahun tidak tercakup", read=str(year), expected=f"tahun {first} atau sesudahnya"),
        )
    return max(serving, key=lambda item: (bool(item.kinds), item.first_year))


def read_templates(folder: Traversable) -> dict[str, Template]:
    """The templates in `folder` by code; those with a base after the one they change."""
    waiting = [entry for path in _paths(folder) for entry in _entries(path)]
    made: dict[str, Template] = {}
    for entry in sorted(waiting, key=lambda entry: "base" in entry.fields):
        template = _template(entry, made)
        if template.code in made:
            raise entry.refusal("kode instrumen ganda", template.code)
        made[template.code] = template
    return made


def template_from(data: Mapping[str, Any], name: str = "instrumen") -> Template:
    """The template that `core.evaluation.copying.as_data` wrote, or that a person changed. Raises Refusal."""
    return _template(Entry(name, str(data.get("code") or name), data), {})


def _paths(folder: Traversable) -> list[Traversable]:
    return sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)


def _entries(path: Traversable) -> list[Entry]:
    file = Entry(path.name, "berkas", {})
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise file.refusal("bukan TOML yang benar", error) from error
    whole = Entry(path.name, "berkas", content)
    found = list(whole.entries("template", "code"))
    whole.done()
    return found


def _template(entry: Entry, bases: Mapping[str, Template]) -> Template:
    made = _changed(entry, bases) if "base" in entry.fields else _whole(entry)
    entry.done()
    try:
        return checked(made)
    except Refusal as refusal:
        raise Refusal(f"{entry.file}: {refusal.message}", *refusal.faults) from None


def _whole(entry: Entry) -> Template:
    return Template(
        code=entry.text("code"),
        title=entry.text("title"),
        regulation=entry.text("regulation"),
        first_year=entry.whole("first_year"),
        last_year=entry.whole("last_year") if "last_year" in entry.fields else None,
        mode=entry.choice("mode", Mode),
        components=tuple(_component(item) for item in entry.entries("components", "code")),
        scales=tuple(_scale(item) for item in entry.entries("scales", "code")),
        predicates=tuple(_predicate(item) for item in entry.entries("predicates", "letter")),
        rounding=_rounding(entry),
        source=entry.source(),
        partial=_number(entry, "partial", Decimal(0)),
        local=entry.flag("local"),
        kinds=_kinds(entry),
        base=entry.text("origin", ""),
    )


def _changed(entry: Entry, bases: Mapping[str, Template]) -> Template:
    name = entry.text("base")
    base = bases.get(name)
    if base is None:
        raise entry.refusal("instrumen dasar tidak ada", name, " | ".join(bases))
    components = base.components
    for change in entry.entries("changes", "subcomponent"):
        components = _apply(change, components)
    weights = dict(_component_weight(item, components) for item in entry.entries("weights", "code"))
    components = tuple(replace(item, weight=weights.get(item.code, item.weight)) for item in components)
    scales = tuple(_scale(item) for item in entry.entries("scales", "code"))
    return replace(
        base,
        code=entry.text("code"),
        title=entry.text("title"),
        regulation=entry.text("regulation", base.regulation),
        mode=entry.choice("mode", Mode, base.mode),
        components=(*components, *(_component(item) for item in entry.entries("components", "code"))),
        scales=scales or base.scales,
        rounding=_rounding(entry) if "rounding" in entry.fields else base.rounding,
        source=entry.source(),
        partial=_number(entry, "partial", base.partial),
        local=entry.flag("local"),
        kinds=_kinds(entry),
        base=base.code,
    )


def _component_weight(item: Entry, components: tuple[Component, ...]) -> tuple[str, Decimal]:
    code, weight = item.text("code"), _number(item, "weight")
    item.done()
    known = [component.code for component in components]
    if code not in known:
        raise item.refusal("komponen tidak ada dalam instrumen dasar", code, " | ".join(known))
    return code, weight


def _apply(change: Entry, components: tuple[Component, ...]) -> tuple[Component, ...]:
    """One change of a sub-component: its weight, criteria left out, criteria moved here from another one."""
    subs = {sub.code: sub for component in components for sub in component.subcomponents}
    code = change.text("subcomponent")
    if code not in subs:
        raise change.refusal("sub-komponen tidak ada dalam instrumen dasar", code, " | ".join(subs))
    known = {criterion.code: criterion for sub in subs.values() for criterion in sub.criteria}
    without = _named(change, "without", known)
    moved = _named(change, "moved_here", known)
    scaled = change.texts("criterion_scales") if "criterion_scales" in change.fields else {}
    weight = _number(change, "weight", subs[code].weight)
    change.done()
    gone = {*without, *moved}
    for name, sub in subs.items():
        subs[name] = replace(sub, criteria=tuple(item for item in sub.criteria if item.code not in gone))
    criteria = (*subs[code].criteria, *(known[name] for name in moved))
    if strangers := scaled.keys() - {item.code for item in criteria}:
        raise change.refusal("criterion_scales: kriteria tidak ada dalam sub-komponen", ", ".join(sorted(strangers)))
    criteria = tuple(replace(item, scale=scaled.get(item.code, item.scale)) for item in criteria)
    subs[code] = replace(subs[code], weight=weight, criteria=criteria)
    return tuple(
        replace(component, subcomponents=tuple(subs[sub.code] for sub in component.subcomponents))
        for component in components
    )


def _named(change: Entry, key: str, known: Mapping[str, Criterion]) -> tuple[str, ...]:
    names = change.labels(key) if key in change.fields else ()
    if unknown := [name for name in names if name not in known]:
        raise change.refusal(f"{key}: kriteria tidak ada dalam instrumen dasar", ", ".join(unknown))
    return names


def _component(item: Entry) -> Component:
    parts = tuple(_subcomponent(part) for part in item.entries("subcomponents", "code"))
    made = Component(item.text("code"), item.text("title"), _number(item, "weight"), parts)
    item.done()
    return made


def _subcomponent(item: Entry) -> Subcomponent:
    made = Subcomponent(
        item.text("code"),
        item.text("title"),
        _number(item, "weight"),
        item.choice("aspect", Aspect),
        tuple(_criterion(part) for part in item.entries("criteria", "code")),
        item.text("scale", ""),
    )
    item.done()
    return made


def _criterion(item: Entry) -> Criterion:
    made = Criterion(
        item.text("code"), item.text("text"), _number(item, "weight", Decimal(1)), item.text("scale", ""),
        item.text("note", ""),
    )  # fmt: skip
    item.done()
    return made


def _scale(item: Entry) -> AnswerScale:
    made = AnswerScale(item.text("code"), tuple(_answer(part) for part in item.entries("answers", "letter")))
    item.done()
    return made


def _answer(item: Entry) -> Answer:
    rules = item.texts("rules") if "rules" in item.fields else {}
    if unknown := [name for name in rules if name not in set(Aspect)]:
        raise item.refusal("rules: aspek tidak dikenal", ", ".join(unknown), " | ".join(Aspect))
    made = Answer(
        item.text("letter"),
        _number(item, "value"),
        item.number("share"),
        item.flag("exclusive"),
        item.whole("years") if "years" in item.fields else 0,
        item.choice("effort", Effort, Effort.NONE),
        tuple((Aspect(name), text) for name, text in rules.items()),
    )
    item.done()
    return made


def _predicate(item: Entry) -> Predicate:
    made = Predicate(
        item.text("letter"), _number(item, "above"), _number(item, "upto"), item.text("name"),
        item.text("meaning", ""), item.choice("tone", Tone, Tone.NONE),
    )  # fmt: skip
    item.done()
    return made


def _rounding(entry: Entry) -> Rounding:
    table = entry.fields.pop("rounding", None)
    if not isinstance(table, dict):
        raise entry.refusal("rounding tidak ada", expected="tabel dengan places dan source")
    item = Entry(entry.file, f"{entry.name} / rounding", table)
    made = Rounding(item.whole("places"), item.flag("each_part"), item.text("source"))
    item.done()
    return made


def _kinds(entry: Entry) -> tuple[AgencyKind, ...]:
    names = entry.labels("kinds") if "kinds" in entry.fields else ()
    if unknown := [name for name in names if name not in set(AgencyKind)]:
        raise entry.refusal("jenis instansi tidak dikenal", ", ".join(unknown), " | ".join(AgencyKind))
    return tuple(map(AgencyKind, names))


def _number(item: Entry, key: str, default: Decimal | None = None) -> Decimal:
    value = item.number(key)
    if value is None and default is None:
        raise item.refusal(f"{key} tidak ada", expected="angka")
    found = default if value is None else value
    assert found is not None
    if not found.is_finite():
        raise item.refusal(f"{key} bukan angka", found, "angka")
    return found
