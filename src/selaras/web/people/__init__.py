"""Stage people: SKP of one's own and of one's people, matrix of roles, feedback, ratings, spread of predicates, staff."""
