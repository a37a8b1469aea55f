"""The register of obstacles and their follow-up: person, day, steps with evidence, verified by somebody else."""
