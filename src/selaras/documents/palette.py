"""Colours and patterns of every document, in one place: brand blue, the tones of classes, the series of charts.

Each colour pair has a contrast of at least 4.5 (WCAG AA) and each tone its own pattern, so that a page printed in
black and white says the same as the coloured one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from selaras.core.document import Tone

BLUE = "#0b5cad"  # brand: headings, lines of emphasis, first series
BLUE_DEEP = "#083a70"  # cover, chapter titles
BLUE_PALE = "#e6f0fa"  # head rows, boxes
INK = "#1a2330"  # text
MUTED = "#4f5b6a"  # captions, axis labels; 6.9 against white
RULE = "#b9c3cf"  # table rules, axes
GRID = "#e1e6ec"  # grid lines, zebra
PAPER = "#ffffff"
WASH = "#f5f7fa"  # sub-total rows, empty plots
ACCENT = "#b34700"  # the second series, and warnings

LIGHT: dict[str, str] = {
    "blue": BLUE, "blue-deep": BLUE_DEEP, "blue-pale": BLUE_PALE, "ink": INK, "muted": MUTED, "rule": RULE,
    "grid": GRID, "paper": PAPER, "wash": WASH, "accent": ACCENT,
}  # fmt: skip

# the same names for dark screens; paper stays white in print
DARK: dict[str, str] = {
    "blue": "#8fc1f5", "blue-deep": "#b5d6f9", "blue-pale": "#1b3149", "ink": "#e4e9ef", "muted": "#a9b4c1",
    "rule": "#4a5663", "grid": "#333d49", "paper": "#14191f", "wash": "#1d242c", "accent": "#f5a66b",
}  # fmt: skip


class Pattern(StrEnum):
    """How a surface is filled, told apart without colour."""

    SOLID = "solid"
    DIAGONAL = "diagonal"
    VERTICAL = "vertical"
    DOTS = "dots"
    CROSS = "cross"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Swatch:
    """One surface: `fill` behind text, `ink` for the text on it, `line` for its border and pattern, and the pattern."""

    fill: str
    ink: str
    line: str
    pattern: Pattern = Pattern.SOLID


TONES: dict[Tone, Swatch] = {
    Tone.NONE: Swatch("#eef1f5", INK, "#7b8796", Pattern.BLANK),
    Tone.DARK_GREEN: Swatch("#1b6e3c", "#ffffff", "#12502b", Pattern.SOLID),
    Tone.LIGHT_GREEN: Swatch("#bfe5c5", "#123d1f", "#2f7d46", Pattern.DIAGONAL),
    Tone.DARK_YELLOW: Swatch("#e8b021", "#3a2a00", "#8a6300", Pattern.VERTICAL),
    Tone.LIGHT_YELLOW: Swatch("#fdf0b4", "#463600", "#a07800", Pattern.DOTS),
    Tone.RED: Swatch("#b3261e", "#ffffff", "#7d1410", Pattern.CROSS),
}

SERIES: tuple[Swatch, ...] = (
    Swatch("#b9d3ee", INK, BLUE, Pattern.DIAGONAL),
    Swatch(BLUE, "#ffffff", BLUE_DEEP, Pattern.SOLID),
    Swatch("#fbe3cf", INK, ACCENT, Pattern.DOTS),
    Swatch("#5d6b7c", "#ffffff", "#39434f", Pattern.SOLID),
    Swatch("#cfe8e4", INK, "#0f6b62", Pattern.VERTICAL),
    Swatch("#eadcf2", INK, "#6a3d8a", Pattern.CROSS),
)


def tone(name: Tone) -> Swatch:
    """The surface of a class."""
    return TONES[name]


def series(index: int) -> Swatch:
    """The surface of the chart series at `index`; they come round again after the sixth."""
    return SERIES[index % len(SERIES)]
