"""What the judgments are worth: measured, adjudicated, exported."""
