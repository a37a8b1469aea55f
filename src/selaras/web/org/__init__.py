"""Stage org: units and their lines, positions and who held them when, employees, and what is doubtful about them."""
