"""Where a fact stands: a record of ours, or a spot in a file, with the exact quotation."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands. Everything is optional: a record has no page, a page has no sheet."""

    source: str = ""
    sheet: str = ""
    cell: str = ""
    page: int | None = None
    line: int | None = None
    table: str = ""
    row: int | None = None
    column: str = ""
    record: str = ""
    quote: str = ""

    def sentence(self) -> str:
        """The place in Indonesian, from large to small, for example `plan.xlsx, lembar Target, sel C7`."""
        parts = [self.source]
        parts += [f"lembar {self.sheet}"] if self.sheet else []
        parts += [f"halaman {self.page}"] if self.page is not None else []
        parts += [f"baris teks {self.line}"] if self.line is not None else []
        parts += [self.table] if self.table else []
        parts += [f"sel {self.cell}"] if self.cell else []
        parts += [f"baris {self.row}"] if self.row is not None and not self.cell else []
        parts += [f"kolom {self.column}"] if self.column else []
        parts += [self.record] if self.record else []
        return ", ".join(part for part in parts if part)


NOWHERE = Place()
