"""From the evidence of a sign to rows that people read: the reason in one sentence, the figures, and what chance would give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selaras.analytics.opening import Nation
from selaras.analytics.signs import SIGNS, Evidence, evidence, percent
from selaras.core.nation import digits
from selaras.core.nation.chance import at_least
from selaras.core.nation.limits import NationRules, SignRule
from selaras.core.nation.robust import modified_z
from selaras.core.nation.signs import SignList, SignRow, judged, listed
from selaras.core.numerals import format_number, format_percent, format_rupiah

Row = Mapping[str, Any]
HALF = Fraction(1, 2)
FEW_TENTHS = 2


def sign_list(nation: Nation, code: str, rules: NationRules) -> SignList:
    """One sign over the nation. Raises KeyError for a code that the rulebook does not know."""
    rule = rules.signs[code]
    return told(evidence(nation, SIGNS[code](nation, rule)), rule, float(rules.rate))


def told(found: Evidence, rule: SignRule, rate: float) -> SignList:
    """The list of a sign from its evidence; `rate` is the share of false alarms that the adjusted list allows."""
    untested = tuple(sorted(found.untested.items(), key=lambda item: (-item[1], item[0])))
    if rule.code in _TESTS:
        level = float(rule.limit("level"))
        rows, survivors = judged([_TESTS[rule.code](row) for row in found.rows], level=level, rate=rate)
        return SignList(rule.code, rows, found.tested, untested, level, survivors)
    rows = listed(_ROWS[rule.code](row) for row in found.rows)
    # Also of outliers chance has no say: how often a group has some of its own depends on its size and its spread.
    return SignList(rule.code, rows, found.tested, untested)


# ---- plain comparisons -----------------------------------------------------------------------------------------------


def _outlier(row: Row) -> SignRow:
    value, centre = percent(row["x"]), percent(row["twice_median"]) / 2
    mad = percent(row["four_mads"]) / 4
    z = modified_z(value, centre, mad) or Decimal(0)
    side = "di atas" if z > 0 else "di bawah"
    return SignRow(
        row["agency"], row["year"], row["unit"] or "", row["indicator"], "",
        f"Capaian {_share(value)} jauh {side} median {_share(centre)} dari {row['size']} indikator yang sama pada "
        f"{row['agency_kind']} (z = {_number(z)}).",
        (("Capaian", _share(value)), ("Median", _share(centre)), ("MAD", _share(mad)), ("z termodifikasi", _number(z)),
         ("Pembanding", str(row["size"]))),
        abs(float(z)),
    )  # fmt: skip


def _identical(row: Row) -> SignRow:
    length = f"{row['points']} isian {row['span']}an"
    if row["first_year"] is None:
        other = row["other"] if row["other"] != row["agency"] else row["one"]
        here = "dengan indikator lain yang sama namanya pada instansi itu"
        who = f"dengan {other}" if other != row["agency"] else here
        more = f" dan {row['places'] - 2} lainnya" if row["places"] > 2 else ""
        reason, subject = f"{length} sama persis {who}{more}.", "antarinstansi"
    else:
        reason = f"{length} sama persis antara tahun {row['first_year']} dan {row['last_year']}."
        subject = "antartahun"
    numbers = (("Isian", str(row["points"])), ("Deret yang sama", str(row["places"])))
    return SignRow(
        row["agency"], row["year"], row["unit"] or "", row["indicator"], subject, reason, numbers,
        float(row["points"] * row["places"]),
    )  # fmt: skip


def _lower_target(row: Row) -> SignRow:
    target, before = _plain(row["target"]), _plain(row["before"])
    gap = abs(before - target)
    words = "lebih rendah" if row["polarity"] == "naik" else "lebih longgar"
    if not before:  # of nothing there is no share
        return SignRow(
            row["agency"], row["year"], row["unit"] or "", row["indicator"], "",
            f"Hasil tahun lalu nol, sedangkan target {_number(target)} {words}.",
            (("Target", _number(target)), ("Hasil tahun lalu", _number(before))),
            100.0,
        )  # fmt: skip
    share = gap / abs(before) * 100
    return SignRow(
        row["agency"], row["year"], row["unit"] or "", row["indicator"], "",
        f"Target {_number(target)} {words} {_share(share)} daripada hasil tahun lalu {_number(before)}.",
        (("Target", _number(target)), ("Hasil tahun lalu", _number(before)), ("Selisih", _share(share))),
        float(share),
    )  # fmt: skip


def _equal(row: Row) -> SignRow:
    share = Decimal(row["same"]) / row["size"] * 100
    return SignRow(
        row["agency"], row["year"], "", "", "",
        f"{row['same']} dari {row['size']} indikator terealisasi persis sama dengan targetnya.",
        (("Sama persis", str(row["same"])), ("Dibandingkan", str(row["size"])), ("Bagian", _share(share))),
        float(share) + row["size"] / 1000,
    )  # fmt: skip


def _jump(row: Row) -> SignRow:
    part, total = _plain(row["part"]), _plain(row["total"])
    share = part / total * 100
    money = row["what"] == "belanja"
    shown = format_rupiah if money else _number
    what = {"belanja": "Belanja Desember", "jumlah": "Isian terakhir", "terakhir": "Kenaikan terakhir"}[row["what"]]
    return SignRow(
        row["agency"], row["year"], row["unit"] or "", "" if money else row["subject"], row["subject"] if money else "",
        f"{what} {shown(part)} adalah {_share(share)} dari {shown(total)} setahun.",
        (("Periode terakhir", shown(part)), ("Setahun", shown(total)), ("Bagian", _share(share))),
        float(share),
    )  # fmt: skip


def _unproductive(row: Row) -> SignRow:
    ceiling, spent = _plain(row["ceiling"]), _plain(row["spent"])
    absorbed, mean = spent / ceiling * 100, percent(row["x_sum"]) / row["size"]
    where = "instansi" if not row["node"] else "simpul ini"
    return SignRow(
        row["agency"], row["year"], row["unit"] or "", "", row["node"],
        f"Anggaran {where} terserap {_share(absorbed)} dari {format_rupiah(ceiling)}, sedangkan rata-rata capaian "
        f"{row['size']} indikatornya {_share(mean)}.",
        (("Pagu", format_rupiah(ceiling)), ("Serapan", _share(absorbed)), ("Rata-rata capaian", _share(mean)),
         ("Indikator", str(row["size"]))),
        float(absorbed - mean),
    )  # fmt: skip


# ---- tests -----------------------------------------------------------------------------------------------------------


def _last_digits(row: Row) -> SignRow:
    counts = [row[f"d{digit}"] for digit in range(10)]
    square, chance = digits.last_digits(counts)
    most = max(range(10), key=lambda digit: counts[digit])
    return SignRow(
        row["agency"], row["year"], "", "", "",
        f"Dari {row['size']} bilangan, {counts[most]} berakhiran {most}; yang diharapkan sekitar "
        f"{_number(Decimal(row['size']) / 10)} (khi-kuadrat {_real(square)}, peluang {_chance(chance)}).",
        (*((f"Akhiran {digit}", str(count)) for digit, count in enumerate(counts)), ("Khi-kuadrat", _real(square))),
        square, chance,
    )  # fmt: skip


def _first_digits(row: Row) -> SignRow:
    counts = [row[f"f{digit}"] for digit in range(1, 10)]
    square, chance = digits.first_digits(counts)
    expected = [row["size"] * share for share in digits.BENFORD]
    off = max(range(9), key=lambda place: abs(counts[place] - expected[place]))
    return SignRow(
        row["agency"], row["year"], "", "", "",
        f"Dari {row['size']} pembayaran, {counts[off]} berangka awal {off + 1}; menurut Benford sekitar "
        f"{_real(expected[off])} (khi-kuadrat {_real(square)}, peluang {_chance(chance)}).",
        (*((f"Awalan {place}", str(count)) for place, count in enumerate(counts, 1)), ("Khi-kuadrat", _real(square))),
        square, chance,
    )  # fmt: skip


def _round(row: Row) -> SignRow:
    chance = digits.round_numbers(row["tens"], row["size"])
    share = Decimal(row["tens"]) / row["size"] * 100
    return SignRow(
        row["agency"], row["year"], "", "", "",
        f"{row['tens']} dari {row['size']} bilangan ({_share(share)}) adalah puluhan bulat; yang diharapkan sekitar 10% "
        f"(peluang {_chance(chance)}).",
        (("Puluhan bulat", str(row["tens"])), ("Bilangan", str(row["size"])), ("Bagian", _share(share))),
        float(share), chance,
    )  # fmt: skip


def _edge(row: Row) -> SignRow:
    size = row["above"] + row["below"]
    chance = at_least(row["above"], size, HALF)
    bound = percent(row["bound"])
    return SignRow(
        "", row["year"], "", "", row["agency_kind"],
        f"Pada {row['agency_kind']}, {row['above']} capaian tepat di atas batas {_share(bound)} dan {row['below']} tepat di "
        f"bawahnya (peluang {_chance(chance)}).",
        (("Batas", _share(bound)), ("Tepat di atas", str(row["above"])), ("Tepat di bawah", str(row["below"]))),
        row["above"] / size, chance,
    )  # fmt: skip


_ROWS: Mapping[str, Callable[[Row], SignRow]] = {
    "pencilan": _outlier, "deret-kembar": _identical, "target-turun": _lower_target, "sama-target": _equal,
    "lonjakan": _jump, "anggaran-tanpa-hasil": _unproductive,
}  # fmt: skip
_TESTS: Mapping[str, Callable[[Row], SignRow]] = {
    "digit-akhir": _last_digits, "digit-awal": _first_digits, "angka-bulat": _round, "tepi-kelas": _edge,
}  # fmt: skip


# ---- numbers in words ------------------------------------------------------------------------------------------------


def _plain(value: Decimal) -> Decimal:
    return value.normalize() if value == value.to_integral_value() else value


def _number(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return format_number(value, places=0 if whole else 2)


def _share(value: Decimal) -> str:
    return format_percent(value, places=FEW_TENTHS)


def _real(value: float) -> str:
    return format_number(Decimal(str(round(value, FEW_TENTHS))), places=FEW_TENTHS)


def _chance(value: float) -> str:
    """A chance as people read it: four decimals, and smaller ones only as smaller."""
    return "< 0,0001" if value < 0.0001 else format_number(Decimal(str(round(value, 4))), places=4)
