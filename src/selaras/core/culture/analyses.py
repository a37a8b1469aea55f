"""The computations that a survey keeps: each by its name, with numbers for the page and sentences for the reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any

from selaras.core.culture.answers import Answers, Gaps, correlation, rank_correlation, significance
from selaras.core.culture.descriptives import score_spread, spread
from selaras.core.culture.regression import assumptions, regress
from selaras.core.culture.reliability import ItemRule, factorability, item_validity, reliability
from selaras.core.culture.surveys import Instrument, refuse_shared_points, scores
from selaras.core.culture.telling import (
    tell_correlation,
    tell_factorability,
    tell_items,
    tell_regression,
    tell_reliability,
)
from selaras.core.errors import Fault, Refusal


class Analysis(StrEnum):
    """What can be computed on the answers of a wave."""

    ITEMS = "uji butir"
    RELIABILITY = "reliabilitas"
    FACTORABILITY = "kelayakan faktor"
    DESCRIPTIVES = "deskripsi"
    CORRELATION = "korelasi"
    REGRESSION = "regresi"


@dataclass(frozen=True, slots=True)
class Computed:
    """What came out: plain data for JSON (floats as they are), and the sentences."""

    result: Mapping[str, Any]
    told: tuple[str, ...]


def compute(
    kind: Analysis, questionnaire: Instrument, answers: Answers, params: Mapping[str, str], *, least: int = 3
) -> Computed:  # fmt: skip
    """One computation on answers whose reversed items are turned.

    `params`: "aturan" (`ItemRule`) for items, "kosong" (`Gaps`) for reliability, "hasil" (the score that is explained)
    for regression. Nothing is told of an item, score or pair that fewer than `least` people answered.
    Raises Refusal where the data do not carry it, with the reason.
    """
    return _KINDS[kind](questionnaire, answers, params, least)


def _items(questionnaire: Instrument, answers: Answers, params: Mapping[str, str], _least: int) -> Computed:
    refuse_shared_points(questionnaire)
    rule = ItemRule(params.get("aturan", ItemRule.CORRECTED.value))
    groups, told = {}, []
    for name, codes in questionnaire.groups().items():
        part = answers.only(codes)
        constant = part.constant()
        found = item_validity(part.varying())
        groups[name] = {
            "constant": list(constant), "n": len(part.complete()),
            "items": [
                {"item": item.item, "with_total": item.with_total, "corrected": item.corrected, "critical": item.critical,
                 "alpha_without": item.alpha_without, "valid": item.holds(rule),
                 "valid_corrected": item.holds(ItemRule.CORRECTED), "valid_with_total": item.holds(ItemRule.UNCORRECTED)}
                for item in found
            ],
        }  # fmt: skip
        told.append(f"{name}: {tell_items(found, rule)}")
        if constant:
            told.append(f"{name}: butir dengan jawaban yang sama semua tidak diuji: {', '.join(constant)}.")
    return Computed({"rule": rule.value, "groups": groups}, tuple(told))


def _reliability(questionnaire: Instrument, answers: Answers, params: Mapping[str, str], _least: int) -> Computed:
    refuse_shared_points(questionnaire)
    gaps = Gaps(params.get("kosong", Gaps.LISTWISE.value))
    groups, told = {}, []
    for name, codes in questionnaire.groups().items():
        found = reliability(answers.only(codes).varying(), gaps)
        groups[name] = {
            "alpha": found.alpha, "low": found.low, "high": found.high, "standardised": found.standardised,
            "mean_correlation": found.mean_correlation, "omega": found.omega, "n": found.n, "items": found.items,
            "verdict": found.verdict,
        }  # fmt: skip
        told.append(f"{name}: {tell_reliability(found)}")
    return Computed({"gaps": gaps.value, "groups": groups}, tuple(told))


def _factorability(questionnaire: Instrument, answers: Answers, _params: Mapping[str, str], _least: int) -> Computed:
    refuse_shared_points(questionnaire)
    found = factorability(answers.varying())
    result = {
        "kmo": found.kmo, "chi_square": found.chi_square, "df": found.df, "p": found.p, "factorable": found.factorable,
        "items": dict(found.items), "weak": list(found.weak),
    }  # fmt: skip
    return Computed(result, (tell_factorability(found),))


def _descriptives(questionnaire: Instrument, answers: Answers, _params: Mapping[str, str], least: int) -> Computed:
    points = questionnaire.scale.points
    columns = {code: answers.column(code) for code in answers.items}
    items = {code: _spread(spread(column, points)) for code, column in columns.items() if _answered(column) >= least}
    if questionnaire.scale.fixed_total is not None:
        return Computed({"items": items, "scores": {}}, ())
    groups = questionnaire.groups()
    made = {
        name: _spread(score_spread(values, (columns[code] for code in groups[name]), points))
        for name, values in scores(questionnaire, answers).items()
        if _answered(values) >= least
    }
    return Computed({"items": items, "scores": made}, ())


def _answered(values: Iterable[float | None]) -> int:
    return sum(value is not None for value in values)


def _correlation(questionnaire: Instrument, answers: Answers, _params: Mapping[str, str], least: int) -> Computed:
    pairs, told = [], []
    for (first, one), (second, two) in combinations(scores(questionnaire, answers).items(), 2):
        rows = [(a, b) for a, b in zip(one, two, strict=True) if a is not None and b is not None]
        if len(rows) < max(least, 3):
            raise Refusal(
                "Korelasi tidak dihitung.",
                Fault("responden lengkap terlalu sedikit", expected=f"sekurang-kurangnya {max(least, 3)}"),
            )
        left, right = [a for a, _ in rows], [b for _, b in rows]
        r, rho = correlation(left, right), rank_correlation(left, right)
        p = significance(r, len(rows))
        pairs.append(
            {"first": first, "second": second, "r": r, "p": p, "rho": rho, "rho_p": significance(rho, len(rows)),
             "n": len(rows)}
        )  # fmt: skip
        told.append(tell_correlation(first, second, r, p, len(rows)))
    return Computed({"pairs": pairs}, tuple(told))


def _regression(questionnaire: Instrument, answers: Answers, params: Mapping[str, str], _least: int) -> Computed:
    table = scores(questionnaire, answers)
    outcome = params.get("hasil", "")
    if outcome not in table or len(table) < 2:
        raise Refusal(
            "Regresi tidak dijalankan.",
            Fault("skor hasil tidak dikenal", read=outcome, expected=" | ".join(table), remedy="Pilih skor hasilnya."),
        )
    found = regress(outcome, table)
    tested = assumptions(found, table)
    fit = found.fit
    result = {
        "outcome": outcome, "n": found.n, "given": found.given, "r_squared": fit.r_squared, "adjusted": fit.adjusted,
        "f": fit.f, "p": fit.p, "f_table": found.f_table, "t_table": found.t_table, "error": fit.error,
        "coefficients": [
            {"name": item.name, "b": item.b, "error": item.error, "t": item.t, "p": item.p, "low": item.low,
             "high": item.high, "beta": item.beta, "vif": item.vif, "tolerance": item.tolerance}
            for item in fit.coefficients
        ],
        "normality": {"test": tested.normality.test, "statistic": tested.normality.statistic, "p": tested.normality.p},
        "glejser": dict(tested.glejser), "breusch_pagan": tested.breusch_pagan,
        "breusch_pagan_p": tested.breusch_pagan_p, "worst_vif": tested.worst_vif, "uneven": tested.uneven,
        "entangled": tested.entangled, "crowded": found.crowded, "left_out": found.left_out,
    }  # fmt: skip
    return Computed(result, tell_regression(found, tested))


def _spread(found: Any) -> dict[str, Any]:
    return {
        "n": found.n, "mean": found.mean, "deviation": found.deviation, "positive": float(found.positive),
        "neutral": float(found.neutral), "negative": float(found.negative),
    }  # fmt: skip


_KINDS: dict[Analysis, Callable[[Instrument, Answers, Mapping[str, str], int], Computed]] = {
    Analysis.ITEMS: _items, Analysis.RELIABILITY: _reliability, Analysis.FACTORABILITY: _factorability,
    Analysis.DESCRIPTIVES: _descriptives, Analysis.CORRELATION: _correlation, Analysis.REGRESSION: _regression,
}  # fmt: skip
