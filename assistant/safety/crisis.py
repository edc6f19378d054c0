"""Rules for a person who may not be safe from themself: thoughts of death, plans, self-harm, goodbyes."""

# ruff: noqa: E501 - tables of patterns and texts read best a line each
from __future__ import annotations

from assistant.safety.rules import rule

#: Up to so many words within a clause.
_W2, _W3, _W4, _W6 = (rf"(?:[^\s.?!]+ ){{0,{n}}}" for n in (2, 3, 4, 6))
_I = r"(?:i|im|ive|id|ill|my|me|myself|mine)"
#: Suicide as a subject of work, of policy or of grief: the words beside it say so.
_ABOUT = r"(?:on|about|into|in|around|regarding|for|of|reviewing|covering)"
_WORKS = (
    r"(?:research\w*|papers?|talks?|lectures?|curriculum|thesis|stud(?:y|ies|ying)|present\w*|teach\w*|op ed|essay|books?|articles?|journals?|grand rounds|funding"
    r"|grants?|publish\w*|case(?: report)?|rates?|career|course|surveys?|examiner|job|prevent\w*|screen\w*|safe messaging|post|policy|policies|curricula|interested)"
)
_SUBJECT = (
    r"suicid\w* (?:\w+ )?(?:research\w*|prevent\w*|rates?|risk|screen\w*|statistics|clause|patients?|awareness|surveys?|assessment|policy|talk|lecture|paper|curriculum|exclusion|survivors|loss|postvention)"
    rf"|{_WORKS} (?:\w+ )?{_ABOUT} (?:\w+ ){{0,3}}(?:suicid\w*|self harm)|(?:presenting|publishing|reviewing|preventing|prevent|discussing|disclos\w+|lower|reduce) (?:\w+ ){{0,4}}(?:suicid\w*|self harm)"
    r"|suicide in (?:\w+ )?(?:residents|physicians|interns|doctors|medicine|surgery|our class|adolescents|the class)|(?:died|dies|death|deaths) (?:by|of|from) suicide|after (?:a|my|the|our|her|his) (?:\w+ ){0,2}suicide(?! attempt)|(?:lost|losing) (?:\w+ ){0,4}suicide"
    r"|(?:past|previous|prior|history of|old|brothers?|sisters?|fathers?|mothers?|moms|patients?|residents?|physicians?|colleagues?|friends?|classmates?) (?:\w+ )?suicide|suicides\b|how common|ask about suicide|suicide (?:come|comes) up"
)
_DRUG = (
    r"(?:pills?|tablets?|tylenol|paracetamol|acetaminophen|insulin|potassium|kcl|fentanyl|propofol|oxy\w*|benadryl|opioids?|morphine|xanax|ativan|ambien"
    r"|digoxin|metoprolol|vecuronium|roc|ketamine|meds|units|aspirin|drugs?|heroin|amitriptyline|dilaudid|hydromorphone)"
)
_HEIGHT = (
    r"(?:roof|rooftop|bridge|building|structure|garage|balcony|window|cliff|train|trains|traffic|truck|bus|median|tree|wall|ledge|tower|subway|tracks"
    r"|lake|river|ocean|overpass|barrier|guard ?rail|parapet|floor|freeway|highway|interstate|oncoming|metro|pole|stairwell)"
)
_FAMILY = (
    r"(?:everybody|my (?:\w+ )?(?:wife|husband|family|kids|children|parents|spouse|partner|loved ones|son|daughter|mom|mum|mother|dad|father|friends|girlfriend"
    r"|boyfriend|sister|brother|fiance\w*)|them all|people around me|those around me)"
)

CRISIS = (
    rule(
        "harm to oneself",
        r"(?:hit|hitting|bit|biting|bite|punch|punching|slap|slapping|bang|banging) (?:myself|my head (?:on|against|into))(?! up| on the)|(?:purposely|purposefully|intentionally|deliberately) (?:hurt|harm|cut|injure|burn)",
        r"(?:kill|hang|shoot|hurt|harm|cut|burn|starv|drown|stab|poison|overdos|finish|end|punish|strangl|scratch|gas|suffocat|electrocut|eliminat|destroy|injur"
        r"|remov|murder|delet)(?:e|es|ed|ing|ting|ning)? (?:all of )?myself",
        r"(?:hung|shot|off|offing|do|doing|did) myself(?: in)?(?<!do myself)(?<!doing myself)(?<!did myself)",
        r"self harm(?:ing|ed|s)?|self injur\w+|selfharm\w*",
        r"(?:cut|cutting|scratch\w*|burn|burning|slit|slitting|slash\w*|slice|slicing) my (?:own )?(?:arms?|wrists?|thighs?|legs?|skin|forearms?|neck|throat|veins?)",
        r"(?:started|been|back to|went back to|keep|im|was|resumed) cutting(?: again)?(?= ?$|[.,?!]| (?:and|after|since|when|because|to feel|but|every|at|in the|on) )",
        r"cutting again|myself on purpose",
        also=rf"{_I}|cutting again|^(?:\w+ ?){{1,4}}[.?!]?$",
        unless=r"in adolescents|sunburn|self (?:harm|injury) events|slides|inpatient self|(?:paper|research|clinic|job|talk|case report) (?:\w+ ){0,2}(?:on|of|in|offer)? ?(?:self harm|self injur\w+)|self (?:harm|injury) (?:\w+ )?(?:clinic|research|job|paper|unit)",
    ),
    rule(
        "suicide in so many words",
        r"^(?:\w+ ){0,2}suicid\w*(?: \w+)?[.?! ]*$",
        unless=rf"{_SUBJECT}|screening|awareness",
    ),
    rule(
        "suicidal, of oneself",
        r"(?:im|ive been|ive become|ive felt|ive gotten|i feel|i felt|i get|i got|i became|i am|i was|i think i|i might|me feel|makes? me|made me|making me|feeling|and|so|be|am|actively|passively|getting) (?:\w+ ){0,2}suicidal"
        r"(?! (?:patients?|pts|teens|people|risk|clients?|kids|youth|adolescents?|inpatients?|behaviou?r|ideation (?:in|among|screening|research)|thoughts (?:in|among)))",
        unless=r"(?:he|she|they|patient|patients|friend|resident|colleague|intern|student|who|that) (?:\w+ )?(?:was|is|were|are|being|became|felt|feels|be) (?:\w+ )?suicidal",
    ),
    rule(
        "suicidal",
        rf"{_I} {_W6}suicidal(?! (?:patients?|pts|teens|people|risk|clients?|kids|youth|adolescents?|inpatients?))",
        r"(?:feeling|being|feel|get|getting|become|becoming) (?:\w+ )?suicidal",
        r"suicidal (?:ideation|ideations|thoughts?|thinking|feelings?|urges?|tendenc\w+|again|lately|since|and|right now)",
        r"passive si\b|active si\b|(?:having|have|ive|got) si\b",
        unless=r"patients? (?:who |that )?(?:was |is |were |are |became |seemed |felt |feels |with |had |has )?(?:\w+ )?suicidal|suicidal (?:patients?|teens|people|clients)"
        r"|(?:how common|prevalence|screen\w*|programs?|rates?|percent|studies|study|among|interns report)\b[^.?!]*suicidal|suicidal (?:ideation|thoughts)[^.?!]* (?:among|in (?:interns|residents|physicians|students|adolescents|veterans)|of (?:patients|residents)|screening|research)"
        r"|teens|(?:a|the|our|her|his|with|lost a) patient who (?:\w+ )?suicidal",
    ),
    rule(
        "thinking of suicide",
        r"(?:think\w*|thoughts?|thought|consider\w*|contemplat\w+|plan\w*|commit\w*|attempt\w*|tried|try|trying|urges?|tempted|close|obsess\w*|fantasi\w+|dream\w*|researching|ready) "
        r"(?:\w+ ){0,2}suicide",
        r"suicide (?:is|feels|seems|looks|sounds|would be|might be|as) (?:\w+ ){0,2}(?:the|my|an|only|like|better|easier|answer|option|way|best|attractive|tempting)",
        r"suicide (?:note|letter|plan|pact|method|methods)|survive (?:a|my) suicide|after suicide|do suicide|doing suicide|by suicide myself",
        also=rf"{_I}|suicide (?:is|feels|seems|note|plan)",
        unless=rf"{_SUBJECT}|(?:he|she|they|resident|colleague|friend|mentor|patient|classmate|attending) (?:\w+ )?committed suicide",
    ),
    rule(
        "wish to die",
        r"(?:want|wants|wanted|wanting|wish\w*|hope|hoping|rather|prefer|ready|need|deserve|crav\w+|long|longing|ok|okay|fine|beg\w*|pray\w*|like|love|decided|willing|glad|time) "
        rf"{_W4}(?:to die|be dead|was dead|were dead|am dead|im dead|just die|die already|die in my sleep|could (?:just )?die|would (?:just )?die|be gone forever"
        r"|(?:not|never|dont|didnt|wouldnt) (?:to )?(?:wake|waking)(?: up)?|(?:stop|cease) (?:existing|to exist|living|breathing)|sleep forever|sleep and never wake"
        r"|get (?:cancer|hit|into an accident|in an accident|killed|run over)|take me(?: already| now)?(?= ?$|[.!?])|end my existence)",
        r"(?:bus|car|truck|train|plane|ambulance) (?:would|could|to|will|that|crash\w*) ?(?:just )?(?:hit me|hits me|crash\w*|run me over|kill me)",
        r"(?:hope|wish|hoping) (?:the|a|my) (?:plane|bus|car|truck|train) (?:crashes|hits me|kills me|crashed)",
        r"(?:feel|feels|feeling|felt) like (?:dying|ending (?:it|my|everything)|killing|im better off dead|death)|die in my sleep|want death|wanting death|death wish|let me die",
        r"(?:better|best) off dead|better (?:if i (?:were|was) )?dead|wanna die|im going to die (?:tonight|today|by my own)|i should (?:just )?(?:die|be dead)|please kill me|someone kill me",
        r"never been born|(?:except|but|is|only) death|dont care (?:if|whether) i (?:live|die|wake|survive|make it)|dont mind dying|not afraid (?:of death|to die) anymore",
        unless=r"dont want to die|(?:patients?|grandm\w+|grandf\w+|father|mother|he|she|they|resident|friend|wife|husband|intern|colleague|fellow|who) (?:says? |said )?(?:he |she |they )?(?:\w+ )?wants? to die|no wish to|right to die|assisted dying|aid in dying",
    ),
    rule(
        "death on the mind",
        r"(?:think\w*|thoughts?|thought|fantasi[sz]\w*|dream\w*|obsess\w*|imagin\w*) (?:\w+ ){0,3}(?:death|dying)(?= ?$|[.,?!]| (?:all|a lot|every|more|constantly|too|when|on|at|and|than)\b)",
        also=_I,
        unless=r"palliative|hospice|end of life|patients? (?:\w+ ){0,2}(?:death|dying)|(?:death|dying) (?:of|in) (?:a|my|the|our) (?:\w+ )?patient",
    ),
    rule(
        "thinking of death",
        r"(?:picture|see|imagine) (?:myself|a (?:future|life|world)|me) (?:\w+ ){0,3}(?:being )?alive(?! in (?:academ|research|private))",
        r"(?:googl\w*|look\w* (?:up|into)|search\w*|research\w*|read\w* (?:about|up on)) (?:\w+ ){0,3}(?:carbon monoxide|fatal|lethal|helium|cyanide|nitrogen|hanging|nooses?|ligature|overdose doses?|ld ?50|which meds)",
        r"(?:wrap\w*|crash\w*|smash\w*|plow\w*|run\w*) my (?:car|truck|bike) (?:around|into|off)|(?:look\w*|star\w*|keep (?:looking|staring)) at (?:\w+ ){0,3}(?:knife|knives|pills|gun|bridge|rope|razor|scalpel)",
        r"(?:and|or|about|of|just|with) (?:thinking|thoughts?) (?:about|of) (?:death|dying)(?= ?$|[.,?!])|how long (?:until|before|till|it would be until) (?:someone|somebody|anybody|they) (?:would )?(?:finds?|found|notices?) (?:me|out im|my)",
        r"(?:think\w*|thoughts?|thought|fantasi[sz]\w*|dream\w*|obsess\w*|imagin\w*|googl\w*|look\w* (?:up|into)|search\w*|research\w*|visuali[sz]\w+|picturing|daydream\w*|images) "
        rf"{_W4}(?:my (?:own )?death|ways? to die|not existing|not being (?:here|alive|around)|no longer existing|disappearing forever|being dead|being gone"
        r"|end(?:ing)? (?:it\b|it all|things(?! with)|my life|everything|my own)|taking my (?:own )?life|crashing (?:my|the) car|driv(?:e|ing) (?:my car )?(?:into|off)|killing"
        r"|jumping|jump\b|stepping (?:off|in front|into)|how (?:i|id) (?:would |could )?(?:do it|die)|who would find me|painless\w*|shooting myself|my funeral|overdos\w+|hanging|slitting)",
        r"(?:planning|know|knowing|decided|figured out|rehears\w+) (?:exactly )?(?:how|when|where) (?:i|id|ill) (?:would |will |am going to |want to )?(?:do it|die|end it|kill)",
        r"who would find me|find my body|found my body|(?:picked|chosen|chose) (?:out )?(?:the|a) (?:stairwell|bridge|tree|spot|place|date|day|room|rope|method)",
        unless=r"after jumping (?:to|from) (?:a |private|academ)|research (?:on|about|into)",
    ),
    rule(
        "not wanting to live",
        r"(?:not|rather not|shouldnt|should not|dont deserve to|dont want to|wish i wasnt|wish i werent|better not) (?:be |being |even be )?(?:alive|living|existing)(?= ?$|[.,?!]| (?:anymore|than|any|at all|right now)\b)|no use (?:to|in) liv\w+|use (?:of|in) living",
        r"(?:dont|didnt|no longer|not|never|cant|wont|doesnt|stopped|hardly|barely|without) (?:really |even |see why i should )?(?:want|wish|wishing|wanting|deserve|care|feel like|feel the need|bother|intend) "
        r"(?:\w+ )?(?:to )?(?:live(?= ?$|[.,?!]| (?:anymore|like|this|through|with (?:this|it|the pain|myself)|and|in (?:pain|fear|this)|any|without|if|because|after|longer|now|so)\b)"
        r"|living(?= ?$|[.,?!]| (?:anymore|like|and|in (?:pain|this)|this)\b)|continue (?:living|with life|my life|life|to live)|keep living|go on living|exist\w*|being alive|be alive|live my life|stay alive|survive"
        r"|wake(?: up)?|waking up|be on this (?:earth|planet)|be in this world|be here(?= ?$|[.,?!]| (?:anymore|any longer)(?= ?$|[.,?!]| (?:and|but|because|since)\b))|be around anymore|breathe)",
        r"no quiero vivir|quiero morir\w*|me quiero (?:morir|matar)|quiero matarme|suicidarme|je veux mourir|me tuer|ich will (?:sterben|nicht mehr leben)|quero morrer|me matar|marna chaht\w+"
        r"|mar jana chaht\w+|jeena nahi|gusto ko nang mamatay|ayoko nang mabuhay|voglio morire|saya mau mati|chce umrzec|hochu umeret",
        r"(?:reason|point|purpose|nothing|something|anything|much|sense) (?:left )?(?:\w+ )?(?:to live(?: for)?|for living|living for|in (?:living|being alive|being here|going on|continuing to live|staying alive)|of (?:living|being alive|being here|staying alive|life|existing|my life|my existence)"
        r"|being alive|to be alive|to stay alive|to keep living|to keep on living|to go on living|to exist|to continue living)",
        r"(?:point|sense) (?:of|in) (?:any of this|anything|it all|going on)(?= ?[.,?!]|$| anymore)[^a-z]*(?:anymore|everybody|nobody|i|my)?",
        r"life (?:\w+ )?(?:isnt|is not|not|is no longer|no longer|has no|holds no|feels?) (?:really |even )?(?:worth|meaningless|pointless|unbearable|worthless|over|meaning)(?! (?:for|in) (?:my job|work))",
        r"(?:lost|losing|have no|without|no) (?:the |my |all )?(?:will|desire|wish) to (?:live|go on|be alive|survive|exist|keep living)",
        r"(?:tired|sick|exhausted|weary|done) (?:of|with) (?:living|life(?! (?:as|in|on|at|with))|being alive|existing|existence|this life|my life)",
        r"cant (?:\w+ )?(?:go on(?= ?$|[.,?!]| (?:anymore|like this|living|with (?:life|living)|and|any longer|much longer|another|without)\b)|live anymore|live like this|live with (?:myself|this|what|the guilt|it)|keep living|stay alive|keep going on|continue living|be alive"
        r"|bear (?:to live|living|being alive)|face (?:another day|living|life)|do life|exist|survive (?:another|this pain))",
        r"dont think i can (?:stay alive|live|go on|survive (?:this|another))|(?:finish|finishing|leave|leaving|exit|escape) (?:my|this) (?:life|world|earth)",
        r"dont (?:\w+ )?(?:stay alive|go on living)|dont (?:want to )?be alive|(?:i )?hate being alive|stop being alive",
        r"dont i? ?can (?:stay alive|go on living)|i can (?:stay alive)(?= ?$| through| much)",
        r"no (?:reason|point|way) (?:for me )?to (?:go on|keep going|continue|be here)(?= ?$|[.,?!]| (?:anymore|living)\b)",
        r"(?:theres |see |is )?no point anymore(?= ?$|[.,?!])|no point in (?:living|being (?:here|alive)|going on|continuing|anything)(?= ?$|[.,?!]| (?:anymore|any)\b)",
        unless=r"which patients",
    ),
    rule(
        "want it to stop",
        r"(?:only|one|best|quickest) way (?:to (?:stop|end|escape)|out of) (?:\w+ ){0,4}(?:is|would be) (?:to (?:die|be dead|not be)|death|dying|suicide)|(?:is to die|is death)(?= ?$|[.,?!])",
        r"(?:checking|check|checked|bow\w*|opt\w*) out (?:for good|of life|permanently|forever)|out\W+of (?:life|this life|existence)|(?:dont|cant) (?:want to )?do this anymore\W+(?:\w+\W+){0,2}(?:life|living|being alive)",
        r"(?:make|get|last|survive) (?:it )?(?:through|to|till|until) (?:the night|tonight|the morning|tomorrow|the weekend)(?= ?$|[.,?!]| (?:alone|alive|without)\b)|(?:so |very |this )?close to (?:just )?(?:doing it|ending|killing|giving up on life|acting on)",
        r"(?:be|being) (?:around|here|alive) (?:for|to see) (?:my )?(?:graduation|christmas|match day|my birthday|next year|the match)|stopped making plans|wont be here(?= ?$|[.,?!])|(?:god|lord|jesus|death) (?:to )?(?:takes?|take) me",
        r"(?:ive|i have|have|got|set|picked|chose|chosen) a date (?:picked|set|chosen|to (?:die|do it|end))(?! (?:for|with))|(?:in case|when|if|the day|until) i (?:finally )?decide to (?:do it|end it|use them|go through with it)",
        r"if im dead (?:by|before|tomorrow|on|next)|im dead by|(?:tell|let) my (?:family|wife|husband|kids|mom|mum|parents|mother|dad) (?:know )?(?:that )?(?:i|ive) (?:loved?|am sorry|was sorry|tried)(?: them| her| him)?(?= ?$|[.,?!])|dark place and",
        r"(?:writ\w*|wrote|made|making|updat\w*) my will (?:\w+ ){0,4}(?:because|since|ends|before)",
        r"want (?:everything|it all|the pain|my (?:pain|suffering|life|existence)|this pain|this life|life) (?:to )?(?:just )?(?:stop|end|be over|go away forever|over)",
        r"want (?:it|this|to make it|things) (?:to )?(?:just )?(?:stop|end|be over)\W+(?:\w+\W+){0,2}(?:forever|for good|permanently)",
        r"(?:end|ending|ended) (?:it all|my life|my own life|it (?:tonight|now|soon|today|for good|tomorrow|already|once)|everything|my suffering|my pain|the pain|my misery|this life|my existence|things (?:for good|tonight|once))",
        r"(?:going|want|ready|plan|planning) to end (?:it|things)(?= ?$|[.,!?])",
        r"tak(?:e|ing|en) my (?:own )?life|took my own life|(?:no|only|any) (?:other )?way out (?:\w+ ){0,5}(?:death|dying|suicide|alive|life|of my debt|of this life|kill)",
        r"(?:final|permanent|last|forever) (?:solution|sleep|exit|rest)|sleep forever|eternal rest|long sleep|not be (?:here|alive) (?:tomorrow|next week|much longer)|wont be (?:here|around|alive) (?:tomorrow|much longer|anymore|by)",
        r"(?:disappear|vanish|fade away|be gone)\W+(?:\w+\W+){0,5}(?:forever|never (?:come|be|return)|nobody would miss|from (?:this|the) (?:world|earth|life)|permanently|for good)",
        r"(?:do|did|done) myself in|catch the bus|ctb|kick the bucket on purpose|unalive\w*",
        r"my (?:brain|mind|head) (?:keeps? |is )?(?:tell\w*|say\w*) (?:me )?(?:to )?(?:do it|die|jump|end|kill|just)",
        r"im done\W+goodbye|(?:had|ive had) enough of (?:life|living|this life|this world)|over it\W+goodbye",
        unless=r"slang|end(?:ing)? things with|out of office",
    ),
    rule(
        "better off without me",
        rf"(?:better|happier|easier|relieved|fine|improved|manage|cope|do well|best|good|nicer)\W+{_W6}(?:without me|w me gone|if (?:only )?i (?:just |simply )?(?:wasnt|werent|was gone|were gone|were dead|was dead|died|die|disappeared|vanished|didnt exist|never existed|wasnt here|am gone|left this))",
        rf"(?:im|be|being|feel like|feel|like|am|just|only|nothing but|become|such|such a|as a) (?:\w+ )?(?:a |\b)(?:\w+ )?burden (?:to|on|for) {_FAMILY}",
        rf"burden (?:to|on|for) {_FAMILY}\W",
        r"(?:nobody|no person|not a soul) (?:\w+ )?(?:would|will|d) (?:even |really |ever )?(?:notice|miss me|care|find me|remember me)(?: \w+)? (?:if|when|once|that) (?:i|im) (?:\w+ )?(?:died|die|dead|gone|was gone|were gone|disappeared|vanished|killed|wasnt|werent|never woke|stopped existing)",
        r"(?:nobody|not a soul) (?:would|will) (?:even |really )?miss me(?= ?$|[.,?!])",
        r"if i (?:died|die|were dead|was dead|were gone|was gone|dropped dead|disappeared|didnt wake|dont wake|wasnt (?:here|around)|werent (?:here|around))\W+(?:\w+\W+){0,6}(?:nobody|would anybody|would anyone|happier|better|relieved|miss me|notice|my family would|everybody|easier)",
        r"(?:would|will) (?:anybody|anyone) (?:even |really )?(?:notice|miss me|care|come) if i (?:\w+ )?(?:died|die|were|was|disappeared|wasnt|am gone|killed)",
        r"world (?:would be|is|will be) (?:\w+ )?better|(?:waste|wasting) (?:of )?(?:oxygen|air|space)",
        unless=r"(?:practice|clinic|department|group|project|committee|lab|study) (?:\w+ ){0,4}without me",
    ),
    rule(
        "means",
        r"lethal (?:dose|amount)s? (?:\w+ ){0,3}(?:for|of) (?:someone my|somebody my|me\b|myself|my (?:size|weight|body))|(?:bottle|stash|supply|box) of (?:\w+ )?(?:pills|tablets|insulin|fentanyl|meds) (?:\w+ ){0,6}(?:just in case|decide|if it gets|when i|in case i)",
        rf"(?:how (?:many|much)|what (?:dose|amount)|enough {_DRUG}) {_W6}(?:to die|would kill me|will kill me|kill me|would do it|will do it|to do it|to end it|to kill me|(?:to be |is )?lethal for me|to not wake up|to never wake|for me to die|it takes to die|finish me)",
        rf"(?:how (?:many|much)) (?:\w+ )?{_DRUG} (?:\w+ )?(?:it takes|does it take|would it take|do i need to (?:die|end)|to overdose|until i die)",
        rf"(?:counting|hoarding|hoard|saving|save|stockpil\w+|collecting|stashing|stash of|stash) (?:up )?(?:\w+ ){{0,2}}{_DRUG}",
        rf"(?:swallow\w*|took|take|taking|taken|down|downed) (?:the |a |an |my )?(?:whole|entire|all|handful|too many|bunch|bottle|lot|every|all of)(?: of)? (?:\w+ ){{0,3}}(?:bottle|{_DRUG})",
        r"(?:painless|painlessly|peaceful|peacefully|least painful) (?:\w+ ){0,4}(?:ways?(?= ?$|[.,?!])|ways? (?:to (?:die|go|end|kill|do it|leave this)|out)|death|die|dying|to go|exit|method)|(?:easiest|quickest|fastest|quick|easy) (?:\w+ )?(?:way|method)s? (?:to (?:die|go|kill|end my)|out of life)|(?:ways?|how) to die(?! (?:from|of)\b)",
        rf"(?:would it|is it|will it|does it) (?:be |hurt|painless)\w*[^a-z]*(?:\w+\W+){{0,4}}(?:pyxis|{_DRUG}|access|rope|gun)",
        r"i (?:just )?(?:over ?dosed|overdose|tried to overdose|took an overdose|am taking an overdose|have taken an overdose|want to overdose|could overdose)|(?:took|take|taking|taken|tried to take|tried) (?:an? )?(?:\w+ )?overdose|tried to overdose",
        rf"(?:jump\w*|leap\w*|step|stepping|walk(?:ing)?(?= (?:in front|into|out in|off))|driv(?:e|ing)|crash|crashing|swerv\w+|steer\w*|veer\w*|throw(?:ing)? myself|lying|lie down|roll\w*) {_W4}(?:off|from|into|in front of|out of|in to|over|on|under|out) {_W3}{_HEIGHT}",
        rf"(?:stand|standing|stood|sit|sitting|sat|go|going|look|looking|stare|staring) {_W3}(?:on|at|to|over|off|down from|from|up) {_W3}(?:roof|rooftop|ledge|bridge|edge|balcony|tracks|overpass|top floor|parapet)(?! (?:program|year|loan|funding|of (?:quitting|leaving|burn)))",
        r"(?:gun|pistol|rifle|shotgun|weapon|noose|rope|razor|blade|knife|scalpel|helium|syringe)s? (?:\w+ ){0,4}(?:loaded|in my mouth|to my (?:head|temple|own|wrist|neck)|ready|in front of me|in my (?:car|drawer|desk|hand|closet)|for me|for myself)",
        r"(?:loaded|bought|buy|got|own|have|ive|get) (?:\w+ ){0,2}(?:gun|pistol|noose|rope|helium)\W+(?:\w+\W+){0,6}(?:myself|tonight|end|die|alone|dont trust|scared|thinking|goodbye|ready|plan)",
        rf"(?:ive|i|theres|keep|stole|took|brought home) (?:\w+ )?(?:\w+ )?{_DRUG} (?:\w+ )?(?:at home|in my (?:bag|car|pocket|drawer|locker|nightstand)|ready|saved|with me) (?:and|to|for)(?! (?:my|the) (?:headache|migraine|pain|kids|dog|nausea|patients?))",
        rf"(?:cant|dont|want|tired|goodbye|end|alone|hopeless|enough) (?:\w+\W+){{0,8}}(?:and|but|,) (?:i|ive|im) (?:\w+ ){{0,3}}(?:(?:the |my |some |a bottle of |enough )?{_DRUG}|gun|rope)",
        rf"{_DRUG} {_W6}for (?:myself|me to die)|{_DRUG}(?: \w+){{0,8}}\W+for myself i mean",
        r"dies? (?:that|which) (?:looks?|seems?) like (?:an )?accident|(?:look|looks|seem) like (?:an )?accident (?:\w+ ){0,4}(?:insurance|family|life)",
        r"(?:open|out|opened|jump\w*|fall) (?:of )?(?:the|a|my) window(?! (?:of|for|to|position|closes|period))(?=[^a-z]*$| and)",
        unless=r"(?:patient|kid|child|baby|toddler|infant|dog|cat)s? (?:\w+ )?(?:took|swallowed|overdosed|jumped|trying|ate)|pills for altitude|to (?:school|daycare) on|moving (?:from|to)|offers? in front of me",
    ),
    rule(
        "goodbye",
        r"(?:goodbye|farewell|last|final) (?:letters?|notes?|messages?|texts?|words|wishes|videos?)",
        rf"(?:wrote|written|writing|write|recorded|sealed|finished|left) (?:\w+ )?(?:\w+ )?(?:letters?|notes?|video|videos) (?:to|for) {_FAMILY}",
        r"(?:wrote|written|writing|finished|sealed) (?:the|my|all the|all my) (?:last )?letters(?= ?$|[.,?!])",
        rf"(?:said|saying|say|made) (?:all )?(?:my |our )?(?:final )?goodbyes?(?= ?$|[.,?!]| (?:to )?(?:{_FAMILY}|the world|world|the kids|all)(?!\w))",
        r"goodbye (?:cruel |to the )?(?:everybody|world|all|life|forever)|goodbye\W*$",
        r"(?:give|giving|gave|given|find a home for|rehom\w+) (?:away )?(?:all )?(?:of )?my (?:cat|dog|pets?|things|belongings|stuff|possessions|clothes|valuables)(?: away)?",
        r"(?:affairs|finances|paperwork|will) (?:are |is |all |put )?(?:in order|sorted|ready) (?:before|so) (?:i|my|that)|(?:wrote|updated|writing|made|sorted) my will\W+(?:\w+\W+){0,6}(?:ready|goodbye|tonight|end|done|letters?|tired|over)",
        r"before i go, (?:also )?(?:clean|give|tell|say|my)|(?:after|when|once) im dead|once im gone",
        r"my plan is (?:tonight|tomorrow|friday|monday|sunday|saturday|after|this weekend|next|to die|to end)|ive (?:a|made a|got a|my) plan (?:to (?:die|end|kill|do it)|for how|and (?:the|a) (?:means|date|note))|have (?:the |a )?(?:plan|means) and (?:the |a )?(?:means|date|plan|intent)",
        r"ready to go\W+(?:\w+\W+){0,3}(?:goodbye|said|done|letters|peace)|ready to (?:leave|go) this (?:world|life|earth)|at peace with (?:dying|death|going|leaving)",
        unless=r"(?:to|for|with|tell\w*) (?:my |the |our )?(?:\w+ )?(?:colleagues?|coworkers?|patients?|staff|clinic|team|mentor|program|pd)|goodbye (?:email|party|lunch|card|gift)|template|out of office|letters? of (?:recommendation|intent|interest)|top programs",
    ),
    rule(
        "not safe from oneself",
        r"dont trust myself(?= ?$|[.,?!])",
        r"(?:not|dont feel|isnt|never|unsafe|cant keep myself|cant stay|cant keep me|dont think im|dont think i am|dont know if im|not sure im) (?:really |feel |feeling |being |to be )?(?:safe|unsafe|be alone|keep safe)? ?(?:with|from|around|alone with|by|to be left with) myself",
        r"(?:cant|couldnt|struggl\w+ to|hard to|trying to|need help to|help me) (?:\w+ )?(?:keep|keeping) (?:myself|me) (?:safe|alive)|(?:not|isnt|dont feel|never feel) (?:\w+ )?safe (?:to be alone|alone|being alone|tonight|right now|on my own|by myself)",
        r"(?:unsafe|in danger|not ok|not okay) (?:alone|tonight|right now|on my own|by myself|from myself)|(?:im|i am|i feel|feeling) (?:\w+ )?(?:a danger|danger|dangerous|a risk) to myself",
        r"(?:scared|afraid|worried|terrified|dont know|not sure|fear\w*) (?:\w+ ){0,4}(?:do|might do|will do|could do|going to do|may do|capable of doing) (?:\w+ ){0,3}to myself",
        r"(?:scared|afraid|worried|terrified) (?:\w+ ){0,4}(?:myself|being alone) (?:tonight|right now|with (?:the|my|a) (?:gun|pills|knife|thoughts))|dont trust myself (?:tonight|alone|with|around|right now|not to|to stay|to be)",
        r"do(?:ing)? something (?:\w+ )?(?:to myself|stupid tonight|irreversible|drastic tonight|to hurt)|might do something (?:to|stupid|bad|drastic|permanent)|need (?:someone|somebody) to stop me",
        r"(?:dark|scary|horrible|bad|intrusive) thoughts (?:\w+ ){0,5}(?:hurting|dying|death|ending|harm|not being|killing|want to act)|call(?:ed|ing)? 988|should i (?:call|text) (?:988|a crisis|the crisis|a hotline|the hotline)|crisis line(?= ?$|[?.!])",
    ),
)
