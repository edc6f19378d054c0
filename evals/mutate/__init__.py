"""A good run -> the same run with corrupted answers -> which corruptions the scores and the gate notice.

An evaluator is believed when it has been seen to fail: ``kinds`` corrupts answers in known ways, ``measure`` scores the
corrupted run, holds it against the good one, and counts what was caught, and by what. Kinds that change nothing a
reader would mind are in it too: an evaluator that objects to those is of no use either.
"""
