"""Statistics told in plain Indonesian: what was found, how sure it is, and what it does not show.

No sentence says that one thing causes another: the same people answered everything at one moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from selaras.core.culture.descriptives import PairedChange, WaveChange, association
from selaras.core.culture.regression import LEAST, Assumptions, Coefficient, Regression
from selaras.core.culture.reliability import Factorability, ItemRule, ItemValidity, Reliability
from selaras.core.numerals import format_number

CAUTION = "Hubungan, bukan sebab-akibat; bias metode bersama mungkin terjadi karena semua jawaban berasal dari orang yang sama."
PATTERN = "Pola antarkelompok tidak membuktikan penyebabnya."


def number(value: float, places: int = 3) -> str:
    """A float as it is printed: decimal comma, rounded half to even by the format of Python."""
    return format_number(Decimal(f"{value:.{places}f}"), places=places)


def chance(p: float) -> str:
    """A p as it is printed; very small ones are not written as zero."""
    return "p < 0,001" if p < 0.001 else f"p = {number(p)}"


def tell_items(items: Iterable[ItemValidity], rule: ItemRule = ItemRule.CORRECTED) -> str:
    """Which items are valid by the chosen rule, and which by one rule only."""
    listed = list(items)
    if not listed:
        return "Tidak ada butir yang diuji."
    bad = [item.item for item in listed if not item.holds(rule)]
    differ = [item.item for item in listed if item.holds(ItemRule.CORRECTED) != item.holds(ItemRule.UNCORRECTED)]
    verdict = (
        f"Butir yang tidak valid: {', '.join(bad)}." if bad else f"Semua {len(listed)} butir valid."
    )  # fmt: skip
    also = (
        f" Kedua aturan berbeda pada butir {', '.join(differ)}: valid bila butir ikut dalam totalnya sendiri, "
        "tidak valid bila dikeluarkan."
        if differ
        else ""
    )
    return f"{verdict} Aturan: {rule}, dibandingkan dengan r tabel {number(listed[0].critical, 4)}.{also}"


def tell_reliability(found: Reliability) -> str:
    """Alpha with its interval, the rule for gaps and the verdict by both bounds."""
    extra = f", omega McDonald {number(found.omega)}" if found.omega is not None else ""
    return (
        f"Instrumen {found.verdict}: alfa Cronbach {number(found.alpha)} (selang kepercayaan 95% {number(found.low)} "
        f"sampai {number(found.high)}){extra}; {found.n} responden, {found.items} butir. Jawaban kosong: {found.gaps}."
    )


def tell_factorability(found: Factorability) -> str:
    """Whether a factor analysis makes sense at all."""
    verdict = "layak difaktorkan" if found.factorable else "tidak layak difaktorkan"
    weak = f" Butir dengan ukuran di bawah 0,50: {', '.join(found.weak)}." if found.weak else ""
    return f"Data {verdict}: KMO {number(found.kmo)}, uji Bartlett {chance(found.p)}.{weak}"


def tell_correlation(first: str, second: str, r: float, p: float, n: int) -> str:
    """One correlation in words."""
    if p > 0.05:
        return f"Tidak terlihat hubungan yang meyakinkan antara {first} dan {second} (r = {number(r)}, {chance(p)}, n = {n})."
    way = "searah" if r > 0 else "berlawanan arah"
    return (
        f"Hubungan {first} dan {second} {way} dan {association(r)} (r = {number(r)}, {chance(p)}, n = {n}). {CAUTION}"
    )  # fmt: skip


def tell_regression(found: Regression, tested: Assumptions) -> tuple[str, ...]:
    """The equation, every factor, every warning, and always the caution at the end."""
    fit = found.fit
    share = number(fit.r_squared * 100, 1)
    together = "berbeda nyata dari nol" if fit.p <= 0.05 else "tidak terbukti berbeda dari nol"
    lines = [
        f"Bersama-sama, faktor yang diuji sejalan dengan {share}% keragaman {found.outcome}; nilai ini {together} "
        f"(F hitung {number(fit.f)}, F tabel {number(found.f_table)}, {chance(fit.p)}, n = {found.n}).",
        *(_factor(found, item) for item in fit.factors),
        *warnings(found, tested),
        CAUTION,
    ]
    return tuple(lines)


def _factor(found: Regression, item: Coefficient) -> str:
    interval = f"selang kepercayaan 95% {number(item.low)} sampai {number(item.high)}"
    tests = f"t hitung {number(item.t)}, t tabel {number(found.t_table)}, {chance(item.p)}"
    if item.p > 0.05:
        return f"{item.name}: hubungan tersendirinya dengan {found.outcome} tidak meyakinkan ({tests}; {interval})."
    way = "lebih tinggi" if item.b > 0 else "lebih rendah"
    return (
        f"{item.name}: pada nilai faktor lain yang sama, responden dengan {item.name} satu angka lebih tinggi melaporkan "
        f"{found.outcome} rata-rata {number(abs(item.b))} {way} ({tests}; {interval})."
    )


def warnings(found: Regression, tested: Assumptions) -> tuple[str, ...]:
    """What weakens a regression: few people, people left out, assumptions that do not hold."""
    said = []
    if found.crowded:
        least = 50 + 8 * len(found.fit.factors)
        said.append(f"Responden {found.n}, sedangkan yang dianjurkan sekurang-kurangnya {least}: hasil kurang mantap.")
    if found.left_out:
        said.append(f"{found.left_out} responden tidak dihitung karena jawabannya tidak lengkap.")
    if not tested.normality.normal:
        said.append(f"Sisaan tidak normal ({tested.normality.test}, {chance(tested.normality.p)}).")
    if tested.uneven:
        said.append(
            f"Ragam sisaan tidak sama (heteroskedastisitas; Breusch-Pagan {chance(tested.breusch_pagan_p)}): "
            "selang kepercayaan dan nilai p perlu dibaca dengan hati-hati."
        )
    if tested.entangled:
        said.append(f"Faktor saling menentukan (VIF tertinggi {number(tested.worst_vif)}): koefisiennya tidak mantap.")
    return tuple(said)


def tell_change(what: str, change: WaveChange) -> str:
    """Two waves in words."""
    numbers = (
        f"selisih {number(change.difference)}, selang kepercayaan 95% {number(change.low)} sampai {number(change.high)}, "
        f"{chance(change.p)}; n = {change.before} dan {change.after}"
    )
    if change.p > 0.05:
        return f"{what}: perubahan antargelombang tidak meyakinkan ({numbers})."
    way = "naik" if change.difference > 0 else "turun"
    return f"{what} {way} dari gelombang sebelumnya ({numbers}). {PATTERN}"


def tell_paired(what: str, change: PairedChange) -> str:
    """The same people in two waves, in words."""
    numbers = (
        f"selisih {number(change.difference)}, selang kepercayaan 95% {number(change.low)} sampai {number(change.high)}, "
        f"{chance(change.p)}; {change.n} orang yang sama"
    )
    if change.p > 0.05:
        return f"{what}: perubahan pada orang yang sama tidak meyakinkan ({numbers})."
    way = "naik" if change.difference > 0 else "turun"
    return f"{what} {way} pada orang yang sama ({numbers}). {PATTERN}"


def too_small_for_regression(n: int) -> str:
    """Why the regression is switched off."""
    return f"Regresi belum dapat dijalankan: {n} responden lengkap, diperlukan sekurang-kurangnya {LEAST}."
