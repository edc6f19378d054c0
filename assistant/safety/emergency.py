"""Rules for an emergency with a patient, or with anybody, typed into the wrong window."""

# ruff: noqa: E501 - tables of patterns and texts read best a line each
from __future__ import annotations

from assistant.safety.rules import rule

_WHO = (
    r"(?:patients?|infant|baby|newborn|neonate|toddler|kid|child|man|woman|lady|guy|someone|somebody|visitor|person|passenger|nurse|resident|intern|\d+ ?(?:m|f|yo|y o|yr old|year old)|he|she|hes|they"
    r"|mother|mom|mum|dad|father|wife|husband|grandm\w+|grandf\w+|colleague|attending|bed ?\d+|room ?\d+|my (?:son|daughter|friend))"
)
_NOW = (
    r"(?:right now|now|help|what do i do|what should i do|what do i give|what to do|what next|please|alone|nobody (?:is )?(?:coming|here|answering)|who do i call|asap|urgent\w*|quick\w*|stat|emergency|immediately|advise"
    r"|no attending|attending (?:\w+ ){0,3}(?:not|isnt|wont)|not (?:answering|here|picking up|responding)|isnt (?:answering|here|picking up)|isnt here|on my own|by myself|no (?:one|backup|doctor|senior|response|ob|cath lab)|minutes away|and dropping|and falling)"
)
_ARREST = (
    r"(?:in (?:pea|vfib|v fib|vf|vt|vtach|v tach|asystole|cardiac arrest|arrest|respiratory arrest|anaphylaxis|anaphylactic shock)|into (?:vfib|v fib|vf|vt|vtach|v tach|pea|asystole|arrest|cardiac arrest|anaphylaxis)"
    r"|not breathing|isnt breathing|stopped breathing|stops breathing|quit breathing|no longer breathing|cant breathe|unresponsive|pulseless|no pulse|without a pulse|lost pulses|vomiting blood|hypotensive and|satting (?:in the )?[3-7]\d|swallowed a (?:whole )?bottle|having (?:a )?stemi|not crying|lost (?:his|her|their|a|the) pulse|lost pulse|seizing|bleeding out|exsanguinat\w+|bleeding to death"
    r"|coding(?! (?:error|mistake|problem|course|class|bootcamp|interview|job|question|skills?|companion|level|clinic))|crashing|having anaphylaxis|having an anaphyla\w+|having a (?:seizure|stroke|cardiac arrest|heart attack|massive)|having an (?:mi|heart attack|stemi|allergic)"
    r"|turning blue|is blue|has no blood pressure|no blood pressure|just arrested|has arrested|is arresting|arresting|just coded|agonal|is choking|choking (?:in|on|right|to)|airway is (?:closing|lost|swelling|gone)|cant (?:get|secure) (?:an |the )?airway|lost the airway"
    r"|self extubated|is dying(?= ?$|[.,?!]| (?:and|right|in front|now|help|please))|peri ?arrest|flat ?lin\w+|in shock|hemorrhaging|haemorrhaging|not waking up|wont wake up|found down|collapsed|unconscious|desatt?ing|desaturating|tanking|in status(?: epilepticus)?|in extremis)"
)
_TALK = (
    r"billing|coding error|level \d|first (?:code|time|night|day)|how do (?:interns|residents|i (?:prepare|get better|become|cope|feel|move on|learn|run))|how to (?:debrief|prepare|run|lead|cope)|debrief|m&m|committee|course|simulation|case report|lawsuit|sued"
    r"|last (?:week|month|year|night i lost)|yesterday|years? ago|afraid of|scared of|an? hour ago|hours ago|every (?:week|night|shift|month)|happens|always|interviews?|personal statement|yesterday|on the table today|lost (?:a|my first)|who pays|dying of|is dying and im|practice is|my specialty|the program is|nap room|when a patient|if a patient|should a patient|whenever"
)

EMERGENCY = (
    rule(
        "arrest",
        rf"{_WHO}\b[^?!]{{0,60}}?(?<!\w){_ARREST}",
        rf"{_ARREST}[^.?!]{{0,30}}(?<!\w){_WHO}",
        also=rf"patients?|infant|baby|newborn|{_NOW}|\d+ ?(?:m|f|yo)|^(?:hes|he|she) {_ARREST}[.! ]*$|(?:in|outside|on) (?:the|my|our) (?:\w+ )?(?:workroom|office|suite|floor|bathroom|lot|lobby|room|cafeteria|clinic|waiting room|hallway|plane|ward|unit|street|er|ed|icu)",
        unless=rf"{_TALK}|(?:attending|emails?|pd) (?:is |are )?(?:so )?unresponsive|unresponsive to (?:my|emails?|e)|market|server|computer|laptop",
    ),
    rule(
        "an emergency called out",
        r"^(?:help\W+)?(?:code blue|rapid response|cardiac arrest|code pink|stemi)[.! ]*(?:help|now)?[.! ]*$",
        rf"(?:code blue|cardiac arrest|rapid response|mass casualty|shoulder dystocia|massive (?:pph|hemorrhage|transfusion|bleed\w*)|tension pneumo\w*|postpartum hemorrhage|pph|anaphylaxis|crash c section|cord prolapse|respiratory arrest)[^?!]{{0,60}}(?<!\w)(?:{_NOW}|room ?\d*|bed ?\d+|here)",
        rf"(?:room|bed|ward|floor|unit|bay) ?(?:\d+\w?|[a-z]\d+) (?:\w+ ){{0,3}}(?:coding|arrest|code blue|help)|{_NOW}[^?!]{{0,30}} (?:cardiac arrest|code blue|anaphylaxis|shoulder dystocia)",
        r"(?:someone|somebody|a man|a woman|lady|guy|visitor|passenger|person|kid|child) (?:just |has |who )?(?:collapsed|fainted|passed out|went down|is down|is having (?:a|an) |seized|is seizing|is choking|stopped)",
        r"(?:theres|there is) (?:a|an) (?:man|woman|person|patient|lady|guy|kid|child) (?:\w+ )?(?:collapsed|down|not breathing|unconscious|bleeding|choking)",
        r"tension pneumo\w*|needle decompression",
        unless=rf"{_TALK}|committee|team leader|how many|curriculum|how do i join|lead the",
    ),
    rule(
        "a life at stake",
        r"cant (?:intubate|ventilate|oxygenate|get (?:an )?airway|get (?:iv )?access)[^?!]*|airway (?:is )?(?:lost|swelling|closing|obstructed|gone)|lost (?:the )?airway|do i cric|cric(?:othyrotomy)? (?:kit|tube|now)|stridor (?:right now|now|and|after|at rest)|blew a pupil|blown pupil|fixed and dilated"
        r"|(?:tongue|throat|lips|face|airway) (?:is |are )?swelling|chest tube (?:put out|drained|output) \d{3,}|open (?:it|the (?:neck|wound|chest|hematoma)) (?:at )?bedside|(?:going|gone|turning|turned|is) (?:blue|grey|gray|cyanotic)(?= ?$|[.,?!]| (?:and|in|what|help|now)\b)|back blows",
        r"(?:k|potassium|sodium|na|glucose|ph|lactate|hgb|hemoglobin)(?: is| of)? (?:[0-9]\b|[0-9]{1,3}\b|\d+\.\d+)[^?!]{0,40}(?:wide qrs|seizing|fitting|unresponsive|peaked|no (?:line|access|iv)|altered|coding|dropping|on the monitor|arrest)|(?:hr|heart rate|pulse)(?: is| of)? (?:[12]\d|3[0-5])(?!\d)[^?!]{0,60}(?:bp|grey|awake|pace|atropine|pale)",
        r"(?:eclampsia|eclamptic|fitting|fit|convuls\w+|seizure)(?: \w+){0,2} (?:now|right now)|fitting(?= ?$|[.,?!]| (?:and|how|now)\b)|found hanging|massive (?:gi )?(?:bleed\w*|hemoptysis|hematemesis)|vomiting (?:bright (?:red )?|lots of |up )?blood|pea (?:\d+ ?min\w*|arrest|now)|(?:in|still in|into) (?:vfib|vf|vt|pea|torsades)(?= ?$|[.,?!]| (?:what|no|after|now|shock\w*|for|\d)\b)|ecmo circuit|flow zero",
        r"(?:anesthesia|surgery|ent|picu|transport|rrt|helicopter|ob|blood bank|ems|backup|cardiology|ir|gi|code team|rapid)(?: \w+){0,4} \d+ ?min\w*(?: (?:out|away))?",
        r"(?:anaphylaxis|status|shock|code blue|cardiac arrest|hemorrhage|tamponade|tension|dissection|rupture\w*)[^?!]{0,50}(?:no better|not working|not responding|still|min\w* (?:away|out)|what am i missing|refractory|what now)",
        unless=rf"{_TALK}|drive|commut\w*|apartment|live \d+|house",
    ),
    rule(
        "a life at stake, in plain words",
        r"(?:his|her|their|the) (?:breath\w*|heart|pulse|heartbeat) (?:is |has |was |just )?(?:stop\w*|gone|absent)|(?:face|facial|mouth) (?:\w+ )?droop\w*[^?!]*(?:speak|talk|speech|now|just|sudden\w*|arm)|(?:just|suddenly|now) [^?!]{0,40}(?:facial droop|slurred speech|face drooping)",
        r"(?:have|theres|there is) a code (?:in|on) (?:the|our|my)|(?:big|heavy|huge|so much|lots of|massive) (?:bleeding|blood)[^?!]*(?:now|alone|help|fall\w*|nobody|no |from)|blood (?:\w+ )?(?:everywhere|pumping|pouring|gushing|spurting|all over)|(?:soak\w*|filled) (?:\w+ ){0,3}(?:pads|sheets|towels)",
        r"(?:lips|face|baby|kid|child|fingers)(?: \w+)? (?:blue|purple)|(?:baby|newborn|infant) (?:\w+ ){0,2}(?:limp|floppy|no cry|not crying)|cord (?:is )?(?:out|prolapsed)|foot (?:is )?(?:coming|sticking) out|(?:left|right|both|one)? ?pupils? (?:\w+ )?(?:blown|fixed|unequal)|looks dead|asystole (?:on|now|right)|just coded",
        r"(?:rr|resp(?:iratory)?(?: rate)?|respirations?) (?:is |of |at )?[0-7](?!\d)|wont (?:rouse|arouse|respond|wake)|(?:doesnt|dont|not) (?:wake|respond|rouse|arous\w*)(?: up)?(?= ?$|[.,?!]| (?:to|when|what))|(?:strong|crushing|severe|terrible) chest pain[^?!]*(?:sweat\w*|st|now|grey|gray|pale)|needle still in|(?:take|took|taken|swallow\w*) (?:many|all|too many|lots of|a lot of) (?:\w+ )?(?:pills|tablets|meds)[^?!]*(?:sleep\w*|wake|found)",
        unless=rf"{_TALK}|my (?:attending|mentor|pd|program|chief)|email\w*|interview\w*|calls? back|how (?:do|should|can) (?:i|we) (?:teach|explain|talk)|class|board (?:question|prep)",
    ),
    rule(
        "vital signs",
        r"(?:bp|pressure|map|systolic)(?: is| of)? ?(?:[3-7]\d(?: ?/ ?\d\d)?|in the (?:50|60|70)s|unreadable|undetectable|tanking|crashing|dropping)(?!\w*k)",
        r"(?:sats?|spo2|o2|oxygen|saturation|saturations)(?: is| are| of| at)? ?(?:in the )?(?:\w+ )?(?:\w+ )?(?:[3-7]\d(?:s|%)?|dropping|falling|crashing)",
        also=rf"{_NOW}|patients?|dropping|falling",
        unless=rf"{_TALK}|board (?:question|exam)",
    ),
    rule(
        "harm under way",
        rf"{_WHO} (?:\w+ ){{0,3}}(?:trying to|about to|going to|is|threatening to|attempting to) (?:\w+ )?(?:jump|jumping|hang|hanging|kill|stab|strangle|cut)(?:ing)? ?(?:out|off|from|himself|herself|themself)? ?(?:\w+ ){{0,4}}(?:right now|now|on (?:the )?(?:psych )?ward|help|window|in the (?:unit|room|ed|er|bathroom))",
        r"(?:active shooter|shooter in|(?:patient|visitor|man|guy|somebody|someone|he) (?:has|with|pulled|is holding) a (?:gun|knife|weapon)|hostage) ?(?:in|at|on)? ?(?:the )?(?:ed|er|hospital|ward|unit|clinic|lobby|room)?",
        rf"(?:i|we|nurse) (?:just |accidentally |have )?(?:gave|given|injected|pushed|administered) (?:\w+ ){{0,2}}(?:the )?(?:wrong|ten times|10x|10 times|too much|double|twice)[^?!]{{0,60}}(?<!\w)(?:{_NOW}|un\w+|not|just now|crash\w*|seiz\w*)",
        rf"(?:my |the |our )?patients? (?:is |are )?(?:dying|crashing|about to (?:code|die|arrest)|going to (?:code|arrest))[^?!]{{0,40}}(?<!\w)(?:{_NOW}|and)",
        r"(?:chest pain|cant breathe|short of breath|stroke|overdose|overdosed|slumped|facial droop|severe bleeding|throat (?:is )?(?:closing|swelling))[^?!]{0,60}(?:what do i do|help|right now|call 911|what should i do now)",
        unless=rf"{_TALK}|i feel guilty|prevention|training drill|drill|metal detectors|disclos\w+|policy",
    ),
)
