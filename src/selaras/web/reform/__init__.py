"""Stage reform: the reform index by year, its action plans with quarterly progress, the index of units."""
