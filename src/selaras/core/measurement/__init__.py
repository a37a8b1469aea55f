"""Stage measurement: realisations, evidence, explanations, obstacles, spending; and the achievement engine."""
