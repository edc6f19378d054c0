"""Rules for a person who may not be safe at home, and for somebody near the asker who may not be safe."""

# ruff: noqa: E501 - tables of patterns and texts read best a line each
from __future__ import annotations

from assistant.safety.rules import rule

_W2, _W4, _W6 = (rf"(?:[^\s.?!]+ ){{0,{n}}}" for n in (2, 4, 6))
_PARTNER = (
    r"(?:husband|hubby|wife|partner|boyfriend|girlfriend|bf|gf|spouse|fiance\w*|ex|ex (?:husband|wife|boyfriend|girlfriend|partner)|dad|father|mom|mum|mother|brother|sister"
    r"|parents|(?:father|mother|brother|sister) in law|in laws|uncle|cousin|son|roommate|housemate|date)"
)
_HURTS = (
    r"(?:hit|hits|hitting|beat|beats|beating|chok\w+|strangl\w+|punch\w*|slap\w*|kick\w*|shov\w+|pushes|pushed|hurts?|hurting|abus\w+|rap(?:e|es|ed|ing)|burn(?:s|ed|t)|attack\w*"
    r"|assault\w*|stab\w*|bit|bites|grabs|grabbed|drags|dragged|lock(?:s|ed)|threw (?:\w+ ){0,3}at|throws (?:\w+ ){0,3}at|forc(?:es|ed|ing))"
)
_ME = r"(?:me|us|my (?:face|arm|head|kids?|child|children|son|daughter|baby)|the (?:kids?|children|baby))"
_NOT_HURT = r"(?! (?:to (?!go|come|the (?:floor|ground|er))|in (?:the|a|our) (?:race|match|interview|game|contract)|for (?:the|a|chief)|at|out for|up|on the boards|with (?!a (?:belt|bat|bottle|stick|chair|pan)|his|her|the (?:belt|bat))))"

AT_HOME = (
    rule(
        "hurt by somebody at home",
        r"(?:his|her|their) hands? (?:\w+ )?(?:around|on|round) my (?:neck|throat)|(?:held|holds|holding|pinned) me (?:down|against)|(?:kill|hurt|hurts|kick\w*|poison) my (?:dog|cat|pet|kids)",
        rf"{_PARTNER} (?:\w+ ){{0,3}}(?:broke|smash\w*|destroy\w*|took|takes) my (?:phone|laptop|things|arm|nose|car|glasses|keys|passport)",
        rf"{_PARTNER}(?:, [^,.?!]{{3,40}},)? (?:who )?{_W6}{_HURTS} (?:at )?{_ME}{_NOT_HURT}",
        rf"(?:he|she|hes) (?:\w+ )?(?:\w+ )?(?:hits|hit|beats|choked|chokes|strangled|strangles|punched|punches|rapes|beat|kicks|kicked) {_ME}(?: up)?{_NOT_HURT}",
        rf"{_PARTNER} (?:\w+ ){{0,5}}(?:threaten\w*|tried|trying|wants|going|promis\w+|swore|says he will|will|says hell) (?:me )?(?:\w+ )?(?:to |with )?(?:kill|murder|hurt|shoot|stab|harm|beat|burn) (?:me|us|the kids|my kids)",
        rf"{_PARTNER} (?:\w+ ){{0,5}}(?:threaten\w*|tried|trying|wants|going|swore|says he will|will) (?:\w+ )?(?:to |with )?(?:a (?:knife|gun)|take the kids|have me deported|get me deported)",
        r"(?:threaten\w*) (?:\w+ )?(?:to )?(?:kill|hurt|shoot|stab|beat|strangle) (?:me|us|the kids)|(?:he|hes|she) (?:will|is going to|going to|might|would|could|wants to|says he will|tried to) (?:kill|hurt|beat) (?:me|us)",
        rf"{_PARTNER} (?:\w+ )?(?:is|gets?|has become|became|being|turns?) (?:\w+ )?(?:violent|abusive|physically abusive|physical with me)|(?:violent|abusive) (?:\w+ )?{_PARTNER}",
        rf"(?:hit|beaten|beaten up|choked|abused|hurt|assaulted|raped|punched|slapped|controlled|threatened|stalked|strangled|attacked) (?:\w+ )?by my (?:\w+ )?{_PARTNER}",
        r"(?:started|starts|begun|keeps) to (?:punch|hit|beat|slap|choke|kick|hurt) me",
        unless=r"patients? (?:\w+ )?(?:husband|wife|boyfriend|partner|is abused|hits?|beats?)|kick\w* me out of (?:the|a|our) (?:budget|meeting|call|zoom|group|chat|practice)|hits? (?:the|her|his) (?:gym|ceiling|limit)|practice partner|partner (?:hit|beat)s? me (?:with (?:a|the) (?:bill|lawsuit|buyout|contract))|to the (?:promotion|punch|chief|podium)",
    ),
    rule(
        "abused at home",
        r"(?:im|ive been|being|am|was|been|get|getting|was being) (?:\w+ )?(?:abused|beaten|hit|threatened|controlled|hurt|trapped)(?: \w+){0,3} (?:at home|at my house|in my (?:marriage|relationship|house|home))",
        r"(?:domestic|intimate partner|partner|dating|family) (?:violence|abuse) (?:\w+ ){0,3}(?:at home|myself|situation|victim|survivor|at my home|in my)|(?:victim|survivor|experienc\w+|suffer\w+|victims|living with|fleeing|escap\w+|leaving|in a) (?:of |from |through )?(?:\w+ )?(?:domestic|intimate partner|partner) (?:violence|abuse)",
        r"(?:abusive|violent|controlling|toxic and violent|dangerous) (?:relationship|marriage|home|household|situation at home|husband|wife|partner|boyfriend|girlfriend|spouse|ex|home life)",
        r"(?:i am|im|ive been|im being|being) (?:\w+ )?(?:abused|a battered|battered)|home is (?:not safe|unsafe|violent|dangerous|hell)",
        rf"{_PARTNER} (?:wont|doesnt|refuses to|doesnt ever) (?:let|allow) me (?:to )?(?:leave|go out|see|have (?:money|my|a)|talk to|work|use my)|(?:he|she|hes|and|{_PARTNER}) (?:\w+ )?(?:locks?|locked|traps?|trapped) me (?:in|inside|up|out)(?! of the (?:emr|chart|system|office))|keeps? me (?:locked|trapped|prisoner)",
        rf"{_PARTNER} (?:\w+ ){{0,4}}(?:stalk\w*|following me|tracks? my (?:phone|location|car)|(?:takes|hides|took|hid) (?:away )?my (?:passport|phone|keys|money|documents)|put a (?:gun|knife)|has a gun and|pulled a (?:gun|knife))",
        r"(?:he|hes|ex|somebody)[^.?!]{0,40}(?:found|knows|finds) where i live|wait\w* (?:by|at|near|outside|for me (?:at|by|outside)) my (?:car|apartment|house|door|place|building)|(?:took|take|takes|keep\w*|hid|hides|hold\w*) my (?:passport|documents|papers)|(?:close|closes|closed|lock|locks|shut|shuts) me (?:in|inside) (?:the |my |our )?(?:house|home|room|apartment)|(?:hes||he|she|somebody|someone|ex) (?:\w+ )?(?:is )?stalking me|he has a gun|(?:checks|controls) my phone and",
        unless=r"(?:violence|abuse) (?:\w+ )?(?:advocacy|research|screening|training|career|curriculum|funding|grants?|fellowship)|(?:research|funding|training|advocacy|screen\w*|grants?) (?:\w+ ){0,3}(?:violence|abuse)|patients? (?:\w+ ){0,2}(?:abused|violence)|abusive (?:contract|noncompete)",
    ),
    rule(
        "unsafe at home",
        r"(?:home|my (?:house|apartment|marriage)) (?:isnt|is not|doesnt feel|is never|wasnt|never feels) (?:\w+ )?(?:safe|a safe)|(?:scared|afraid|worried|terrified) (?:that )?(?:he|she|hell|my ex) (?:will |ll |might |would |could |is going to )?(?:finds?|hurts?|kills?|come after|follow|come for) (?:me|us|out where)",
        r"(?:(?:not|dont|never|doesnt|isnt|no longer|hardly) (?:\w+ )?(?:\w+ )?safe|unsafe|in danger|not safe) (?:\w+ )?(?:\w+ )?(?:at home|with my (?:partner|husband|wife|boyfriend|girlfriend|ex|family|spouse|roommate)|going home|to go home|in my (?:own )?(?:home|house|apartment|flat|marriage|relationship)|where i live|tonight|right now|around (?:him|her|my (?:husband|partner|wife|ex|dad|father|boyfriend)))",
        rf"(?:scared|afraid|terrified|fear\w*|frightened) (?:\w+ ){{0,4}}(?:go(?:ing)? home|to be at home|be home|of my (?:\w+ )?{_PARTNER}|that (?:my )?{_PARTNER} (?:will|might|is going)|(?:my )?{_PARTNER} (?:will|might|is going to|would|could) (?:hurt|kill|find|harm|hit|beat)|for my (?:life|safety))",
        rf"(?:hide|hiding|run|running|run away|escape|escaping|get away|flee|fleeing|protect myself|protect my kids) from (?:my )?(?:\w+ )?{_PARTNER}",
        r"fear(?:ing)? for my (?:life|safety)|(?:need|want|find) (?:a )?(?:restraining order|protective order|(?:womens|domestic violence) shelter)",
        also=r"i|im|ive|id|my|me",
        unless=r"(?:unsafe|safe) (?:driving|commuting|speaking)|(?:safe|danger) (?:from|of) (?:layoffs?|failing|not)|neighbou?rhood|as (?:a|an) (?:new|junior) attending|in my job",
    ),
)

_PERSON = (
    r"(?:co ?(?:resident|intern|fellow|worker)s?|residents?|interns?|fellows?|colleagues?|friends?|bestie|classmates?|mentees?|students?|roommates?|housemates?|husband|wife|partner|spouse"
    r"|boyfriend|girlfriend|fiance\w*|brother|sister|sibling|mom|mum|mother|dad|father|son|daughter|kid|chief|senior|junior|attending|mentor|pgy ?\d|r\d|nurse|teammate|cousin|ex"
    r"|surgeon|somebody|someone|neighbou?r|partner resident|ms\d|pd|program director|trainee|doctor|physician|boss)"
)
_SELF = r"(?:himself|herself|themself|their self)"

NEARBY = (
    rule(
        "somebody speaks of death",
        rf"{_PERSON} {_W6}(?:is|are|was|being|seems?|might be|may be|feels?|feeling|says?|said|admitted|told me|confided|he|she|theyre|be|hes|sounds?|been|became|got|getting) (?:\w+ ){{0,3}}(?:suicidal|actively suicidal)",
        rf"{_PERSON} [^.?!]{{0,90}}(?:want\w*|wish\w*|going|plan\w*|threaten\w*|try\w*|tried|trying|think\w*|thought|talk\w*|text\w*|about|might|could|will|would|may|hell|of|said|is|considering|intends?) (?:\w+ ){{0,3}}(?:kill|hurt|harm|hang|shoot|cut|end|drown|poison|overdos|off)(?:e|es|ed|ing|ting)? {_SELF}",
        rf"{_PERSON} [^.?!]{{0,90}}(?:cutting|hurting|harming|burning|starving|killing) {_SELF}",
        rf"{_PERSON} [^.?!]{{0,90}}(?:wants?|wanted|wishes|wished|hopes|wanting|feels? like|talks about|spoke about|speaks of|talking about|thinks about|thinking about|texted about|texted me about|begs|said|mentions?|mentioned|joking about|jokes about|thinking of|considering|planning) (?:\w+ ){{0,4}}(?:to die|dying|suicide|be dead|were dead|was dead|death|jumping|jump|not (?:being )?(?:here|alive|around)|ending (?:it|things)|end (?:it|his|her|their)|killing|overdos\w+|not wanting to (?:live|be))",
        rf"{_PERSON} [^.?!]{{0,90}}(?:end|ending|take|taking|took) (?:his|her|their) (?:own )?lif?v?es?(?! insurance)",
        rf"{_PERSON} [^.?!]{{0,90}}(?:doesnt|didnt|dont|does not|no longer|not) (?:\w+ )?(?:want(?:s|ed)?|wish\w*|wanting) (?:to )?(?:live|be (?:here|alive|around)|exist|wake|go on|keep going|survive)",
        rf"{_PERSON} [^.?!]{{0,90}}(?:nothing (?:left )?to live for|no reason to live|better off (?:without (?:him|her|them)|dead)|cant (?:do this|go on|take (?:this|it)) anymore|cant go on|cant live)(?! at work)",
        rf"{_PERSON} [^.?!]{{0,90}}(?:goodbye|good bye|suicide note|farewell)(?! (?:party|lunch|gift|email|dinner|card|cake))",
        rf"{_PERSON} [^?!]{{0,90}}(?:none of (?:this|it) (?:will )?matters?(?: anymore)?(?= ?$|[.,?!])|(?:life|living)(?: \w+){{0,2}} (?:no|without) (?:meaning|sense|point)|easy way to (?:finish|go|end)|(?:he|she|they) (?:wont|will not|doesnt|does not) need (?:it|them) (?:anymore|any longer|where)|go under and not (?:come|wake)|(?:easier|better|best) if (?:he|she|they) (?:\w+ )?(?:wasnt|werent|were not|was not) (?:\w+ )?(?:here|around|alive)|world (?:does not|doesnt|dont|would not) (?:need|miss) (?:him|her|them)|no future (?:at all|for (?:him|her|them)))",
        rf"{_PERSON} [^.?!]{{0,90}}(?:attempted|tried|attempts) (?:suicide|to (?:overdose|kill|hang|die|end|take (?:his|her|their)|jump))",
        rf"(?:he|she|they|hes) (?:\w+ )?(?:\w+ )?(?:is|was|are|seems|feels|told me he is|told me she is) (?:\w+ )?suicidal|(?:he|she|they|hes) (?:\w+ )?wants? to (?:die|kill {_SELF})",
        unless=r"(?:my|a|the|our|her|his|their) patients? (?:\w+ )?(?:was|is|died|killed|who|wants|attempted|committed|overdosed|told)|whose (?:research|thesis)|goodbye (?:email|at (?:lunch|the)|to (?:my )?patients)|leaving the (?:program|practice|group|hospital)|physician suicide|cant live (?:alone|on|in)|cant go on (?!like|living)|how do psychiatrists|(?:committed|attempted) suicide (?:in (?:med(?:ical)? school|college)|years ago)|clause|slang",
    ),
    rule(
        "somebody has the means",
        rf"(?:{_PERSON}|he|she) (?:\w+ ){{0,5}}(?:pills|meds|insulin|gun|rope|fentanyl|tablets) (?:saved|saved up|stashed|hidden|ready|at home and)|(?:he|she|{_PERSON}) (?:\w+ )?(?:text\w*|messag\w*|sent) (?:me |us )?(?:a )?(?:bye|goodbye|farewell)",
        rf"{_PERSON} [^.?!]{{0,90}}(?:took|taken|swallowed|takes|found with|with) (?:an? |the |too many |all |empty |some )?(?:\w+ )?(?:overdose|whole bottle|bottle of|empty pill|pill bottles?|bunch of pills|handful of|pills and)",
        rf"{_PERSON} [^.?!]{{0,90}}(?:overdosed|over dosed|slit (?:his|her|their)|hanging from)(?! (?:on coffee|and died))",
        rf"{_PERSON} [^.?!]{{0,90}}(?:gun|knife|rope|noose|pistol|blade|scalpel) (?:to|around|against|on|in) (?:his|her|their) (?:\w+ )?(?:head|neck|mouth|wrist\w*|throat|arm|hand|room|car)",
        rf"{_PERSON} [^.?!]{{0,90}}(?:stockpil\w+|hoarding|hoards|collecting|saving up) (?:\w+ )?(?:pills|meds|medication\w*|fentanyl|insulin|opioids|drugs|propofol|tablets)",
        rf"{_PERSON} [^.?!]{{0,90}}(?:gave|giving|given|gives) (?:\w+ )?(?:away )?(?:his|her|their|all) (?:\w+ )?(?:stethoscope|things|belongings|possessions|stuff|dog|cat|pets?|books)(?: away)?",
        rf"{_PERSON} [^.?!]{{0,90}}(?:standing|sitting|is|went|on|up) (?:\w+ ){{0,3}}(?:on|to) the (?:roof|ledge|bridge)",
        rf"{_PERSON} [^.?!]{{0,90}}(?:cuts? on (?:his|her|their)|(?:his|her|their) (?:arms?|wrists?) (?:\w+ )?(?:cuts|scars|bandaged|cut)|(?:fresh )?(?:cuts|scars) on (?:his|her|their) (?:arm|wrist|thigh|leg|forearm)s?)",
        unless=r"my patients? (?:\w+ )?(?:took|overdosed|swallowed|has)|as (?:a )?(?:graduation )?gift",
    ),
    rule(
        "worried for somebody",
        rf"(?:worried|afraid|scared|concerned|fear|think|thinks|sure|convinced|terrified|feeling) (?:\w+ )?(?:\w+ )?(?:\w+ )?(?:my |a |that |one of |our )*(?:\w+ )?{_PERSON} {_W4}(?:kill|hurt|harm|cut|hang) {_SELF}",
        rf"{_PERSON} {_W6}(?:at risk of (?:suicide|self)|in crisis|suicide risk|suicide watch|danger to {_SELF}|not safe (?:alone|at home|by {_SELF})|self harm\w*|is not safe(?= ?$|[.,?!]))",
        rf"{_PERSON} [^.?!]{{0,90}}(?:is being|being|gets?|is|was|getting) (?:\w+ )?(?:abused|beaten|hit|choked|beat up|threatened|strangled) (?:at home|by (?:his|her|their) (?:\w+ )?{_PARTNER})|{_PERSON} [^.?!]{{0,90}}(?:husband|wife|boyfriend|girlfriend|partner|ex) (?:\w+ )?(?:beats|hits|abuses|hit|beat|chokes|choked|is hitting|is abusing|threatened to kill) (?:him|her|them)",
        rf"{_PERSON} [^.?!]{{0,90}}(?:bruises|black eye|bruised) [^.?!]{{0,90}}(?:husband|boyfriend|partner|wife|home|door|excuse|fell)",
        also=r"i|im|ive|id|my|me|our|us|we",
        unless=r"my patients? (?:\w+ )?(?:is|are|was|gets)|self harm in|research (?:on|about)",
    ),
)
