"""Signs: what deserves a look, with reasons, figures and what chance would give. Only inside; never a verdict."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.analytics.kept import Kept
from selaras.core.errors import NotFound
from selaras.core.nation.signs import SignList, SignRow
from selaras.core.numerals import format_number
from selaras.rulebook.nation import load_nation
from selaras.web.core_words import said
from selaras.web.nation.files import exported, exports
from selaras.web.nation.frame import Side, count, for_insiders, paged, share, show, with_data

LIMITS = {
    "least": gettext_lazy("Paling sedikit diuji"), "z": gettext_lazy("Batas z"), "smallest": gettext_lazy("Bilangan terkecil"),
    "level": gettext_lazy("Peluang paling besar"), "orders": gettext_lazy("Rentang besaran (orde)"),
    "points": gettext_lazy("Isian paling sedikit"), "distinct": gettext_lazy("Nilai berbeda paling sedikit"),
    "gap": gettext_lazy("Selisih paling sedikit (%)"),
    "apart": gettext_lazy("Jarak dari median paling sedikit (poin)"), "share": gettext_lazy("Bagian paling sedikit (%)"),
    "width": gettext_lazy("Lebar di tiap sisi (poin)"), "absorbed": gettext_lazy("Serapan paling sedikit (%)"),
    "achieved": gettext_lazy("Capaian di bawah (%)"),
}  # fmt: skip


@for_insiders(some=True)
@with_data
def signs(request: Any, side: Side, data: Kept) -> HttpResponse:
    """Every sign with its question, how many rows it has, and how many chance alone would give."""
    rules = load_nation().signs
    file = exported(
        request, side, _("Tanda"),
        [_("Tanda"), _("Tampil"), _("Diuji"), _("Tidak dapat diuji"), _("Diharapkan kebetulan"), _("Bertahan")],
        ([said(rule.name), len(one.rows) + one.cut, one.tested, sum(amount for _reason, amount in one.untested),
          _real(one.expected), one.survivors] for code, rule in rules.items() if (one := data.signs.get(code))),
    )  # fmt: skip
    if file is not None:
        return file
    return show(request, side, "nation/signs.html", {
        "files": exports(request),
        "title": _("Tanda"), "agencies": count(len({one.agency for one in data.partitions})),
        "lines": [_summary(side, data.signs[code], rule) for code, rule in rules.items() if code in data.signs],
    })  # fmt: skip


@for_insiders(some=True)
@with_data
def sign(request: Any, side: Side, data: Kept, code: str) -> HttpResponse:
    """The rows of one sign, strongest first."""
    rules = load_nation()
    if code not in rules.signs or code not in data.signs:
        raise NotFound(_("Tanda ini tidak ada."))
    found, rule, names = data.sign(code), rules.signs[code], _agencies(data)
    year, agency = request.GET.get("tahun", ""), request.GET.get("instansi", "").strip()[:100]

    def wanted(row: SignRow) -> bool:
        name = _name(names, row)
        return (not year or str(row.year) == year) and (
            not agency or agency.casefold() in name.casefold() or agency == row.agency
        )

    heads = [
        _("Instansi"),
        _("Tahun"),
        _("Unit"),
        _("Indikator"),
        _("Perihal"),
        _("Alasan"),
        _("Peluang"),
        _("Peluang disesuaikan"),
    ]
    file = exported(
        request, side, f"{_('Tanda')} {said(rule.name)}", heads,
        ([_name(names, row), row.year, row.unit, data.names.get(_key(row), row.indicator), row.subject, said(row.reason),
          _real(row.chance), _real(row.allowed)] for row in data.sign_rows(code) if wanted(row)),
    )  # fmt: skip
    if file is not None:
        return file
    rows = [row for row in found.rows if wanted(row)]
    page = paged(request, rows)
    return show(
        request,
        side,
        "nation/sign.html",
        {
            "title": said(rule.name),
            "rule": rule,
            "crumbs": [(_("Tanda"), side.url("signs")), (said(rule.name), "")],
            "found": _summary(side, found, rule),
            "untested": [(reason, count(amount)) for reason, amount in found.untested],
            "page": page,
            "total": count(len(rows)),
            "cut": count(found.cut) if found.cut else "",
            "files": exports(request, len(rows) + found.cut),
            "of_year": year,
            "agency": agency,
            "rate": share(rules.rate * 100),
            "is_test": found.survivors is not None,
            "years": sorted({row.year for row in found.rows}),
            "limits": [(str(LIMITS.get(name, name)), format_number(value)) for name, value in rule.limits.items()],
            "lines": [_line(side, data, names, row) for row in page],
        },
    )


def _summary(side: Side, found: SignList, rule: Any) -> dict[str, Any]:
    untested = sum(amount for _reason, amount in found.untested)
    expected = found.expected
    return {
        "name": said(rule.name), "question": said(rule.question), "url": side.url("sign", rule.code),
        "rows": count(len(found.rows) + found.cut),
        "any": bool(found.rows or found.cut),
        "any_tested": bool(found.tested),
        "tested": count(found.tested), "untested": count(untested), "some_untested": bool(untested),
        "expected": "" if expected is None else format_number(Decimal(str(round(expected, 1))), places=1),
        "survivors": "" if found.survivors is None else count(found.survivors),
    }  # fmt: skip


def _line(side: Side, data: Kept, names: dict[str, str], row: SignRow) -> dict[str, Any]:
    if row.agency and row.indicator:
        url = side.url("indicator", row.agency, row.year, row.indicator)
    elif row.agency:
        url = side.url("agency", row.agency, row.year, unit=row.unit)
    else:
        url = side.url("agencies", jenis=row.subject, tahun=row.year)
    return {
        "name": _name(names, row), "year": row.year, "what": data.names.get(_key(row), row.indicator) or row.subject, "url": url,
        "reason": said(row.reason), "numbers": [(said(name), value) for name, value in row.numbers],
        "kept": row.allowed is not None and row.allowed <= float(load_nation().rate),
        "chance": _shown(row.chance), "allowed": _shown(row.allowed),
    }  # fmt: skip


def _name(names: dict[str, str], row: SignRow) -> str:
    return names.get(row.agency, row.agency) if row.agency else row.subject


def _agencies(data: Kept) -> dict[str, str]:
    return {one["agency"]: one["name"] for one in data.rows("profil")}


def _key(row: SignRow) -> str:
    return f"{row.year}|{row.agency}|{row.indicator}"


def _shown(chance: float | None) -> str:
    if chance is None:
        return ""
    return "< 0,0001" if chance < 0.0001 else format_number(Decimal(str(round(chance, 4))), places=4)


def _real(chance: float | None) -> Decimal | None:
    return None if chance is None else Decimal(repr(chance))
