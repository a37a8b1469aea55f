"""The numbers that a word processor computes for list items and headings, and the styles that carry them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HIGHEST_LEVEL = 9
HEADING_NAMES = re.compile(r"^(?:heading|judul|heading\s+level)\s*(\d)$", re.IGNORECASE)


def value(element: etree._Element | None, name: str = "val") -> str:
    """The attribute `w:name` of an element, empty if there is none."""
    return "" if element is None else element.get(f"{W}{name}", "")


def number(text: str, default: int = 0) -> int:
    """A whole number of bearable size, else `default`."""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else default


def is_on(element: etree._Element | None) -> bool:
    """A toggle such as `w:b`: present and not switched off."""
    return element is not None and value(element).casefold() not in {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says, its parents' words included."""

    name: str = ""
    level: int = 0  # 1 … 9 for headings
    bold: bool = False
    numbering: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbered list."""

    shape: str = "decimal"
    pattern: str = "%1."
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The lists of a document and where each of them stands."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by numId
    shared: dict[str, str] = field(default_factory=dict)  # numId → its list
    counters: dict[str, list[int]] = field(default_factory=dict)

    def next(self, list_id: str, depth: int) -> str:
        """The number of the next item of a list, `•` for bullets, empty where the list is unknown."""
        levels = self.levels.get(list_id)
        if levels is None or not 0 <= depth < HIGHEST_LEVEL:
            return ""
        counter = self.counters.setdefault(self.shared.get(list_id, list_id), [0] * HIGHEST_LEVEL)
        level = levels.get(depth, Level())
        counter[depth] = counter[depth] + 1 if counter[depth] else level.start
        counter[depth + 1 :] = [0] * (HIGHEST_LEVEL - depth - 1)
        if level.shape == "bullet":
            return "•"
        if level.shape == "none":
            return ""

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            own = levels.get(at, Level())
            return spelled(counter[at] or own.start, own.shape)

        return re.sub(r"%([1-9])", shown, level.pattern)


def spelled(count: int, shape: str) -> str:
    """A number as digits, letter or Roman numeral."""
    if shape in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 3)
        return letter if shape == "lowerLetter" else letter.upper()
    if shape in {"lowerRoman", "upperRoman"}:
        roman = _roman(count)
        return roman.lower() if shape == "lowerRoman" else roman
    if shape == "decimalZero":
        return f"{count:02d}"
    return str(count)


def _roman(count: int) -> str:
    steps = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
             (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
    text = ""
    count = min(max(count, 0), 3999)
    for worth, letters in steps:
        while count >= worth:
            text, count = text + letters, count - worth
    return text


def numbering(root: etree._Element | None) -> Numbering:
    """The lists of `numbering.xml`."""
    made = Numbering()
    if root is None:
        return made
    abstract = {value(item, "abstractNumId"): _levels(item) for item in root.iterfind(f"{W}abstractNum")}
    for item in root.iterfind(f"{W}num"):
        list_id, home = value(item, "numId"), value(item.find(f"{W}abstractNumId"))
        levels = dict(abstract.get(home, {}))
        overrides = item.findall(f"{W}lvlOverride")
        for override in overrides:
            depth = number(value(override, "ilvl"))
            levels |= _levels(override)
            start = override.find(f"{W}startOverride")
            if start is not None:
                old = levels.get(depth, Level())
                levels[depth] = Level(old.shape, old.pattern, number(value(start), 1))
        made.levels[list_id] = levels
        made.shared[list_id] = f"num {list_id}" if overrides else f"abstract {home}"
    return made


def _levels(parent: etree._Element) -> dict[int, Level]:
    return {
        number(value(level, "ilvl")): Level(
            value(level.find(f"{W}numFmt")) or "decimal", value(level.find(f"{W}lvlText")),
            number(value(level.find(f"{W}start")), 1),
        )
        for level in parent.iterfind(f"{W}lvl")
    }  # fmt: skip


def styles(root: etree._Element | None) -> dict[str, Style]:
    """The paragraph styles of `styles.xml` by id, with what they take from their parents."""
    if root is None:
        return {}
    raw = {value(item, "styleId"): item for item in root.iterfind(f"{W}style")}
    return {name: _style(name, raw, 0) for name in raw}


def _style(name: str, raw: dict[str, etree._Element], depth: int) -> Style:
    item = raw.get(name)
    if item is None or depth > 20:
        return Style()
    parent = (
        _style(value(item.find(f"{W}basedOn")), raw, depth + 1) if item.find(f"{W}basedOn") is not None else Style()
    )
    label = value(item.find(f"{W}name"))
    outline = item.find(f"{W}pPr/{W}outlineLvl")
    named = HEADING_NAMES.match(label)
    level = int(named[1]) if named else number(value(outline), 9) + 1 if outline is not None else parent.level
    bold = item.find(f"{W}rPr/{W}b")
    own = list_of(item.find(f"{W}pPr/{W}numPr"), parent.numbering)
    return Style(label, level if level <= HIGHEST_LEVEL else 0, is_on(bold) if bold is not None else parent.bold, own)


def list_of(properties: etree._Element | None, inherited: tuple[str, int] | None) -> tuple[str, int] | None:
    """List and level of a `w:numPr`; None where there is no list."""
    if properties is None:
        return inherited
    list_id = value(properties.find(f"{W}numId")) or (inherited[0] if inherited else "")
    depth = properties.find(f"{W}ilvl")
    level = number(value(depth)) if depth is not None else inherited[1] if inherited else 0
    return (list_id, level) if list_id and list_id != "0" else None
