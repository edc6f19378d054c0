"""What the care path says, and where each fact of it was looked up. Nothing here is generated or retrieved.

The sources were read on 2026-11-26, that of the 988 Lifeline through pages of health departments that describe it. Hours, numbers and links are checked again whenever the corpus is reviewed.
"""

# ruff: noqa: E501 - tables of patterns and texts read best a line each
from __future__ import annotations

from assistant.records import CareSource

LIFELINE = CareSource("988 Suicide & Crisis Lifeline", "Vibrant Emotional Health", "https://988lifeline.org")
SUPPORT_LINE = CareSource(
    "Frequently asked questions", "Physician Support Line", "https://physiciansupportline.com/faq"
)
VIOLENCE_HOTLINE = CareSource(
    "National Domestic Violence Hotline answers 6 million contacts",
    "Office for Victims of Crime, U.S. Department of Justice",
    "https://ovc.ojp.gov/news/grantee-news/national-domestic-violence-hotline-answers-6-million-contacts",
)
ASSAULT_HOTLINE = CareSource(
    "National Sexual Assault Hotline", "RAINN", "https://rainn.org/get-help/national-sexual-assault-hotline"
)
HEALTH_PROGRAMS = CareSource(
    "State programs", "Federation of State Physician Health Programs", "https://fsphp.org/state-member-programs"
)
OMBUDSPERSON = CareSource(
    "Office of the Ombudsperson",
    "ACGME",
    "https://www.acgme.org/residents-and-fellows/report-an-issue/office-of-the-ombudsperson/",
)
COMPLAINTS = CareSource(
    "Report an issue: frequently asked questions",
    "ACGME",
    "https://www.acgme.org/residents-and-fellows/report-an-issue/faqs/",
)
EEOC_CONFIDENTIALITY = CareSource(
    "Confidentiality", "U.S. Equal Employment Opportunity Commission", "https://www.eeoc.gov/confidentiality"
)
EEOC_RETALIATION = CareSource(
    "Retaliation/Reprisal (brochure)",
    "U.S. Equal Employment Opportunity Commission",
    "https://www.eeoc.gov/laws/guidance/retaliationreprisal-brochure",
)
OMBUDS_STANDARDS = CareSource(
    "Standards of practice", "NASA Ombuds Office", "https://www.nasa.gov/ombuds-office/standards-of-practice/"
)
CONFIDENTIAL = CareSource(
    "What is a confidential resource?",
    "University of Oregon",
    "https://investigations.uoregon.edu/what-confidential-resource",
)
COLLEAGUES = CareSource(
    "Physician responsibilities to colleagues with illness, disability or impairment",
    "AMA Code of Medical Ethics",
    "https://code-medical-ethics.ama-assn.org/ethics-opinions/physician-responsibilities-colleagues-illness-disability-or-impairment",
)
DUTY = CareSource(
    "Duty to report: a loaded question with no easy answer",
    "Tennessee Medical Association",
    "https://www.tnmed.org/TMA/News_and_Media/News/Physicians__Health_Message__Duty_to_Report.aspx",
)
SAFETY_EVENT = CareSource(
    "Report a patient safety event",
    "The Joint Commission",
    "https://www.jointcommission.org/resources/patient-safety-topics/report-a-patient-safety-event/",
)

_DANGER = "- In immediate danger: call 911 in the United States, or your local emergency number."
_988 = (
    "- 988 Suicide & Crisis Lifeline (United States): call or text 988, or chat at 988lifeline.org. Free and confidential, "
    "day and night."
)
_PSL = (
    "- Physician Support Line (United States): call 1-888-409-0141, 8 a.m. to 1 a.m. Eastern time, every day. Volunteer psychiatrists "
    "for physicians, trainees and medical students; free, confidential, no appointment. physiciansupportline.com"
)
_HOTLINE = (
    "- National Domestic Violence Hotline (United States): call 1-800-799-7233, text START to 88788, or chat at thehotline.org. "
    "Free and confidential, day and night."
)
_ELSEWHERE = "- Outside the United States: call your local emergency number or crisis line."
_PHP = (
    "For the days after: a physician health program (PHP) is a confidential program, in nearly every state, for physicians and trainees "
    "with an illness such as depression or addiction. You can call yours for yourself; fsphp.org lists them."
)
_LIMIT = "Curbside is a library of career guidance. It cannot help in a crisis; the people above can."

_REACH = (
    _DANGER,
    _988,
    _PSL,
    "- If somebody hurts or threatens you: National Domestic Violence Hotline, 1-800-799-7233. thehotline.org",
    f"{_ELSEWHERE}\n",
    f"{_PHP}\n",
    _LIMIT,
)
CARE_TEXT = "\n".join(
    ("You do not have to carry this alone. Please reach a person now, before you read on.\n", *_REACH)
)
#: For what was said sideways, of oneself or of somebody near.
SIDEWAYS_TEXT = "\n".join(
    (
        "If you, or somebody near you, may not be safe right now: please reach a person now, before you read on.\n",
        *_REACH,
    )
)
CARE_SOURCES = (LIFELINE, SUPPORT_LINE, VIOLENCE_HOTLINE, HEALTH_PROGRAMS)

HOME_TEXT = "\n".join(
    (
        "It sounds as if somebody may be hurting or threatening you. You do not have to face it alone: please reach a person now.\n",
        _DANGER,
        f"{_HOTLINE} If somebody may be watching this device, use another one.",
        _988,
        _PSL,
        f"{_ELSEWHERE}\n",
        _LIMIT,
    )
)
HOME_SOURCES = (VIOLENCE_HOTLINE, LIFELINE, SUPPORT_LINE)

NEARBY_TEXT = "\n".join(
    (
        "It sounds as if somebody near you may not be safe right now. Please reach a person now; you need not handle it alone.\n",
        f"{_DANGER} If you can do so safely, do not leave them alone.",
        "- 988 Suicide & Crisis Lifeline (United States): call or text 988, or chat at 988lifeline.org. It also takes calls from people "
        "who worry about somebody else. Free and confidential, day and night.",
        f"{_PSL} For you, or for them.",
        "- If somebody hurts or threatens them: National Domestic Violence Hotline, 1-800-799-7233. thehotline.org",
        f"{_ELSEWHERE}\n",
        f"{_PHP}\n",
        _LIMIT,
    )
)

EMERGENCY_TEXT = (
    "That reads like an emergency. Curbside holds career guidance only.\n\n"
    "- In a hospital: call your rapid response or code team and your supervising physician now.\n"
    "- Anywhere else: call 911 in the United States, or your local emergency number."
)

CLINICAL_TEXT = (
    "Curbside does not answer clinical questions such as doses, diagnoses or treatment. Ask your supervising physician, a pharmacist "
    "or your institution's clinical references. Curbside answers career and mentorship questions."
)

_OPENS = "Who to tell, and what stays confidential. This is general information for the United States; your institution's policy decides."
_OMBUDS = (
    "- Ombuds office: listens and explains your options; confidential except where serious harm is imminent. Telling it does not put the "
    "institution on notice."
)
_COUNSELLORS = '- Counsellors, clergy and your own physician: usually confidential by law. Ask anybody else first: "What would you have to report?"'
_ACGME = (
    "- ACGME Office of the Ombudsperson: hears concerns about training; confidential unless you allow it to speak to others, and apart "
    "from accreditation. A formal complaint to the ACGME needs your name."
)

MISTREATMENT_TEXT = "\n".join(
    (
        f"{_OPENS}\n",
        "- In danger, or after an assault: call 911. National Sexual Assault Hotline: 1-800-656-4673, free and confidential, day and night.",
        _OMBUDS,
        _COUNSELLORS,
        "- Title IX coordinator, human resources, GME office: private, not confidential. They may have to act on what you tell them, and most "
        "supervisors and faculty must pass a report of sexual harassment on.",
        "- EEOC: what you tell it stays confidential until you file a charge; then your employer is told your name within 10 days. A charge has "
        "a deadline of 180 days, or 300 in many states.",
        f"{_ACGME}\n",
        "Retaliation for complaining of discrimination or harassment is itself prohibited by federal law. Complaints about other matters may "
        "be protected by other laws.",
    )
)
MISTREATMENT_SOURCES = (
    OMBUDS_STANDARDS, CONFIDENTIAL, EEOC_CONFIDENTIALITY, EEOC_RETALIATION, OMBUDSPERSON, COMPLAINTS, ASSAULT_HOTLINE
)  # fmt: skip

IMPAIRMENT_TEXT = "\n".join(
    (
        f"{_OPENS}\n",
        "- If a patient is at risk now: tell the supervising physician or the chief on call, so that the person stops working.",
        "- Physician health program (PHP): a confidential program, in nearly every state, for physicians and trainees whose illness or use of "
        "alcohol or drugs may impair them. You can call it for yourself or about a colleague, and ask first what it would have to report. "
        "fsphp.org lists them.",
        _PSL,
        "- Program director, GME office or department chair: private, not confidential; they may have to act.",
        _OMBUDS + "\n",
        "Whether you must report an impaired colleague, and to whom, differs by state, and some states accept a report to the PHP: ask the PHP "
        "or the medical board of yours. The AMA's Code of Medical Ethics asks physicians to intervene when a colleague cannot practise safely.",
    )
)
IMPAIRMENT_SOURCES = (HEALTH_PROGRAMS, SUPPORT_LINE, COLLEAGUES, DUTY, OMBUDS_STANDARDS)

UNSAFE_TEXT = "\n".join(
    (
        f"{_OPENS}\n",
        "- If a patient is at risk now: call the attending on call, and then the next person in the chain of command.",
        "- Program director, GME office or the institution's safety reporting system: private at best; ask whether a report can be anonymous.",
        _OMBUDS,
        _ACGME,
        "- The Joint Commission takes reports about the hospitals that it accredits and does not share your name without your permission.\n",
        "Federal law prohibits retaliation for complaining of discrimination or harassment. What protects a report about safety or staffing "
        "differs by state: ask before you report outside the institution.",
    )
)
UNSAFE_SOURCES = (OMBUDS_STANDARDS, OMBUDSPERSON, COMPLAINTS, SAFETY_EVENT, EEOC_RETALIATION)

#: Above an ordinary answer, where a question only may be one of these.
LIKELY_CRISIS_TEXT = (
    "If this is more than you, or somebody near you, can carry alone: call or text 988 in the United States, free and confidential, day and "
    "night, or the Physician Support Line, 1-888-409-0141, 8 a.m. to 1 a.m. Eastern time. In immediate danger call 911, or your local "
    "emergency number elsewhere."
)
LIKELY_EMERGENCY_TEXT = "If a patient is in danger now: call your rapid response or code team and your supervising physician. Curbside holds career guidance only."
LIKELY_REPORT_TEXT = (
    "If this is about mistreatment, impairment or unsafe work: an ombuds office listens in confidence; human resources, the GME office and a "
    "Title IX coordinator may have to act on what you tell them. Retaliation for complaining of discrimination or harassment is prohibited by "
    "federal law."
)
