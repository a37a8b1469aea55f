"""Stage planning in the browser: the tree, Renstra, RKT, indicators, budget versions, checks, workbooks."""
