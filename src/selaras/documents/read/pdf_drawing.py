"""What is drawn on a PDF page: thin lines and rectangles as rules, larger ones as boxes, and pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

from selaras.documents.read.lines import Bounds
from selaras.documents.read.pdf_sheet import Rule, Sheet, Turn

THIN = 2.6  # points: a rectangle that is thinner is a ruling line
_SHORT = 5.0  # shorter lines rule nothing
_MOST_PATHS = 20_000
_MOST_SEGMENTS = 60_000
_DEEPEST = 6
_RECTANGLE = 5  # segments of a rectangle
_ROUNDED = 20  # points of a box with round corners
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawing:
    """Collects rules, boxes and pictures from the objects of a page."""

    def __init__(self, sheet: Sheet, turn: Turn) -> None:
        self.sheet, self.turn = sheet, turn
        self.paths = self.segments = 0
        self.sides = [ctypes.c_float() for _ in range(4)]
        self.fill, self.stroke = ctypes.c_int(), ctypes.c_int()

    def read(self, page: Any) -> None:
        """Look at every object of `page`."""
        for index in range(raw.FPDFPage_CountObjects(page)):
            if self.paths > _MOST_PATHS:
                return
            self.look(raw.FPDFPage_GetObject(page, index), _SAME, 0)

    def look(self, thing: Any, outer: Matrix, depth: int) -> None:
        """Look at one object; forms are opened."""
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self.paths += 1
            self.path(thing, outer)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self.sheet.pictures.append(self.bounds(thing, outer))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            inner = _times(self.matrix(thing), outer)
            for index in range(raw.FPDFFormObj_CountObjects(thing)):
                if self.paths > _MOST_PATHS:
                    return
                self.look(raw.FPDFFormObj_GetObject(thing, index), inner, depth + 1)

    def matrix(self, thing: Any) -> Matrix:
        """The matrix of an object."""
        it = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(thing, it)
        return it.a, it.b, it.c, it.d, it.e, it.f

    def bounds(self, thing: Any, outer: Matrix) -> Bounds:
        """The bounds of an object on the page as read."""
        raw.FPDFPageObj_GetBounds(thing, *self.sides)
        left, bottom, right, top = (side.value for side in self.sides)
        if outer is not _SAME:
            xs, ys = zip(*(_moved(x, y, outer) for x in (left, right) for y in (bottom, top)), strict=True)
            left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
        return self.turn(left, bottom, right, top)

    def path(self, thing: Any, outer: Matrix) -> None:
        """Take the rules and boxes out of a path."""
        self.sheet.drawn += 1
        bounds = self.bounds(thing, outer)
        left, top, right, bottom = bounds
        wide, high = right - left, bottom - top
        if max(wide, high) < _SHORT:
            return
        if min(wide, high) <= THIN:
            self.rule(bounds)
            return
        count = raw.FPDFPath_CountSegments(thing)
        self.segments += count
        if count < 4 or self.segments > _MOST_SEGMENTS:
            return
        raw.FPDFPath_GetDrawMode(thing, self.fill, self.stroke)
        if count == _RECTANGLE and not self.stroke.value:
            self.sheet.boxes.append(bounds)
            return
        for points, curved in self.subpaths(thing, count, _times(self.matrix(thing), outer)):
            if not curved:
                self.shape(points, stroked=bool(self.stroke.value), filled=bool(self.fill.value))
            elif len(points) <= _ROUNDED:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                self.sheet.boxes.append((min(xs), min(ys), max(xs), max(ys)))

    def subpaths(self, thing: Any, count: int, matrix: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
        """The subpaths of a path as points on the page as read, and whether they are curved."""
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        curves = 0
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(thing, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, bool(curves)
                points, curves = [], 0
            curves += kind == raw.FPDF_SEGMENT_BEZIERTO
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            px, py = _moved(x.value, y.value, matrix)
            left, top, *_ = self.turn(px, py, px, py)
            points.append((left, top))
            if raw.FPDFPathSegment_GetClose(segment) and len(points) > 2:
                points.append(points[0])
        if len(points) > 1:
            yield points, bool(curves)

    def shape(self, points: list[tuple[float, float]], *, stroked: bool, filled: bool) -> None:
        """A thin shape is a rule; a rectangle is a box, and four rules if it is framed; loose strokes are rules."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        bounds = (min(xs), min(ys), max(xs), max(ys))
        if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= THIN:
            self.rule(bounds)
            return
        square = all(abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in pairwise(points))
        if square and len(points) in {4, 5, 6} and (filled or stroked):
            self.sheet.boxes.append(bounds)
        if stroked and square:
            for (x0, y0), (x1, y1) in pairwise(points):
                self.rule((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def rule(self, bounds: Bounds) -> None:
        """Keep a thin rectangle as a rule, level or upright by its longer side."""
        left, top, right, bottom = bounds
        if max(right - left, bottom - top) < _SHORT:
            return
        if right - left >= bottom - top:
            self.sheet.level.append(Rule((top + bottom) / 2, left, right))
        else:
            self.sheet.upright.append(Rule((left + right) / 2, top, bottom))


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
