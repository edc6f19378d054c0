"""What a sentence that instructs the assistant looks like: the tables of ``assistant.planted``."""

from __future__ import annotations

import re

_REPLY = r"(?:answers?|responses?|repl(?:y|ies)|outputs?|summar(?:y|ies)|completions?)"
_YOUR = rf"\byour(?: (?:next|final|whole|entire|full|own|\w+ed))? (?:{_REPLY}|messages?)\b"
_MINE = rf"\byour(?: \w+)? {_REPLY}\b"
_LANGUAGES = (
    r"(?:arabic|chinese|dutch|esperanto|french|german|greek|hebrew|hindi|italian|japanese|klingon|korean|latin"
    r"|mandarin"
    r"|persian|polish|portuguese|russian|spanish|swahili|swedish|thai|turkish|ukrainian|urdu|vietnamese)"
)
#: What no advice to a reader says of a reply: how its letters stand.
_FORM = (
    r"(?:letters|(?:every|each|first|last|second|third|fourth|fifth) letter|vowels?|consonants?|alphabet\w*"
    r"|alphanumeric\w*|special characters|symbols?|punctuation|(?:white)?spaces"
    r"|typos?|misspell\w*|spelling errors|spelled|spelt|anagram\w*|homophon\w*|emojis?|emoticons?|base ?-?\d\d"
    r"|base-encod\w+"
    r"|hexadecimal|binary|octal|rot-?13|morse|caesar|cipher\w*|encod\w+|encrypt\w+|json|yaml|xml|html"
    r"|code block|code"
    r"|backwards?|reverse[ds]?|reversed|reversing|in reverse|upside down|capital letters|uppercase|lowercase"
    r"|all caps|mirror\w*|invert\w*"
    r"|inversions?|scrambl\w+|jumbl\w+|rhym\w+|haiku|limerick|poem|poetry|pirate|(?:another|foreign|different"
    r"|other) language|dialect|pig latin|leet\w*"
    rf"|numbers? for|(?:third|fourth|fifth|second|other|alternate) word|opposite meaning|{_LANGUAGES})"
)
_CODE = (
    r"(?:vowels?|typos|anagrams?|emojis?|emoticons?|base ?-?\d\d|hexadecimal|rot-?13|morse|ciphers?|json|backwards"
    rf"|reversed|capital letters|uppercase|all caps|haiku|pig latin|pirate|{_LANGUAGES})"
)
_MACHINE = (
    r"(?:a\.?i\.?|llms?|gpt\w*|chatbots?|bots?|language models?|(?:a\.?i\.? |virtual |chat "
    r"|digital )assistants?|ai models?)"
)
_ORDERS = (
    r"(?:instructions?|prompts?|directions|directives?|rules|guidelines|orders|commands?|constraints|restrictions"
    r"|programming|system message|guardrails|safeguards)"
)
#: Where a sentence names one of these, "your reply" is the reader's own.
READERS_REPLY = re.compile(
    r"\b(?:reviewers?|editors?|offers?|interview\w*|letters?(?! of (?:your|each))|contracts?|salary|programs?"
    r"|employers?|mentors?|committees?"
    r"|evaluations?|feedback|patients?|e-?mails?|colleagues?|attendings?|chairs?|recruiters?|manuscripts?"
    r"|applications?"
    r"|essays?|residents?|fellows?|resident’s|pages?|consults?|exam\w*|boards?|complaints?)\b",
    re.IGNORECASE,
)

#: Each of these is enough.
CERTAIN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # how the reply is to be written
        rf"{_YOUR}[^.!?]*\b{_FORM}\b",
        rf"\b{_FORM}\b[^.!?]*{_YOUR}",
        r"\b(?:replace|substitute|swap|convert|scramble|reverse|encode|rearrange|spell|misspell|jumble|remove"
        r"|encrypt|shift|"
        r"delete|flip|capitali[sz]e|mirror|group|change|turn|transform)\b[^.!?]{0,30}\b(?:letters|vowels"
        r"|consonants|nouns|verbs|adjectives|"
        r"spaces|alphabet|(?:every|each)(?: \w+)? (?:letter|word|vowel|character|sentence|noun))\b",
        r"^(?:please |always |only |now |instead,? |just )*(?:answer|respond|reply|output|return|translate"
        r"|provide|print|produce|give|write|present|speak|communicate|express)\b[^.!?]*"
        r"\b(?:emojis?|emoticons?|base ?-?\d\d|hexadecimal|binary code|rot-?13|morse|capital letters|uppercase"
        r"|all caps|json|klingon|rhymes?"
        r"|pig latin|reversed?|backwards?|the words? [\"“'‘]?\w+[\"”'’]?\.?$|single word|(?:one|a) word only"
        r"|ciphers?|caesar|encod\w+|encrypt\w+)\b",
        r"^(?:please |always |only |now |instead,? |just )*(?:answer|respond|reply|output)\b[^.!?]*\b(?:in|into"
        rf"|using|to) {_LANGUAGES}\b",
        rf"^(?:please |always )*(?:limit|restrict|shorten|cut) your {_REPLY} to\b[^.!?]*\b(?:word|character"
        r"|letter|syllable)s?\b",
        r"^(?:answer|respond|reply) as (?:if|though)\b|\b(?:answer|respond|reply) (?:only )?with (?:ok|yes|no"
        r"|nothing|[\"“'‘])",
        r"\bin (?:every|each|all|any)(?: of your)?(?: future| subsequent)? (?:answer|reply|response|output"
        r"|repl(?:y|ies)|answers|responses|message you)\b",
        rf"\b(?:the|this|each|every|any|whole|entire)(?: \w+)? {_REPLY}\b[^.!?]*\b{_CODE}\b",
        # whom it must speak to
        rf"{_YOUR}[^.!?]*\busers?\b|\busers?\b[^!?]*{_YOUR}",
        # older orders
        r"\b(?:ignore|disregard|forget|override|overrule|bypass|discard|neglect|cancel|set aside|drop"
        r"|skip)\b(?: \w+){0,3}"
        r" (?:previous|prior|earlier|above|preceding|foregoing|initial|system|safety|original|existing|your"
        rf"|other|past|former|old)(?: \w+){{0,3}} {_ORDERS}\b",
        r"\b(?:ignore|disregard|forget)\b(?: \w+){0,2} (?:everything|anything|all|whatever"
        r"|what)\b[^.!?]{0,25}\b(?:above|before|previously|told|earlier|so far|up to now)\b",
        rf"\b{_ORDERS}\b[^.!?]{{0,40}}\b(?:you were given|you (?:have )?received|given to you"
        rf"|above)\b[^.!?]{{0,40}}"
        r"\b(?:cancell?ed|void|no longer|replaced|revoked|outdated|ignored?|overrid\w+|superseded)\b",
        r"^(?:new|updated|important|urgent|real|actual) (?:system )?(?:instructions?|task|prompt|directive"
        r"|orders?) ?[:-]",
        r"\b(?:ignor\w+|vergiss|olvid\w+|oubli\w+|dimentica\w*|esque[çc]\w+)\b[^.!?]{0,40}"
        r"\b(?:anweisung\w*|instruccion\w*|instruç\w+|istruzion\w+|consignes?|indicacion\w*)\b",
        rf"\b(?:follow|obey|comply with)\b[^.!?]{{0,20}}\b(?:this|these|the following)(?: new)? (?:paragraph"
        rf"|{_ORDERS})\b[^.!?]{{0,10}}\binstead\b",
        r"\bobey this\b",
        # its prompt
        r"\b(?:system|initial|hidden|original|secret) prompt\b|\bsystem message\b|\byour (?:system |initial "
        r"|hidden )?(?:prompt\b|context window|training data|configuration\b|developers\b)",
        r"\b(?:print|reveal|repeat|output|display|quote|disclose|leak|recite|dump|expose|show me|tell me"
        r"|list)\b[^.!?]{0,30}"
        rf"\b(?:text above|words above|everything above|conversation so far|chat history|{_ORDERS} (?:above"
        rf"|you were given|given to you)|your (?:\w+ )?{_ORDERS}|hidden parameters)\b",
        rf"\b{_ORDERS}\b[^.!?]{{0,20}}\bgiven to you\b",
        # the machine that reads
        r"\b(?:note|message|attention|memo|instructions?|hint|warning|request|reminder)s?,? (?:to|for) (?:the "
        rf"|all |any |every )?(?:\w+ )?(?:{_MACHINE}|models\b|assistants?\b[:,]|ai readers)",
        rf"\bif you(?: are|['’]re) (?:an? |the |reading this as an? )?(?:\w+ )?(?:{_MACHINE}|model\b|automated)",
        rf"^[\W_]*(?:{_MACHINE}|assistant|model)\s*[,:]|\b(?:dear|hey|hello|hi|attention) {_MACHINE}\b"
        r"|\bassistant: ",
        rf"[\[(<{{][^\])>}}]{{0,20}}\b(?:{_MACHINE}|ai readers|assistant:)",
        # the person that it serves
        r"\b(?:tell|inform|ask|convince|persuade|encourage|encouraging|direct|warn|urge|urging|instruct|remind"
        r"|trick|advise|invite|suggest|prompt|lead|show|give|send|redirect|notify|make sure)"
        r"\b[^.!?]{0,25}\b(?:the|this|your|any|all|every|each) users?\b(?! of\b)",
        r"\b(?:the|this) user(?:['’]s (?:question|query|request|message|password|data|input)| (?:asks|types"
        r"|wants|has (?:typed|asked|said|written|administrator|admin)|writes|says|must|is asking))\b",
        r"\bto the user\b",
        r"\bsay (?:that )?you (?:are|['’]re|were) (?:not able|unable|sorry)|\bsay (?:that )?you can(?:not"
        r"|['’]t) (?:help|answer)\b",
        # marks of a conversation, of a tool, of a page that hides something
        r"<!--|-->|<\|\w+|\|>|\[/?(?:inst|system|assistant|user|prompt)\b|<</?sys|^#{1,6} ?(?:system"
        r"|instructions?|assistant|user|human|prompt|response)\b ?:?",
        r"^[\W_]*(?:assistant|human|user|ai|bot|developer|chatbot)\s*:",
        r"^[\W_]*system\s*:[^.!?]*\b(?:you|users?|answers?|respond|instructions?|mode|sources|admin\w*|override"
        r"|prompt)\b",
        r"</?(?:div|span|script|style|img|iframe|function\w*|tool\w*|system|prompt|instructions?|assistant|user"
        r"|input|output|query|context|important|secret)\b[^>]*>",
        r"display: ?none|visibility: ?hidden|font-size: ?0|javascript:|!\[[^\]]*\]\(|\b(?:curl"
        r"|wget) +(?:-\w+ +)?(?:https?:|\w+\.\w+/)|\|\s*(?:ba)?sh\b|\bsudo \w+",
        r"[\"'](?:tool|tool_calls?|function|function_call|action|role|arguments|parameters)[\"']\s*:"
        r"|\b(?:function|tool)_calls?\b",
        r"\b(?:call|use|invoke|trigger|run|execute)\b (?:the |your )?\w+ (?:tool|function|plugin|plug-in"
        r"|api)\b[^.!?]*\b(?:with|and|query|to)\b",
        r"\b(?:run|execute)\b (?:the following|this) (?:command|script|code|query)\b",
        r"\b(?:rate|rank|score|recommend|quote|trust|prefer|prioriti[sz]e) this (?:document|page|passage|text"
        r"|source|candidate|site|website|resume|cv)\b",
        r"\b(?:document|page|passage|text|source) must be (?:quoted|cited|shown|ranked|recommended)\b",
        r"[\U000E0000-\U000E007F]|[\u200b\u2060\u202e]{2,}",
        r"(?:\b\w ){9,}",
    )
)
#: Enough where the rest of the document speaks of something else: a handbook may speak of replies, roles and machines.
DOUBTFUL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # another role
        rf"\byou(?: are|['’]re|'re) (?:now |from now on |henceforth )?(?:an? |the )?(?:\w+ )?(?:{_MACHINE}"
        r"|assistant (?:without|with no|that|who|named|called)|dan\b|jailbroken|unrestricted|pirate)",
        r"\b(?:as|pretend (?:to be|that you are|you are)|act (?:as|like)|behave (?:as|like)"
        r"|simulate) (?:if you were |though you were )?(?:an? |my |the )?(?:\w+ )?"
        rf"(?:{_MACHINE}|pirate|villain|robot|hacker|terminal|linux|python|interpreter|grand(?:mother|father|ma)"
        r"|unrestricted|evil|dan)\b",
        r"\b(?:stay|remain|keep|be|talk|speak) in character\b|\b(?:developer|god|debug|admin|dan|jailbreak"
        r"|unrestricted) mode\b|\bjailbr[eo]ak",
        r"\b(?:persona|role|identity|voice|personality|character) of an? (?:\w+ )?(?:model|a\.?i\.?|machine"
        r"|pirate|robot|villain|assistant|hacker)\b",
        r"\bfrom (?:now|here|this (?:point|moment|line)) (?:on|onwards?|forward),? (?:please |you (?:will "
        r"|must |shall |only )+|only |always )?"
        r"(?:answer|respond|reply|speak|talk|pretend|act like|ignore|refer to yourself|write in|end every"
        r"|start every)\b",
        r"\bgame in which you are\b|\btalk like an?\b[^.!?]*\brepl",
        # what a reply must hold
        r"\b(?:add|append|include|integrate|insert|embed|incorporate|infuse|augment|enhance|modify|adapt|alter"
        r"|adjust|enrich"
        r"|supplement|weave|slip|mention|tease|hint|promote|advertise|claim|assert|imply|spread|emphasi[sz]e"
        r"|highlight|use|work|"
        r"state|suggest|recommend|put|place|start|begin|end|close|finish|conclude|preface|prefix|format|render"
        r"|rewrite|write"
        r"|provide|deliver|make|give|offer|endorse|craft|invent|fabricate|introduce|inject|plant|conceal|twist"
        rf"|steer|frame)\b[^!?]*{_MINE}"
        rf"|\b(?:in|into|to|at the (?:end|start|top|bottom) of|within|throughout) {_MINE[2:]},? \w+"
        r"|\bwhen (?:you )?(?:answer|respond|reply)(?:ing)?,? (?:mention|say|claim|recommend|include|add"
        r"|state)\b",
    )
)
#: No sentence without one of these fits any of the patterns above; looking for them takes a hundredth of the time.
HINTS = [
    "answer",
    "respon",
    "repl",
    "output",
    "summar",
    "completion",
    "letter",
    "vowel",
    "consonant",
    "character",
    "noun",
    "adjective",
    "spaces",
    "alphabet",
    "word",
    "emoji",
    "emoticon",
    "base64",
    "hexadec",
    "rot13",
    "morse",
    "capital",
    "uppercase",
    "caps",
    "json",
    "klingon",
    "rhyme",
    "revers",
    "backward",
    "cipher",
    "encod",
    "encrypt",
    "instruct",
    "prompt",
    "direct",
    "rules",
    "guideline",
    "orders",
    "command",
    "constrain",
    "restrict",
    "programming",
    "disregard",
    "ignor",
    "forget",
    "vergiss",
    "olvid",
    "oubli",
    "dimentica",
    "esque",
    "obey",
    "llm",
    "gpt",
    "bot",
    "model",
    "assistant",
    "user",
    "system",
    "human:",
    "ai:",
    "a.i.",
    "developer",
    "creators",
    "trained",
    "training",
    "persona",
    "pirate",
    "villain",
    "character",
    "mode",
    "jailbr",
    "game",
    "tool",
    "function",
    "plugin",
    "plug-in",
    "api",
    "script",
    "curl",
    "wget",
    "sudo",
    "document",
    "page",
    "passage",
    "source",
    "site",
    "candidate",
    "resume",
    "display",
    "visibility",
    "javascript",
    "action",
    "arguments",
    "parameters",
    "role",
]
MARKS = re.compile(r"[<>{}\[\]#|`]|\b[Aa]\.?[Ii]\b|[\U000E0000-\U000E007F]|[\u200b\u2060\u202e]|(?:\b\w ){6}")
#: What a machine is asked to do, or asked.
TASK = re.compile(
    r"^(?:(?:please|kindly|now|also|then|next|finally|instead|first)\b,? )*(?:can|could|would|will) (?:you|i|we)\b"
    r"|^(?:(?:please|kindly|now|also|then|next|finally|instead|first)\b,? )*(?:analy[sz]e|answer|assess|assist"
    r"|automate|book"
    r"|brainstorm|break down|build|calculate|categori[sz]e|check|classify|compare|compile|compose|compute"
    r"|convert|count|create|define"
    r"|describe|design|detect|determine|develop|discuss|draft|estimate|evaluate|examine|explain|extract|find"
    r"|forecast"
    r"|gauge|generate|give|guide|help|highlight|identify|imagine|interpret|introduce|investigate|list|look up"
    r"|make|measure"
    r"|name|offer|order|organi[sz]e|outline|perform|plan|predict|prepare|pretend|produce|propose|provide|rank"
    r"|rate|recite|recommend"
    r"|remind|research|review|rewrite|schedule|search|set|share|show|simulate|sing|solve|state|suggest|summari[sz]e"
    r"|teach|tell|track|translate|update|use|visuali[sz]e|write|do|let|pick|choose|send|add|include|start|stop"
    r"|say|monitor|sort|manage"
    r"|what|who|which|when|where|why|how|what['’]s|is|are|does|did|was|were|should)\b"
    r"|\?[\"”’')\]]*$",
    re.IGNORECASE,
)
