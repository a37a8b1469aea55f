"""What was not understood, in Indonesian sentences for the reader of a review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selaras.review.report import Grid, Identity, Role, Sentence, TableKind

MOST = 12


def notes_of(grids: Sequence[Grid], sentences: Sequence[Sentence], identity: Identity) -> Iterator[str]:
    """The notes, each sort at most a dozen times."""
    if not identity.name:
        yield "Nama instansi pemilik laporan tidak dapat dipastikan."
    if identity.year is None:
        yield "Tahun laporan tidak dapat dipastikan."
    if identity.plan_first is None:
        yield "Periode rencana strategis tidak ditemukan dalam teks."
    yield from _most(_tables(grids))
    yield from _most(_columns(grids))
    yield from _most(_malformed(grids, sentences))
    yield from _most(_doubtful(grids, sentences))


def _most(notes: Iterator[str]) -> Iterator[str]:
    found = list(dict.fromkeys(notes))
    yield from found[:MOST]
    if len(found) > MOST:
        yield f"… dan {len(found) - MOST} catatan lain yang sejenis."


def _where(grid: Grid) -> str:
    return grid.label or grid.place.sentence() or "tabel tanpa judul"


def _tables(grids: Sequence[Grid]) -> Iterator[str]:
    for grid in grids:
        if grid.kind is TableKind.OTHER and grid.rows:
            yield f"Kegunaan tabel tidak dikenali: {_where(grid)}."


def _columns(grids: Sequence[Grid]) -> Iterator[str]:
    for grid in grids:
        for index, column in enumerate(grid.columns):
            held = [row.cells[index] for row in grid.rows if row.cells[index].text]
            if column.role is Role.OTHER and held and 2 * sum(cell.figure is not None for cell in held) > len(held):
                head = f"“{column.header}”" if column.header else f"ke-{index + 1} tanpa judul"
                yield f"Arti kolom {head} tidak dikenali: {_where(grid)}."


def _malformed(grids: Sequence[Grid], sentences: Sequence[Sentence]) -> Iterator[str]:
    for grid in grids:
        for row in grid.rows:
            for cell in row.cells:
                yield from (
                    f"Angka “{text}” tidak terbaca: {cell.place.sentence() or _where(grid)}." for text in cell.malformed
                )
    for sentence in sentences:
        yield from (f"Angka “{text}” tidak terbaca: {sentence.place.sentence()}." for text in sentence.malformed)


def _doubtful(grids: Sequence[Grid], sentences: Sequence[Sentence]) -> Iterator[str]:
    figures = [
        figure
        for grid in grids
        for row in grid.rows
        for cell in row.cells
        if not cell.spanned
        for figure in cell.figures
    ]
    figures += [figure for sentence in sentences for figure in sentence.figures]
    for figure in figures:
        if figure.doubtful:
            yield f"Angka “{figure.text}” dapat dibaca dua cara; dibaca sebagai {figure.amount}: {figure.place.sentence()}."
