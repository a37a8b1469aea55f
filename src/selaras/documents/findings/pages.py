"""Pictures of the pages on which something was found, with the figures marked and the findings beside them."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from html import escape

from selaras.core.finding import Finding
from selaras.documents.findings.marks import Box, Mark, boxes, marks
from selaras.documents.findings.result import Reviewed
from selaras.documents.read.sandbox import pictures

Article = Callable[[Finding, int, str], str]
MOST_PICTURES = 300


def beside_pages(reviewed: Reviewed, at: int, article: Article) -> tuple[str, set[int]]:
    """The pages of file `at` that have findings, and the numbers of the findings that are shown there.

    A finding stands beside the page of its first place in this file; its other places are only marked. Raises what
    drawing a broken PDF raises.
    """
    part = reviewed.made_of[at]
    found: dict[int, list[int]] = defaultdict(list)
    for number, finding in enumerate(reviewed.findings, 1):
        home = next((place for place in finding.places if reviewed.part_at(place) and place.page), None)
        if home is not None and reviewed.part_at(home) == part and home.page is not None:
            found[home.page].append(number)
    if not found:
        return f'<p class="none">Tidak ada temuan pada halaman {escape(part.source)}.</p>', set()
    file = reviewed.files[at]
    drawn = pictures(file, most=min(max(found), MOST_PICTURES))
    wanted = [mark for mark in marks(reviewed) if mark.file == at and mark.page + 1 in found]
    spots = zip(wanted, boxes([file], [_alone(mark) for mark in wanted]), strict=True)
    on_page: dict[int, list[tuple[Mark, list[Box]]]] = defaultdict(list)
    for mark, rects in spots:
        on_page[mark.page + 1].append((mark, rects))
    sheets = [
        _sheet(reviewed, at, page, drawn[page - 1] if page <= len(drawn) else b"", on_page[page], found[page], article)
        for page in sorted(found)
    ]
    empty = [page for page in range(1, part.pages + 1) if page not in found]
    return "".join(sheets) + _without(empty), {number for numbers in found.values() for number in numbers}


def _alone(mark: Mark) -> Mark:
    """The mark for a child process that is given its file alone."""
    return replace(mark, file=0)


def _sheet(
    reviewed: Reviewed, at: int, page: int, picture: bytes, spots: list[tuple[Mark, list[Box]]], numbers: list[int],
    article: Article,
) -> str:  # fmt: skip
    notes = "".join(article(reviewed.findings[number - 1], number, _own(reviewed, at)) for number in numbers)
    return (
        f'<section class="sheet" id="f{at}h{page}"><h2>Halaman {page}</h2><div class="pair">'
        f"{_figure(page, picture, spots)}<div class='notes'>{notes}</div></div></section>\n"
    )


def _own(reviewed: Reviewed, at: int) -> str:
    return reviewed.made_of[at].source


def _figure(page: int, picture: bytes, spots: list[tuple[Mark, list[Box]]]) -> str:
    """The picture of a page with its marks; each leads to its finding."""
    if not picture:
        return '<p class="none">Gambar halaman tidak dibuat.</p>'
    data = base64.b64encode(picture).decode()
    shapes = "".join(
        f'<a class="{mark.severity}" href="#t{mark.number}" aria-label="Temuan {mark.number}" style="{_style(box)}">'
        f"{f'<span>{mark.number}</span>' if first == 0 else ''}</a>"
        for mark, rects in spots
        for first, box in enumerate(rects)
    )
    return (
        f'<figure><img loading="lazy" alt="Gambar halaman {page}" src="data:image/jpeg;base64,{data}">{shapes}</figure>'
    )


def _style(box: Box) -> str:
    shares = {"left": box.left, "top": box.top, "width": box.width, "height": box.height}
    return ";".join(f"{name}:{100 * share:.2f}%" for name, share in shares.items())


def _without(pages: list[int]) -> str:
    """`Tanpa temuan: halaman 3–7, 9.`"""
    if not pages:
        return ""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    told = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return f'<p class="none">Tanpa temuan: halaman {told}.</p>'
