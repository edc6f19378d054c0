"""Question -> who could answer it, where the corpus does not. Fixed words, in the order of what is most particular."""

from __future__ import annotations

import re

_MOST = 2
_WHO = (
    (
        r"visas?|j-?1|h-?1b|o-1|green card|immigra\w+|waiver|uscis|sponsor(?:s|ing)? my visa",
        "an immigration attorney, or the international office of your program",
    ),
    (
        r"harass\w*|discriminat\w*|retaliat\w*|bull(?:y|ies|ied|ying)|racis\w*|sexis\w*|title ix|hostile",
        "the ombuds office, or the office that handles complaints (Title IX, equal opportunity)",
    ),
    (
        r"malpractice|su(?:ed|it|ing)|lawsuit|deposition|tail|claims?-made|premium",
        "your malpractice carrier, or a health-law attorney",
    ),
    (
        r"licens\w*|medical board|board complaint|dea",
        "your state medical board",
    ),
    (
        r"board (?:exam|certif)\w*|abim|abms|recertif\w*|moc",
        "your specialty board",
    ),
    (
        r"contracts?|clauses?|non-?compete|sign(?:ed|ing)?|terminat\w*|legal\w*|law|enforce\w*|stark|"
        r"partnership agreement|buy-?in",
        "a health-law attorney in your state",
    ),
    (
        r"loans?|pslf|forgiveness|repayment|servicer|refinanc\w*",
        "your student-loan servicer, or a fee-only adviser who knows physicians' loans",
    ),
    (
        r"tax(?:es)?|deduct\w*|1099|w-?2|llc|s-?corp|irs",
        "a certified public accountant (CPA)",
    ),
    (
        r"invest\w*|retire\w*|401|403|457|ira|mortgage|disability insurance|life insurance|financ\w*",
        "a fee-only financial planner",
    ),
    (
        r"maternity|paternity|parental|fmla|benefits?|leave|vacation|pto|payroll|health insurance",
        "human resources (HR), or in training the graduate medical education (GME) office",
    ),
    (
        r"duty hours?|residency|residents?|program director|remediat\w*|probation|acgme|rotations?|chief|"
        r"interns?(?:hip)?|fellow(?:s|ship)?",
        "your program director, or the graduate medical education (GME) office",
    ),
    (
        r"promot\w*|tenure|chair|dean|faculty|appointment|academic",
        "your department's faculty affairs office",
    ),
    (
        r"grants?|nih|irb|research|publish\w*|papers?|author\w*",
        "your research office, or a senior investigator in your field",
    ),
    (
        r"depress\w*|burn(?:ed|t)? ?out|anxi\w*|drink\w*|therap\w*|stress\w*",
        "your own physician, an employee assistance program, or your state's physician health program",
    ),
)
_PATTERNS = tuple((re.compile(rf"\b(?:{words})\b", re.IGNORECASE), who) for words, who in _WHO)
_ANYBODY = "a mentor who has done what you are asking about"


def who_could_answer(question: str) -> str:
    """Return a sentence that names up to two kinds of people who could answer a question, and a mentor."""
    found = [who for pattern, who in _PATTERNS if pattern.search(question)][:_MOST]
    return f"Who could answer: {'; '.join([*found, _ANYBODY])}."
