"""Runs -> Scores. One file for each thing that is measured; each says its formula, range, direction and edge cases.

``every`` puts them in order. A score is a function of one case and its run that gives a value, or the reason why there
is none, or None where the measure says nothing of the case.
"""
