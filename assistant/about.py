"""A question about Curbside itself, or a greeting -> what is said to it. After ``question``, before any search.

"How do you work" comes near to advice on delegation, and no passage of a library says what the program is. Only whole
questions are met, so that "what can you do if they say no?" goes on to the search.
"""

# ruff: noqa: E501 - tables of patterns and texts read best a line each
from __future__ import annotations

import re

WHAT_IT_IS = (
    "Curbside is a program, not a person. It answers career and mentorship questions of physicians in training and in "
    "their first years of practice: mentors, contracts, offers, partnership, academic careers, and staying well. It looks "
    "for passages in its library and quotes them, each sentence with its source, and it says so where the library has no "
    "answer. Ask it as you would ask a colleague, for example “what should I ask about buy-in terms?”"
)
SOURCES = (
    "Every sentence of an answer is quoted from a document of the library and checked against it; its number opens the "
    "document at that place, with the works that it rests on and the day it was last reviewed. It is general guidance, "
    "not legal, financial or medical advice, and it can be out of date: a stale document is marked."
)
PRIVACY = (
    "A question is searched for on the machine that serves this page, and its log keeps no text of it. Conversations and "
    "the mentor map are kept in this browser only; what you send as feedback is kept by whoever runs the page. If a chat "
    "model is set up, names are masked before anything is sent to it, and the page shows what was sent. Please name no "
    "patients."
)
WELCOME = "You are welcome. Ask the next question whenever you have one."

#: "It" and "this" alone are what was spoken of: "how does it work" may ask about a bonus.
_YOU = r"(?:you|u|curbside|this (?:site|page|app|tool|bot|assistant|website))"
_QUESTIONS = r"(?:questions?|chats?|chat history)"
_ABOUT = (
    (
        WELCOME,
        r"(?:(?:ok|okay|great|perfect|cool|awesome|got it|wow|good|no|nice|oh) )?(?:thanks|thank you|thank u|thx|tysm|ty|cheers"
        r"|much appreciated|i appreciate (?:it|this))(?: (?:so|very) much| a lot| a ton| again| you)*"
        r"(?: (?:for (?:the|your|all the) (?:help|answer|info|advice)|(?:that|this) (?:really )?help(?:s|ed)(?: a lot)?))?",
    ),
    (
        WHAT_IT_IS,
        r"(?:hi|hello|hey|hiya|howdy|greetings|good (?:morning|afternoon|evening))(?: (?:there|curbside|doc|again|all))?"
        r"|(?:who|what)(?: exactly)? (?:are|r) (?:you|u)(?: exactly| really)?|what(?: is|'s) your name|do you have a name"
        rf"|who (?:made|built|created|wrote|runs|owns) {_YOU}"
        r"|are you (?:an? )?(?:real |actual |live |human )*(?:person|human|bot|robot|ai|doctor|physician|chatgpt|gpt|llm|machine|program"
        r"|computer|mentor|someone)(?: or (?:an? )?\w+(?: \w+)?)?|are you (?:real|human|there|alive)"
        r"|am i (?:talking|chatting|speaking) (?:to|with) an? (?:real |actual |live )?(?:person|human|bot|ai|robot|machine|doctor)"
        rf"|is {_YOU} (?:an? )?(?:bot|ai|chatgpt|gpt|human|real person)"
        r"|do you (?:sleep|dream|eat|get tired|have (?:feelings|emotions|a body|opinions))|can you see my name"
        r"|what(?: is|'s) (?:curbside|this (?:site|page|app|tool|website|bot|assistant))(?: for| about)?"
        rf"|how (?:do|does) {_YOU} work|what (?:can|do|could) (?:you|u|curbside) (?:do|know|answer|cover)(?: for me)?"
        r"|what (?:can|do|could) you help(?: me)? with|how (?:can|could|do) you help(?: me)?"
        r"|what (?:can|should|may|could|do) i ask(?: you| curbside)?(?: here| about)?|what (?:topics|questions) (?:do|can) you (?:cover|answer)"
        r"|help(?: me)?|(?:how to|how do i) use (?:this|curbside|this (?:site|page|app|tool))",
    ),
    (
        SOURCES,
        r"where (?:do|does) (?:you|your answers?|these answers?|your information) (?:get (?:your|its) \w+|come from)"
        r"|where do you get your \w+(?: from)?|what are your sources|(?:can|should) i trust (?:you|these answers|your answers)"
        r"|(?:are|is) (?:you|your (?:answers?|advice|information)) (?:always )?(?:reliable|accurate|correct|right|legal advice)",
    ),
    (
        PRIVACY,
        rf"(?:are|is) (?:my|our|these) {_QUESTIONS} (?:private|confidential|anonymous|safe|secure|saved|stored|logged|recorded|shared|kept)"
        rf"|do you (?:save|store|keep|log|share|sell|remember|record|track) (?:(?:my|our|these) {_QUESTIONS}|what i (?:type|write|ask|say)|me)"
        rf"|(?:who|who else|can (?:my|the) [\w ]{{2,30}}) (?:can |could |will )?(?:see|read) (?:this chat|my {_QUESTIONS}|what i (?:type|write|ask)(?: here)?)"
        r"|is (?:this (?:chat|site|page|app|tool)|curbside) (?:private|confidential|anonymous|secure|hipaa compliant)",
    ),
)  # fmt: skip
_GREETING = re.compile(r"^(?:hi|hello|hey)(?: there| curbside)? ")
_PATTERNS = tuple((text, re.compile(pattern)) for text, pattern in _ABOUT)


def about(question: str) -> str:
    """Return what is said to a greeting or a question about Curbside, or an empty text where it is none."""
    plain = " ".join(re.sub(r"[^\w' ]+", " ", question.casefold().replace("’", "'")).split())
    asked = _GREETING.sub("", plain)
    return next((text for text, pattern in _PATTERNS if pattern.fullmatch(plain) or pattern.fullmatch(asked)), "")
