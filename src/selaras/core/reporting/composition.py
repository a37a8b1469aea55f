"""Blocks in the making: numbers chapters, tables and pictures, and builds lines, cells and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from selaras.core.computed import Computed
from selaras.core.document import (
    Align,
    Block,
    Cell,
    Chart,
    ChartKind,
    Column,
    Derivation,
    Heading,
    Line,
    Listing,
    Numbering,
    OrgChart,
    Paragraph,
    Row,
    Series,
    Span,
    Table,
    Tone,
    Voice,
    text,
)
from selaras.core.law import Band
from selaras.core.numerals import format_number, format_rupiah, own_places
from selaras.core.value import Value

Part = str | Computed | Span


def say(*parts: Part) -> Line:
    """A line out of words and figures; a figure is printed once, here, and keeps its formula."""
    return tuple(
        part
        if isinstance(part, Span)
        else Span(part.shown(), figure=part)
        if isinstance(part, Computed)
        else Span(part)
        for part in parts
    )


def strong(words: str) -> Span:
    """A span in bold."""
    return Span(words, strong=True)


def cell(words: str = "", **more: object) -> Cell:
    """A cell of plain text."""
    return Cell(text(words) if words else (), **more)  # type: ignore[arg-type]


def head(*titles: str) -> Row:
    """A header row with one cell per title."""
    return Row(tuple(cell(title, align=Align.CENTER, strong=True) for title in titles))


def counted(columns: int) -> Row:
    """The row of column numbers under a header, as official forms have it."""
    return Row(tuple(cell(f"({number})", align=Align.CENTER) for number in range(1, columns + 1)))


def columns(*specs: tuple[int, str]) -> tuple[Column, ...]:
    """Columns from pairs of width share and alignment letter (l, c, r)."""
    letters = {"l": Align.LEFT, "c": Align.CENTER, "r": Align.RIGHT}
    return tuple(Column(Decimal(width), letters[letter]) for width, letter in specs)


def value_cell(value: Value | None, *, id: str = "", bare: bool = False) -> Cell:  # noqa: A002 (the cell's own word)
    """A cell with an indicator's value; an en dash where there is none."""
    if value is None:
        return cell("–", align=Align.CENTER)
    amount = value.amount if value.upper is None else None
    digits = own_places(amount) if amount is not None else 0
    return Cell(text(value.shown(bare=bare)), amount=amount, places=digits, id=id, align=Align.CENTER)


def figure_cell(figure: Computed, *, derive: Derivation | None = None, id: str = "", bare: bool = True) -> Cell:  # noqa: A002
    """A cell with a computed figure; where there is none it says why, in few words."""
    if figure.value is None:
        return Cell((Span("–", figure=figure),), align=Align.CENTER)
    shown = Span(figure.shown(bare=bare), figure=figure)
    return Cell(
        (shown,), amount=figure.rounded(), unit=figure.unit, places=figure.places, id=id, derive=derive,
        align=Align.RIGHT,
    )  # fmt: skip


def rupiah_cell(amount: Decimal | None, *, id: str = "", derive: Derivation | None = None) -> Cell:  # noqa: A002
    """A cell with an amount in rupiah (the currency stands in the header)."""
    if amount is None:
        return cell("–", align=Align.CENTER)
    digits = 0 if amount == amount.to_integral_value() else 2
    shown = format_number(amount, places=digits)
    return Cell(text(shown), amount=amount, unit="Rp", places=digits, id=id, derive=derive, align=Align.RIGHT)


def band_cell(band: Band | None) -> Cell:
    """A cell with the class in words and its colour."""
    if band is None:
        return cell("–", align=Align.CENTER)
    return Cell(text(band.label), tone=band.tone, align=Align.CENTER)


def rupiah(amount: Decimal) -> str:
    """An amount as sentences print it."""
    return format_rupiah(amount, places=0 if amount == amount.to_integral_value() else 2)


LONGEST_ALT = 1500


def spoken(alt: str) -> str:
    """A text alternative that a person can listen to: a very long list is cut at one of its items and says so."""
    if len(alt) <= LONGEST_ALT:
        return alt
    return f"{alt[:LONGEST_ALT].rpartition('; ')[0] or alt[:LONGEST_ALT]}; dan seterusnya"


class Composition:
    """Collects blocks in reading order and numbers tables and pictures within the chapter."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.prefix = ""
        self._tables = 0
        self._pictures = 0

    def begin(self, prefix: str) -> None:
        """Start numbering anew under a chapter's number (`3`) or the annexes' letter (`L`)."""
        self.prefix, self._tables, self._pictures = prefix, 0, 0

    def add(self, *blocks: Block) -> None:
        """Append blocks as they are."""
        self.blocks.extend(blocks)

    def heading(self, level: int, words: str, number: str = "", key: str = "") -> None:
        """Append a heading."""
        self.add(Heading(level, words, number, key))

    def paragraph(self, *parts: Part, voice: Voice = Voice.TEXT, lead: str = "") -> None:
        """Append a paragraph of words and figures."""
        self.add(Paragraph(say(*parts), voice, lead=lead))

    def generated(self, *parts: Part) -> None:
        """Append a sentence made from figures."""
        self.paragraph(*parts, voice=Voice.GENERATED)

    def empty(self, words: str) -> None:
        """Say that something required is not there."""
        self.paragraph(words, voice=Voice.EMPTY)

    def note(self, *parts: Part) -> None:
        """Append a remark on method."""
        self.paragraph(*parts, voice=Voice.NOTE)

    def listing(
        self, items: Iterable[Line], numbering: Numbering = Numbering.DECIMAL, voice: Voice = Voice.TEXT
    ) -> None:
        """Append a list, unless it is empty."""
        lines = tuple(items)
        if lines:
            self.add(Listing(lines, numbering, voice))

    def table(
        self,
        key: str,
        caption: str,
        shape: tuple[Column, ...],
        header: Sequence[Row],
        body: Iterable[Row],
        *,
        notes: Iterable[Line] = (),
        source: str = "",
    ) -> Table:
        """Number a table; the caller places it with `add`, after the sentence that announces it."""
        self._tables += 1
        number = f"{self.prefix}.{self._tables}"
        return Table(key, shape, tuple(header), tuple(body), caption, number, tuple(notes), source)

    def chart(
        self,
        key: str,
        kind: ChartKind,
        caption: str,
        categories: Sequence[str],
        series: Sequence[Series],
        *,
        unit: str = "",
        labels: Sequence[str] = (),
        tones: Sequence[Tone] = (),
        alt: str = "",
        source: str = "",
    ) -> Chart:
        """Number a chart; the caller places it."""
        return Chart(
            key, kind, caption, tuple(categories), tuple(series), unit, self._picture(), tuple(labels), tuple(tones),
            spoken(alt), source,
        )  # fmt: skip

    def org_chart(self, chart: OrgChart) -> OrgChart:
        """Number an organisation chart."""
        return OrgChart(chart.key, chart.caption, chart.boxes, self._picture(), spoken(chart.alt))

    def _picture(self) -> str:
        self._pictures += 1
        return f"{self.prefix}.{self._pictures}"


def reference(block: Table | Chart | OrgChart) -> Span:
    """A reference to a table or picture in running text."""
    return Span(block.label, ref=block.key)
