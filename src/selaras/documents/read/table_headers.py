"""Which rows at the top of a table are its header: by the file, by column numbers, by words, and by what stands below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from selaras.documents.read.table_slots import ROW_NUMBER, YEAR, Slot, Slots, is_number

MOST_HEADER_ROWS = 6
LONGEST_HEADER_CELL = 150

COLUMN_NUMBER = re.compile(
    r"^\(?\s*(?P<number>\d{1,2})[a-z]?\s*\)?(?:\s*[=:]\s*[\d\s()+x×*/:÷%.,\[\]-]*)?$", re.IGNORECASE
)
WORDS = re.compile(
    r"^(?:\(?%\)?|no\b|nomor|nama|nip\b|uraian|sasaran|tujuan|indikator|target|realisasi|capaian|pencapaian|program|kegiatan|"
    r"sub\s?kegiatan|anggaran|satuan|ket\b|keterangan|jumlah|jabatan|tahun|pagu|kinerja|predikat|kriteria|kategori|interval|kode|"
    r"unit|bobot|nilai|komponen|gol|pendidikan|hasil|rencana|misi|visi|strategi|kebijakan|perspektif|status|triwulan|tw\b|"
    r"persen|presentase|prosentase|alokasi|pejabat|pegawai|hambatan|kendala|solusi|tindak|sumber|formula|dokumen|lokasi|sisa|"
    r"tingkat|kondisi|penanggung|analisis|menunjang|%|rp|l/p|jenis|kelas|warna|cara|definisi|perbandingan|efisiensi|kemajuan|"
    r"penyerapan|perubahan|aspek|unsur|rumus|waktu|bulan|januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|"
    r"november|desember|jan\b|feb\b|mar\b|apr\b|jun\b|jul\b|agu|sep\b|okt\b|nov\b|des\b|iku\b|pk\b|rkt\b|pihak|pengampu|bidang)",
    re.IGNORECASE,
)


def is_column_numbers(row: Slots) -> bool:
    """`(1) (2) (3)` or `1 | 2 | 13 = 9 + 10`: numbers that rise from one."""
    texts = [slot.text for slot in row if slot.text]
    numbers = [COLUMN_NUMBER.match(text) for text in texts]
    if len(texts) < 2 or not all(numbers):
        return False
    values = [int(found["number"]) for found in numbers if found]
    rising = all(after > before for before, after in pairwise(values))
    steps = len(values) >= 3 or any("(" in text for text in texts) or (len(values) == 2 and len(row) <= 3)
    return values[0] == 1 and rising and steps and values[-1] <= 3 * len(values) + 3


def header_rows(rows: Sequence[Slots], given: int | None) -> int:
    """How many rows at the top are header: as the file says, else by column numbers, words and what stands below."""
    found = _given_or_guessed(rows, given)
    while (
        found < len(rows) - 1
        and found < MOST_HEADER_ROWS
        and (
            is_column_numbers(rows[found])
            or (found and is_column_numbers(rows[found - 1]) and _under_numbers(rows, found))
        )
    ):
        found += 1
    return min(found, len(rows))


def _given_or_guessed(rows: Sequence[Slots], given: int | None) -> int:
    if given is not None and given > 0:
        return min(given, len(rows))
    for index, row in enumerate(rows[:MOST_HEADER_ROWS]):
        if (
            is_column_numbers(row)
            and (index or len(rows) > 1)
            and not any(_has_figures(above) for above in rows[:index])
        ):
            return index + 1
    if not rows or not _is_header(rows, 0):
        return 0
    count = 1
    while count < min(len(rows) - 1, MOST_HEADER_ROWS) and (_is_second_header(rows, count) or _covers(rows, count)):
        count += 1
    return count


def _has_figures(row: Slots) -> bool:
    return any(is_number(slot.text) for slot in row if slot.text)


def _covers(rows: Sequence[Slots], count: int) -> bool:
    """A cell of the rows above reaches down into row `count`, and no figure stands there."""
    reach = any(
        slot.rowspan > count - index for index, row in enumerate(rows[:count]) for slot in row if not slot.covered
    )
    return reach and not _has_figures(rows[count])


def _is_header(rows: Sequence[Slots], index: int) -> bool:
    row = rows[index]
    texts = [slot.text for slot in row if slot.text]
    if not texts or any(len(text) > LONGEST_HEADER_CELL or text == ":" for text in texts):
        return False
    if len(texts) == 1:
        lone = len(row) > 1 and not is_number(texts[0]) and index + 1 < len(rows)
        return (
            lone
            and len(texts[0]) <= 60
            and len([s for s in rows[index + 1] if s.text]) > 1
            and is_own_header(rows[index + 1])
        )
    if any(is_number(text) for text in texts) or ROW_NUMBER.match(texts[0]):
        return False
    if is_own_header(row) or all(slot.bold for slot in row if slot.text):
        return True
    below = [[slot.text for slot in other] for other in rows[index + 1 :]]
    return any(
        slot.text and sum(is_number(other[column]) for other in below) * 2 > len(below) > 0
        for column, slot in enumerate(row)
    )


def is_own_header(row: Slots) -> bool:
    """Every filled cell is short and begins like a column name; at least half of them are words that tables use."""
    texts = [slot.text for slot in row if slot.text]
    if (
        len(texts) < 2
        or any(is_number(text) or len(text) > LONGEST_HEADER_CELL for text in texts)
        or ROW_NUMBER.match(texts[0])
    ):
        return False
    known = [bool(WORDS.match(text) or YEAR.match(text)) for text in texts]
    short = sum(len(text) for text in texts) / len(texts) <= 45
    return short and sum(known) * 2 >= len(texts) and (known[0] or sum(known) > 2)


def _is_second_header(rows: Sequence[Slots], index: int) -> bool:
    row, above = rows[index], rows[index - 1]
    texts = [slot.text for slot in row if slot.text]
    if not texts or any(is_number(text) or len(text) > 60 for text in texts) or ROW_NUMBER.match(row[0].text):
        return False
    if len([slot for slot in above if slot.text]) == 1 and is_own_header(row):
        return True
    if row[0].text and not row[0].covered and not is_own_header(row):
        return False
    if all(YEAR.match(text) for text in texts):
        return True
    grouped = any(slot.text and not above[column].text for column, slot in enumerate(row))
    return grouped and (not row[0].text or row[0].covered)


def _under_numbers(rows: Sequence[Slots], index: int) -> bool:
    texts = [slot.text for slot in rows[index] if slot.text]
    return (
        len(texts) > 2
        and not rows[index][0].text
        and all(len(text) <= 12 and not is_number(text) for text in texts)
        and (len(set(texts)) * 2 <= len(texts))
    )


def guess_spans(header: list[Slots]) -> None:
    """Where a file shows merged header cells only as empty ones, say which cells span: groups over leaves, leaves downwards."""
    for index, row in enumerate(header):
        if is_column_numbers(row):
            break
        below = header[index + 1] if index + 1 < len(header) and not is_column_numbers(header[index + 1]) else None
        leaves = index > 0 and _has_groups(header[index - 1])
        if not leaves:
            _span_right(row, below, header[index - 1] if index else None)
    for index, row in enumerate(header):
        if not is_column_numbers(row):
            _span_down(header, index)


def _has_groups(row: Slots) -> bool:
    return any(slot.colspan > 1 for slot in row)


def _span_right(row: Slots, below: Slots | None, above: Slots | None) -> None:
    owner: Slot | None = None
    for column, slot in enumerate(row):
        if slot.covered:
            continue
        if slot.text:
            owner = slot
        elif owner is not None and (below is None or below[column].text or above is not None):
            owner.colspan += 1
            slot.covered = True
        else:
            owner = None


def _span_down(header: list[Slots], index: int) -> None:
    for column, slot in enumerate(header[index]):
        if not slot.text or slot.covered or slot.colspan > 1:
            continue
        for under in header[index + 1 :]:
            if is_column_numbers(under) or under[column].text or under[column].covered:
                break
            under[column].covered = True
            slot.rowspan += 1
