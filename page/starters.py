"""Questions to begin with, four for each career stage; every one is answered by the shipped corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

#: Career stage, or empty for anybody -> questions.
STARTERS: Mapping[str, Sequence[str]] = {
    "": (
        "What should I ask about buy-in terms?",
        "How do I approach a possible mentor?",
        "My mentor keeps canceling. What do I do?",
        "What is tail coverage, and who pays for it?",
    ),
    "resident": (
        "How do I find a mentor as a resident?",
        "What should I know before moonlighting?",
        "How do I choose a fellowship?",
        "What do I do when I am struggling in residency?",
    ),
    "fellow": (
        "When should I start to look for my first job?",
        "What should I ask on a site visit?",
        "How do I compare two job offers?",
        "How do I become independent of my research mentor?",
    ),
    "early-career": (
        "What should I ask about buy-in terms?",
        "How do I negotiate a non-compete?",
        "How do I say no to committee work?",
        "How do I prepare for my annual review?",
    ),
}
