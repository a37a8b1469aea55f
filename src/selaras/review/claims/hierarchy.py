"""The depth of rows in a table of money: by code, by style of numbering, by words, by print, and last by sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from selaras.review.claims.names import without_marker
from selaras.review.report import GridCell, GridColumn, GridRow, Role

MOST_CHILDREN = 150
_CODE = re.compile(r"(?:[0-9Xx]{1,2}|[A-Z]{2})(?:[.\s][0-9A-Zx]{1,4}){1,7}\.?")
_ROMAN = re.compile(r"[IVX]{1,5}")
_WORDS = (("sub kegiatan", 2), ("subkegiatan", 2), ("kegiatan", 1), ("program", 0))


def levels(rows: Sequence[GridRow], columns: Sequence[GridColumn], printed: Sequence[int] = ()) -> list[int]:
    """The depth of each row, 0 at the top. `printed` are levels that the reader saw, higher for higher rows."""
    return _totals(rows, _plain_levels(rows, columns, printed))


def parents(depths: Sequence[int]) -> list[int]:
    """For each row the nearest row above that is higher, -1 if there is none."""
    result: list[int] = []
    open_rows: list[int] = []
    for index, depth in enumerate(depths):
        while open_rows and depths[open_rows[-1]] >= depth:
            open_rows.pop()
        result.append(open_rows[-1] if open_rows else -1)
        open_rows.append(index)
    return result


def _totals(rows: Sequence[GridRow], depths: list[int]) -> list[int]:
    """Of several totals the last is that of the whole, at depth 0; those before it are of groups, at depth 1."""
    totals = [index for index, row in enumerate(rows) if row.total]
    return [(1 if index != totals[-1] else 0) if rows[index].total else depth for index, depth in enumerate(depths)]


def _plain_levels(rows: Sequence[GridRow], columns: Sequence[GridColumn], printed: Sequence[int]) -> list[int]:
    """Numbering is believed; words, capitals and print only if the sums bear them out better than the sums themselves."""
    numbered = _by_code(rows) or _by_marker(rows)
    if numbered and len(set(numbered)) > 1:
        return numbered
    amounts = _amounts(rows, columns)
    guesses = [_by_word(rows, columns), _by_print(printed), _by_sums(amounts)]
    found = [guess for guess in guesses if guess and len(set(guess)) > 1]
    if not found:
        return [0] * len(rows)
    return max(found, key=lambda guess: _borne_out(guess, amounts))


def _amounts(rows: Sequence[GridRow], columns: Sequence[GridColumn]) -> list[tuple[Decimal | None, ...]]:
    """The rupiah of each row, one per column of rupiah; nothing for totals."""
    money = [index for index, column in enumerate(columns) if column.role in {Role.BUDGET, Role.SPENT}]
    return [tuple(None if row.total else _amount(row.cells[index]) for index in money) for row in rows]


def _amount(cell: GridCell) -> Decimal | None:
    return cell.figures[0].amount if cell.figures and not cell.spanned else None


def _borne_out(guess: Sequence[int], amounts: Sequence[tuple[Decimal | None, ...]]) -> int:
    """How many rows are, in some column, the sum of the rows that the guess puts right below them."""
    children: dict[int, list[int]] = {}
    for index, above in enumerate(parents(guess)):
        if above >= 0 and any(amounts[index]):
            children.setdefault(above, []).append(index)
    return sum(_equal(amounts[parent], [amounts[child] for child in below]) for parent, below in children.items())


def _equal(whole: tuple[Decimal | None, ...], parts: Sequence[tuple[Decimal | None, ...]]) -> bool:
    sums = [sum((part[column] or Decimal(0) for part in parts), Decimal(0)) for column in range(len(whole))]
    return any(amount and amount == added for amount, added in zip(whole, sums, strict=True))


def _by_code(rows: Sequence[GridRow]) -> list[int] | None:
    codes = [row.marker for row in rows]
    sizes = [_size(code, codes) for code in codes]
    if sum(map(bool, sizes)) * 2 < len(rows) or len(set(sizes) - {0}) < 2:
        return None
    ranks = {size: rank for rank, size in enumerate(sorted(set(sizes) - {0}))}
    return [ranks.get(size, 0) for size in sizes]


def _size(code: str, codes: Sequence[str]) -> int:
    """Of how many parts a code is; a bare number is one of one part where others go on from it (`1`, `1.1`)."""
    plain = code.strip(".")
    if _CODE.fullmatch(code):
        return len(re.split(r"[.\s]", plain))
    return int(plain.isdigit() and any(other.startswith(f"{plain}.") for other in codes if other != code))


def _by_marker(rows: Sequence[GridRow]) -> list[int] | None:
    """Styles get their depth in the order of their first appearance: I, then A, then 1."""
    order: list[str] = []
    result: list[int] = []
    last = ""
    for row in rows:
        style = _style(row.marker, last)
        if not style:
            result.append(result[-1] + 1 if result and order and not row.total and len(order) > 1 else 0)
            continue
        if style not in order:
            order.append(style)
        last = row.marker
        result.append(order.index(style))
    return result if len(order) > 1 else None


def _style(marker: str, last: str) -> str:
    if not marker:
        return ""
    if marker.isdigit():
        return "1"
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)+", marker):
        return "1" + ".1" * marker.count(".")
    if _ROMAN.fullmatch(marker) and not (len(marker) == 1 and len(last) == 1 and ord(marker) - ord(last) == 1):
        return "I"
    if len(marker) == 1 and marker.isalpha():
        return "A" if marker.isupper() else "a"
    return ""


def _by_word(rows: Sequence[GridRow], columns: Sequence[GridColumn]) -> list[int] | None:
    """`Program …` above other rows, or names in capitals above names in small letters."""
    names = [_name(row, columns) for row in rows]
    worded = [next((depth for word, depth in _WORDS if name.casefold().startswith(word)), None) for name in names]
    if sum(depth == 0 for depth in worded) and any(
        depth != 0 for depth, row in zip(worded, rows, strict=True) if not row.total
    ):
        filled = [1 if depth is None else depth for depth in worded]
        return [0 if row.total else depth for row, depth in zip(rows, filled, strict=True)]
    capital = [name.isupper() and len(name) > 8 for name in names]
    if any(capital) and not all(capital) and capital[0]:
        return [0 if high or row.total else 1 for high, row in zip(capital, rows, strict=True)]
    return None


def _by_print(printed: Sequence[int]) -> list[int] | None:
    if len(set(printed)) < 2:
        return None
    top = max(printed)
    return [top - level for level in printed]


def _by_sums(amounts: Sequence[tuple[Decimal | None, ...]]) -> list[int]:
    """From the end upwards: a row that is, in some column, the sum of what stands right below it is its parent.

    One row alone is a child only if it repeats all of several columns; rows without rupiah belong nowhere.
    """
    depths = [0] * len(amounts)
    below: list[tuple[int, int]] = []  # the trees under way: first row and row behind the last, top one last
    for index in range(len(amounts) - 1, -1, -1):
        if not any(amounts[index]):
            continue
        count = _how_many(amounts, index, [first for first, _ in reversed(below[-MOST_CHILDREN:])])
        end = below[-count][1] if count else index + 1
        for row in range(index + 1, end):
            depths[row] += 1
        del below[len(below) - count :]
        below.append((index, end))
    return depths


def _how_many(amounts: Sequence[tuple[Decimal | None, ...]], index: int, roots: Sequence[int]) -> int:
    """How many of the trees below make up the row: the number that agrees in most columns, in half of them at least."""
    own = amounts[index]
    needed = max(1, sum(map(bool, own)) // 2)
    sums = [Decimal(0)] * len(own)
    best, most = 0, 0
    for count, root in enumerate(roots[:MOST_CHILDREN], 1):
        sums = [added + (amount or Decimal(0)) for added, amount in zip(sums, amounts[root], strict=True)]
        agree = sum(bool(amount) and amount == added for amount, added in zip(own, sums, strict=True))
        if count == 1 and not (len(own) > 1 and own == amounts[root]):
            continue
        if agree >= needed and agree > most:
            best, most = count, agree
        if all(added > (amount or Decimal(0)) for amount, added in zip(own, sums, strict=True)):
            break
    return best


def _name(row: GridRow, columns: Sequence[GridColumn]) -> str:
    """The innermost name of the row, without its number."""
    names = [
        cell.text
        for cell, column in zip(row.cells, columns, strict=True)
        if column.role is Role.PROGRAMME and cell.text
    ]
    return without_marker(names[-1]) if names else ""
