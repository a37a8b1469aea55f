"""A document before it becomes a file and after it was one: headings, paragraphs, tables, charts, in order.

`core.reporting` composes it, `documents.write` turns it into files, `documents.read` will make it out of
files, `review` examines it. It knows no file format. A document that was read has a `place` on every
heading, paragraph, table and cell; one that was composed has none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from selaras.core.computed import Computed
from selaras.core.place import NOWHERE, Place


class Voice(StrEnum):
    """Who speaks in a paragraph; the agency's own narrative is always marked as such."""

    TEXT = "text"  # fixed wording of the form or outline
    GENERATED = "generated"  # a sentence made from figures
    NARRATIVE = "narrative"  # the agency's own words
    EMPTY = "empty"  # says that something required is not there
    NOTE = "note"  # remarks on method: rounding, scale, source


class Align(StrEnum):
    """Horizontal alignment."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class Tone(StrEnum):
    """The colour of a class, always printed together with its name in words."""

    NONE = "none"
    DARK_GREEN = "hijau tua"
    LIGHT_GREEN = "hijau muda"
    DARK_YELLOW = "kuning tua"
    LIGHT_YELLOW = "kuning muda"
    RED = "merah"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `figure` is the computed figure that it prints; `ref` is the key of a table or picture,

    whose label and number (`Tabel 3.1`) the span prints in `text`.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    figure: Computed | None = None
    ref: str = ""


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. Level 1 is a chapter (`number` = `BAB I`), 2 a section, 3 and 4 below it."""

    level: int
    text: str
    number: str = ""
    key: str = ""
    place: Place = NOWHERE

    @property
    def full(self) -> str:
        """Number and text in one line, as in the table of contents."""
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of spans, spoken by one voice. `lead` is a short run-in label such as `Narasi instansi`."""

    spans: Line
    voice: Voice = Voice.TEXT
    align: Align = Align.JUSTIFY
    lead: str = ""
    place: Place = NOWHERE


class Numbering(StrEnum):
    """How the items of a list are numbered."""

    NONE = "none"
    DECIMAL = "1."
    ALPHA = "a."


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of items."""

    items: tuple[Line, ...]
    numbering: Numbering = Numbering.NONE
    voice: Voice = Voice.TEXT


@dataclass(frozen=True, slots=True)
class Ratio:
    """The cell is `upper` ÷ `lower` × 100 of two other cells, named by their ids."""

    upper: str
    lower: str


@dataclass(frozen=True, slots=True)
class Total:
    """The cell is the sum of other cells, named by their ids."""

    parts: tuple[str, ...]


Derivation = Ratio | Total


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `amount` is the exact number behind the printed text, for files that calculate;

    `unit` is `Rp`, `%` or empty; `id` names the cell within its table so that `derive` can refer to it.
    """

    spans: Line = ()
    colspan: int = 1
    rowspan: int = 1
    align: Align | None = None
    strong: bool = False
    tone: Tone = Tone.NONE
    amount: Decimal | None = None
    unit: str = ""
    places: int = 0
    id: str = ""
    derive: Derivation | None = None
    place: Place = NOWHERE

    @property
    def text(self) -> str:
        """The plain text of the cell."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Row:
    """A table row. `level` 0 is an ordinary row, 1 a sub-total or group row, 2 a programme or total row."""

    cells: tuple[Cell, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its share of the table's width and the alignment of its body cells."""

    width: Decimal
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Table:
    """A captioned table. Header rows repeat on every page. Cells that span rows are listed only in the row

    where they begin. `number` is complete (`3.1`, `L.2`); an empty caption means a form, not a numbered table.
    """

    key: str
    columns: tuple[Column, ...]
    header: tuple[Row, ...]
    body: tuple[Row, ...]
    caption: str = ""
    number: str = ""
    notes: tuple[Line, ...] = ()
    source: str = ""
    place: Place = NOWHERE

    @property
    def label(self) -> str:
        """`Tabel 3.1`, or empty for a form without caption."""
        return f"Tabel {self.number}" if self.number else ""


class ChartKind(StrEnum):
    """The fixed set of charts."""

    ACHIEVEMENT = "achievement"  # one bar per category, class in words and tone; line at 100
    TREND = "trend"  # series over years: target against realisation
    BUDGET = "budget"  # two bars per category: budget and realisation, Rp
    ABSORPTION = "absorption"  # one bar per category, percent of budget
    STAFF = "staff"  # counts per category, stacked by series
    QUADRANT = "quadrant"  # points: achievement (y) against absorption (x)


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart; values run along the chart's categories, None where there is none."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as data. `labels` are words per category (the class), `tones` their colours; `alt` says it in words."""

    key: str
    kind: ChartKind
    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    number: str = ""
    labels: tuple[str, ...] = ()
    tones: tuple[Tone, ...] = ()
    alt: str = ""
    source: str = ""

    @property
    def label(self) -> str:
        """`Gambar 3.1`."""
        return f"Gambar {self.number}" if self.number else ""


@dataclass(frozen=True, slots=True)
class Box:
    """One box of an organisation chart. `coordination` draws a dashed line to the parent instead of a solid one."""

    key: str
    title: str
    holder: str = ""
    parent: str = ""
    coordination: bool = False
    vacant: bool = False


@dataclass(frozen=True, slots=True)
class OrgChart:
    """An organisation chart: solid lines of command, dashed lines of coordination, with a legend."""

    key: str
    caption: str
    boxes: tuple[Box, ...]
    number: str = ""
    alt: str = ""

    @property
    def label(self) -> str:
        """`Gambar 1.1`."""
        return f"Gambar {self.number}" if self.number else ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo with its dated caption. `file` is the evidence file's name; empty if it was never uploaded."""

    caption: str
    taken: date | None = None
    location: str = ""
    file: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Gallery:
    """Photos in a grid, in order."""

    photos: tuple[Photo, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Label and value pairs, aligned at the colon, as in the head of an agreement."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Signatory:
    """One signature: role line (`Pihak Kedua,`), position, name (empty = to be filled in), rank, NIP."""

    role: str
    position: str
    name: str = ""
    rank: str = ""
    nip: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signatures side by side, left to right (superior left, promiser right); one alone stands right.

    `place_date` stands above the last (right-hand) one.
    """

    signatories: tuple[Signatory, ...]
    place_date: str = ""


class ContentsKind(StrEnum):
    """What a list of contents lists."""

    HEADINGS = "headings"
    TABLES = "tables"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of contents, filled by the writer, with page numbers where there are pages; a Heading before it names it."""

    kind: ContentsKind


class PageNumbers(StrEnum):
    """How pages of a division are numbered."""

    NONE = "none"
    ROMAN = "roman"
    ARABIC = "arabic"


@dataclass(frozen=True, slots=True)
class Division:
    """Starts a new page and a part of the document with its own page numbers, orientation and running header.

    `restart` begins the page count anew at 1.
    """

    numbers: PageNumbers
    running: str = ""
    landscape: bool = False
    restart: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts on a new page."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover page: kind of report, agency and parent, year, contact lines."""

    title: str
    year: int
    agency: str
    parent: str = ""
    subtitle: str = ""
    contact: tuple[str, ...] = ()


Block = (
    Heading | Paragraph | Listing | Table | Chart | OrgChart | Gallery | Fields | Signatures
    | Contents | Division | PageBreak | Cover
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document in reading order.

    `attachment` is the JSON text of the snapshot and of every figure, which writers put into the file where
    the format allows; `footer` is printed on every page (prepared for the electronic signature).
    """

    title: str
    kind: str
    agency: str
    year: int
    blocks: tuple[Block, ...]
    language: str = "id"
    subject: str = ""
    footer: str = ""
    attachment: str = field(default="", repr=False)


def text(content: str, *, strong: bool = False, emphasis: bool = False) -> Line:
    """A line of one plain span."""
    return (Span(content, strong=strong, emphasis=emphasis),)


def plain(spans: Line) -> str:
    """The plain text of a line."""
    return "".join(span.text for span in spans)
