"""Stage review: reports under review, finding by finding beside their pages, the working paper, the way back."""
