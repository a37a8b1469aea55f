"""The roll-ups once more as their author would write them in DuckDB's SQL: the same rules, columns and digits.

They read the views that an opened nation makes. The benchmark holds their rows against those of the roll-ups before it
compares their cost.
"""

from __future__ import annotations

from selaras.analytics.schema import BANDS


def _quotient(part: str, whole: str, times: str = "100000000") -> str:
    """`part` × 100 ÷ `whole` cut off after six decimals, for a few rows; `times` is 1000000 for a mean."""
    guess = f"floor(abs({part}::DOUBLE * {times}.0 / nullif({whole}, 0)::DOUBLE))::BIGINT::DECIMAL(18,0)"
    rest = f"(abs({part}) * {times}::DECIMAL(10,0) - {guess} * abs({whole}))"
    size = f"(({guess} + CASE WHEN {rest} < 0 THEN -1 WHEN {rest} >= abs({whole}) THEN 1 ELSE 0 END)::DECIMAL(24,6) * 0.000001)::DECIMAL(38,15)"
    return f"CASE WHEN ({part} < 0) <> ({whole} < 0) THEN -{size} ELSE {size} END"


def _printed(share: str) -> str:
    return f"round({share}::DECIMAL(18,6), 2)::DECIMAL(38,15)"


def _share(part: str, whole: str) -> str:
    return _quotient(f"{part}::DECIMAL(38,15)", f"{whole}::DECIMAL(38,15)")


AGENCY = "a.scale, a.name AS agency_name, a.kind AS agency_kind, a.efficiency AS efficiency_method"
YEARLY = "nation_measurements WHERE span = 'tahun' AND measured"
TOTALS = """count(*) AS indicators, count(achievement) AS with_figure, count(*) FILTER (reached) AS reached,
  count(*) FILTER (NOT reached) AS missed, sum(achievement) AS total, min(achievement) AS lowest, max(achievement) AS highest"""
ADDED = """sum(indicators)::BIGINT AS indicators, sum(with_figure)::BIGINT AS with_figure, sum(reached)::BIGINT AS reached,
  sum(missed)::BIGINT AS missed, sum(total) AS total, min(lowest) AS lowest, max(highest) AS highest"""
MEANS = f"""indicators, with_figure, reached, missed, lowest, highest, achievement,
  {_share("reached", "with_figure")} AS reached_share, {_printed("achievement")} AS achievement_printed"""


def _means(totals: str) -> str:
    return f"(SELECT *, {_quotient('total', 'with_figure::DECIMAL(38,15)', '1000000')} AS achievement FROM ({totals}))"


ABSORBED = f"""SELECT *, {_quotient("spent", "ceiling")} AS absorption FROM (
  SELECT year, agency, sum(ceiling)::DECIMAL(38,2) AS ceiling, coalesce(sum(spent), 0)::DECIMAL(38,2) AS spent
  FROM nation_budgets WHERE counts GROUP BY year, agency)"""


def _recomputed(source: str) -> str:
    """Rows with `raw_again`: which formula holds (1 = 100, 2 = 0, 3 straight, 4 twice, 5 inverse, 6 point), then one quotient."""
    return f"""
 SELECT * EXCLUDE (size, part, whole), CASE WHEN (part < 0) <> (whole < 0) THEN -size ELSE size END AS raw_again FROM (
  SELECT * EXCLUDE (guess, rest, top, bottom),
   ((guess + CASE WHEN rest < 0 THEN -1 WHEN rest >= bottom THEN 1 ELSE 0 END)::DECIMAL(24,6) * 0.000001)::DECIMAL(38,15) AS size FROM (
   SELECT *, top - guess * bottom AS rest FROM (
    SELECT * EXCLUDE q, abs(part) * 100000000::DECIMAL(10,0) AS top, nullif(abs(whole), 0) AS bottom,
     (CASE WHEN q < 1e14 THEN floor(q) END)::BIGINT::DECIMAL(18,0) AS guess FROM (
     SELECT *, abs(part::DOUBLE * 100000000.0 / nullif(whole::DOUBLE, 0)) AS q FROM (
      SELECT * EXCLUDE (way, goal),
       CASE way WHEN 3 THEN realised WHEN 5 THEN goal WHEN 4 THEN goal + goal - realised WHEN 1 THEN 1 WHEN 2 THEN 0
        WHEN 6 THEN target - abs(realised - target) END AS part,
       CASE way WHEN 5 THEN realised WHEN 1 THEN 1 WHEN 2 THEN 1 ELSE goal END AS whole FROM (
       SELECT * EXCLUDE above,
        CASE WHEN target_kind <> realised_kind OR target_kind IS NULL OR realised_kind IS NULL OR target IS NULL OR realised IS NULL THEN 0
         WHEN target_kind = 'ya/tidak' THEN CASE WHEN target = realised THEN 1 ELSE 2 END
         WHEN target_kind = 'predikat' THEN CASE WHEN polarity = 'naik' AND target > 0 THEN 3 ELSE 0 END
         WHEN realised_upper IS NOT NULL OR (target_upper IS NOT NULL AND polarity <> 'rentang') THEN 0
         WHEN polarity = 'naik' THEN CASE WHEN target > 0 THEN 3 ELSE 0 END
         WHEN polarity = 'rentang' AND target_upper IS NULL THEN CASE WHEN target = 0 AND realised = 0 THEN 1 WHEN target > 0 THEN 6 ELSE 0 END
         WHEN polarity = 'rentang' AND NOT above THEN CASE WHEN realised >= target THEN 1 WHEN target > 0 THEN 3 ELSE 0 END
         WHEN lower_method IS NULL AND NOT above THEN 0
         WHEN goal = 0 AND realised = 0 THEN 1
         WHEN goal <= 0 THEN 0
         WHEN lower_method = '2T' THEN 4
         WHEN realised > 0 THEN 5 WHEN realised = 0 THEN 1 ELSE 0 END AS way FROM (
        SELECT *, CASE WHEN above THEN target_upper ELSE target END AS goal FROM (
         SELECT *, coalesce(polarity = 'rentang' AND realised > target_upper AND target_kind NOT IN ('predikat', 'ya/tidak'), false) AS above
         FROM ({source})))))))))"""


_CLASSES = ", ".join(
    f"max(label) FILTER (position = {n}) AS n{n}, max(lower) FILTER (position = {n}) AS l{n}, "
    f"max(exclusive::INT) FILTER (position = {n}) AS e{n}"
    for n in range(1, BANDS + 1)
)
_CLASS = " ".join(
    f"WHEN n{n} IS NOT NULL AND (l{n} IS NULL OR printed > l{n} OR (e{n} = 0 AND printed = l{n})) THEN n{n}"
    for n in range(1, BANDS + 1)
)
SQL = {
    "instansi": f"""SELECT year, agency, {MEANS}, {AGENCY}
      FROM {_means(f"SELECT year, agency, {TOTALS} FROM {YEARLY} GROUP BY year, agency")} LEFT JOIN nation_agencies a USING (year, agency)""",
    "jenis": f"""SELECT year, agency_kind, {MEANS} FROM {_means(f'''
      SELECT year, a.kind AS agency_kind, {ADDED} FROM (SELECT year, agency, {TOTALS} FROM {YEARLY} GROUP BY year, agency)
      LEFT JOIN nation_agencies a USING (year, agency) GROUP BY year, agency_kind''')}""",
    "unit": f"""SELECT year, agency, ancestor, m.depth, {MEANS}, u.path, u.name AS unit_name FROM {_means(f'''
      SELECT year, agency, l.ancestor, l.depth, {ADDED} FROM (SELECT year, agency, unit, {TOTALS} FROM {YEARLY} GROUP BY year, agency, unit)
      JOIN nation_lineage l USING (year, agency, unit) GROUP BY year, agency, l.ancestor, l.depth''')} m
      LEFT JOIN (SELECT year, agency, unit AS ancestor, path, name FROM nation_units) u USING (year, agency, ancestor)""",
    "kelas": f"""SELECT *, {_share("indicators", "total")} AS share FROM (
      SELECT *, (sum(indicators) OVER (PARTITION BY year, agency_kind, scale))::BIGINT AS total FROM (
       SELECT year, a.kind AS agency_kind, a.scale, coalesce(class_label, 'tanpa nilai') AS class_label, sum(n)::BIGINT AS indicators
       FROM (SELECT year, agency, class_label, count(*) AS n FROM {YEARLY} GROUP BY ALL) LEFT JOIN nation_agencies a USING (year, agency)
       GROUP BY ALL))""",
    "anggaran": f"""SELECT year, agency, a.name AS agency_name, a.kind AS agency_kind, ceiling, spent, absorption,
      {_printed("absorption")} AS absorption_printed FROM ({ABSORBED}) LEFT JOIN nation_agencies a USING (year, agency)""",
    "efisiensi": f"""SELECT year, agency, a.name AS agency_name, a.kind AS agency_kind, a.efficiency AS efficiency_method, achievement,
      ceiling, spent, absorption, CASE WHEN absorption > 0 THEN {_quotient("achievement", "absorption")} END AS ratio,
      achievement - absorption AS difference, CASE WHEN achievement >= 100 THEN 100 - absorption END AS remainder
      FROM {_means(f"SELECT year, agency, sum(achievement) AS total, count(achievement) AS with_figure FROM {YEARLY} GROUP BY year, agency")}
      LEFT JOIN ({ABSORBED}) USING (year, agency) LEFT JOIN nation_agencies a USING (year, agency)""",
    "kemajuan": f"""SELECT year, agency, unit, indicator, realised_text, final_text, {_printed("raw_again")} AS progress_printed,
      raw_again AS progress FROM ({_recomputed('''
       SELECT year, agency, m.unit, indicator, realised_text, i.final_text, realised_kind, realised, realised_upper, m.polarity,
        'inversi' AS lower_method, i.final_kind AS target_kind, i.final AS target, i.final_upper AS target_upper
       FROM nation_measurements m LEFT JOIN nation_indicators i USING (year, agency, indicator)
       WHERE m.span = 'tahun' AND m.measured''')})""",
    "kelengkapan": f"""SELECT k.*, {_share("filled", "expected")} AS filled_share, {_share("settled", "expected")} AS settled_share,
      {_share("with_evidence", "filled")} AS evidence_share, {_share("on_time", "(on_time + late)")} AS on_time_share, {AGENCY} FROM (
      SELECT year, agency, span, count(*) AS expected, count(realised_kind) AS filled,
      count(*) FILTER (realised_kind IS NOT NULL AND state IN ('terverifikasi', 'terkunci')) AS settled,
      count(*) FILTER (realised_kind IS NOT NULL AND evidence > 0) AS with_evidence, count(target_kind) AS with_target,
      count(*) FILTER (realised_kind IS NOT NULL AND recorded_on <= due_on) AS on_time,
      count(*) FILTER (realised_kind IS NOT NULL AND recorded_on > due_on) AS late,
      count(*) FILTER (realised_kind IS NOT NULL AND (recorded_on IS NULL OR due_on IS NULL)) AS undated
      FROM nation_measurements WHERE measured GROUP BY ALL) k LEFT JOIN nation_agencies a USING (year, agency)""",
    "selisih": f"""SELECT year, agency, indicator, span, "index", target_text, realised_text, raw, raw_again, achievement,
       achievement_again, class_label, class_again, reached, raw_again >= 100 AS reached_again FROM (
      SELECT *, CASE WHEN printed IS NULL THEN NULL {_CLASS} END AS class_again FROM (
       SELECT *, {_printed("achievement_again")} AS printed FROM (
        SELECT *, CASE WHEN raw_again > cap THEN cap ELSE raw_again END AS achievement_again
        FROM ({_recomputed("SELECT * FROM nation_measurements")})))
      LEFT JOIN (SELECT year, agency, {_CLASSES} FROM nation_classes GROUP BY ALL) USING (year, agency))
      WHERE raw IS DISTINCT FROM raw_again OR achievement IS DISTINCT FROM achievement_again
       OR class_label IS DISTINCT FROM class_again OR reached IS DISTINCT FROM (raw_again >= 100)""",
}  # fmt: skip
BARE = {
    "instansi": f"SELECT year, agency, count(*), sum(achievement), max(reached) FROM {YEARLY} GROUP BY ALL",
    "anggaran": "SELECT year, agency, sum(ceiling), sum(spent) FROM nation_budgets WHERE counts GROUP BY ALL",
    "kelengkapan": """SELECT year, agency, span, count(realised_kind), max(state), sum(evidence), max(recorded_on), max(due_on), count(target_kind)
      FROM nation_measurements WHERE measured GROUP BY ALL""",
    "selisih": """SELECT year, agency, sum(target), sum(realised), sum(raw), sum(achievement), max(cap), max(polarity), max(lower_method),
      max(target_kind), max(realised_kind), max(target_upper), max(realised_upper), max(class_label), max(reached)
      FROM nation_measurements GROUP BY ALL""",
}  # fmt: skip
"""Only reading and adding the columns that a roll-up needs: nothing can be quicker."""
