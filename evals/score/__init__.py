"""Runs -> Scores. One file for each thing that is measured; each says its formula, range and edge cases."""
