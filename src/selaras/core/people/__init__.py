"""Stage people: employee goals (SKP), feedback, ratings, the organisation's predicate and its distribution.

Rules are data of `rulebook.people` (`load_people(day) -> PeopleRules`), each with its status. The API in short:

- `skp`: records `SkpPlan`, `SkpRow`, `SkpBehaviour`, `SkpAnnex`; `divide` (change of position), `months`, `periods`,
  `layout`, `head_goals` (the rows that gate and annex read), `checks.check_plan`
- `matrix`: role-result matrix (MPH): `put`, `move`, `clear`, `grid`, `gaps`, `rows_for`
- `drawing`: `draw_head`, `draw_staff`, `draw_acting`, `refresh`; `alignment.align` (PK ↔ SKP ↔ Renstra), `chain.descend`
- `realisation`: `realised` from measurement, `check_assessment`; `feedback`: dialogue, feedback, `quiet`
- `ratings`: `Rating`, `Predicate`, `PredicateMatrix.predicate`, `HeadMapping.rating`
- `organisation`: `facts_of`, `propose`, `decide`; `distribution`: `tally`, `judge`, `possible`, `bars`
- `disclosure.disclose`: counts by unit that tell nobody's rating; `waiting.waiting`: whose step is next, and until when
- `forms`, `form_evaluation`, `form_matrix`: the official forms as documents
- `objection`: `last_day`, `check_objection`, `after`; `credit`: `credit`, `credits_of_year`; `privacy`: `may_read`
"""
