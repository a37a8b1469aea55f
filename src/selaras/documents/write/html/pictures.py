"""Charts, photos and signatures of a page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from re import compile as regex

from selaras.core import document as d
from selaras.documents import charts
from selaras.documents.charts.canvas import safe
from selaras.documents.charts.frame import UNMEASURED
from selaras.documents.charts.scale import label
from selaras.documents.write.photographs import photo_details, photograph

_SIZE = regex(r' width="[\d.]+" height="[\d.]+"')


def chart(block: d.Chart | d.OrgChart, anchor: str) -> str:
    """A chart drawn in the page, with its caption, source, and its values as a table to unfold."""
    drawing = _SIZE.sub("", charts.draw(block), count=1)
    name = f"<b>{safe(block.label)}</b> " if block.label else ""
    caption = f"<figcaption>{name}{safe(block.caption)}</figcaption>" if name or block.caption else ""
    more = ""
    if isinstance(block, d.Chart):
        more = (f'<p class="below">Sumber: {safe(block.source)}</p>' if block.source else "") + _values(block)
    return (
        f'<figure id="{anchor}"><div class="scroll drawing" role="region" tabindex="0"'
        f' aria-label="{safe(block.label or block.caption or "Gambar")}">{drawing}</div>{caption}{more}</figure>'
    )


def _values(block: d.Chart) -> str:
    """The chart's numbers as a table, for those who cannot see it or want to copy them."""
    if not block.series or not block.categories:
        return ""
    words = bool(block.labels)
    heads = "".join(f'<th scope="col">{safe(line.name)}</th>' for line in block.series)
    heads += '<th scope="col">Keterangan</th>' if words else ""
    rows = []
    for place, category in enumerate(block.categories):
        cells = "".join(f'<td class="ar">{_value(line, place, block.unit)}</td>' for line in block.series)
        cells += f"<td>{safe(block.labels[place]) if place < len(block.labels) else ''}</td>" if words else ""
        rows.append(f'<tr><th scope="row">{safe(category)}</th>{cells}</tr>')
    name = f"Angka dalam {safe(block.label) or 'gambar'}"
    return (
        f'<details class="values"><summary>{name}</summary><div class="scroll" role="group" tabindex="0"'
        f' aria-label="{name}"><table><thead><tr><td></td>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div></details>"
    )


def _value(line: d.Series, place: int, unit: str) -> str:
    value = line.values[place] if place < len(line.values) else None
    return UNMEASURED if value is None else safe(label(value, unit))


def gallery(block: d.Gallery, files: Callable[[str], bytes] | None) -> str:
    """Photos in a grid, each inside the page as data; a missing one says why."""
    return f'<div class="gallery">{"".join(_photo(photo, files) for photo in block.photos)}</div>'


def _photo(photo: d.Photo, files: Callable[[str], bytes] | None) -> str:
    made = photograph(photo, files)
    if made.jpeg:
        data = b64encode(made.jpeg).decode()
        picture = f'<img src="data:image/jpeg;base64,{data}" alt="{safe(photo.alt or photo.caption)}" loading="lazy">'
    else:
        picture = f'<div class="no-photo">{safe(made.reason)}</div>'
    details = photo_details(photo)
    small = f"<small>{safe(details)}</small>" if details else ""
    return f"<figure>{picture}<figcaption>{safe(photo.caption)}{small}</figcaption></figure>"


def fields(block: d.Fields) -> str:
    """Label and value pairs."""
    rows = "".join(f"<div><dt>{safe(label)}</dt><dd>{safe(value)}</dd></div>" for label, value in block.rows)
    return f'<dl class="fields">{rows}</dl>'


def signatures(block: d.Signatures) -> str:
    """Signatures side by side, place and date over the last."""
    last = len(block.signatories) - 1
    people = [_signatory(one, block.place_date if place == last else "") for place, one in enumerate(block.signatories)]
    return f'<div class="signatures">{"".join(people)}</div>'


def _signatory(one: d.Signatory, place_date: str) -> str:
    name = f'<p class="name">{safe(one.name)}</p>' if one.name else '<p class="name open">(nama)</p>'
    lines = [
        f'<p class="date">{safe(place_date)}&nbsp;</p>',
        f"<p>{safe(one.role)}</p>" if one.role else "",
        f'<p class="position">{safe(one.position)}</p>',
        '<div class="sign"></div>',
        name,
        f"<p>{safe(one.rank)}</p>" if one.rank else "",
        f"<p>NIP {safe(one.nip)}</p>" if one.nip else "",
    ]
    return f'<div class="signatory">{"".join(lines)}</div>'
