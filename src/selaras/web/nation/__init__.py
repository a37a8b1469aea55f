"""Pages of stage nation: all agencies at once, inside for those whose role reaches all of them, and for the public."""
