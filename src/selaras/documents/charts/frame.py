"""What several charts share: the legend, the words for missing values, the drawing that holds no data."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from selaras.core.document import Chart
from selaras.documents.charts.canvas import SIZE, WIDTH, Canvas
from selaras.documents.charts.lettering import width
from selaras.documents.palette import MUTED, WASH, Swatch

UNMEASURED = "belum diukur"
LINE = 15.5  # from baseline to baseline
LIFT = 0.35 * SIZE  # from the middle of a line of text to its baseline


def legend(canvas: Canvas, names: Sequence[str], y: float, mark: Callable[[int, float, float], float]) -> float:
    """Series names with their marks from the left, as many lines as needed; gives the y below them.

    `mark` draws the sign of the series at index, x, y and gives its width.
    """
    x = 0.0
    for index, name in enumerate(names):
        if x and x + 30 + width(name, SIZE) > WIDTH:
            x, y = 0.0, y + LINE + 3
        x += mark(index, x, y) + 7
        canvas.words(x, y + LIFT, name)
        x += width(name, SIZE) + 22
    return y + LINE


def swatches(canvas: Canvas, chart: Chart, fills: Sequence[Swatch], y: float) -> float:
    """The legend of a bar chart; gives the y below it."""

    def mark(index: int, x: float, middle: float) -> float:
        canvas.bar(x + 0.5, middle - 6, 24, 12, fills[index])
        return 25

    return legend(canvas, [series.name for series in chart.series], y, mark)


def without_data(chart: Chart) -> str:
    """A drawing that says that there is nothing to draw."""
    canvas = Canvas()
    canvas.rect(0, 0, WIDTH, 60, fill=WASH)
    canvas.words(WIDTH / 2, 30 + LIFT, "Belum ada data untuk digambarkan.", fill=MUTED, anchor="middle", slanted=True)
    return canvas.finish(60, title=chart.caption, description=chart.alt)
