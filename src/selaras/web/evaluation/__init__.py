"""Stage evaluation: the board of units, the sheet (LKE) with its columns, the letter (LHE), recommendations, instruments."""
