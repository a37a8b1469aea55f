"""Stage evaluation: the instrument (LKE), its scores, proposals, facts, stages and the recommendations that come back.

Import from the modules. Templates come from `rulebook.lke` (`templates()`, `template_for(year, kind)`,
`template_from(data)`), clues from `rulebook.lke_evidence` (`clues_for(template)`).

- `template`: `Template` → `Component` → `Subcomponent` → `Criterion`; `AnswerScale`, `Answer`, `Predicate`, `Mode`.
- `soundness`: `check(template)` gives faults, `checked(template)` refuses an unsound one with all of them.
- `copying`: `copy_of(template, code, title)` and `as_data(template)` for an agency's own template (plain JSON).
- `scoring`: `Answers(letters, criteria, points)`, `score(template, answers) -> Result` (components, exact, total,
  predicate, missing), `predicate_of(template, points)`, `Met` for criteria that are probes.
- `facts`: `Facts` (filled by the store; None = nothing on record, `UNKNOWN` = not looked), `drawn(clues, facts)`.
- `proposing`: `propose`, `allowed`, `why`, `raising`, `Beyond` (evidence of persistence or effort).
- `contradicting`: `contradictions(template, answers, Grounds(...))`, `refuse_errors(found, message)`.
- `gaming`: `signs(aimed, changes)`, `changes_of(agreements, lines, indicators)`.
- `stages`: `Column`, `State`, `TeamRole`, `may_write`, `refuse_writing`, `next_states`, `refuse_moving`, `side_by_side`.
- `recommendations`: `Recommendation`, `plan`, `start`, `claim`, `verify`, `reject`, `matrix`, `ageing`, `share_closed`.
- `sheet`: `grid(template, columns)`, `spelled(formula, where)` for live formulas, `evaluate(grid)`.
"""
