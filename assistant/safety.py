"""Fixed answers that come before any search: a person in danger, and questions that Curbside is not for.

Nothing here is generated or retrieved. Patterns ask for the first person or for a patient now, so that "this rotation
is killing me" and "my patient was suicidal and the debrief went badly" stay ordinary questions. Sources of the care
text, looked up on 2026-11-22: the 988 Suicide & Crisis Lifeline (988lifeline.org; call or text, free, confidential, day and night, United
States), the Physician Support Line (physiciansupportline.com/faq; 8 a.m. to 1 a.m. Eastern time) and the Federation of
State Physician Health Programs (fsphp.org).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.records import Outcome

CARE_TEXT = (
    "It sounds as if you, or somebody near you, may not be safe right now. Please reach a person before you read anything else.\n\n"
    "- In immediate danger: call 911 in the United States, or your local emergency number.\n"
    "- 988 Suicide & Crisis Lifeline (United States): call or text 988, free and confidential, day and night. 988lifeline.org\n"
    "- Physician Support Line: 1-888-409-0141, psychiatrists for physicians, trainees and medical students, free and "
    "confidential, 8 a.m. to 1 a.m. Eastern time, no appointment. physiciansupportline.com\n"
    "- Outside the United States: call your local emergency number or crisis line.\n\n"
    "A physician health program (PHP) is a confidential state program that helps physicians with illness, including depression "
    "and addiction; you can call yours for yourself. fsphp.org lists them.\n\n"
    "Curbside is a library of career guidance and cannot help in a crisis."
)

EMERGENCY_TEXT = (
    "That reads like an emergency with a patient. Curbside holds career guidance only.\n\n"
    "- In a hospital: call your rapid response or code team and your supervising physician now.\n"
    "- Anywhere else: call 911 in the United States, or your local emergency number."
)

CLINICAL_TEXT = (
    "Curbside does not answer clinical questions such as doses, diagnoses or treatment. Ask your supervising physician, a pharmacist "
    "or your institution's clinical references. Curbside answers career and mentorship questions."
)

_SELF = r"(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?|hang(?:ing)?|shoot(?:ing)?) myself"
_OTHERS = r"(?:himself|herself|themselves|themself)"
_DEATH = r"(?:to die|be dead|(?:was|were) dead|to disappear forever|(?:to )?(?:not|never) wake up)"
_CARE = re.compile(
    r"\b(?:"
    r"(?:i|i'm|i’m|im|i've|i’ve)\b(?:(?!\bpatient)[^.?!]){0,25}\bsuicidal\b(?! (?:patients?|risk|ideation research)\b)"
    r"|suicidal thoughts(?! (?:in|among|of)\b)|i (?:over-?dosed|attempted suicide|tried suicide)"
    rf"|(?:i|i'm|i’m|im|i've|i’ve|i'd|i’d)\b[^.?!]{{0,60}}\b(?:{_SELF}|end(?:ing)? (?:my life|it all)|tak(?:e|ing) my (?:own )?life(?! insurance)"
    r"|(?:thought|thoughts|thinking|considering|contemplating|planning)(?: of| about)? suicide|commit(?:ting)? suicide)"
    rf"|(?:i|i'd|i’d|id)\b[^.?!]{{0,15}}\b(?:want|wish|rather|hope|wanted)\b[^.?!]{{0,30}}\b{_DEATH}"
    r"|i (?:do ?(?:not|n't|n’t)|don't|don’t|dont|can(?:'t|’t|not)|no longer) want to (?:live(?! (?:in (?!pain|fear|this)|near|far|apart|close|with (?!this|it|the pain|myself))\b)|be alive|be here any ?more|wake up|go on living)"
    r"|not want(?:ing)? to (?:live|be alive|be here) any ?more"
    r"|(?:better off|world is better) (?:without me|if i (?:was|were) dead)"
    r"|i can(?:'t|’t|not|t) live any ?more|i wanna die|(?:no|(?:don['’]?t|not) see (?:a|any)) (?:reason|point) (?:to|in) (?:live|living|going on|being alive)"
    r"|i (?:took|have taken|just took|am taking) (?:an|a whole) (?:overdose|bottle)"
    r"|my (?:husband|wife|partner|boyfriend|girlfriend|spouse|ex|father|mother)\b[^.?!]{0,25}\b(?:hits|hit|beats|beat|chok(?:es|ed)|threaten(?:s|ed) to kill|hurts|abuses|is abusing|abused) me(?! to\b)"
    r"|i(?: am|'m|’m|m)?\b[^.?!]{0,15}\b(?:not safe|unsafe|in danger) (?:at home|with my|tonight|right now|going home)"
    rf"|(?:my|a) (?:\w+ )?(?:co-?resident|resident|colleague|friend|classmate|intern|mentee|student|roommate|husband|wife|partner)\b[^.?!]{{0,40}}\b(?:is suicidal|wants? to (?:die|kill {_OTHERS})"
    rf"|(?:is )?(?:talking|talks|texted me) about (?:suicide|killing {_OTHERS}|ending (?:it|his life|her life|their life)))"
    r")",
    re.IGNORECASE,
)
_EMERGENCY = re.compile(
    r"\b(?:patient|pt)\b[^.?!]{0,30}\b(?:is|has|just|went|'s)\b[^.?!]{0,20}\b(?:coding(?! (?:error|mistake|problem))|coded|arrest(?:ing|ed)|v-?fib"
    r"|not breathing|unresponsive|seizing|crashing|bleeding out|pulseless|in anaphylaxis|in cardiac arrest)\b"
    r"|\b(?:patient|pt)\b[^.?!]{0,20}\b(?:stopped breathing|has no pulse|with no pulse)\b",
    re.IGNORECASE,
)
#: Diseases by their endings, and the commonest that have none; words of the trade that end alike are left out.
_CONDITION = (
    r"(?:(?!diagnosis|prognosis|diploma)\w+(?:itis|[^\W\d_]emia|aemia|osis|oma|opathy|algia|penia|uria|plegia)\b"
    r"|sepsis|septic shock|stroke|pneumonia|hypertension|hypotension|diabetes|dka|a-?fib|atrial fibrillation|chf|heart failure|copd|asthma|seizures?"
    r"|chest pain|dvt|uti|anaphylaxis|withdrawal|delirium|overdose|fever|migraine|gout|shock|lupus|syncope|cancer|angina|epilepsy|influenza|embolism|infarction|arrhythmia)"
)
_CLINICAL = re.compile(
    r"\b\d+(?:\.\d+)? ?(?:mg|mcg|µg|ml)\b|\bmg/kg\b|\bunits of insulin\b"
    r"|\b(?:dose|dosing|dosage)s? (?:of|for)\b(?! (?:reality|feedback|humility))"
    r"|\b(?:what|which|how much|right|correct|usual|starting|max(?:imum)?|loading|adjust)\b[^.?!]{0,30}\b(?:dose|dosing|dosage)\b"
    r"|\b(?:differential diagnosis|ddx|first[- ]line (?:therapy|treatment|antibiotic)|antibiotics? (?:for|should)|contraindicat\w+)"
    r"|\bhow (?:do|should|would|can) (?:i|we|you) (?:intubate|anticoagulate|extubate|wean|titrate|replete)\b"
    rf"|\b(?:treat|treating|manage|managing|diagnose|diagnosing|work(?:ing)? ?up|treatment|management|workup|symptoms)\b[^.?!]{{0,25}}\b{_CONDITION}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fixed:
    """An answer that is always the same."""

    outcome: Outcome
    """``care`` or ``declined``."""
    text: str
    """What is shown."""


def fixed_answer(question: str) -> Fixed | None:
    """Return the fixed answer that a question calls for, or None where it is an ordinary one."""
    if _CARE.search(question):
        return Fixed("care", CARE_TEXT)
    if _EMERGENCY.search(question):
        return Fixed("care", EMERGENCY_TEXT)
    if _CLINICAL.search(question):
        return Fixed("declined", CLINICAL_TEXT)
    return None
