"""What is wrong with a report: claims, rules and findings."""
