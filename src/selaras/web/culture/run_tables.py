"""A kept computation as tables: what is printed on the page, and the exact numbers for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from selaras.core.culture.analyses import Analysis
from selaras.core.culture.surveys import Instrument
from selaras.core.culture.telling import chance, number
from selaras.core.numerals import format_number


@dataclass(frozen=True)
class RunTable:
    """One table: heads, rows as printed and rows as they are; `rule` says how to read it."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    exact: tuple[tuple[Any, ...], ...]
    rule: str = ""

    def columns(self) -> list[tuple[str, bool]]:
        """Each head with whether its column holds numbers."""
        return [
            (head, any(isinstance(row[at], int | float) and not isinstance(row[at], bool) for row in self.exact))
            for at, head in enumerate(self.heads)
        ]

    def labelled(self) -> list[list[tuple[str, bool, str]]]:
        """Each row with the head of every cell, for narrow screens."""
        columns = self.columns()
        return [[(*column, value) for column, value in zip(columns, row, strict=True)] for row in self.rows]


class Chance(float):
    """A p: very small ones are not printed as zero."""


Names = Mapping[str, str]


def tables_of(kind: Analysis, result: Mapping[str, Any], names: Names, questionnaire: Instrument) -> list[RunTable]:
    """The tables of one computation, scores by their names."""
    return _KINDS[kind](result, names, questionnaire)


def _table(
    title: str, heads: Sequence[str], exact: Iterable[Sequence[Any]], rule: str = "", places: int = 3
) -> RunTable:
    kept = tuple(tuple(row) for row in exact)
    shown = tuple(tuple(_printed(value, places) for value in row) for row in kept)
    return RunTable(title, tuple(heads), shown, kept, rule)


def _printed(value: Any, places: int) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, Chance):
        return chance(value).removeprefix("p = ").removeprefix("p ")
    if isinstance(value, float):
        return number(value, places)
    return format_number(Decimal(value)) if isinstance(value, int) else str(value)


def _items(result: Mapping[str, Any], names: Names, questionnaire: Instrument) -> list[RunTable]:
    texts = {item.code: item.text for item in questionnaire.items}
    heads = [_("Butir"), _("Pernyataan"), _("r dengan total"), _("r tanpa butir ini"), _("r tabel"),
             _("Alfa bila dihapus"), _("Valid (aturan tanpa butir)"), _("Valid (aturan dengan butir)")]  # fmt: skip
    rule = _(
        "Valid bila r lebih besar daripada r tabel (df = n − 2, taraf 5%% dua sisi). Aturan yang dipakai: %(rule)s."
    )
    return [
        _table(
            f"{names.get(group, group)} (n = {found['n']})", heads,
            ([row["item"], texts.get(row["item"], ""), row["with_total"], row["corrected"], row["critical"],
              row["alpha_without"], row["valid_corrected"], row["valid_with_total"]] for row in found["items"]),
            rule % {"rule": result["rule"]},
        )
        for group, found in result["groups"].items()
    ]  # fmt: skip


def _reliability(result: Mapping[str, Any], names: Names, _questionnaire: Instrument) -> list[RunTable]:
    heads = [_("Skor"), _("n"), _("Butir"), _("Alfa Cronbach"), _("Batas bawah 95%"), _("Batas atas 95%"),
             _("Alfa baku"), _("Omega McDonald"), _("Rata-rata r"), _("Keterangan")]  # fmt: skip
    rows = (
        [names.get(group, group), row["n"], row["items"], row["alpha"], row["low"], row["high"], row["standardised"],
         row["omega"], row["mean_correlation"], row["verdict"]]
        for group, row in result["groups"].items()
    )  # fmt: skip
    rule = _("Diterima mulai 0,60; dianjurkan mulai 0,70. Jawaban kosong: %(gaps)s.") % {"gaps": result["gaps"]}
    return [_table(_("Reliabilitas"), heads, rows, rule)]


def _factorability(result: Mapping[str, Any], _names: Names, questionnaire: Instrument) -> list[RunTable]:
    texts = {item.code: item.text for item in questionnaire.items}
    whole = _table(
        _("KMO dan uji Bartlett"), [_("Ukuran"), _("Nilai")],
        [[_("KMO"), result["kmo"]], [_("Khi-kuadrat Bartlett"), result["chi_square"]], [_("df"), result["df"]],
         [_("Nilai p"), chance(result["p"])], [_("Layak difaktorkan"), result["factorable"]]],
        _("Layak bila KMO mulai 0,50 dan p di bawah 0,05."),
    )  # fmt: skip
    items = _table(
        _("Ukuran kecukupan setiap butir"), [_("Butir"), _("Pernyataan"), _("Ukuran"), _("Mulai 0,50")],
        ([code, texts.get(code, ""), value, code not in result["weak"]] for code, value in result["items"].items()),
    )  # fmt: skip
    return [whole, items]


def _descriptives(result: Mapping[str, Any], names: Names, questionnaire: Instrument) -> list[RunTable]:
    texts = {item.code: f"{item.code} {item.text}" for item in questionnaire.items}
    heads = [
        _("Uraian"),
        _("n"),
        _("Rata-rata"),
        _("Simpangan baku"),
        _("Negatif (%)"),
        _("Netral (%)"),
        _("Positif (%)"),
    ]

    def rows(found: Mapping[str, Any], called: Names) -> Iterable[list[Any]]:
        for code, row in found.items():
            yield [called.get(code, code), row["n"], row["mean"], row["deviation"],
                   row["negative"] * 100, row["neutral"] * 100, row["positive"] * 100]  # fmt: skip

    rule = _("Positif berarti di atas titik tengah skala; “tidak tahu” tidak dihitung. Butir terbalik sudah dibalik.")
    made = [_table(_("Skor"), heads, rows(result["scores"], names), rule, 2)] if result["scores"] else []
    return [*made, _table(_("Butir"), heads, rows(result["items"], texts), rule, 2)]


def _correlation(result: Mapping[str, Any], names: Names, _questionnaire: Instrument) -> list[RunTable]:
    heads = [_("Skor pertama"), _("Skor kedua"), _("n"), _("r Pearson"), _("p"), _("rho Spearman"), _("p Spearman")]
    rows = (
        [names.get(row["first"], row["first"]), names.get(row["second"], row["second"]), row["n"], row["r"], Chance(row["p"]),
         row["rho"], Chance(row["rho_p"])]
        for row in result["pairs"]
    )  # fmt: skip
    return [
        _table(_("Korelasi antarskor"), heads, rows, _("Hubungan searah bila r positif; hubungan bukan sebab-akibat."))
    ]


def _regression(result: Mapping[str, Any], names: Names, _questionnaire: Instrument) -> list[RunTable]:
    factors = [row for row in result["coefficients"] if row["vif"] is not None]
    return [_model(result, names), _coefficients(result, names), _assumptions(result, names, factors)]


def _model(result: Mapping[str, Any], names: Names) -> RunTable:
    outcome = names.get(result["outcome"], result["outcome"])
    rows = [
        [_("Responden lengkap (n)"), result["n"]], [_("Tidak dihitung karena tidak lengkap"), result["left_out"]],
        [_("R²"), result["r_squared"]], [_("R² disesuaikan"), result["adjusted"]], [_("F hitung"), result["f"]],
        [_("F tabel (5%)"), result["f_table"]], [_("Nilai p"), chance(result["p"])],
        [_("Simpangan baku taksiran"), result["error"]],
    ]  # fmt: skip
    title = _("Model: %(outcome)s") % {"outcome": outcome}
    return _table(
        title,
        [_("Ukuran"), _("Nilai")],
        rows,
        _("Bersama-sama berbeda dari nol bila F hitung lebih besar daripada F tabel."),
    )


def _coefficients(result: Mapping[str, Any], names: Names) -> RunTable:
    heads = [_("Faktor"), _("b"), _("Galat baku"), _("t hitung"), _("p"), _("Batas bawah 95%"), _("Batas atas 95%"),
             _("Beta"), _("VIF"), _("Toleransi")]  # fmt: skip
    rows = (
        [names.get(row["name"], row["name"]), row["b"], row["error"], row["t"], Chance(row["p"]), row["low"], row["high"],
         row["beta"], row["vif"], row["tolerance"]]
        for row in result["coefficients"]
    )  # fmt: skip
    rule = _("t tabel (5%% dua sisi): %(t)s.") % {"t": number(result["t_table"])}
    return _table(_("Koefisien"), heads, rows, rule)


def _assumptions(result: Mapping[str, Any], names: Names, factors: list[Mapping[str, Any]]) -> RunTable:
    """The classical tests, each with its bound and its verdict."""
    normal = result["normality"]
    rows: list[list[Any]] = [
        [_("Normalitas sisaan (%(test)s)") % {"test": normal["test"]}, normal["statistic"], Chance(normal["p"]), _("p > 0,05"),
         normal["p"] > 0.05],
        [_("Heteroskedastisitas (Breusch-Pagan)"), result["breusch_pagan"], Chance(result["breusch_pagan_p"]), _("p > 0,05"),
         result["breusch_pagan_p"] > 0.05],
    ]  # fmt: skip
    for name, p in result["glejser"].items():
        rows.append(
            [
                _("Heteroskedastisitas (Glejser): %(name)s") % {"name": names.get(name, name)},
                None,
                Chance(p),
                _("p > 0,05"),
                p > 0.05,
            ]
        )
    for row in factors:
        named = names.get(row["name"], row["name"])
        rows.append(
            [_("Multikolinearitas (VIF): %(name)s") % {"name": named}, row["vif"], None, _("VIF < 10"), row["vif"] < 10]
        )
    heads = [_("Uji"), _("Nilai"), _("p"), _("Batas"), _("Terpenuhi")]
    rule = _("Autokorelasi tidak diuji: baris jawaban anonim tidak berurutan menurut waktu.")
    return _table(_("Uji asumsi klasik"), heads, rows, rule)


_KINDS: dict[Analysis, Callable[[Mapping[str, Any], Names, Instrument], list[RunTable]]] = {
    Analysis.ITEMS: _items, Analysis.RELIABILITY: _reliability, Analysis.FACTORABILITY: _factorability,
    Analysis.DESCRIPTIVES: _descriptives, Analysis.CORRELATION: _correlation, Analysis.REGRESSION: _regression,
}  # fmt: skip
