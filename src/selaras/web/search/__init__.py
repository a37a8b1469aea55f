"""One box that finds indicators, tree nodes, units, positions, agreements, obstacles, reports and narratives."""
