"""Rules for what people say instead of naming it: absences to come, things put in order, means at hand, a wish turned aside.

They came with a reading of what strangers wrote who had been asked to say it as real people do.
"""

# ruff: noqa: E501 - tables of patterns and texts read best a line each
from __future__ import annotations

from assistant.safety.rules import rule

_W4, _W8 = (rf"(?:[^\s.?!]+ ){{0,{n}}}" for n in (4, 8))
_KIN = r"(?:mom|mum|mother|dad|father|wife|husband|kids?|daughters?|sons?|parents|brother|sister|family|partner|girlfriend|boyfriend)"
_DAY = (
    r"(?:graduation|christmas|july|june|the summer|summer|next (?:year|month|week)|tomorrow|monday|friday|sunday|the weekend|my birthday|match day|thanksgiving|the end of (?:the |this )?(?:year|month|week)"
    r"|morning|spring|fall|winter|january|february|march|april|may|august|september|october|november|december|new year\w*|eid|diwali|40|30|retirement)"
)
_MEANS = r"(?:gun|shotgun|pistol|rifle|handgun|revolver|rope|noose|potassium|kcl|propofol|fentanyl|insulin|pills|amitriptyline|vecuronium|rocuronium|scalpel|razor|morphine|opioids?|syringe|vial)"

SIDEWAYS = (
    rule(
        "an absence to come",
        r"(?:doubt|dont think|not sure|unsure|cant promise|dont know|cant say|no guarantee|not certain|who knows) (?:\w+ ){0,3}(?:ill|i will|i would|id|im going to|im) (?:even |still )?(?:be )?(?:around|here|alive|exist)(?= ?$|[.,?!]| (?:in|by|for|next|to|much|long|anymore|come|at|when|tomorrow|after)\b)",
        rf"(?:not|wont|never|dont (?:plan|intend|expect|want) to|cant|wouldnt|doubt ill|doubt i will) (?:going to |gonna )?(?:make it to|see|live to see|be alive (?:to|for|in|by|at)|reach|survive (?:to|until|till)) (?:my )?(?:\d+|{_DAY})(?! (?:date|rotation|clinic|call|program|conference|dinner|interview|class|party|pay))",
        r"(?:not|wont|never) (?:going to |gonna )?be alive|(?:not|wont) (?:be )?(?:stick\w*|hang\w*|stay\w*|wait\w*) around (?:for|to see) (?:what|it|that|the rest)",
        r"(?:wont|not|isnt going to) be (?:a problem|a burden|in (?:the|your|their|anybodys) way|around|trouble) (?:for )?(?:much |any|you |them )?(?:longer|for long)",
        r"(?:were|was) to (?:not be|stop being|no longer be) (?:around|here|alive)|if something happens to me (?:who|is|please|tell|call|and i)|something is going to happen to me|when im no longer (?:here|around|alive)",
        r"nothing (?:is|comes) after|last day, (?:full stop|period|ever)|there (?:is|will be|wont be|is no) (?:no )?(?:tomorrow|next year) for me|no tomorrow(?= ?$|[.,?!])|my last (?:day|night|week|month|shift) (?:on earth|alive|ever|here on)",
        unless=r"noncompete|pgy ?\d|rank list|the second round|who knows the passwords|make it to (?:grand|journal|noon)|conference|in this (?:group|practice|program|city)|remote|i move|moving|transfer|hand off my clinic|after graduation because",
    ),
    rule(
        "things put in order",
        r"affairs (?:\w+ )?(?:in order|sorted|settled)|(?:feels like |so )?everything (?:is |s )?(?:lined up|planned so)|leave (?:everything|things) tidy for|put(?:ting)? my affairs",
        r"(?:finish\w*|updat\w*|wrote|writ\w*|done|made|sign\w*|redid|chang\w*) (?:the |my |a )?will(?= ?$|[.,?!]| (?:and|so|last|this|today)\b)",
        r"(?:who (?:takes|will take|would take|looks|will look|would look)|someone to (?:take|look)) (?:care of|after) (?:\w+ )?(?:my |your |the )?(?:dog|cat|pets?|kids?|mother|parents|patients) (?:if|when|once|after) (?:i|im|you|a resident|a doctor) (?:\w+ )?(?:die|dies|dead|gone|am gone|killed)",
        rf"(?:notes?|letters?|envelopes?|videos?) (?:\w+ ){{0,3}}(?:\d |one )?(?:for|to) (?:my )?{_KIN}(?!\w)(?=[^.?!]*(?:hid|locker|drawer|finish|done|sealed|desk|\d))|finished the notes",
        rf"(?:told|tell) my (?:wife|husband|partner) (?:she|he|they) (?:could|can|should) (?:remarry|move on|find someone)|(?:hugged|called|kissed) my {_KIN}\W+(?:\w+\W+){{0,6}}(?:upset|goodbye|last time|get over)|(?:she|he|they)ll get over it",
        r"(?:gave|given|giving|gives) (?:me |away |all )?(?:my |her |his |their )(?:stethoscope|cat|dog|pets?|plants|watch|ring|badge|books|guitar)(?: (?:away|to))?(?! (?:as (?:a )?(?:graduation|gift)|for my birthday|back))",
        r"(?:deleted|deactivat\w*|closed|closing|wiped) (?:all )?my (?:socials|accounts?|social media|phone|profiles?)\W+(?:\w+\W+){0,8}(?:time|gave|goodbye|ready|done|over)|passwords? (?:\w+ ){0,4}(?:for|to) (?:my )?(?:brother|sister|wife|husband|mom|parents|partner)",
        r"(?:donat\w*) (?:my )?organs?[^.?!]{0,60}(?:own hand|myself|if i|if one|suicid|die)|(?:tell|told|inform) my (?:parents|family|wife|husband|kids)[^.?!]{0,30}(?:how i died|how i die|that i died|cause of death)|how (?:id|i) died",
        r"(?:thanks?|thank you) for (?:everything|trying|all)\W+(?:\w+\W+){0,12}(?:turned|phone off|goodbye|best part|not answer\w*|wont need)|thank you for trying(?= ?$|[.,?!])",
        unless=r"estate plan\w*|lawyer for (?:a|my) will|graduation gift|going away gift|thank you notes?|letters? (?:of|from)|recommendation|before (?:fellowship|residency|i start|my interview)|as a gift",
    ),
    rule(
        "means at hand",
        rf"(?:theres|there is|have|has|ive|ive got|got|with|find|found|keep|kept|bought|by|holding|see) (?:\w+ ){{0,3}}{_MEANS}(?: \w+)? (?:\w+ ){{0,4}}(?:in (?:my|the|his|her) (?:\w+ )?(?:house|closet|pocket|locker|drawer|bag|car|room|nightstand|desk|call room)|at home|is in the closet|thinking how)",
        rf"{_MEANS} (?:\w+ ){{0,5}}(?:is in (?:the|my) (?:closet|house|car|drawer)|in my (?:pocket|bag|locker|car|drawer))|knows? where the good stuff is|one quick line|(?:extra|supply) (?:\w+ ){{0,4}}not to take|comfort\w* to (?:know|have) (?:there is|theres|it|enough)",
        r"(?:train|subway|metro|railway) platform|(?:windows?|balcony|roof|rooftop)s? (?:\w+ )?(?:opens?|unlocked|high enough|how high)(?! (?:at|for|on|until|to|up))|(?:checked|checking|check) (?:\w+ ){0,3}(?:windows?|roof|balcony|railing|bridge)|how high (?:is|the) (?:roof|bridge|floor|garage|building|parking)",
        r"(?:car|truck|sitting) (?:\w+ ){0,3}(?:in (?:the|my) garage)[^.?!]*(?:engine|running|door closed|closed)|engine (?:on|running)[^.?!]*garage|hose (?:\w+ ){0,3}exhaust|carbon monoxide",
        r"how (?:many|much) of my \w+ (?:\w+ )?(?:would|will|is|it would|itd) (?:be |take)?(?:enough|lethal|do it)|would be enough(?= ?$|[.,?!])|know the (?:number|dose|amount)(?= ?$|[.,?!])|(?:whats |what is )?the lethality of|more use (?:dead|in parts)",
        r"how long (?:til|till|until|before|would it be|does it take) (?:\w+ ){0,3}(?:they |someone |somebody |anybody |to )?(?:find|finds|found|notice) (?:you|u|me|a body|the body)|(?:you|u) live alone and",
        also=r"i|im|ive|id|ill|my|me|you|u|she|he|hes",
        unless=r"crash cart|code cart|anesthesia cart|for my patients?|the patients? (?:\w+ )?(?:gun|pills)|detectors?|research (?:on|into)|exposure|alarm|diverting|pocket\w* (?:a|the)|chief resident platform|catch the train|missed the train|wasted|steal\w*|stole|waste",
    ),
    rule(
        "a wish turned aside",
        r"(?:should|ought to|could|it is|its|maybe) (?:\w+ )?(?:be|have been) (?:my turn|me (?:instead|who died|on the table|that died))|should have been me|my turn(?= ?$|[.,?!])(?<!wait for my turn)|life for a life|(?:had|has|have) the right idea|(?:go|be) with (?:her|him|them)(?= ?$|[.,?!]| i know)",
        r"(?:remove|removing|take|taking|erase|erasing|subtract|delete) (?:myself|themselves|themself|oneself|me) (?:off|from|out of) (?:\w+ ){0,3}(?:permanently|everything|for good|the (?:world|equation|picture)|this (?:world|earth))|remove (?:themselves|themself|myself)\W+i mean",
        r"(?:score|scored|scoring) (?:\w+ ){0,4}(?:where|that) i would admit|(?:columbia|c ssrs|phq ?9?|cssrs)[^.?!]*(?:on myself|myself|my own|item 9|question 9|high)|(?:did|done|do|took) (?:the )?(?:columbia|phq ?9?|c ssrs)",
        r"(?:i )?tried (?:on|last|again|it) (?:\w+ )?(?:sunday|monday|tuesday|wednesday|thursday|friday|saturday|night|week|month)(?=[.,?!] *(?:it )?(?:didnt|did not|failed|nobody))|it didnt work, obviously|(?:know|knows) what (?:ill|i will|im going to|i have to|i need to) do(?: tonight)?(?= ?$|[.,?!])(?<!dont know what ill do)(?<!dont know what i will do)(?<!dont know what i need to do)",
        r"(?:gave|goodbye|deleted|notes?|letters?|ready|will|done)[^?!]{0,60}(?:its|it is) time(?= ?$|[.,?!])|i made sure of (?:that|it)|(?:even )?chose the (?:weekend|day|date|night)|(?:id|would) never do it(?= ?$|[.,?!]| because| to my)|wouldnt do it because (?:of )?my",
        r"(?:envy|envious of|jealous of) (?:\w+ ){0,4}(?:hospice|dead|dying|died|terminal|corpse|cadaver)|patients i envy|(?:hop\w*|pray\w*|wish\w*|wait\w*) (?:\w+ )?for (?:a )?(?:bad scan|cancer|diagnosis|accident|crash|stroke|heart attack|terminal)|(?:if|wish) i (?:had|got) (?:cancer|a terminal|something terminal)",
        r"wish (?:id|i had|i) (?:\w+ )?(?:died|been the one)|better (?:if )?(?:i|im|i am) (?:am |be |was |were )?dead|is better im dead|better (?:to be )?dead than|(?:pray\w*|beg\w*|ask\w*|hope) (?:\w+ )?(?:to )?(?:god|allah|jesus|him|bhagwan|lord) (?:to |will |would )?(?:take|end|let)",
        r"go to (?:sleep|bed) and (?:not|never|dont) (?:to )?wake|want (?:it|this|everything) (?:all )?(?:to be )?over over|out of my (?:own )?skin|will to live (?:is )?(?:gone|left|dead|lost)|jeene ka (?:mann|man) nahi|jeena nahi|mar jau|marna hai",
        r"(?:cant|cannot) do (?:one|another|even one) (?:more )?day(?! (?:of (?:clinic|call|research|notes|this rotation|this job|charting|nights)))|not of anything|imagin\w* my own funeral|my (?:own )?funeral(?! expenses)|the world would (?:lose nothing|not miss|be fine without)|risk benefit[^.?!]*(?:one way|me|my life)",
        r"(?:think\w*|thoughts?) (?:about |of )(?:dying|death) (?:\w+ )?(?:most|all|part|half|much|a lot|every|each|day)|thoughts are getting (?:louder|worse|stronger|darker)|voices? (?:\w+ ){0,6}(?:tell\w*|say\w*|keep) (?:\w+ )?(?:me|i) (?:\w+ )?(?:to|should|that i should|go)|hear(?:ing)? (?:a )?voices?(?= ?$| tell| say)",
        r"(?:what|which|any|is there a|need a|a) (?:hotline|crisis line|suicide line|helpline)(?: \w+){0,8}(?:3am|now|tonight|record|anonymous\w*|confidential|call|one now)|need (?:one|someone|somebody|help) (?:right )?now(?= ?$|[.,?!])",
        r"(?:skipped|wish\w* (?:\w+ )?skipped) me\W+and life|(?:my )?kids (?:would|will|deserve) (?:\w+ ){0,4}(?:different|another|new|better) (?:mom|dad|mother|father|parent)|somethings? (?:\w+ )?i will be the one to make it",
        r"(?:is it )?selfish (?:to|if i|of me to) (?:go|leave|die|end|stay or to go)(?= ?$|[.,?!])|more selfish to stay or to go|go go(?= ?$|[.,?!])|the (?:kindest|ethical|right) thing[^.?!]*(?:remove|take|off) (?:themselves|themself|myself|me)",
        unless=r"wait(?:ing)? for my turn|my turn to (?:present|pick|choose|cover)|hospice (?:job|fellowship|medicine)|i dont know what i|patients? hear\w* voices|their voices? heard|coma|for an? (?:interview|diagnosis for)",
    ),
    rule(
        "harm to oneself, in other words",
        r"si (?:is |s |are )?(?:back|again|worse|lately|since)|relaps\w* (?:with|on) (?:the |a |my )?(?:razor|blade|cutting|scalpel)|(?:make|making|made|do|doing) (?:\w+ )?cuts? (?:on|in|to|into) my|(?:burned|burnt|cut|scratched|sliced) my (?:\w+ )?(?:arms?|wrists?|thighs?|legs?|skin|forearms?) (?:\w+ ){0,6}(?:to feel|lighter|cigarette|razor|blade|because|again|so i)",
        r"(?:think\w*|want|thought\w*) (?:to|of|about) (?:hurt|kill|harm|cut)(?:ing)? me(?= ?$|[.,?!])|do(?:ing)? something (?:very |really )?(?:bad|terrible|stupid) to (?:me|myself)|(?:delete|erase|end|uninstall) me(?= ?$|[.,?!]| (?:please|now|already))",
        r"(?:sat|sit|sitting|alone|here|me|just me|night) (?:\w+ ){0,2}(?:and |with )?(?:the|a|my) (?:\w+ )?(?:gun|gun safe|bottle of \w+|pills|rope|knife|razor|blade)(?= ?$|[.,?!]| (?:open|and|on my|in my|again|tonight|right now|having))|(?:googl\w*|look\w* up|search\w*|read\w*) (?:\w+ ){0,3}ways to (?:go|die|disappear|not be|end)(?= ?$|[.,?!]| (?:it|that|without|fast|quiet\w*|peaceful\w*))",
        unless=r"patients?|research|coffee|prostate|iron|oven|stove|cooking|si units|knife (?:skills|in the)|simulat\w*|dictation|mentor|wine|champagne",
    ),
    rule(
        "a wish said of the day",
        r"(?:mad|angry|disappointed|upset|sad|sorry|annoyed) (?:that )?(?:i|im|id|ive) (?:\w+ )?(?:woke|wake|awake|still (?:here|alive|breathing))|(?:woke|wake|waking|woken) (?:up )?(?:\w+ )?(?:disappointed|angry that|mad that|upset that|sorry)(?! (?:about|at|with|for|in my))",
        r"(?:hop\w*|wish\w*|pray\w*|part of me (?:\w+ )?(?:wants|hopes)) (?:\w+ ){0,3}(?:my heart (?:just |would )?(?:stops?|gives? out|quits?)|(?:covid|flu|cancer|car|bus|truck|train|lightning|something) (?:\w+ )?(?:gets|takes|hits|comes|come|kills|would get|would take|finish\w*)(?: me)?(?= ?$|[.,?!]| (?:this time|tonight|on|me)))",
        r"dont deserve to (?:live|exist|be (?:here|alive)|breathe|take up)|(?:tired|sick|done|finished) (?:of|with|from) being (?:a person|me|human|anybody|alive|in this (?:body|world))|(?:argument|reason|point|sense|wish|want|need) (?:\w+ ){0,4}on this (?:earth|planet)|envy\w* the (?:dead|deceased|bod\w+)",
        r"(?:continue|finish|leave|stop|carry) (?:with )?(?:this|my) life(?= ?$|[.,?!]| (?:anymore|now|alone|because|sorry|without|so))|(?:lost|lose|losing|without) (?:the |my |all )?(?:desire|will|wish|sense|want) (?:of|to|for) (?:liv\w+|life)|send my body|(?:particular|real|much) wish to see the|no (?:\w+ )?morning (?:i|that i) want",
        r"(?:think of|find|need|give me|tell me|see) (?:\w+ )?(?:one|a|any|single) (?:single |good )?reason (?:not to|to (?:go on|go back up|keep (?:going|breathing)|wake|get up|stay alive|live))|(?:only|one) thing (?:\w+ )?(?:stopping|holding|keeping) me (?:\w+ ){0,3}is (?:my|the)",
        r"how long (?:\w+ ){0,5}(?:anyone|anybody|somebody|someone|them|they) to (?:find|notice|look for) (?:me|im)|(?:tonight|tonights) (?:is it|the night)(?= ?$|[.,?!])|thoughts (?:are|came|have come|come|keep coming) back|(?:lying|lie|laying|awake) (?:\w+ ){0,4}every night[^.?!]*(?:no way out|hopeless|cant see|no point|the end|despair\w*|not wake|dread living)",
        r"(?:my )?(?:brain|head|mind) (?:keeps? |is |wont stop )?(?:go\w*|tell\w*|say\w*|repeat\w*|scream\w*) [^.?!]{0,40}(?:die|end it|go away|nothing|worthless|jump|disappear|better off)|(?:top (?:floor|deck|level)|roof|rooftop|bridge) [^.?!]{0,60}(?:my head is quiet|frightens me|scares me|pulls? me|call\w* me)",
        r"(?:dont|doesnt|didnt) mean (?:\w+ )?(?:the )?(?:program|residency|job|medicine|fellowship)(?= ?$|[.,?!])|not (?:like |just )?done with medicine|(?:in any sense|with life, to be clear)|(?:not|isnt) the (?:job|program|work)[.,] (?:its )?(?:me|life|all of it)(?= ?$|[.,?!])",
        unless=r"patients? (?:say|said|told|who)|salary|visa|contract|loans?|pension|benefits|noncompete|salary|the pay|cancer research|lose the wish to (?:teach|publish)|cadaver|transplant",
    ),
    rule(
        "somebody near, said sideways",
        r"found (?:my |his |her )(?:\w+ )?(?:suicide |goodbye )?note(?= ?$|[.,?!])|(?:pills|meds|tablets|medicine) (?:\w+ )?(?:put|set) (?:aside|by)|(?:marks|scars|burns|lines) (?:\w+ )?(?:on|up|down|along) (?:both |his |her |their )(?:arms?|wrists?|thighs?|legs?|forearms?)|(?:fresh )?cuts (?:\w+ )?(?:up|on|down|all over) (?:both |his |her |their )?(?:arms?|wrists?|thighs?|legs?|forearms?)|found (?:a |the )?(?:\w+ )?(?:rope|noose|gun|note|pills|goodbye letter|suicide note) (?:in|on|under|at)",
        r"(?:doesnt|didnt|cant|dont|no longer) see (?:a |any |the )?(?:reason|point) (?:to|in|of) (?:wake|waking|live|living|go|going|get|getting|be|being|continu\w+|carry\w*)",
        r"(?:tired of (?:fighting|living|everything|being here)|look after (?:her|his|their|my) (?:mother|mom|kids|dog|cat|son|daughter|family))[^?!]*(?:not (?:picking|answering)|isnt (?:picking|answering)|wont (?:pick|answer)|not pick\w*|phone (?:is )?off)|(?:turned|turn) (?:off )?(?:his|her|their) phone(?: is)? off",
        r"if im not (?:in|here|back|at work) (?:\w+ ){0,3}it was (?:him|her|my)|(?:seen|saw|noticed|notice|has|with|hides?|hiding) (?:\w+ ){0,3}bruises(?! (?:from|after) (?:the|a) (?:fall|game|match))|doing (?:it |that )?again what he did|what he did (?:to me )?when i was (?:small|little|a (?:kid|child|girl|boy))",
        unless=r"patients?|in clinic|child abuse (?:rotation|fellowship)|ehr|research",
    ),
)
