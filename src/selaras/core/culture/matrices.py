"""Small dense matrices for the statistics: least squares by Householder reflections, inverse, determinant."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from selaras.core.errors import Fault, Refusal

Row = list[float]
SINGULAR = 1e-10
"""Relative size below which a column counts as a combination of the others."""


@dataclass(frozen=True, slots=True)
class LeastSquares:
    """Coefficients, fitted values, and the diagonal of (X'X)^-1."""

    coefficients: tuple[float, ...]
    fitted: tuple[float, ...]
    spread: tuple[float, ...]


def dot(first: Sequence[float], second: Sequence[float]) -> float:
    """The sum of products of two rows of one length."""
    return math.fsum(a * b for a, b in zip(first, second, strict=True))


def least_squares(rows: Sequence[Sequence[float]], values: Sequence[float]) -> LeastSquares:
    """The least-squares solution by QR: never through (X'X)^-1, which loses half of the digits.

    Raises Refusal if a column is a combination of the others.
    """
    width = len(rows[0])
    columns = [[float(row[j]) for row in rows] for j in range(width)]
    lengths = [math.sqrt(dot(column, column)) for column in columns]
    target = [float(value) for value in values]
    upper: list[Row] = []
    for j in range(width):
        _reflect(columns, target, j)
        if abs(columns[j][j]) <= SINGULAR * max(lengths[j], 1e-300):
            raise singular()
        upper.append([columns[k][j] for k in range(width)])
    solved = _back(upper, target[:width])
    inverse = [_back(upper, [1.0 if i == k else 0.0 for i in range(width)]) for k in range(width)]
    spread = tuple(math.fsum(inverse[k][j] ** 2 for k in range(width)) for j in range(width))
    return LeastSquares(tuple(solved), tuple(dot(row, solved) for row in rows), spread)


def _reflect(columns: list[Row], target: Row, j: int) -> None:
    """Turn what lies below the diagonal of column `j` to zero, in all later columns and the target."""
    below = columns[j][j:]
    size = math.sqrt(dot(below, below))
    if size == 0:
        return
    below[0] += math.copysign(size, below[0])
    square = dot(below, below)
    for column in (*columns[j:], target):
        factor = 2 * dot(below, column[j:]) / square
        for i, part in enumerate(below, j):
            column[i] -= factor * part


def _back(upper: list[Row], right: Sequence[float]) -> Row:
    size = len(upper)
    solved = [0.0] * size
    for i in reversed(range(size)):
        rest = right[i] - math.fsum(upper[i][k] * solved[k] for k in range(i + 1, size))
        solved[i] = rest / upper[i][i]
    return solved


def inverse(matrix: Sequence[Sequence[float]]) -> tuple[list[Row], float]:
    """The inverse and the logarithm of the determinant of a positive definite matrix (Gauss-Jordan with pivots).

    Raises Refusal if the matrix is singular or not positive.
    """
    size = len(matrix)
    work = [[*map(float, row), *(1.0 if i == j else 0.0 for j in range(size))] for i, row in enumerate(matrix)]
    largest = max((abs(value) for row in matrix for value in row), default=0.0)
    log, sign = 0.0, 1
    for j in range(size):
        best = max(range(j, size), key=lambda i: abs(work[i][j]))
        if abs(work[best][j]) <= SINGULAR * largest:
            raise singular()
        if best != j:
            work[j], work[best] = work[best], work[j]
            sign = -sign
        pivot = work[j][j]
        sign = sign if pivot > 0 else -sign
        log += math.log(abs(pivot))
        work[j] = [value / pivot for value in work[j]]
        for i in range(size):
            factor = work[i][j]
            if i != j and factor:
                work[i] = [value - factor * other for value, other in zip(work[i], work[j], strict=True)]
    if sign < 0:
        raise singular()
    return [row[size:] for row in work], log


def singular() -> Refusal:
    """Why a computation stops when one item or factor is a combination of others."""
    return Refusal(
        "Perhitungan tidak dapat dilakukan: satu butir atau faktor dapat dihitung dari yang lain.",
        Fault(
            "matriks korelasi singular",
            expected="butir yang tidak saling menentukan",
            remedy="Keluarkan butir yang ganda, yang konstan, atau skala yang jumlahnya selalu tetap.",
        ),
    )
