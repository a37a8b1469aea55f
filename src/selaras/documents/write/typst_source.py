"""A Document as typst source with the files that it needs. `report.typ` beside this module gives it its look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files as package_files
from typing import TypeGuard

from selaras.core import document as d
from selaras.documents import charts, palette
from selaras.documents.write.photographs import photo_details, photograph
from selaras.documents.write.typst_table import TONE_NAMES, table_source
from selaras.documents.write.typst_text import arguments, joined, literal, literals, printed

ATTACHMENT = "selaras.json"
ATTACHMENT_WORDS = "Data laporan dan setiap angka yang dihitung, dapat dibaca mesin (JSON)"
_KINDS = {d.ContentsKind.HEADINGS: "headings", d.ContentsKind.TABLES: "tabel", d.ContentsKind.PICTURES: "gambar"}
_LISTED: dict[d.ContentsKind, tuple[type[d.Heading | d.Table | d.Chart | d.OrgChart], ...]] = {
    d.ContentsKind.HEADINGS: (d.Heading,),
    d.ContentsKind.TABLES: (d.Table,),
    d.ContentsKind.PICTURES: (d.Chart, d.OrgChart),
}
_NUMBERS = {d.PageNumbers.NONE: "none", d.PageNumbers.ROMAN: '"i"', d.PageNumbers.ARABIC: '"1"'}
_OWN_WORDS = "Narasi instansi"
_PORTRAIT = (453.0, 690.0)  # width and height of the text in points; report.typ sets the margins
_LANDSCAPE = (716.0, 455.0)
_WIDEST = 560.0  # of a drawing, in points: wider ones have letters larger than the text
_HIGHEST = 0.78  # of the page: room for the caption and the heading before it
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
_LANGUAGE = re.compile("[a-z]{2,3}")

FileSource = Callable[[str], bytes]


def typst_source(document: d.Document, *, files: FileSource | None = None) -> tuple[str, dict[str, bytes]]:
    """The typst source of `document` and the files that it reads, by name: look, palette, pictures, attachment.

    `files` gives the bytes of a photo by its name; a photo that is missing or broken becomes a frame with words.
    """
    composer = _Composer(document, files)
    return composer.source(), composer.files


class _Composer:
    """Walks through the blocks once, collecting source and files."""

    def __init__(self, document: d.Document, photos: FileSource | None) -> None:
        self._document = document
        self._photos = photos
        self._labels = _labels(document)
        self._labelled: set[str] = set()
        self._room = _PORTRAIT
        self.files: dict[str, bytes] = {"report.typ": _look(), "palette.typ": _palette()}

    def source(self) -> str:
        """The whole main file."""
        document = self._document
        language = document.language if _LANGUAGE.fullmatch(document.language) else "id"
        keywords = literals([document.kind, document.agency, str(document.year)])
        opening = (
            f"report.with(title: {literal(document.title)}, author: {literal(document.agency)}, keywords: {keywords}, "
            f"description: {literal(document.subject)}, language: {literal(language)})"
        )
        lines = ['#import "report.typ": *', f"#show: {opening}"]
        if document.attachment:
            self.files[ATTACHMENT] = document.attachment.encode()
            lines.append(
                f'#pdf.attach("{ATTACHMENT}", relationship: "data", mime-type: "application/json", '
                f"description: {literal(ATTACHMENT_WORDS)})"
            )
        return "\n".join([*lines, *self._divisions(), ""])

    def _divisions(self) -> Iterator[str]:
        division, blocks = d.Division(d.PageNumbers.ARABIC), list[d.Block]()
        for block in self._document.blocks:
            if isinstance(block, (d.Division, d.Cover)):
                yield from self._division(division, blocks)
                blocks = []
                if isinstance(block, d.Cover):
                    yield self._cover(block)
                else:
                    division = block
            else:
                blocks.append(block)
        yield from self._division(division, blocks)

    def _division(self, division: d.Division, blocks: list[d.Block]) -> Iterator[str]:
        if not blocks:
            return
        self._room = _LANDSCAPE if division.landscape else _PORTRAIT
        yield (
            f"#division(numbers: {_NUMBERS[division.numbers]}, running: {literal(division.running)}, "
            f"footer: {literal(self._document.footer)}, landscape: {str(division.landscape).lower()}, "
            f"restart: {str(division.restart).lower()}, {{"
        )
        yield from self._blocks(blocks)
        yield "})"

    def _blocks(self, blocks: list[d.Block]) -> Iterator[str]:
        own: list[d.Paragraph | d.Listing] = []
        for block, after in zip(blocks, [*blocks[1:], None], strict=True):
            if _is_own(block):
                if own and _lead(block) not in {"", _lead(own[0])}:
                    yield self._own_words(own)
                    own = []
                own.append(block)
                continue
            if own:
                yield self._own_words(own)
                own = []
            made = self._block(block)
            if _is_title(block) and _is_title(after):
                made = f"{made[:-1]}, last: false)"
            yield f"stay({made})" if _announces(block, after) else made
        if own:
            yield self._own_words(own)

    def _own_words(self, blocks: list[d.Paragraph | d.Listing]) -> str:
        parts = []
        for block, after in zip(blocks, [*blocks[1:], None], strict=True):
            if isinstance(block, d.Listing):
                parts.append(self._listing(block))
            else:
                code = f"p({self._line(block.spans)})"
                parts.append(f"stay({code})" if isinstance(after, d.Listing) else code)
        inside = "\n".join(parts)
        return f"own-words({literal(_lead(blocks[0]) or _OWN_WORDS)}, {{\n{inside}\n}})"

    def _block(self, block: d.Block) -> str:
        match block:
            case d.Heading():
                return self._heading(block)
            case d.Paragraph():
                return self._paragraph(block)
            case d.Listing():
                return self._voiced(self._listing(block), block.voice)
            case d.Table():
                width, height = self._room
                return table_source(block, self._labels_for(block.key), room=width, height=height)
            case d.Chart() | d.OrgChart():
                return self._picture(block)
            case d.Gallery():
                return f"gallery({', '.join(self._photo(photo) for photo in block.photos)})"
            case d.Fields():
                return f"fields({''.join(f'{literals(row)}, ' for row in block.rows)})"
            case d.Signatures():
                return _signatures(block)
            case d.Contents():
                return self._contents(block.kind)
            case d.PageBreak():
                return "pagebreak(weak: true)"
            case _:
                raise TypeError(f"{type(block).__name__} does not stand among other blocks")

    def _line(self, line: d.Line) -> str:
        return arguments(line, self._labels)

    def _labels_for(self, key: str) -> Mapping[str, str]:
        """The labels, without that of `key` if an earlier block carries it already."""
        if key in self._labelled:
            return {name: label for name, label in self._labels.items() if name != key}
        self._labelled.add(key)
        return self._labels

    def _key(self, key: str) -> str:
        labels = self._labels_for(key)
        return f'key: "{labels[key]}"' if key in labels else "key: none"

    def _heading(self, heading: d.Heading) -> str:
        number = literal(heading.number) if heading.number else "none"
        level = min(max(heading.level, 1), 4)
        code = f"head(level: {level}, number: {number}, {self._key(heading.key)}, {literal(heading.text)})"
        return f"pagebreak(weak: true)\n{code}" if level == 1 and heading.number else code

    def _paragraph(self, paragraph: d.Paragraph) -> str:
        words = self._line(paragraph.spans)
        if _is_title(paragraph):
            return f"titled({joined(paragraph.spans, self._labels)})"
        if paragraph.lead:
            words = f"lead({literal(paragraph.lead)}), {words}"
        return self._voiced(f"p({words})", paragraph.voice, words, paragraph.align)

    def _voiced(self, code: str, voice: d.Voice, words: str = "", align: d.Align = d.Align.JUSTIFY) -> str:
        if voice is d.Voice.EMPTY:
            return f"missing({words or code})"
        if voice is d.Voice.NOTE:
            return f"note({words or code})"
        return code if align is d.Align.JUSTIFY else f"aligned({align.value}, {code})"

    def _listing(self, listing: d.Listing) -> str:
        items = ", ".join(joined(item, self._labels) for item in listing.items)
        if listing.numbering is d.Numbering.NONE:
            return f"list({items})"
        return f'enum(numbering: "{listing.numbering.value}", {items})'

    def _contents(self, kind: d.ContentsKind) -> str:
        listed = any(
            isinstance(block, _LISTED[kind]) and (block.full if isinstance(block, d.Heading) else block.label)
            for block in self._document.blocks
        )
        return f'contents("{_KINDS[kind]}")' if listed else 'note("Tidak ada.")'

    def _picture(self, chart: d.Chart | d.OrgChart) -> str:
        name = f"chart{len(self.files)}.svg"
        drawing = printed(charts.draw(chart))
        self.files[name] = drawing.encode()
        source = chart.source if isinstance(chart, d.Chart) else ""
        number = literal(chart.number) if chart.number else "none"
        alt = _spoken(chart.alt, chart.caption, "Bagan tanpa keterangan")
        return (
            f"picture({self._key(chart.key)}, number: {number}, caption: {literal(chart.caption)}, "
            f'source: {literal(source)}, image("{name}", width: {self._width(drawing):.0f}pt, alt: {alt}))'
        )

    def _width(self, drawing: str) -> float:
        """The width in points at which a drawing stands: as wide as the page, but never too high for it."""
        width, height = self._room
        size = _SIZE.search(drawing)
        ratio = float(size[1]) / float(size[2]) if size else 1.0
        return min(width, _WIDEST, _HIGHEST * height * ratio)

    def _photo(self, photo: d.Photo) -> str:
        made = photograph(photo, self._photos)
        caption = f"caption: {literal(photo.caption)}, details: {literal(photo_details(photo))}"
        if not made.jpeg:
            return f"photo(none, alt: {literal(made.reason)}, {caption})"
        name = f"photo{len(self.files)}.jpg"
        self.files[name] = made.jpeg
        return f'photo("{name}", alt: {_spoken(photo.alt, photo.caption, "Foto tanpa keterangan")}, {caption})'

    def _cover(self, cover: d.Cover) -> str:
        return (
            f"#cover(title: {literal(cover.title)}, subtitle: {literal(cover.subtitle)}, "
            f"year: {literal(str(cover.year))}, agency: {literal(cover.agency)}, "
            f"parent: {literal(cover.parent)}, contact: {literals(cover.contact)}, footer: {literal(self._document.footer)})"
        )


def _spoken(*words: str) -> str:
    """The first text that still says something when printed: PDF/A demands words for every picture."""
    return next(literal(text) for text in words if printed(text).strip())


def _is_title(block: d.Block | None) -> bool:
    """Whether a paragraph stands as a title: in the middle and bold throughout."""
    if not isinstance(block, d.Paragraph) or block.align is not d.Align.CENTER:
        return False
    return bool(block.spans) and all(span.strong for span in block.spans)


def _announces(block: d.Block, after: d.Block | None) -> bool:
    """Whether a paragraph only makes sense together with the list below it."""
    return isinstance(block, d.Paragraph) and isinstance(after, d.Listing) and d.plain(block.spans).endswith((":", "."))


def _is_own(block: d.Block) -> TypeGuard[d.Paragraph | d.Listing]:
    return isinstance(block, (d.Paragraph, d.Listing)) and block.voice is d.Voice.NARRATIVE


def _lead(block: d.Block) -> str:
    return block.lead if isinstance(block, d.Paragraph) else ""


def _signatures(block: d.Signatures) -> str:
    people = [
        f"(role: {literal(one.role)}, position: {literal(one.position)}, name: {literal(one.name)}, "
        f"rank: {literal(one.rank)}, nip: {literal(one.nip)})"
        for one in block.signatories
    ]
    return f"sign-off(place-date: {literal(block.place_date)}, {', '.join(people)})"


def _labels(document: d.Document) -> dict[str, str]:
    """A label per key of a heading, captioned table or picture; keys are free text, labels are ours."""
    keys = [
        block.key
        for block in document.blocks
        if isinstance(block, (d.Heading, d.Chart, d.OrgChart))
        or (isinstance(block, d.Table) and (block.caption or block.number))
    ]
    return {key: f"k{place}" for place, key in enumerate(dict.fromkeys(filter(None, keys)))}


@cache
def _look() -> bytes:
    return (package_files("selaras.documents.write") / "report.typ").read_bytes()


@cache
def _palette() -> bytes:
    colours = {
        "blue": palette.BLUE, "blue-deep": palette.BLUE_DEEP, "blue-pale": palette.BLUE_PALE, "ink": palette.INK,
        "muted": palette.MUTED, "rule-colour": palette.RULE, "wash": palette.WASH, "accent": palette.ACCENT,
    }  # fmt: skip
    lines = [f'#let {name} = rgb("{colour}")' for name, colour in colours.items()]
    swatches = [
        f'"{TONE_NAMES[tone]}": (fill: rgb("{swatch.fill}"), line: rgb("{swatch.line}")), '
        for tone, swatch in palette.TONES.items()
    ]
    return "\n".join([*lines, f"#let tones = ({''.join(swatches)})", ""]).encode()
