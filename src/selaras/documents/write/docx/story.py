"""The body of a DOCX while it is being written, block by block: sections, parts and counters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from selaras.core.document import Division, Document, Numbering, PageNumbers, Span
from selaras.documents.write.docx import page
from selaras.documents.write.docx.anchors import Anchors
from selaras.documents.write.docx.markup import FIELD_END, escape, field_start, run
from selaras.documents.write.docx.package import Package

_KEEP_LOOK = r"\h \* MERGEFORMAT"  # the words keep the look of the sentence, not that of the caption


@dataclass(slots=True)
class Section:
    """The blocks of one division as finished XML elements."""

    division: Division
    elements: list[str] = field(default_factory=list)
    cover: bool = False


@dataclass(slots=True)
class Story:
    """All that the writers of single blocks read and add to."""

    document: Document
    anchors: Anchors
    package: Package
    drawings: dict[int, tuple[str, bytes]]
    files: Callable[[str], bytes] | None = None
    sections: list[Section] = field(default_factory=lambda: [Section(Division(PageNumbers.NONE))])
    lists: list[Numbering] = field(default_factory=list)
    sequences: dict[str, int] = field(default_factory=dict)
    pictures: int = 0
    break_before: bool = False
    narrating: str = ""

    @property
    def width(self) -> int:
        """The width of the text area of the present section, in twips."""
        return page.text_size(landscape=self.sections[-1].division.landscape)[0]

    @property
    def height(self) -> int:
        """The height of the text area of the present section, in twips."""
        return page.text_size(landscape=self.sections[-1].division.landscape)[1]

    def add(self, *elements: str) -> None:
        """Append finished elements to the present section."""
        self.sections[-1].elements.extend(elements)

    def start_section(self, division: Division) -> None:
        """Begin a new section; a section in which nothing stands yet only changes its mind."""
        self.break_before = False
        if self.sections[-1].elements:
            self.sections.append(Section(division))
        else:
            self.sections[-1].division = division

    def start_list(self, numbering: Numbering) -> int:
        """The id of a new list, which counts from its beginning."""
        self.lists.append(numbering)
        return len(self.lists)

    def next_picture(self) -> int:
        """A new id for a drawing, unique in the document."""
        self.pictures += 1
        return self.pictures

    def link(self, span: Span) -> str:
        """A span that refers to a table or picture: a REF field where the span prints exactly its number,

        otherwise a link, because updating a REF field would replace the words. An unknown key is plain text.
        """
        shown = run(span.text, strong=span.strong, emphasis=span.emphasis)
        anchor = self.anchors.by_key.get(span.ref)
        if anchor is None:
            return shown
        if anchor.label and anchor.label == span.text:
            return f"{field_start(f'REF {anchor.name} {_KEEP_LOOK}')}{shown}{FIELD_END}"
        return f'<w:hyperlink w:anchor="{escape(anchor.name)}" w:history="1">{shown}</w:hyperlink>'
