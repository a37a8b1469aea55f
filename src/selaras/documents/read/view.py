"""What was understood of a file, shown: as JSON for machines, as text for the terminal, as HTML beside the page pictures."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from selaras.core.document import Block, Cell, Heading, Paragraph, Row, Table, plain
from selaras.core.errors import AmbiguousNumber, UnreadableNumber
from selaras.core.numerals import format_number, read_token
from selaras.core.place import Place
from selaras.core.source import Entry, Form, Reading
from selaras.documents import palette

LONGEST_FIGURE = 60
PLACE_PARTS = ("sheet", "cell", "page", "line", "table", "row", "column", "quote")

# --- JSON ---------------------------------------------------------------------------------------------------------------


def as_json(reading: Reading) -> dict[str, object]:
    """The reading as plain values: blocks in order, tables with header and body cells, every piece with its place.

    A cell that is one number has `value` (as decimal text) and `unit`; one with two readings has `question`.
    """
    return {
        "file": reading.source, "form": reading.form.value, "title": reading.document.title, "pages": reading.pages,
        "unreadable_pages": list(reading.unreadable), "notes": list(reading.notes), "margins": list(reading.margins),
        "contents": [_entry(entry) for entry in reading.contents], "lists": [_entry(entry) for entry in reading.lists],
        "attachment": bool(reading.attachment), "blocks": [_block(block) for block in reading.document.blocks],
    }  # fmt: skip


def _entry(entry: Entry) -> dict[str, object]:
    return {"text": entry.text, "page": entry.page, "line": entry.line, "on_page": entry.on_page}


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading():
            return {
                "kind": "heading",
                "level": block.level,
                "number": block.number,
                "text": block.text,
                "place": _place(block.place),
            }
        case Table():
            return {
                "kind": "table", "key": block.key, "number": block.number, "caption": block.caption,
                "columns": len(block.columns), "header": [_row(row) for row in block.header],
                "body": [_row(row) for row in block.body], "place": _place(block.place),
            }  # fmt: skip
        case Paragraph():
            return {"kind": "paragraph", "text": plain(block.spans), "place": _place(block.place)}
        case _:
            return {"kind": type(block).__name__.casefold()}


def _row(row: Row) -> list[dict[str, object]]:
    return [_cell(cell) for cell in row.cells]


def _cell(cell: Cell) -> dict[str, object]:
    shown: dict[str, object] = {"text": cell.text}
    if cell.colspan > 1:
        shown["colspan"] = cell.colspan
    if cell.rowspan > 1:
        shown["rowspan"] = cell.rowspan
    return shown | figure(cell) | {"place": _place(cell.place)}


def figure(cell: Cell) -> dict[str, str]:
    """What the number in a cell is read as: `value` and `unit`, or the `question` if it has two readings; empty for words."""
    if cell.amount is not None:
        return {"value": str(cell.amount), "unit": cell.unit}
    text = cell.text
    if not text or len(text) > LONGEST_FIGURE or not any(letter.isdigit() for letter in text):
        return {}
    try:
        token = read_token(text)
    except AmbiguousNumber as unclear:
        return {"question": unclear.question}
    except UnreadableNumber:
        return {}
    if token is None:
        return {}
    return {"value": str(token.amount), "unit": "%" if token.percent else "Rp" if token.money else ""}


def _place(place: Place) -> dict[str, object]:
    return {name: value for name in PLACE_PARTS if (value := getattr(place, name)) not in ("", None)}


# --- text ---------------------------------------------------------------------------------------------------------------


def as_text(reading: Reading) -> str:
    """The reading in lines: headings with `#`, tables with bars, where each stands in square brackets."""
    return "\n".join(_text_lines(reading)) + "\n"


def summary(reading: Reading) -> str:
    """One Indonesian line: form, pages, what was found and what could not be read."""
    blocks = reading.document.blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    cells = sum(len(row.cells) for table in tables for row in (*table.header, *table.body))
    pages = f"{reading.pages} halaman, " if reading.pages else ""
    headings = sum(isinstance(block, Heading) for block in blocks)
    paragraphs = sum(isinstance(block, Paragraph) for block in blocks)
    text = f"{reading.source} ({reading.form}): {pages}{headings} judul, {paragraphs} paragraf, {len(tables)} tabel, {cells} sel."
    if reading.unreadable:
        names = ", ".join(str(page) for page in reading.unreadable)
        text += f" {len(reading.unreadable)} halaman tidak terbaca karena hanya berupa gambar: {names}."
    return text


def _text_lines(reading: Reading) -> Iterator[str]:
    yield summary(reading)
    yield from (f"Catatan: {note}" for note in reading.notes)
    for block in reading.document.blocks:
        if isinstance(block, Heading):
            yield f"\n{'#' * block.level} {block.full}{_where(block.place)}"
        elif isinstance(block, Table):
            yield f"\n{f'{block.label} {block.caption}'.strip() or 'Tabel tanpa judul'}{_where(block.place)}"
            yield from (f"| {_bars(row)} |" for row in block.header)
            yield "|---" * len(block.columns) + "|"
            yield from (f"| {_bars(row)} |" for row in block.body)
        elif isinstance(block, Paragraph):
            yield plain(block.spans)


def _bars(row: Row) -> str:
    return " | ".join(cell.text for cell in row.cells)


def _where(place: Place) -> str:
    parts = [f"lembar {place.sheet}" if place.sheet else "", f"sel {place.cell}" if place.cell else "",
             f"hlm. {place.page}" if place.page else "", f"baris {place.line}" if place.line else ""]  # fmt: skip
    shown = ", ".join(part for part in parts if part)
    return f"  [{shown}]" if shown else ""


# --- HTML ---------------------------------------------------------------------------------------------------------------


def as_html(reading: Reading, pictures: Sequence[bytes] = ()) -> str:
    """One page that needs nothing else: for a PDF the picture of each page beside what was read from it."""
    title = escape(f"Hasil baca: {reading.source}")
    notes = "".join(f"<li>{escape(note)}</li>" for note in reading.notes)
    told = f"<p>{escape(summary(reading))}</p>{f'<ul>{notes}</ul>' if notes else ''}{_lists(reading)}"
    paged = bool(pictures) and reading.form is Form.PDF
    body = _side_by_side(reading, pictures) if paged else f'<main class="alone">{_all(reading.document.blocks)}</main>'
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{_style()}</style></head>'
        f"<body><header><h1>{title}</h1>{told}</header>{body}</body></html>\n"
    )


def _lists(reading: Reading) -> str:
    parts = []
    for name, entries in (
        ("Daftar isi sebagaimana tercetak", reading.contents),
        ("Daftar tabel dan gambar", reading.lists),
    ):
        if entries:
            lines = "".join(f"<li>{escape(entry.text)} <b>{escape(entry.page)}</b></li>" for entry in entries)
            parts.append(f"<details><summary>{name} ({len(entries)})</summary><ul>{lines}</ul></details>")
    if reading.margins:
        lines = "".join(f"<li>{escape(margin)}</li>" for margin in reading.margins)
        parts.append(
            f"<details><summary>Kepala dan kaki halaman ({len(reading.margins)})</summary><ul>{lines}</ul></details>"
        )
    return "".join(parts)


def _side_by_side(reading: Reading, pictures: Sequence[bytes]) -> str:
    on_page: dict[int, list[Block]] = {}
    for block in reading.document.blocks:
        place = getattr(block, "place", None)
        on_page.setdefault((place.page if place is not None and place.page else 1), []).append(block)
    last = max([reading.pages, len(pictures), *on_page])
    return f"<main>{''.join(_page(reading, pictures, number, on_page.get(number, [])) for number in range(1, last + 1))}</main>"


def _page(reading: Reading, pictures: Sequence[bytes], number: int, blocks: list[Block]) -> str:
    picture = pictures[number - 1] if number <= len(pictures) else b""
    shown = '<p class="none">Gambar halaman tidak dibuat.</p>'
    if picture:
        data = base64.b64encode(picture).decode()
        shown = f'<img loading="lazy" alt="Gambar halaman {number}" src="data:image/jpeg;base64,{data}">'
    read = _all(blocks)
    if number in reading.unreadable:
        read = f'<p class="none">Halaman ini tidak terbaca: hanya berupa gambar.</p>{read}'
    elif not read:
        read = '<p class="none">Tidak ada teks yang dimulai di halaman ini.</p>'
    return f'<section id="h{number}"><h2>Halaman {number}</h2><div class="pair"><div>{shown}</div><div>{read}</div></div></section>'


def _all(blocks: Iterable[Block]) -> str:
    return "".join(_shown(block) for block in blocks)


def _shown(block: Block) -> str:
    match block:
        case Heading():
            level = min(block.level + 2, 6)
            return f'<h{level} title="{_title(block.place)}">{escape(block.full)}</h{level}>'
        case Table():
            caption = escape(f"{block.label} {block.caption}".strip() or "Tabel tanpa judul")
            head = "".join(f"<tr>{''.join(_html_cell(cell, 'th') for cell in row.cells)}</tr>" for row in block.header)
            body = "".join(f"<tr>{''.join(_html_cell(cell, 'td') for cell in row.cells)}</tr>" for row in block.body)
            return (
                f'<div class="scroll"><table><caption title="{_title(block.place)}">{caption}</caption>'
                f"<thead>{head}</thead><tbody>{body}</tbody></table></div>"
            )
        case Paragraph():
            return f'<p title="{_title(block.place)}">{escape(plain(block.spans))}</p>'
        case _:
            return ""


def _html_cell(cell: Cell, tag: str) -> str:
    spans = "".join(
        f' {name}="{count}"' for name, count in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if count > 1
    )
    read = figure(cell)
    told, kind = "", ""
    if "value" in read:
        value = cell.amount if cell.amount is not None else None
        told = f" = {read['value'] if value is None else format_number(value)} {read['unit']}".rstrip()
        kind = ' class="n"'
    elif "question" in read:
        told, kind = f" {read['question']}", ' class="q"'
    return f'<{tag}{spans}{kind} title="{_title(cell.place)}{escape(told)}">{escape(cell.text)}</{tag}>'


def _title(place: Place) -> str:
    return escape(place.sentence())


def _style() -> str:
    light, dark = (
        "".join(f"--{name}:{colour};" for name, colour in colours.items())
        for colours in (palette.LIGHT | {"doubt": "#fdf0b4"}, palette.DARK | {"doubt": "#5a4a12"})
    )
    return f":root{{color-scheme:light dark;{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{STYLE}"


STYLE = """
*{box-sizing:border-box}
body{margin:0;font:15px/1.5 'Source Sans 3','Source Sans Pro',system-ui,sans-serif;color:var(--ink);background:var(--wash)}
header{background:var(--paper);border-bottom:3px solid var(--blue);padding:16px 24px}
h1{font-size:22px;line-height:1.25;margin:0 0 8px;color:var(--blue-deep);overflow-wrap:anywhere}
h2{font-size:14px;margin:0 0 8px;color:var(--muted)}
h3,h4,h5,h6{font-size:16px;margin:12px 0 4px;color:var(--blue-deep)}
section{padding:16px 24px;border-bottom:1px solid var(--rule)}
.pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:24px;align-items:start}
.pair>div{background:var(--paper);border:1px solid var(--rule);border-radius:8px;padding:12px;min-width:0}
img{display:block;width:100%;height:auto}
.alone{background:var(--paper);max-width:1100px;margin:16px auto;padding:16px 24px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:8px 0 16px;font-size:13px;width:100%}
caption{text-align:left;font-weight:600;padding:4px 0}
th,td{border:1px solid var(--rule);padding:3px 6px;vertical-align:top;text-align:left}
th{background:var(--blue-pale)}
.n{text-align:right;font-variant-numeric:tabular-nums}
.q{background:var(--doubt)}
.none{color:var(--accent)}
p{margin:4px 0 8px;overflow-wrap:anywhere}
@media(max-width:900px){.pair{grid-template-columns:1fr}}
"""
