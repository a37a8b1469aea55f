"""Charts as SVG: the fixed set that a performance report needs, drawn by hand.

Every chart is one standalone SVG of 640 user units' width. It holds real text, no script, no style sheet, no ids and
no reference to anything outside, so that the same string serves the web page, the typesetter and the office suite.
"""

from __future__ import annotations

from collections.abc import Callable

from selaras.core.document import Chart, ChartKind, OrgChart
from selaras.documents.charts.bars import draw_amounts, draw_counts, draw_percentages
from selaras.documents.charts.organisation import draw_organisation
from selaras.documents.charts.quadrant import draw_quadrant
from selaras.documents.charts.trend import draw_trend

_DRAWERS: dict[ChartKind, Callable[[Chart], str]] = {
    ChartKind.ACHIEVEMENT: draw_percentages,
    ChartKind.ABSORPTION: draw_percentages,
    ChartKind.BUDGET: draw_amounts,
    ChartKind.STAFF: draw_counts,
    ChartKind.TREND: draw_trend,
    ChartKind.QUADRANT: draw_quadrant,
}


def draw(chart: Chart | OrgChart) -> str:
    """The chart as a complete standalone SVG text, 640 units wide and as high as its content.

    The caption becomes `<title>`, the words in `alt` become `<desc>`. A value of None is written as not measured or
    left as a gap, never drawn as zero. The same chart always gives the same bytes.
    """
    if isinstance(chart, OrgChart):
        return draw_organisation(chart)
    return _DRAWERS[chart.kind](chart)
