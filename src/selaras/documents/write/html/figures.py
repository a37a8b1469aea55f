"""Computed figures on a page: a button in the text, and one small card per figure that shows how it came about.

The cards are HTML popovers: they open by mouse, touch and keyboard without any script.
"""

from __future__ import annotations

from selaras.core.computed import Computed, Input, Status
from selaras.core.numerals import format_number
from selaras.documents.charts.canvas import safe


class Figures:
    """Collects the figures of a page; the same figure has one card, however often it is printed."""

    def __init__(self) -> None:
        self._numbers: dict[Computed, int] = {}

    def button(self, figure: Computed, shown: str) -> str:
        """`shown` (already HTML) as a button that opens the figure's card."""
        number = self._numbers.setdefault(figure, len(self._numbers) + 1)
        return f'<button type="button" class="fig" popovertarget="f{number}" aria-haspopup="dialog">{shown}</button>'

    def cards(self) -> str:
        """All cards, to stand at the end of the page."""
        return "".join(_card(figure, number) for figure, number in self._numbers.items())

    def __len__(self) -> int:
        return len(self._numbers)


def _card(figure: Computed, number: int) -> str:
    rows = [("Rumus", safe(figure.formula))] if figure.formula else []
    rows += [(safe(item.label), _input(item)) for item in figure.inputs]
    rows += [("Hasil", f"<strong>{safe(_result(figure))}</strong>")]
    rows += [("Sebelum dibatasi", _raw(figure))] if figure.raw not in (None, figure.value) else []
    rows += [("Pembulatan", _rounding(figure))] if figure.value is not None else []
    rows += [("Catatan", safe(figure.note))] if figure.note else []
    listed = "".join(f"<dt>{label}</dt><dd>{words}</dd>" for label, words in rows)
    name = safe(figure.name) or "Angka"
    return (
        f'<div popover id="f{number}" class="card" role="dialog" aria-labelledby="f{number}n">'
        f'<p class="card-name" id="f{number}n">{name}</p><dl>{listed}</dl>'
        f'<p class="card-key">{safe(figure.key)}</p>'
        f'<button type="button" popovertarget="f{number}" popovertargetaction="hide">Tutup</button></div>'
    )


def _result(figure: Computed) -> str:
    return figure.shown() if figure.status is Status.COMPUTED else figure.status.value


def _input(item: Input) -> str:
    where = item.place.sentence()
    source = f'<span class="source">{safe(where)}</span>' if where else ""
    return safe(item.shown) + source


def _raw(figure: Computed) -> str:
    return "" if figure.raw is None else safe(format_number(figure.raw, places=figure.places) + figure.unit.strip("Rp"))


def _rounding(figure: Computed) -> str:
    rounded = figure.rounded()
    if rounded == figure.value:
        return "tidak dibulatkan"
    return f"setengah ke atas, {figure.places} desimal" if figure.places else "setengah ke atas, tanpa desimal"
