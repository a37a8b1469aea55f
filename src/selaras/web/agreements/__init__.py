"""Stage agreements: the Perjanjian Kinerja from the plan to its signatures, its versions, and the cascade."""
