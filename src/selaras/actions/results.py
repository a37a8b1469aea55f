"""What loading a workbook did or would do: counts per sheet, and each change with its old and new value."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from selaras.core.place import NOWHERE, Place


@dataclass(slots=True)
class SheetCount:
    """How many records of one sheet were new, changed, as before, and stored but not in the file.

    `deleted` counts those of the absent that were removed, which happens only on request.
    """

    sheet: str
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    absent: int = 0
    deleted: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One field that changes: of which record, from what, to what. New records have the field empty."""

    sheet: str
    record: str
    field: str
    old: str
    new: str
    place: Place = NOWHERE

    def sentence(self) -> str:
        """The change as one Indonesian line."""
        if not self.field:
            return f"{self.sheet}, {self.record}: baru" if self.new else f"{self.sheet}, {self.record}: dihapus"
        return f"{self.sheet}, {self.record}, {self.field}: “{self.old}” menjadi “{self.new}”"


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The outcome of loading a workbook. `changes` is cut at a bound; `changes_total` counts them all."""

    path: Path
    agency: str
    dry_run: bool
    counts: tuple[SheetCount, ...]
    changes: tuple[Change, ...] = field(default=())
    changes_total: int = 0

    @property
    def is_unchanged(self) -> bool:
        """Whether the database already held everything that the file holds."""
        return not any(count.created or count.changed or count.deleted for count in self.counts)

    def total(self, name: str) -> int:
        """The sum over sheets of `created`, `changed`, `unchanged`, `absent` or `deleted`."""
        return sum(getattr(count, name) for count in self.counts)

    def sentence(self) -> str:
        """The outcome as one Indonesian line."""
        if self.is_unchanged:
            return f"{self.path.name}: tidak ada perubahan; {self.total('unchanged')} baris sudah tersimpan."
        verb = "akan disimpan (percobaan)" if self.dry_run else "disimpan"
        parts = [f"{self.total('created')} baris baru", f"{self.total('changed')} berubah"]
        parts += [f"{self.total('unchanged')} tetap"]
        if self.total("deleted"):
            parts.append(f"{self.total('deleted')} dihapus")
        elif self.total("absent"):
            parts.append(f"{self.total('absent')} tersimpan tetapi tidak ada di berkas (dibiarkan)")
        return f"{self.path.name} {verb}: {', '.join(parts)}."
