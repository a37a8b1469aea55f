"""Stage culture: studies of leadership and work culture, interviews coded and triangulated, surveys with statistics.

Import from the modules. Frameworks, rules and worked examples come from `rulebook.culture` (`load_culture(day)`,
`examples()`, `framework_from(data)`, `as_data(framework)`).

- `frameworks`: `Framework` -> `Node` -> `Question`; `check`, `checked`; one tree is codebook and questionnaire.
- `sources`: `Informant`, `Consent`, `Source`, `lock`, `rewritten`, `accounts`, `recognisable`, `check_field_work`.
- `coding`: `Material` of `Code`, `Segment`, `Coding`, `Memo`; `cut`, `from_utf16`, `to_utf16`, `codebook`, `seen_by`,
  `check_material`. `changes`: `merge`, `split`, `recode`, `reread`, `place`, `remove`, `adjudicated`; `apply`, `undo`.
- `support`: `support(material, rule)` gives a label for every code. `conclusions`: `strength`, `methods_not_shown`,
  `claims_without_evidence`, `may_be_verified`. `displays`: `by_source`, `by_method`, `by_role`, `negative_cases`,
  `clustered`, `checklist`, `accounting_log`, `coverage`, `withdraw`. `saturation`: `curve`, `runs`. `studies`: `flags`, `gate`.
- `agreement`: `cohen`, `krippendorff`, `fleiss`, `grid_agreement`, `character_agreement`, each by its stated unit.
- `surveys`: `instrument`, `check_response`, `check_buckets`, `scored`, `scores`, `care`, `progress`,
  `spend`; `synthetic` for demos.
- `privacy`: `shown`, `shown_in_tree`, `two_way`, `differences`, `change_shown`, `comments_shown`, `distribution_shown`.
- Statistics in floats, plain Python: `answers`, `reliability`, `regression`, `normality`, `descriptives`, with
  `distributions` and `matrices` below them; `telling` says them in Indonesian, `runs` keeps them repeatable.
- `index`: `internal_index`, our own; the national figure is context only.
"""
