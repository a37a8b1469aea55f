"""The findings on one HTML page: beside the pictures of the pages, or beside the text, without scripts or outside addresses."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path

from selaras.core.finding import Finding, Severity
from selaras.core.reporting.finding_words import kind_word, told, where
from selaras.core.source import Form
from selaras.documents import palette
from selaras.documents.findings.beside import beside_text
from selaras.documents.findings.pages import beside_pages
from selaras.documents.findings.result import Reviewed
from selaras.documents.write.delivery import deliver

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_LIGHT = {"error": "#b3261e", "warning": "#8a5a00", "info": "#0b5cad", "mark": "rgb(179 38 30 / .2)"}
_DARK = {"error": "#ff9c94", "warning": "#f5c66b", "info": "#8fc1f5", "mark": "rgb(255 156 148 / .3)"}
Numbered = tuple[int, Finding]


def write_html(reviewed: Reviewed, path: Path) -> None:
    """Write the page to `path`. Raises CannotRun if it cannot be written, Refusal if a PDF cannot be drawn."""
    deliver(page(reviewed).encode(), path)


def page(reviewed: Reviewed) -> str:
    """The whole page: summary, list of findings, then file by file the pages or the text with the findings beside them."""
    shown: set[int] = set()
    body = []
    for at, part in enumerate(reviewed.made_of):
        drawn = part.form is Form.PDF and at < len(reviewed.files)
        inside, numbers = (beside_pages if drawn else beside_text)(reviewed, at, article)
        shown |= numbers
        name = f'<h2 class="file">{escape(part.source)}</h2>' if reviewed.parts else ""
        body.append(f"{name}{inside}")
    rest = [(number, finding) for number, finding in enumerate(reviewed.findings, 1) if number not in shown]
    return (
        f'<!doctype html>\n<html lang="id"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>Reviu {escape(reviewed.source)}</title>'
        f"<style>{_style()}</style></head>\n<body>{_header(reviewed)}\n<main>{_loose(rest)}{''.join(body)}"
        f"{_waived(reviewed)}</main>{_footer()}</body></html>\n"
    )


def article(finding: Finding, number: int | None, own: str, *, reason: str = "") -> str:
    """One finding: message, what is stated and expected, the arithmetic, places, regulation, suggestion."""
    mark = f'<b class="no">{number}</b>' if number else ""
    level = finding.severity.value
    head = (
        f"<p>{mark}<b>{finding.severity.word.capitalize()}</b> <span>{escape(kind_word(finding.kind))}</span> "
        f"<code>{escape(finding.code)}</code></p><p class='said'>{escape(finding.message)}</p>"
    )
    pairs = [("Tertulis", finding.stated), ("Seharusnya", finding.expected)]
    facts = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in pairs if text)
    facts += "".join(
        f"<dt>Hitungan</dt><dd>{escape(text)}</dd>" for text in told(finding)[:1] if finding.arithmetic == text
    )
    later = [f"Akibatnya juga: {each.message}" for each in finding.consequences]
    lines = [*later, finding.suggestion, reason]
    spots = where(finding.places, own=own, most=6)
    foot = " · ".join(escape(text) for text in (spots, finding.regulation) if text)
    anchor = f' id="t{number}"' if number else ""
    return (
        f'<article class="{level}{" waived" if reason else ""}"{anchor}>{head}{f"<dl>{facts}</dl>" if facts else ""}'
        f"{''.join(f'<p>{escape(line)}</p>' for line in lines if line)}{f'<p class=where>{foot}</p>' if foot else ''}</article>"
    )


def _header(reviewed: Reviewed) -> str:
    year = f", tahun {reviewed.year}" if reviewed.year else ""
    who = f"{reviewed.unit}{year}" if reviewed.unit else "Instansi tidak dikenali dari naskahnya"
    lost = f'<p class="lost">{escape(reviewed.unread())}.</p>' if reviewed.reading.unreadable else ""
    return (
        f'<header><p class="eyebrow">Reviu laporan kinerja</p><h1>{escape(reviewed.source)}</h1><p>{escape(who)}. '
        f"{reviewed.told_as_read()}.</p>{lost}{_counts(reviewed)}"
        f"{_kinds(reviewed)}{_index(reviewed)}</header>"
    )


def _counts(reviewed: Reviewed) -> str:
    """The number of findings by severity; a tick box shows or hides each of them."""
    if not reviewed.findings:
        return "<p><b>Tidak ada temuan.</b></p>"
    boxes = "".join(
        f'<label class="{severity.value}"><input type="checkbox" id="show-{severity.value}" checked> '
        f"<b>{reviewed.count(severity)}</b> {severity.word}</label>"
        for severity in Severity
    )
    more = f"<span>{len(reviewed.waived)} dikecualikan</span>" if reviewed.waived else ""
    return f'<form class="counts">{boxes}{more}</form>'


def _kinds(reviewed: Reviewed) -> str:
    rows = "".join(
        f"<li><b>{count}</b> {escape(kind_word(kind))}</li>" for kind, count in reviewed.kinds().most_common()
    )
    return f"<details><summary>Jumlah menurut jenis</summary><ul class='kinds'>{rows}</ul></details>" if rows else ""


def _index(reviewed: Reviewed) -> str:
    rows = "".join(
        f'<tr class="{finding.severity.value}"><td><a href="#t{number}">{number}</a></td><td>{finding.severity.word}</td>'
        f"<td>{escape(finding.message)}</td><td>{escape(where(finding.places, own=reviewed.source, most=1))}</td></tr>"
        for number, finding in enumerate(reviewed.findings, 1)
    )
    head = "<tr><th>No.</th><th>Tingkat</th><th>Temuan</th><th>Tempat</th></tr>"
    return (
        f"<details><summary>Daftar temuan</summary><div class='scroll'><table class='index'><thead>{head}</thead>"
        f"<tbody>{rows}</tbody></table></div></details>"
        if rows
        else ""
    )


def _loose(rest: Iterable[Numbered]) -> str:
    """Findings on the report as a whole, or on what is not there."""
    articles = "".join(article(finding, number, "") for number, finding in rest)
    return f'<section class="all"><h2>Mengenai laporan secara keseluruhan</h2>{articles}</section>' if articles else ""


def _waived(reviewed: Reviewed) -> str:
    told_ = "".join(
        article(finding, None, reviewed.source, reason=f"Dikecualikan oleh {name}: {reason}")
        for finding, reason, name in reviewed.waived
    )
    return f'<section class="all"><h2>Dikecualikan</h2>{told_}</section>' if told_ else ""


def _footer() -> str:
    return "<footer><p>Temuan dibuat oleh program dari yang tertulis; simpulan reviu tetap milik pereviu.</p></footer>"


@cache
def _style() -> str:
    """The style sheet with the colours of the house in front, for light and dark screens; paper is always light."""
    sheet = (files("selaras.documents.findings") / "style.css").read_text("utf-8")
    return (
        f":root{{{_variables(palette.LIGHT | _LIGHT)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(palette.DARK | _DARK)}}}}}\n{sheet}"
    )


def _variables(colours: dict[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())
