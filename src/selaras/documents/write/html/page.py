"""A whole document as one HTML page: parts nested by their headings, contents at the side, data at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files as package_files

from selaras.core import document as d
from selaras.documents import palette
from selaras.documents.charts.canvas import safe
from selaras.documents.write.html.figures import Figures
from selaras.documents.write.html.names import Anchors
from selaras.documents.write.html.pictures import chart, fields, gallery, signatures
from selaras.documents.write.html.tables import TONE_CLASSES, table

FileSource = Callable[[str], bytes]

_OWN_WORDS = "Narasi instansi"
_DEEPEST_AT_THE_SIDE = 2
_DEEPEST_LISTED = 3
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_EXCERPT_STYLE = "body{padding:1rem 1.25rem}main>section:first-child>:first-child{margin-top:0}"
_LIST_MARKS = {d.Numbering.NONE: "<ul>", d.Numbering.DECIMAL: "<ol>", d.Numbering.ALPHA: '<ol type="a">'}
_SHORT_OF_MARKUP = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def page(document: d.Document, *, files: FileSource | None = None) -> str:
    """`document` as the text of one HTML file; `files` gives a photo's bytes by its name."""
    return _Page(document, files).whole()


def excerpt(document: d.Document, *, files: FileSource | None = None) -> str:
    """The blocks of `document` alone as one HTML file: without cover, contents, explanation and data.

    For showing one section as it will print, beside the form in which it is written.
    """
    return _Page(document, files).excerpt()


class _Page:
    """Walks through the blocks once; figures are collected on the way."""

    def __init__(self, document: d.Document, files: FileSource | None) -> None:
        self._document = document
        self._files = files
        self._anchors = Anchors(document.blocks)
        self._figures = Figures()
        self._depths: list[int] = []  # levels of the sections that are open
        self._in_division = False

    def whole(self) -> str:
        """The page from doctype to the last tag."""
        document = self._document
        main = "".join(self._parts())
        return (
            f'<!doctype html>\n<html lang="{safe(document.language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{safe(document.title)}</title>\n"
            f'<meta name="description" content="{safe(document.subject or document.title)}">\n'
            f'<meta name="author" content="{safe(document.agency)}">\n<style>\n{_style()}</style>\n</head>\n<body>\n'
            '<a class="skip" href="#isi">Lompat ke isi</a>\n'
            f'{self._opening()}\n<div class="sheet">\n{self._side()}\n<main id="isi">\n{main}</main>\n</div>\n'
            f"{self._closing()}\n{self._figures.cards()}\n{self._data()}</body>\n</html>\n"
        )

    def excerpt(self) -> str:
        """The blocks from doctype to the last tag, and the cards of their figures."""
        document = self._document
        main = "".join(self._parts())
        return (
            f'<!doctype html>\n<html lang="{safe(document.language)}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{safe(document.title)}</title>\n<style>\n{_style()}{_EXCERPT_STYLE}</style>\n</head>\n<body>\n"
            f'<main id="isi">\n{main}</main>\n{self._figures.cards()}\n</body>\n</html>\n'
        )

    def _opening(self) -> str:
        cover = next((block for block in self._document.blocks if isinstance(block, d.Cover)), None)
        if cover is None:
            document = self._document
            return (
                f'<header class="cover"><p class="agency">{safe(document.agency)}</p><h1>{safe(document.title)}</h1>'
                f'<p class="year">{document.year}</p></header>'
            )
        parent = f'<p class="parent">{safe(cover.parent)}</p>' if cover.parent else ""
        subtitle = f'<p class="subtitle">{safe(cover.subtitle)}</p>' if cover.subtitle else ""
        contact = "".join(f"<li>{safe(line)}</li>" for line in cover.contact)
        address = f'<address><ul class="contact">{contact}</ul></address>' if contact else ""
        return (
            f'<header class="cover">{parent}<p class="agency">{safe(cover.agency)}</p><h1>{safe(cover.title)}</h1>'
            f'{subtitle}<p class="year">Tahun {cover.year}</p>{address}'
            '<p class="about-link"><a href="#tentang">Cara membaca angka di halaman ini</a></p></header>'
        )

    def _side(self) -> str:
        headings = [block for block in self._document.blocks if isinstance(block, d.Heading)]
        shown = [block for block in headings if block.level <= _DEEPEST_AT_THE_SIDE]
        if not shown:
            return ""
        links = "".join(self._entry(block.full, self._anchors.of(block), block.level) for block in shown)
        return (
            '<nav class="side" aria-label="Navigasi dokumen"><details><summary>Daftar isi</summary>'
            f"<ul>{links}</ul></details></nav>"
        )

    def _closing(self) -> str:
        words = ["<p>Angka bergaris bawah putus-putus dihitung oleh satu mesin hitung: pilih angkanya (klik, sentuh, "]
        words += ["atau Enter) untuk melihat rumus, masukan, sumber, dan pembulatannya.</p>"]
        if self._document.attachment:
            words += ["<p>Data laporan dan setiap angka yang dihitung juga tersimpan di dalam berkas ini sebagai JSON "]
            words += ["(unsur <code>selaras-data</code>), sehingga dapat dibaca mesin tanpa mengetik ulang.</p>"]
        footer = f'<p class="printed">{safe(self._document.footer)}</p>' if self._document.footer else ""
        return (
            f'<footer><section id="tentang" aria-labelledby="tentang-judul"><h2 id="tentang-judul">Cara membaca angka'
            f"</h2>{''.join(words)}</section>{footer}</footer>"
        )

    def _data(self) -> str:
        if not self._document.attachment:
            return ""
        harmless = self._document.attachment.translate(_SHORT_OF_MARKUP)
        return f'<script type="application/json" id="selaras-data">{harmless}</script>\n'

    def _parts(self) -> Iterator[str]:
        own: list[d.Paragraph | d.Listing] = []
        for block in self._document.blocks:
            if isinstance(block, d.Paragraph | d.Listing) and block.voice is d.Voice.NARRATIVE:
                if own and _lead(block) not in {"", _lead(own[0])}:
                    yield self._own_words(own)
                    own = []
                own.append(block)
                continue
            if own:
                yield self._own_words(own)
                own = []
            yield self._part(block)
        if own:
            yield self._own_words(own)
        yield self._close(0)
        if self._in_division:
            yield "</div>\n"

    def _part(self, block: d.Block) -> str:
        match block:
            case d.Heading():
                return self._heading(block)
            case d.Division():
                return self._division(block)
            case d.Paragraph():
                return self._paragraph(block)
            case d.Listing():
                return self._listing(block)
            case d.Table():
                return table(block, self._anchors.of(block), self._words) + "\n"
            case d.Chart() | d.OrgChart():
                return chart(block, self._anchors.of(block)) + "\n"
            case d.Gallery():
                return gallery(block, self._files) + "\n"
            case d.Fields():
                return fields(block) + "\n"
            case d.Signatures():
                return signatures(block) + "\n"
            case d.Contents():
                return self._contents(block.kind)
            case d.PageBreak():
                return '<div class="new-page"></div>\n'
            case d.Cover():
                return ""

    def _division(self, block: d.Division) -> str:
        closing = self._close(0) + ("</div>\n" if self._in_division else "")
        self._in_division = True
        return f'{closing}<div class="division{" lying" if block.landscape else ""}">\n'

    def _heading(self, block: d.Heading) -> str:
        closing = self._close(block.level)
        self._depths.append(block.level)
        anchor = self._anchors.of(block)
        number = f'<span class="number">{safe(block.number)}</span> ' if block.number else ""
        tag = f"h{min(block.level + 1, 6)}"
        return f'{closing}<section aria-labelledby="{anchor}"><{tag} id="{anchor}">{number}{safe(block.text)}</{tag}>\n'

    def _close(self, level: int) -> str:
        closed = 0
        while self._depths and self._depths[-1] >= level:
            self._depths.pop()
            closed += 1
        return "</section>\n" * closed

    def _paragraph(self, block: d.Paragraph) -> str:
        lead = f'<b class="lead">{safe(block.lead)}</b> ' if block.lead else ""
        classes = "" if block.voice is d.Voice.TEXT else block.voice.value
        classes += f" {block.align.value}" if block.align in {d.Align.CENTER, d.Align.RIGHT} else ""
        marked = f' class="{classes.strip()}"' if classes else ""
        return f"<p{marked}>{lead}{self._words(block.spans)}</p>\n"

    def _listing(self, block: d.Listing) -> str:
        opening = _LIST_MARKS[block.numbering]
        items = "".join(f"<li>{self._words(item)}</li>" for item in block.items)
        inside = f"{opening}{items}</{opening[1:3]}>"
        return inside + "\n" if block.voice is d.Voice.TEXT else f'<div class="{block.voice.value}">{inside}</div>\n'

    def _own_words(self, blocks: list[d.Paragraph | d.Listing]) -> str:
        inside = "".join(
            self._listing(d.Listing(block.items, block.numbering))
            if isinstance(block, d.Listing)
            else f"<p>{self._words(block.spans)}</p>"
            for block in blocks
        )
        label = safe(_lead(blocks[0]) or _OWN_WORDS)
        return f'<blockquote class="own"><p class="own-label">{label}</p>{inside}</blockquote>\n'

    def _words(self, line: d.Line) -> str:
        return "".join([self._span(span) for span in line])

    def _span(self, span: d.Span) -> str:
        shown = safe(span.text)
        if span.strong:
            shown = f"<strong>{shown}</strong>"
        if span.emphasis:
            shown = f"<em>{shown}</em>"
        if span.figure is not None:
            return self._figures.button(span.figure, shown)
        anchor = self._anchors.to(span.ref) if span.ref else ""
        return f'<a href="#{anchor}">{shown}</a>' if anchor else shown

    def _contents(self, kind: d.ContentsKind) -> str:
        blocks = self._document.blocks
        if kind is d.ContentsKind.HEADINGS:
            listed = [b for b in blocks if isinstance(b, d.Heading) and b.level <= _DEEPEST_LISTED]
            entries = [(b.full, self._anchors.of(b), b.level) for b in listed]
        elif kind is d.ContentsKind.TABLES:
            entries = [
                (f"{b.label} {b.caption}", self._anchors.of(b), 0) for b in blocks if isinstance(b, d.Table) and b.label
            ]
        else:
            entries = [
                (f"{b.label} {b.caption}", self._anchors.of(b), 0)
                for b in blocks
                if isinstance(b, d.Chart | d.OrgChart) and b.label
            ]
        links = "".join(self._entry(*entry) for entry in entries)
        return f'<ul class="contents">{links}</ul>\n' if links else '<p class="empty">Tidak ada.</p>\n'

    def _entry(self, words: str, anchor: str, level: int) -> str:
        return f'<li class="e{level}"><a href="#{anchor}">{safe(words)}</a></li>'


def _lead(block: d.Paragraph | d.Listing) -> str:
    return block.lead if isinstance(block, d.Paragraph) else ""


@cache
def _style() -> str:
    """The style sheet: colours from the palette, the rest from `style.css` beside this module."""
    light = "".join(f"--{name}:{colour};" for name, colour in palette.LIGHT.items())
    dark = "".join(f"--{name}:{colour};" for name, colour in palette.DARK.items())
    tones = "".join(
        f".{TONE_CLASSES[name]}{{background:{swatch.fill};color:{swatch.ink};border-color:{swatch.line}}}\n"
        for name, swatch in palette.TONES.items()
        if name in TONE_CLASSES
    )
    rest = (package_files("selaras.documents.write.html") / "style.css").read_text(encoding="utf-8")
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{rest}{tones}"
