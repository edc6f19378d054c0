from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.safety import CARE_TEXT, CLINICAL_TEXT, EMERGENCY_TEXT, Fixed, fixed_answer, notice_for, texts
from ingest.clean import clean
from ingest.sources import read_folder

IN_DANGER = [
    "I want to kill myself",
    "I can't do this anymore and I want to end my life",
    "i'm going to hurt myself tonight",
    "I am suicidal",
    "I’m suicidal",
    "I feel suicidal",
    "I'm feeling suicidal after the board exam",
    "I have suicidal thoughts on every night shift",
    "I have been thinking about suicide",
    "I've thought about taking my own life",
    "I keep thinking about ending it all",
    "I cut myself again last night",
    "I just want to die",
    "I wish I was dead",
    "I wish I could go to sleep and never wake up",
    "I don't want to be alive anymore",
    "I don’t want to be here anymore",
    "i dont want to live",
    "I no longer want to live like this",
    "I see no point in living",
    "my family would be better off without me",
    "everyone is better off if I was dead",
    "my husband hits me when I come home late",
    "my ex threatened to kill me",
    "my wife is abusing me",
    "I feel unsafe at home",
    "I am not safe right now",
    "my co-resident is suicidal, whom do I tell",
    "a friend texted me about killing himself",
    "my colleague is talking about suicide",
    "MY INTERN WANTS TO DIE",
]

DANGER_IN_OTHER_WORDS = [
    "I've been feeling suicidal lately",
    "I'm not safe at home",
    "I'd rather be dead than go back tomorrow",
    "I hope I never wake up",
    "I took an overdose",
    "my resident told me she wants to kill herself",
    "I have suicidal ideation",
    "I keep having suicidal thoughts",
    "I struggle with suicidal thoughts",
    "I think I might be suicidal",
    "I've become suicidal",
    "suicidal thoughts, what do I do",
    "I attempted suicide last year and feel it again",
    "I don't want to live with this anymore",
    "I dont want to live this way",
    "I do not want to live without her",
    "I don't want to live in pain",
    "I don't see a reason to live",
    "I cant live anymore",
    "I wanna die",
    "I want to hang myself",
    "I overdosed on my pills",
]

PATIENT_IN_DANGER = [
    "my patient is coding right now what do I do",
    "the patient went into v-fib",
    "the patient is not breathing",
    "my patient has stopped breathing",
    "pt is pulseless",
    "a patient is seizing",
    "our patient has no pulse",
    "my patient just went unresponsive",
    "the patient is bleeding out",
    "my patient just arrested",
    "my patient is in anaphylaxis",
]

CLINICAL = [
    "what dose of amoxicillin for a 20 kg child",
    "what is the dosage of amoxicillin",
    "dosing of heparin in renal failure",
    "how do I titrate insulin",
    "vancomycin 15 mg/kg",
    "do I give 500 ml or 1000 ml",
    "0.5 mcg/kg/min of what",
    "how do I treat hyperkalemia",
    "how do I treat DKA",
    "how should I intubate a child",
    "how do you wean a ventilator",
    "how do I replete potassium",
    "how do I manage sepsis",
    "how can we anticoagulate after a stroke",
    "how would you diagnose lupus",
    "first-line antibiotic for pneumonia",
    "first line therapy in psoriasis",
    "which antibiotics should I choose",
    "antibiotics for cellulitis",
    "is metformin contraindicated in renal failure",
    "contraindications to thrombolysis",
    "differential diagnosis of chest pain",
    "ddx for syncope",
    "treatment of hyponatremia",
    "workup for syncope",
    "symptoms of lupus",
]

ORDINARY = [
    "this rotation is killing me and I have no boundaries",
    "the commute is killing me",
    "my mentor is killing my project",
    "my patient was suicidal and the debrief went badly",
    "I could have killed myself for missing that deadline",
    "I killed it in my interview, what next",
    "I'd kill for a mentor",
    "how common is suicide among physicians",
    "what do programs do to prevent resident suicide",
    "I want to end it with my mentor",
    "how do I end my contract",
    "my partner threatened to leave the practice",
    "my wife hits the ceiling when I bring up fellowship",
    "I am in danger of not matching",
    "I feel unsafe speaking up",
    "I want to disappear from social media",
    "I am burned out and dread going to work",
    "I am going to die of boredom on this rotation",
    "how do I become a code blue team leader",
    "how does a patient visit get coded",
    "is the patient load a sign of a bad practice",
    "how do I manage my mentor",
    "how do I manage two mentors",
    "how do I manage my own burnout",
    "how do I manage multiple offers",
    "how do I manage my debt",
    "how do we manage conflict",
    "how can I diagnose a toxic practice",
    "what are symptoms of burnout",
    "I need a dose of reality about private practice",
    "can I treat family members as a resident",
]

ORDINARY_ABOUT_MANAGING = [
    "how do I manage up",
    "how do I manage a team of residents",
    "how do I manage my clinic",
    "how do I manage a difficult attending",
    "how should I manage my student loans",
    "how do I manage imposter syndrome",
    "how do I manage parental leave",
    "how do I work up the courage to negotiate",
    "time management for residents",
    "practice management for new partners",
    "what is the tax treatment of a signing bonus",
    "how do I report unfair treatment of women faculty",
    "what are symptoms of a toxic workplace",
    "is 5000 units a fair wRVU threshold",
]

ORDINARY_WITH_A_GRAVE_WORD = [
    "how do I support a colleague after a patient's suicide",
    "I want to write a paper on suicide prevention",
    "should I take my own life insurance or the hospital's",
    "my partner beat me to the promotion, what now",
    "who pays when a patient has a coding error on the bill",
    "I lost a patient who was suicidal, how do I cope",
    "I am presenting on suicidal patients at grand rounds",
    "I do not want to live in Texas, how do I look elsewhere",
    "I no longer want to live far from my family",
]


@pytest.mark.parametrize("question", IN_DANGER)
def test_a_person_in_danger_gets_care_before_everything(question: str) -> None:
    fixed = answered(question)
    assert (fixed.outcome, fixed.path, fixed.then_answer) == ("care", "crisis", False)


@pytest.mark.parametrize("question", DANGER_IN_OTHER_WORDS)
def test_danger_said_in_other_words_gets_care_too(question: str) -> None:
    assert answered(question).path == "crisis"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("I want to die", CARE_TEXT),
        ("my husband hits me when I come home late", texts.HOME_TEXT),
        ("my co-resident is suicidal, whom do I tell", texts.NEARBY_TEXT),
        ("I stood at the train platform this morning longer than I should have", texts.SIDEWAYS_TEXT),
    ],
)
def test_the_text_fits_who_is_in_danger(question: str, text: str) -> None:
    assert answered(question).text == text


#: What somebody writes around it must not hide it.
AROUND = [
    "I do research with my mentor and lost a patient last month. {}",
    "My contract, fellowship interview and rank list are due. {}",
    "I gave grand rounds on suicide prevention last year. {}",
    "This rotation is killing me. {}",
    "{}. How do I ask my program director for leave?",
    "{}. Also what is a kill fee in a contract?",
]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("question", [*IN_DANGER, *PATIENT_IN_DANGER])
def test_words_of_a_career_around_it_do_not_hide_danger(question: str, around: str) -> None:
    assert answered(around.format(question)).outcome == "care"


@pytest.mark.parametrize("question", [*PATIENT_IN_DANGER, "patient stopped breathing"])
def test_a_patient_in_danger_gets_the_emergency_text(question: str) -> None:
    fixed = fixed_answer(question)
    assert fixed is not None
    assert (fixed.outcome, fixed.text) == ("care", EMERGENCY_TEXT)


@pytest.mark.parametrize("question", CLINICAL)
def test_a_clinical_question_is_declined(question: str) -> None:
    fixed = fixed_answer(question)
    assert fixed is not None
    assert (fixed.outcome, fixed.text) == ("declined", CLINICAL_TEXT)


@pytest.mark.parametrize("question", ORDINARY)
def test_an_ordinary_question_goes_on_to_the_search(question: str) -> None:
    assert fixed_answer(question) is None


@pytest.mark.parametrize("question", ORDINARY_ABOUT_MANAGING)
def test_managing_people_money_or_time_is_not_a_clinical_question(question: str) -> None:
    assert fixed_answer(question) is None


@pytest.mark.parametrize("question", ORDINARY_WITH_A_GRAVE_WORD)
def test_a_grave_word_alone_does_not_make_an_emergency(question: str) -> None:
    assert fixed_answer(question) is None


def test_what_the_corpus_says_and_is_asked_hardly_ever_alarms() -> None:
    documents = [clean(document) for document in read_folder(Path(__file__).parents[2] / "corpus", "Curbside")]
    said = [text for d in documents for text in (d.title, d.summary, *(block.text for block in d.blocks))]
    asked = [question for d in documents for block in d.blocks[::7] for question in block.asked]
    assert len(said) > 1_000
    assert sum(1 for text in said if fixed_answer(text)) <= len(said) / 1_000
    assert sum(1 for text in asked if fixed_answer(text)) <= len(asked) / 200


def test_danger_to_the_asker_comes_before_a_clinical_question() -> None:
    fixed = fixed_answer("I want to kill myself, what dose of insulin does it take")
    assert fixed is not None
    assert fixed.text == CARE_TEXT


@pytest.mark.parametrize("number", ["911", "988", "1-888-409-0141", "outside the united states"])
def test_the_care_text_names_who_to_reach(number: str) -> None:
    assert number in CARE_TEXT.casefold()


def test_the_care_text_puts_the_emergency_number_before_everything_else() -> None:
    assert CARE_TEXT.index("911") < CARE_TEXT.index("988") < CARE_TEXT.index("Curbside")


@pytest.mark.parametrize("text", [texts.CARE_TEXT, texts.HOME_TEXT, texts.NEARBY_TEXT, texts.SIDEWAYS_TEXT])
def test_every_crisis_text_names_911_first_and_then_a_line_to_call(text: str) -> None:
    assert text.index("911") < min(text.index("988"), text.index("1-800-799-7233"), text.index("1-888-409-0141"))


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("my attending keeps touching my lower back", "National Sexual Assault Hotline"),
        ("smelled alcohol on my attending during a case", "Physician health program"),
        ("no supervision at all in the ICU at night", "Joint Commission"),
    ],
)
def test_what_should_be_told_opens_with_who_to_tell_and_leaves_room_for_the_answer(question: str, part: str) -> None:
    notice = notice_for(question)
    assert notice is not None
    assert fixed_answer(question) is None
    assert (notice.path, notice.then_answer) == ("report", True)
    assert part in notice.text
    assert notice.text.startswith("Who to tell")


@pytest.mark.parametrize(
    "question",
    [
        "programs I cannot apply to because of the visa", "tips for being pregnant in residency",
        "who do I report a needlestick to", "how do I turn a case report into a poster",
    ],
)  # fmt: skip
def test_a_trait_or_a_report_without_harm_has_no_notice(question: str) -> None:
    assert notice_for(question) is None


@pytest.mark.parametrize(
    "question",
    ["they denied me cases because of the visa", "passed over for being pregnant", "fired because I'm black"],
)
def test_harm_done_because_of_who_one_is_has_a_notice(question: str) -> None:
    assert notice_for(question) is not None


def test_an_ordinary_question_has_no_notice() -> None:
    questions = ["do I report to my PD about vacation", "harassed by recruiters' emails, how to unsubscribe"]
    assert [notice_for(question) for question in questions] == [None, None]


@pytest.mark.parametrize("question", ["I want to die", "my boyfriend choked me", "my attending harasses me"])
def test_a_fixed_text_says_where_its_facts_come_from(question: str) -> None:
    fixed = fixed_answer(question) or notice_for(question)
    assert fixed is not None
    assert all(source.title and source.publisher for source in fixed.sources)
    assert all(re.fullmatch(r"https://[\w.-]+\S*", source.url) for source in fixed.sources)
    assert len(fixed.sources) >= 3


def answered(question: str) -> Fixed:
    fixed = fixed_answer(question)
    assert fixed is not None, question
    return fixed
