"""What the regulations and practice demanded, and since when: data files and one loader."""
