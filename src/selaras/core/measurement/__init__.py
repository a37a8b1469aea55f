"""Stage measurement: realisations with their evidence, explanations, obstacles, spending; and the achievement engine."""
