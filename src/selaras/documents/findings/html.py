"""The text of a report with its findings beside it, as one HTML page without scripts and without addresses outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

from selaras.core.document import Block, Cell, Heading, Listing, Paragraph, Row, Table, plain
from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.documents import palette
from selaras.documents.findings.result import Reviewed, unread
from selaras.documents.write.delivery import deliver

Key = tuple[str, str, int | None, int | None, str, int | None]

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write_html(reviewed: Reviewed, path: Path) -> None:
    """Write the page to `path`. Raises CannotRun if it cannot be written."""
    deliver(page(reviewed).encode(), path)


def page(reviewed: Reviewed) -> str:
    """The whole page: summary, the text block by block with the findings that stand there, the rest at the end."""
    beside, loose = _beside(reviewed)
    body = "".join(
        _pair(block, number, beside.get(number, []))
        for number, block in enumerate(reviewed.reading.document.blocks)
        if _shown(block)
    )
    year = f", {reviewed.year}" if reviewed.year else ""
    rest = "".join(_article(finding, number) for number, finding in loose)
    waived = "".join(
        _article(finding, None, reason=f"Dikecualikan oleh {name}: {reason}")
        for finding, reason, name in reviewed.waived
    )
    tail = (f'<section class="all"><h2>Temuan tanpa tempat dalam teks</h2>{rest}</section>' if rest else "") + (
        f'<section class="all"><h2>Dikecualikan</h2>{waived}</section>' if waived else ""
    )
    lost = f"<p>{escape(unread(reviewed.reading))}.</p>" if reviewed.reading.unreadable else ""
    return (
        f'<!doctype html>\n<html lang="id"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>Reviu {escape(reviewed.source)}</title>'
        f"<style>{_style()}</style></head>\n<body>"
        f"<header><h1>Reviu {escape(reviewed.source)}</h1><p>{escape(reviewed.unit)}{year}. {escape(reviewed.summary())}.</p>{lost}"
        f"{_table_of_kinds(reviewed)}</header>\n<main>{body}</main>{tail}</body></html>\n"
    )


@cache
def _style() -> str:
    """The style sheet with the colours of the house in front, for light and dark screens."""
    light = palette.LIGHT | {"error": "#b3261e", "warning": "#8a5a00"}
    dark = palette.DARK | {"error": "#ff9c94", "warning": "#f5c66b"}
    sheet = (files("selaras.documents.findings") / "style.css").read_text("utf-8")
    return (
        f":root {{{_variables(light)}}}\n@media (prefers-color-scheme: dark) {{:root {{{_variables(dark)}}}}}\n{sheet}"
    )


def _variables(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


def _table_of_kinds(reviewed: Reviewed) -> str:
    rows = "".join(
        f"<tr><td>{escape(kind)}</td><td>{count}</td></tr>" for kind, count in reviewed.kinds().most_common()
    )
    return (
        f"<details><summary>Jumlah menurut jenis</summary><table><tr><th>Jenis</th><th>Temuan</th></tr>{rows}</table></details>"
        if rows
        else ""
    )


def _beside(reviewed: Reviewed) -> tuple[dict[int, list[tuple[int, Finding]]], list[tuple[int, Finding]]]:
    """Findings by the block in which their first place stands, and those that stand nowhere."""
    index: dict[Key, int] = {}
    lines: list[tuple[int, int, int]] = []
    for number, block in enumerate(reviewed.reading.document.blocks):
        for place in _places(block):
            index.setdefault(_key(place), number)
            lines.append((place.page or 0, place.line or 0, number))
    found: dict[int, list[tuple[int, Finding]]] = defaultdict(list)
    loose = []
    for order, finding in enumerate(reviewed.findings, 1):
        at = next((spot for place in finding.places if (spot := _find(place, index, lines)) is not None), None)
        if at is None:
            loose.append((order, finding))
        else:
            found[at].append((order, finding))
    return found, loose


def _find(place: Place, index: dict[Key, int], lines: list[tuple[int, int, int]]) -> int | None:
    if _key(place) in index:
        return index[_key(place)]
    spot = (place.page or 0, place.line or 0)
    before = [block for page_, line, block in lines if (page_, line) <= spot and spot != (0, 0)]
    return before[-1] if before else None


def _key(place: Place) -> Key:
    return place.sheet, place.cell, place.page, place.line, place.table, place.row


def _places(block: Block) -> Iterator[Place]:
    if isinstance(block, Heading | Paragraph):
        yield block.place
    elif isinstance(block, Table):
        yield block.place
        for row in (*block.header, *block.body):
            for cell in row.cells:
                yield cell.place


def _shown(block: Block) -> bool:
    return isinstance(block, Heading | Paragraph | Listing | Table)


def _pair(block: Block, number: int, findings: list[tuple[int, Finding]]) -> str:
    quotes = [(place.quote, finding.severity) for _, finding in findings for place in finding.places if place.quote]
    notes = "".join(_article(finding, order) for order, finding in findings)
    marked = " marked" if findings else ""
    return f'<div class="pair" id="b{number}"><div class="text{marked}">{_text(block, quotes)}</div><aside>{notes}</aside></div>\n'


def _text(block: Block, quotes: list[tuple[str, Severity]]) -> str:
    match block:
        case Heading():
            level = min(block.level + 1, 4)
            return f"<h{level}>{_marked(block.full, quotes)}</h{level}>"
        case Paragraph():
            return f"<p>{_marked(plain(block.spans), quotes)}</p>"
        case Listing():
            return "<ul>" + "".join(f"<li>{_marked(plain(item), quotes)}</li>" for item in block.items) + "</ul>"
        case Table():
            caption = f"<caption>{escape(f'{block.label} {block.caption}'.strip())}</caption>"
            head = "".join(_row(row, "th", quotes) for row in block.header)
            rows = "".join(_row(row, "td", quotes) for row in block.body)
            return f"<table>{caption}<thead>{head}</thead><tbody>{rows}</tbody></table>"
    return ""


def _row(row: Row, tag: str, quotes: list[tuple[str, Severity]]) -> str:
    return (
        "<tr>"
        + "".join(f"<{tag}{_spans(cell)}>{_marked(cell.text, quotes, whole=True)}</{tag}>" for cell in row.cells)
        + "</tr>"
    )


def _spans(cell: Cell) -> str:
    return (f' colspan="{cell.colspan}"' if cell.colspan > 1 else "") + (
        f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    )


def _marked(text: str, quotes: list[tuple[str, Severity]], *, whole: bool = False) -> str:
    """The text with the quotations of its findings marked; in a table only cells that are quoted whole."""
    for quote, severity in quotes:
        words = quote.strip("… ")
        at = text.find(words) if words else -1
        if at < 0 or (whole and words != text.strip()):
            continue
        return (
            f'{escape(text[:at])}<mark class="{severity.value}">{escape(words)}</mark>{escape(text[at + len(words) :])}'
        )
    return escape(text)


def _article(finding: Finding, order: int | None, *, reason: str = "") -> str:
    number = f"{order}. " if order else ""
    parts = [
        f'<p><b class="{finding.severity.value}">{number}{finding.severity.word.capitalize()}</b> '
        f"<code>{escape(finding.code)}</code> {escape(finding.message)}</p>"
    ]
    if finding.arithmetic and finding.arithmetic not in finding.message:
        parts.append(f"<p>{escape(finding.arithmetic)}</p>")
    if finding.expected:
        parts.append(f"<p>Seharusnya: {escape(finding.expected)}</p>")
    if finding.suggestion:
        parts.append(f"<p>{escape(finding.suggestion)}</p>")
    parts += [
        f'<p class="where">{escape(place.sentence())}: “{escape(place.quote)}”</p>' for place in finding.places[:6]
    ]
    if finding.regulation:
        parts.append(f'<p class="where">{escape(finding.regulation)}</p>')
    if reason:
        parts.append(f"<p>{escape(reason)}</p>")
    return f'<article class="{finding.severity.value}{" waived" if reason else ""}">{"".join(parts)}</article>'
