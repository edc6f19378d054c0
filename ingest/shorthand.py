"""Short forms that doctors type -> the words that they stand for. A leaf: questions and the questions that sections are
known to answer are compared with their short forms written out.

Only forms that mean one thing in this field and that guidance does not write itself are here: "GME" and "PSLF" stand in
the documents as they are, and "im" is "I'm" as often as internal medicine.
"""

from __future__ import annotations

import re

_FORMS = {
    "anes": "anesthesia",
    "appt": "appointment",
    "appts": "appointments",
    "asst": "assistant",
    "attg": "attending",
    "avg": "average",
    "b/c": "because",
    "comp": "compensation",
    "cuz": "because",
    "dept": "department",
    "derm": "dermatology",
    "dx": "diagnosis",
    "etoh": "alcohol",
    "eval": "evaluation",
    "evals": "evaluations",
    "f/u": "follow-up",
    "fm": "family medicine",
    "gsi": "guaranteed standard issue",
    "gyn": "gynecology",
    "heme": "hematology",
    "hosp": "hospital",
    "hrs": "hours",
    "hx": "history",
    "inpt": "inpatient",
    "loi": "letter of intent",
    "lor": "letter of recommendation",
    "lors": "letters of recommendation",
    "malprac": "malpractice",
    "mgmt": "management",
    "mo": "months",
    "mos": "months",
    "mtg": "meeting",
    "mtgs": "meetings",
    "ob": "obstetrics",
    "obgyn": "obstetrics and gynecology",
    "onc": "oncology",
    "ortho": "orthopedics",
    "outpt": "outpatient",
    "peds": "pediatrics",
    "ppl": "people",
    "prof": "professor",
    "psych": "psychiatry",
    "pts": "patients",
    "rads": "radiology",
    "rec": "recommendation",
    "recs": "recommendations",
    "rvu": "wRVU",
    "rvus": "wRVUs",
    "sched": "schedule",
    "u": "you",
    "ur": "your",
    "w/": "with",
    "w/o": "without",
    "wk": "week",
    "wks": "weeks",
    "yr": "year",
    "yrs": "years",
    **{f"{kind} ins": f"{kind} insurance" for kind in ("disability", "health", "liability", "life", "malpractice")},
    **{f"m{year}": "medical student" for year in (3, 4)},
    **{f"ms{year}": "medical student" for year in (1, 2, 3, 4)},
}
#: The same where they are written in capitals, in a text that is not.
_CAPITALS = {
    "AR": "accounts receivable",
    "EM": "emergency medicine",
    "IM": "internal medicine",
    "NICU": "neonatal intensive care",
}


def _pattern(forms: dict[str, str], flags: int = 0) -> re.Pattern[str]:
    longest_first = sorted(forms, key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d])(?<![/&.-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w/&-]|\.\w)", flags)


_FORM, _CAPITAL = _pattern(_FORMS, re.IGNORECASE), _pattern(_CAPITALS)


def written_out(text: str) -> str:
    """Return a text with its short forms written out: "pts w/o appts, 14mo" is "patients without appointments, 14
    months"."""
    if not text.isupper():
        text = _CAPITAL.sub(lambda found: _spaced(found, _CAPITALS[found[0]]), text)
    return _FORM.sub(lambda found: _spaced(found, _FORMS[found[0].casefold()]), text)


def _spaced(found: re.Match[str], words: str) -> str:
    behind_a_figure = found.start() > 0 and found.string[found.start() - 1].isdigit()
    return f" {words}" if behind_a_figure else words
