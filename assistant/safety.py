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

_NOT = r"(?:not|never|n't|n’t)"
_CARE = re.compile(
    r"\b(?:"
    r"i(?:'m| am|’m)? (?:feel(?:ing)? |been |have been |think i(?:'m| am) )*(?:suicidal|going to (?:kill|hurt|harm) myself)"
    r"|(?:i|i've|i’ve|ive|i have|i am|i'm|i’m)\b[^.?!]{0,60}\b(?:kill(?:ing)? myself|end(?:ing)? (?:my life|it all)|tak(?:e|ing) my (?:own )?life"
    r"|hurt(?:ing)? myself|harm(?:ing)? myself|cut(?:ting)? myself|suicidal (?:thoughts|ideation)|suicide)"
    r"|(?:i|i'd|i’d) (?:want|wish|would rather|just want|really want|wanted)\b[^.?!]{0,30}\b(?:to die|be dead|i was dead|i were dead|to disappear forever|not wake up|never wake up)"
    r"|i (?:do ?"
    + _NOT
    + r"|dont|can(?:'t|’t|not)|no longer) want to (?:live|be alive|be here anymore|wake up|go on living)"
    r"|(?:better off|world is better) (?:without me|if i (?:was|were) dead)"
    r"|no (?:reason|point) (?:to|in) (?:live|living|going on|being alive)"
    r"|my (?:husband|wife|partner|boyfriend|girlfriend|spouse|ex|father|mother)\b[^.?!]{0,25}\b(?:hits|hit|beats|beat|chok(?:es|ed)|threaten(?:s|ed) to kill|hurts|abuses|is abusing|abused) me"
    r"|i (?:am|'m|’m|feel)\b[^.?!]{0,15}\b(?:not safe|unsafe|in danger) (?:at home|with my|tonight|right now|going home)"
    r"|(?:my )?(?:co-?resident|colleague|friend|classmate|intern|roommate|husband|wife|partner)\b[^.?!]{0,30}\b(?:is suicidal|wants to die|wants to kill (?:himself|herself|themselves)"
    r"|(?:is )?(?:talking|talks|texted me) about (?:suicide|killing (?:himself|herself|themselves)|ending (?:it|his life|her life|their life)))"
    r")",
    re.IGNORECASE,
)
_EMERGENCY = re.compile(
    r"\b(?:my |the |a |our )?(?:patient|pt)\b[^.?!]{0,40}\b(?:is|has|just|went|stopped)\b[^.?!]{0,25}\b(?:coding|cod(?:ed|es)|arrest(?:ing|ed)?|v-?fib"
    r"|stopped breathing|not breathing|unresponsive|seizing|anaphylaxis|crashing|bleeding out|no pulse|pulseless)\b"
    r"|\b(?:breathing|stopped breathing) (?:and|,) (?:no pulse|unresponsive)\b",
    re.IGNORECASE,
)
_CLINICAL = re.compile(
    r"\b\d+ ?(?:mg|mcg|µg|ml|units?)(?:/kg|/h)?\b"
    r"|\b(?:dose|dosing|dosage|titrat\w+)\b(?!\s+of (?:reality|feedback|humility))"
    r"|\b(?:differential diagnosis|ddx|first[- ]line (?:therapy|treatment|antibiotic)|antibiotics? (?:for|should)|contraindicat\w+)\b"
    r"|\bhow (?:do|should|would|can) (?:i|we|you) (?:treat|diagnose|manage|work ?up|anticoagulate|intubate|wean|replete)\b"
    r"(?! (?:a|my|the|our)? ?(?:\w+ )?(?:mentor|mentee|staff|conflict|time|inbox|money|debt|resident|intern|colleague|practice|partner|career|workload|schedule|call|stress|burnout|calendar|e-?mail|offer))"
    r"|\b(?:treatment|management|workup|symptoms) (?:of|for) (?!burnout\b|physician)\w+",
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
