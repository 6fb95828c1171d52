"""Scenarios for what is not covered yet: built from cases that the analysis finds, and kept where they show it."""
