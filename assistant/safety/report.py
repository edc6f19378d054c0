"""Rules for what should be told to somebody: mistreatment, impairment, unsafe supervision or staffing."""

# ruff: noqa: E501 - tables of patterns and texts read best a line each
from __future__ import annotations

from assistant.safety.rules import rule

_W2, _W4, _W6 = (rf"(?:[^\s.?!]+ ){{0,{n}}}" for n in (2, 4, 6))
_BOSS = (
    r"(?:attendings?|surgeons?|consultants?|faculty(?: member)?|pd|apd|program director|director|chair|chairman|chairwoman|chief|boss|senior(?: resident)?|fellow|co ?(?:resident|fellow|intern|worker)s?|resident|intern"
    r"|supervisor|mentor|nurse|nurses|scrub tech|tech|partner|partners|colleague|colleagues|preceptor|doctor|physician|anesthesiologist|anesthetist|crna|medical director|professor|coworker|staff|pi|he|she|hes|they|patient|patients|someone|somebody|administrator|ceo)"
)
#: The subject of somebody's work, and nothing that happened to them.
_GRAVE = r"(?:harass\w*|discriminat\w*|bias|racism|sexism|bully\w*|mistreatment|alcohol|addiction|drug|substance|diversion|retaliation|duty hours?|impairment|staffing|supervision)"
_TALK = (
    rf"(?:research|papers?|journals?|lectures?|talk|curriculum|thesis|study|studies|teaching|teach|grants?|funding|essay|clinic|career|fellowship|committee) (?:\w+ ){{0,2}}(?:on|about|in|into|of|for) (?:\w+ ){{0,2}}{_GRAVE}"
    rf"|{_GRAVE} (?:\w+ ){{0,2}}(?:research|policy committee|policy|committee|training|curriculum|lecture|workshop|module|talk|papers?|conference|grants?|mentor|courts?)|teaching (?:\w+ )?about|for grand rounds"
)

#: What somebody did, or left undone, to the harm of somebody: a trait alone harms nobody ("because of the visa").
_WORSE = (
    r"(?:passed over|overlook\w*|fired|firing|den(?:y|ied|ies)|refus\w+|reject\w*|mock\w*|ridicul\w*|humiliat\w*|insult\w*|harass\w*|punish\w*|exclud\w*|ignor\w*|demot\w*|dismiss\w*|terminat\w*|let go|laid off"
    r"|discriminat\w*|treat(?:s|ed|ing)?|paid less|pays? (?:me|us) less|less (?:pay|money|salary)|not (?:promoted|hired|renewed)|didnt (?:promote|hire|renew|get)|remediation|probation|threat\w*|kicked|kick(?:s|ing)? me|bull(?:y|ied|ies|ying)|targeted|singled out"
    r"|(?:wont|didnt|doesnt|dont|never|not) (?:let|allow|give|pick|choose|talk|speak|teach|want|operate|look|take|scrub|hire)\w*|(?:took|taken|take|takes|pulled|removed|kept|keeps?) (?:me|my|her|him|us|away)|(?:give|gives|gave|get|gets|assign\w*) (?:me|us) (?:all|the|only|more|bad|worse|extra)"
    r"|jokes?|joking|laugh\w*|comment\w*|remarks?|stereotyp\w*|call(?:s|ed|ing) me|yell\w*|scream\w*|blam\w*|hate[sd]?|worse|bad (?:shifts|evals?|evaluations?)|scut|retaliat\w*|unfair\w*|said (?:i|that i|im)|told (?:me|her|him) (?:i|that|im|to|she|he)|says? (?:i|im|that i)|ask\w* me (?:to translate|if|whether)|assum\w*|(?:men|males|guys|white) (?:\w+ )?get|patients? (?:\w+ )?(?:refuse|ask|want|say)\w*)"
)

MISTREATMENT = (
    rule(
        "harassment",
        r"sexual(?:ly)? (?:\w+ )?(?:harass\w*|assault\w*|misconduct|comments?|advances|favou?rs|jokes?|remarks|innuendo\w*|abus\w*|stuff|inappropriate|suggestive|texts|messages|touching)",
        r"harass\w*",
        unless=rf"committee|harassment policy|recruiters?|emails?(?! me)|spam|robocalls|telemarket\w*|headhunters?|{_TALK}|training module|annual training|reviews?|debt collect\w*|what share|how common",
    ),
    rule(
        "assault or unwanted touch",
        r"^assaulted by|(?:sends?|sending|sent|texts?|texted|snap\w*) me (?:\w+ ){0,2}(?:pics|pictures|photos|snaps|selfies|nudes|hearts?)(?! of (?:the|a|his) (?:schedule|case|ekg|xray|x ray|rash))|(?:gets?|got|being|was|were|is) touched (?:\w+ )?by|puts? (?:his|her|their) (?:hand|arm|hands|arms) (?:\w+ )?(?:on|around) (?:my|me|her)",
        r"(?:to|in|come to|at) his (?:hotel )?(?:room|apartment|place|house|hotel)|hotel room|(?:dinner|drinks) with (?:him|her)(?= ?$|[.,?!])|woke up in (?:my|his|the) (?:attending|boss|apartment|bed|room|hotel)|dont remember saying yes|(?:rates|ranks|rating|ranking) (?:the )?(?:\w+ )?(?:female|women|girls)[^.?!]*(?:looks|hot|bodies)|kissed by force|kissed (?:her|him|a resident|without)",
        r"(?:grop(?:e|ed|es|ing)|molest\w*|rap(?:ed|es)|kissed|kiss|kissing|fondl\w+|assault\w*|grab\w*|slapp?\w*|shov\w+|push(?:ed|es)(?= (?:me|us) (?:into|against|to the|down|out of the|away|off))|punch\w*|spank\w*|rubb\w+ (?:up )?against|pinch\w*|touch\w*|stalk\w*|upskirt\w*) (?:me|my (?:\w+ )?(?:back|thigh|butt|ass|bottom|breasts?|chest|leg|knee|shoulders?|waist|hair|hand|hands|neck|body|arm)|us)(?! base)",
        r"(?:i|ive|was i|im|got|being|were|am|he|she|been|who was|resident was|intern was|student was|nurse was|colleague was) (?:was |been |got |being |were |am |just |\w+ )?(?:groped|raped|assaulted|molested|kissed|grabbed|touched inappropriately|slapped|hit|punched|shoved|stalked|drugged|roofied)(?! (?:by (?:my |the )?(?:letter|gesture)|hard))",
        r"touch\w* (?:\w+ ){0,3}inappropriately|inappropriate(?:ly)? (?:touch\w*|relationship|texts?|messages?|comments?|contact|behaviou?r|photos?|advances|about my (?:body|appearance))|patient (?:\w+ )?(?:keeps|kept|is) grabb\w+",
        r"(?:explicit|nude|naked|dirty|sexual|obscene|lewd) (?:photos?|pictures?|pics|texts?|messages?|videos?|images?|jokes?|selfies?)|nudes|dick pics?|hidden camera|camera in the (?:call|locker|changing)|exposed himself",
        r"(?:keeps?|kept|wont stop|constantly|always) (?:asking me out|hitting on me|flirting|staring at my|commenting on my (?:body|looks|appearance|weight|breasts|clothes|legs)|texting me at night|calling me (?:honey|sweetie|baby|sweetheart))|asking me out after|hits on me|hitting on (?:me|residents|students|nurses)",
        r"(?:comment\w*|remarks?) (?:\w+ ){0,2}(?:on|about) my (?:\w+ )?(?:body|breasts|butt|legs|looks|figure|appearance|clothes|weight|hijab|accent|skin|religion|pregnancy)",
        r"(?:letter|evals?|evaluation|grade|case|promotion|reference|recommendation) (?:\w+ ){0,4}if i (?:\w+ )?(?:had drinks|went out|go out|slept|sleep|date|went home|come to his|came to his|go to his|kissed|have dinner|had dinner)|(?:sleep|slept|go to bed) with (?:him|her|me|my (?:pd|attending|boss|chief))",
        r"(?:threw|throws|throwing|hurled) (?:a|an|the|his|her|instruments?|scalpels?|things|sharps)(?: \w+){0,3} (?:at|across)(?! (?:the (?:game|party)))",
        unless=rf"{_TALK}|touched by (?:the|his|her|my) (?:letter|gesture|mentors|kind\w*|story|note)|keep in touch|get in touch|lost touch|grabbed (?:coffee|lunch|a drink)|sexual medicine|my patient was (?:raped|assaulted)|boyfriend|girlfriend",
    ),
    rule(
        "discrimination",
        r"(?:my|your|the|her|his) (?:accent|hijab|religion|race|skin|pregnancy|gender|age|visa|disability) (?:is|was) (?:\w+ ){0,3}(?:why|the reason|a problem|imitated|mocked|unprofessional|distracting)|people from (?:my|your|that) part of the world|you people|(?:only|all) (?:the )?(?:black|brown|female|women|img|imgs|asian|muslim|minority|pregnant|international|foreign)(?: \w+)? (?:residents?|fellows?|interns?|ones|trainees|faculty|attendings)[^.?!]{0,60}(?:remediation|probation|fired|fail\w*|calls?|weekends?|dismissed|reprimand\w*|worse|never|written up)",
        r"imgs? (?:\w+ )?(?:do|get|have|take|work|are given) (?:\w+ )?(?:double|more|all|the worst|extra|twice|worse)|(?:eid|ramadan|shabbat|yom kippur|diwali|sabbath|prayer)[^.?!]{0,80}(?:unreliable|unprofessional|weekend|punish\w*|denied|refused|comments?)|(?:im|i am|was) pregnant[^.?!]{0,80}(?:regret|planned better|inconvenien\w*|burden|commit\w*|problem|angry|upset|replace)",
        r"discriminat\w*(?! (?:law|index|palate))|racis[mt]\w*|sexis[mt]\w*|misogyn\w*|homophob\w*|transphob\w*|antisemit\w*|islamophob\w*|xenophob\w*|ageis[mt]|ableis[mt]|bigot\w*|prejudice[ds]?|slurs?(?! (?:his|her|their|words|speech))|n word|microaggress\w*|misgender\w*|white supremac\w*",
        r"(?:women|girls|females?|moms|mothers|black people|blacks|foreigners|imgs|gays|muslims|asians|indians|immigrants|dos) (?:\w+ )?(?:dont|cant|shouldnt|arent|do not|should not) (?:belong|be|make|operate|last|handle|cut it|become)",
        r"(?:terrorist|bitch|sweetie|slut|faggot|fag|retard|monkey|affirmative action hire|diversity hire|dei hire|go back to (?:your|my|his|her) country)",
        r"(?:mock\w*|makes? fun of|made fun of|making fun of|ridicul\w*|imitat\w+|laugh\w* at|insult\w*|belittl\w*|embarrassing) (?:\w+ ){0,4}(?:accent|english|religion|weight|disab\w*|hijab|turban|skin|name|country|pregnan\w+|stutter|race)|(?:accent|hijab|religion) (?:\w+ )?(?:embarrassing|unprofessional|is a problem)",
        r"(?:passed over|overlooked|demoted|denied|refused|rescinded|took (?:my|the) offer back|took back (?:my|the) offer|withdrew|pushed out|pushing me out|cut my|fired|laid off|let go|not renewed|passed up) [^?!]{0,70}(?:pregnan\w*|maternity|woman|female|race|gender|baby|leave|disab\w*|religion|black|fmla)",
        r"(?:pregnan\w*|maternity leave|race|disability accommodation|lactation|pumping|fmla|parental leave) [^?!]{0,70}(?:took my offer back|rescind\w*|passed over|pushed out|pushing me out|denied|refused|fired|punish\w*|retaliat\w*|let go|stayed home|makes? fun)|since i (?:took|came back from|announced|got) (?:my )?(?:maternity|leave|pregnan\w*)",
        r"(?:denied|refus\w*|wont (?:give|allow|let)|no|interrupted) (?:me |my |to )?(?:\w+ )?(?:lactation|pumping|pump|breast ?feeding|prayer|religious|disability|ada|reasonable) (?:breaks?|room|accommodations?|time|space)|accommodations? (?:\w+ ){0,2}(?:refused|denied|ignored|rejected)",
        r"(?:paid|pays?|making|make|earn\w*) (?:me |us )?(?:\w+ )?less (?:because|than (?:the |my |a )?(?:men|male|guys?|white))|(?:men|male|white) (?:\w+ ){0,4}(?:paid|get|gets) more|promotion because of|only the (?:men|guys|white|male)\b",
        r"asked (?:me )?(?:\w+ )?(?:\w+ )?(?:if|whether|when) i (?:was|am|were|plan\w*|will|intend\w*) (?:\w+ ){0,3}(?:pregnan\w*|have (?:kids|children|a baby)|married|get pregnant)|unfair treatment|(?:im|being|am|was|were|get|getting) (?:\w+ )?treated (?:\w+ )?(?:differently|worse|unfairly)|hate crime|civil rights",
        unless=rf"palate|item analysis|discrimination index|{_TALK}|negotiate salary as|race conditions?|how do i negotiate",
    ),
    rule(
        "treated worse because of who one is",
        r"(?:because|since|due to|for being|bc|based on|cause|over) (?:im|i am|i was|of|being|my|i|her|his|she is|hes)? ?(?:a |an |my |the |only )*(?:\w+ )?(?:woman|female|black|brown|african|asian|indian|latin[ao]|hispanic|jewish|muslim|hindu|gay|lesbian|queer|trans|pregnan\w+|img|foreign\w*|immigrant|disab\w+|older|race|gender|sex|religion|accent|age|color|colour|nationality|ethnicity|hijab|mother|mom|visa|skin|sexual orientation|disability|wearing)(?! (?:limit|requirement|and need accom))",
        also=_WORSE,
        unless=rf"{_TALK}|because of being|couples match",
    ),
    rule(
        "treated worse, in other words",
        r"(?:women|mothers|moms|people|residents) with (?:children|kids|babies|families) (?:dont|cant|never|shouldnt|wont|arent|do not)|passed over (?:\w+ ){0,3}(?:at \d\d|for (?:somebody|someone|a) (?:younger|with))|(?:want|wanted|need) (?:somebody|someone|people) (?:younger|with runway)",
        r"(?:dont|doesnt|wont|not|didnt|refuse\w* to) (?:allow|let|permit|give) (?:me|us|her|him) (?:a |to |any )*(?:pray|wear|fast|pump|place to pump|breast ?feed|sit|wheelchair)|(?:jokes?|joking|laugh\w*|fun) (?:of|about|at) my (?:hijab|religion|accent|name|turban|god|country|prayers?|skin|english)|laugh\w* at (?:me|her|him|us) for being",
        r"(?:im|i was|i am|told (?:\w+ ){0,4})pregnant[^?!]{0,60}(?:contract|review|renew\w*|fired|schedule (?:was|got)|get out|or get|abortion|replac\w*)|(?:abortion|pregnan\w*) or (?:get out|leave|quit|resign)",
        r"call(?:s|ed|ing)? (?:me|her|him|us|them) (?:a |an )?(?:\w+ )?(?:stupid|idiot|animal|dumb|trash|useless|garbage|worthless|slurs?)|say im (?:an? )?(?:animal|idiot|stupid)",
        r"(?:strikes?|struck|slaps?|slapped|hits?|shov\w+|pok\w+) (?:the |a |my |our |her |his )?(?:residents?|interns?|students?|hands?|fellow|fingers?)(?= ?$|[.,?!]| (?:on|with|in|and|when|for|if))|(?:photos?|pics?|pictures?|videos?) (?:of )?(?:him )?naked|kiss\w* (?:the )?(?:residents|students|interns|nurses)|propositioned|thirst\w* (?:stuff|texts?|msgs?)|(?:come|coming) over and (?:\w+ )?(?:he|she|can)|(?:hand|hands) (?:up|under|down) (?:my|her) (?:skirt|shirt|scrubs|dress|pants|top)",
        unless=rf"{_TALK}|patients? (?:hit|slap)|wife|husband|boyfriend|high five|call it|useless (?:notes|meeting)|calls? (?:him|her|them)self",
    ),
    rule(
        "bullying",
        r"bull(?:y|ied|ying|ies)|mistreat\w*|hostile (?:work )?environment|hostile work\w*|toxic and abusive|verbally abus\w*|verbal abuse|emotional(?:ly)? abus\w*|abusive (?:attending|chief|pd|program director|surgeon|boss|senior|mentor|fellow|behaviou?r|colleague|chair)|hazing|gaslight\w*",
        rf"{_BOSS} (?:\w+ ){{0,4}}(?:yells?|screams?|yelled|screamed|shouts?|shouted|humiliat\w+|belittl\w+|berat\w+|insult\w*|curs(?:es|ed|ing)|swears?|swore|throws|threw|threaten\w*|intimidat\w*|degrad\w+|shames?|shamed|mocks?|mocked|spit|spits|abus\w+) ?(?:at |on )?(?:me|us|residents|everybody|students|nurses|interns|my|instruments|things|people|in front|and)",
        r"(?:humiliat\w+|berat\w+|yelled at|screamed at|screaming at|yelling at|shamed|degraded|cursed at|insulted|intimidated|threatened|belittled)(?: \w+){0,3} (?:by (?:my|an|a|the)|in front of|every day|daily|constantly)|screaming, name calling|name calling",
        unless=rf"{_TALK}|patient (?:threatened|yelled)|threatened to (?:sue|leave)|husband|wife|boyfriend",
    ),
    rule(
        "retaliation",
        r"(?:i |we )?reported (?:the|my|him|her|an|our|them) [^?!]{0,60}(?:and|then|now|since) (?:now )?(?:i|my|they|he|she|we) (?:\w+ )?(?:get|got|gets|am|are|lost|have|cant|was|were|dont|tanked|dropped)",
        r"(?:cancel|revoke|pull|threaten\w*|report|withdraw|lose)[^.?!]{0,30}(?:visa|j ?1|h ?1b?)[^.?!]{0,40}(?:if|because|when|after) i (?:\w+ )?(?:complain|report|speak|say|file)|i (?:\w+ )?refused\W+(?:\w+ ){0,3}(?:milestones|evals?|evaluation|schedule|grade|dropped|then)|(?:disclosed|told (?:him|her|them|my pd)|asked them to stop)[^?!]{0,80}(?:fitness for duty|probation|remediation|lawyer in the|cant take a joke|in my evals)|answer all 5s|(?:survey|acgme survey)[^.?!]{0,60}(?:or (?:the )?program|closed|our fault|told us|coach\w*|pressur\w*)",
        r"retaliat\w*(?! (?:clause|by getting))|retribution|reprisals?|whistle ?blow\w*|blow(?:ing)? the whistle|blew the whistle|blacklist\w*|blackball\w*",
        r"(?:fired|terminated|demoted|put on probation|on probation|not renewed|wasnt renewed|dismissed|suspended|remediat\w*|punish\w*|penali[sz]\w*|worse (?:evals|schedule|rotations|shifts)|bad evals?|black ?balled|iced out|frozen out|pulled from) [^?!]{0,50}(?:after|for|because|since|when|once) (?:i |we |my |me |a |having )*(?:\w+ )?(?:report\w*|complain\w*|filed|filing|spoke|speaking|raised|raising|title ix|told|concerns)",
        r"(?:after|since|ever since|because) i (?:\w+ )?(?:reported|complained|filed|spoke up|raised|told hr|told gme|went to hr|blew|said something|called out|spoke out|objected)",
        r"i (?:\w+ )?(?:reported|filed|complained|spoke up|raised) [^?!]{0,80}(?:probation|fired|terminated|punish\w*|worse|schedule|evals?|evaluation|letter|renewed|suspended|remediation|ignored|nothing happened|now (?:he|she|they|my|im))|for (?:reporting|speaking up|raising concerns|complaining|filing)",
        r"(?:since|after|ever since|because|cause|cuz) i (?:told|reported|spoke|said|complained|raised|filed|logged)[^?!]{0,80}(?:nobody (?:speaks?|talks?)|lost?e? my|off the|a 1|worse|fired|im getting|my (?:evals?|evaluations?|shifts|rotation\w*)|psych eval|fitness for duty)|(?:reported|complained|filed|raised|made a report|made a complaint)[^?!]{0,80}(?:off the schedule|peer review|psych eval|fitness for duty|im (?:now )?(?:getting )?fired|getting fired|freez\w+ me out|a 1(?!\d))|(?:real|true|actual|honest) hours[^?!]{0,60}(?:graduat\w*|fire|threat\w*|make sure|trouble|punish\w*)|(?:cancel|pull|revoke|withdraw) my (?:visa|contract)[^?!]{0,40}(?:complain|report|speak|tell)",
        unless=r"tariffs?|game theory|clause meaning|publications?|income|survey for",
    ),
    rule(
        "reporting it",
        r"(?:how|where|who|whom|should|can|could|do|must|need|want|scared|afraid|fear\w*|safe|ok|risk\w*|consequences|happens|if|when|whether|able) (?:\w+ ){0,5}report(?:ing|ed)?(?: it| to\w*)? (?:\w+ )?(?:(?:an?|the|my|this|that|our|his|her|him|them|abuse|unsafe|unprofessional|misconduct|bad|violations?|duty|mistreatment|unethical|fraud|colleague|harm|impaired|toxic|program|patient safety|safety)(?! (?:vacation|publications?|income|moonlighting|annual|sick|absence|pd about|case|results?|data|salary|conflict|low|chair|ceo|dean)))",
        r"title ix|eeoc|(?:formal |hr |acgme |internal |anonymous )complaints?|file with (?:the )?(?:acgme|eeoc|state|board)|file (?:a |an |another )?(?:\w+ )?(?:complaint|grievance|charge)|(?:the |an |our |acgme |program )?ombuds\w*|anonymous(?:ly)? (?:report|tell|complain|hotline)|report(?:ed|ing)? (?:\w+ )?(?:\w+ )?anonymously|compliance hotline|ethics hotline",
        r"(?:confidential\w*|in confidence|secret|anonymous\w*|privately) [^?!]{0,60}(?:report\w*|complain\w*|hr|gme|attending|harass\w*|ombuds\w*|program director|mistreat\w*)|(?:report\w*|complain\w*|ombuds\w*|hr|gme) [^?!]{0,60}(?:confidential\w*|in confidence|secret|anonymous\w*|privately)",
        r"(?:go|went|going|complain\w*|talk|tell|told|turn) (?:\w+ )?(?:to )?(?:hr|human resources|gme office|the gme|the dio|legal) (?:about|over|because|first|or)|(?:acgme|state board|medical board|joint commission|osha) (?:about|complaint|report|and complain)",
        unless=rf"broken|workstation|printer|case reports?|vaccin\w*|needle ?sticks?|(?:what|how) (?:does|do|is|are|can) (?:an?|the|my)? ?(?:\w+ )?(?:ombuds\w*|title ix|eeoc)(?: \w+){{0,2}} (?:do|does|for|filled|work|role|position)|(?:ombuds\w*|title ix coordinator) (?:position|job|career)|eeoc job|become a title|coordinator after|good career|{_TALK}|vacation|conflicts? of interest|moonlighting income|report card|credit report|career move|duty hours?: what|peer review|who do i report to(?= ?$| as)|how do i report my|parental leave|benefits|payroll|w2|tax\w*|contract question|relocation",
    ),
)

_DRINK = r"(?:alcohol\w*|drunk\w*|drinking|drinks?(?! (?:at|with) (?:recruitment|the)| coffee| water)|booze|whiske?y|vodka|wine|beer|liquor|intoxicated|hung ?over|tipsy|wasted|buzzed)"
_DRUGS = r"(?:cocaine|coke|meth|amphetamines?|adderall|vyvanse|ritalin|opioids?|opiates?|oxy\w*|percocet|vicodin|norco|hydrocodone|fentanyl|propofol|ketamine|xanax|benzos?|ativan|heroin|weed|marijuana|pot|drugs|narcotics?|pills|dilaudid|hydromorphone|morphine|tramadol|gabapentin|ambien|controlled substances?|nitrous|sevo\w*|kratom|substances?|waste|vials?|controlled meds|pain ?(?:pills|meds|killers)|mushrooms|edibles|stimulants)"
_AT_WORK = r"(?:work\w*|shifts?|on call|call|rounds?|rounding|the or\b|case|cases|operat\w*|clinic|sign ?out|hospital|icu|on duty|surgery|procedures?|attending|attendings|surgeon|colleague|co ?(?:resident|intern|fellow|worker)|senior|resident|residency|fellowship|partner|chief|license|boards?|anesthesiologist|anesthetist|nurse|pd|program|php|intern|fellow|physician|doctor|supervisor|residents|nights|patients?|pyxis|licens\w+|rotation|mentor|boss)"

IMPAIRMENT = (
    rule(
        "drink and work",
        rf"(?<!\w){_DRINK} [^?!]{{0,80}}(?<!\w){_AT_WORK}",
        rf"(?<!\w){_AT_WORK} [^?!]{{0,80}}(?<!\w){_DRINK}",
        r"my (?:own )?(?:drinking|alcohol (?:use|problem|abuse|addiction)|sobriety|alcoholism)|(?:alcohol|drinking) (?:problem|addiction|use disorder|dependence|abuse)|(?:im|i am|am i|ive become|becoming) (?:\w+ )?(?:an )?(?:alcoholic|sober|drinking (?:too|every|a|more|daily|heavily|before|at))|ive been drinking|i(?: \w+)? drink (?:too much|every|before|a bottle|alone|to (?:sleep|cope|get through|forget))|cant stop drinking|smell\w* (?:of|like) (?:alcohol|booze|whiske?y|vodka|liquor)|reek\w* of",
        unless=rf"tasting|part(?:y|ies)|wedding|gala|policy|recruitment|dinner|conference|culture|retreat|social|journal club|happy hour|order drinks|wine and cheese|if i dont drink|have to drink|{_TALK}|meet at a bar|drinks at his|addiction (?:medicine|psychiatry)|physicians with addiction|drinking water|networking|interview (?:day|dinner)|reception|coffee|beer with|patients? drinking|a patients drinking|melatonin",
    ),
    rule(
        "drugs and work",
        r"(?:smell\w*|reek\w*|stink\w*|stank) (?:\w+ )?(?:of|like) (?:weed|pot|marijuana|smoke|alcohol|booze)|(?:ive been|im|i am|i was|been) using(?= ?$|[.,?!])|(?:writ\w*|wrote|prescrib\w*) (?:himself|herself|themself|myself|him self) (?:\w+ )?(?:scripts?|prescriptions?|meds|pills)?|scripts? under (?:\w+ )?patients|(?:from|out of) (?:a|the|my) patients? (?:\w+ )?(?:supply|returned|meds|stash|pca|drawer)|from withdrawal|in withdrawal at|leftover (?:ketamine|fentanyl|propofol|meds|opioids)",
        rf"(?:us(?:e|es|ing)|tak(?:e|es|ing)|took|steal\w*|stole|stolen|divert\w*|pocket\w*|inject\w*|snort\w*|smok\w*|hook\w* on|addict\w* to|abus\w*|misus\w*|high on|depend\w* on|swip\w+|missing|self prescrib\w*|prescrib\w* (?:himself|herself|myself)|shooting up|popping|relapsed on|relapse on|dealing|selling|buying|sneak\w*) (?:\w+ ){{0,3}}{_DRUGS} ?[^?!]{{0,80}}(?<!\w)(?:{_AT_WORK}|every|to (?:get through|stay awake|cope|function|sleep|focus)|from|secretly|problem|again)",
        rf"(?<!\w){_AT_WORK} [^?!]{{0,80}}(?:using|taking|stealing|stole|diverting|pocket\w*|inject\w*|snort\w*|smok\w*|hooked on|addicted to|abus\w+|misus\w+|high on|swip\w+|uses|takes|took|on|steals|tested positive for|shooting up) (?:\w+ ){{0,3}}{_DRUGS}",
        rf"divert\w* (?:\w+ )?{_DRUGS}|drug diversion|{_DRUGS} diversion|diverting(?= ?$|[.,?!])|diversion of {_DRUGS}|(?:stole|stealing|steals|pocket\w*|swip\w+|taking|took) (?:\w+ ){{0,3}}{_DRUGS} (?:\w+ )?(?:from|out of) (?:the |a |my )?(?:hospital|pyxis|or|work|waste|unit|cart|patients?|floor|pharmacy|omnicell|bin)",
        r"(?:im|i am|ive been|i became|i got|am i|becoming|getting) (?:\w+ )?(?:addicted|hooked|dependent on)|my (?:\w+ )?(?:addiction|substance use|drug use|relapse|recovery from (?:addiction|opioids|alcohol|substance)|drug problem|habit)|i (?:\w+ )?relapsed|(?:help|treatment|rehab|detox) (?:\w+ )?for (?:\w+ )?(?:my )?(?:addiction|alcohol|drug\w*|substance|drinking|opioid)(?! patients?)|failed (?:a |my |the )?(?:\w+ )?(?:drug|urine) (?:test|screen)|positive (?:drug|urine) (?:test|screen)|go to rehab|went to rehab|i need rehab|substance (?:use|abuse) (?:problem|disorder|issue)",
        rf"help\w* myself to (?:the |some )?(?:\w+ )?{_DRUGS}|(?:im|i am|i get|been|show up|come in|hes|he is|she is) (?:\w+ )?high (?:at|on|during|most|every)(?: \w+){{0,2}} (?:work|shifts?|call|days|day|rounds)|(?:popping|snorting|shooting) (?:\w+ )?(?:addys?|oxys?|pills|bars|perc\w*)",
        rf"i (?:\w+ )?(?:use|take|snort|smoke|inject|need|do) (?:\w+ )?{_DRUGS}(?! (?:for (?:my )?(?:adhd|headache|pain)|as prescribed|test))",
        r"(?:came|come|comes|showed up|shows up|showing up|works|worked|working|operat\w+|is|was|been|coming|seems|looks|looked|practic\w+|round\w*) (?:\w+ )?(?:to (?:work|rounds|call|sign ?out|shift|clinic) )?(?:while )?(?:high(?= ?$|[.,?!]| (?:at|on|and|during|all))|stoned|drunk|intoxicated|hung ?over|impaired|under the influence|wasted|tipsy|buzzed|on something)(?! (?:demand|volume|quality|standards))",
        unless=rf"{_TALK}|want to treat|addiction (?:medicine|psychiatry)|prescribing rules|dea license|drug rep|pharma|how do i become|mentor for drug courts|pain clinic|before starting my job|sleep impaired|hearing impaired|visually impaired|my patients? (?:is|are|who)|boards? prep|addicted to (?:coffee|caffeine|my phone|work)|pills for altitude|taking an ssri|workers comp",
    ),
    rule(
        "impaired",
        r"(?:old|\d\d|elderly|senior|yrs? old|year old)[^.?!]{0,40}(?:shaking hands|hands shak\w*|tremor|forget\w*|mistakes?|cut the|slow|unsafe|errors?)|shaking hands|tremor from|everybody covers for (?:him|her)|fitness for duty",
        r"impaired (?:\w+ )?(?:physician|colleague|doctor|attending|resident|surgeon|provider|partner|co ?(?:resident|worker|fellow)|anesthesiologist|nurse|practice|at work|while|on shift)|(?:work\w*|practic\w*|operat\w*|is|seems|was|be|be an|showing up|while) impaired|impairment(?! (?:rating|insurance))|physician health program|the php|(?:self )?refer (?:myself )?to (?:the )?php|php (?:report|confidential|monitoring)|nodding off|pinpoint pupils|track marks|needle marks|fit to practice|fit for duty|unfit to (?:practice|operate|work)",
        rf"{_BOSS} (?:\w+ ){{0,8}}(?:dementia|demented|alzheimers?|memory (?:loss|problems|issues)|forget\w* (?:names|patients|things|what|steps|orders)|confused|hands? (?:\w+ )?(?:shake|shaking|tremor\w*)|tremor|skills are (?:slipping|declining|gone)|cognitive(?:ly)? (?:decline|impair\w*)|slurr\w+|too old to|losing it|passed out|falling asleep (?:in|during|while)|asleep in (?:the )?or|manic|psychotic|hallucinat\w+|not (?:well|sober)|unstable)",
        unless=rf"(?:sleep|hearing|visually|vision) impaired|impaired (?:hearing|vision)|php medical director|become a php|disability insurance|my patients? (?:is|has|was)|father has|mother has|{_TALK}|confused about",
    ),
)

UNSAFE = (
    rule(
        "unsafe staffing",
        r"(?:unsafe|dangerous|not safe|isnt safe|un safe|insane|impossible) (?:\w+ )?(?:staffing|ratios?|patient loads?|workloads?|census|working conditions|conditions|practices?|supervision|coverage|schedul\w*|nurse|care|volumes?|numbers|discharges?|handoffs?|assignments?|orders|procedures|surger\w+|work hours|level of)",
        r"(?:short ?staffed|under ?staffed|skeleton crew|no nurses|nurse shortage|cut (?:the )?(?:nurses|staff|staffing)|staff shortage|short of staff) [^?!]{0,80}(?:dying|die|harm\w*|unsafe|hurt|danger\w*|suffer\w*|not safe|mistakes|errors|ignor\w+|who do i)",
        r"(?:one|1|single|only|alone|a|two) (?:\w+ )?(?:resident|intern|doctor|physician|nurse|hospitalist|fellow|np) (?:\w+ )?(?:covers?|covering|for|caring for|responsible for|to cover|with|per|on) (?:\w+ )?(?:\d{2,3}|hundred|all|whole|entire|three|four|five|too many) (?:\w+ )?(?:patients|beds|floors|units|hospital|icu|wards?)(?! (?:normal|is typical|typical))",
        r"(?:one|1|single|two|2|three|3) (?:\w+ )?(?:anesthesi\w+|nurses?|crnas?|doctors?|residents?|interns?|techs?|hospitalists?|attendings?) (?:\w+ )?(?:running|covering|covers?|for|to|with|overnight) (?:\w+ )?(?:\d+|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|forty) (?:rooms|beds|patients|ors|units)|(?:cut|cutting|slash\w*|reduc\w*) (?:the )?(?:night |day |our )?(?:nurs\w*|staff\w*)[^?!]{0,60}(?:safe|one|sign|beds|harm)|told (?:me|us|everybody|them) to (?:shut up|keep quiet)|(?:solo|alone|by myself) in (?:a|an|the) (?:\w+ ){0,2}(?:icu|ed|er|unit|ward)|(?:without|no|didnt|did not|havent|never) consent(?:ed|ing)?(?= ?$|[.,?!]| (?:and|to (?:it|the|an?)|for))[^?!]*(?:exams?|made|forced|told|afraid|fail\w*)?",
        r"cover(?:ing|s)? (?:\w+ )?(?:\d{2,3}) (?:\w+ )?(?:patients|beds) (?:\w+ )?(?:alone|overnight|at night|by myself|solo)|(?:patients|people) (?:\w+ )?(?:are |will |is |could |going to |might )+(?:\w+ )?(?:die|dying|being (?:harmed|hurt)|be (?:harmed|hurt)|get hurt|getting hurt|harmed)[^?!]*(?:here|because|staff\w*|management|who|cut|ignor\w*|hospital|backup|nobody)|1:(?:[89]|1\d)|patients (?:are )?(?:being )?harmed",
        r"(?:not safe|unsafe|dangerous|isnt safe)(?= ?$|[.,?!]| (?:and|for (?:the )?patients|to (?:work|practice|operate|cover)|overnight|at night))",
        unless=rf"{_TALK}|neighbou?rhood|safe to rank|investments?|driving|commut\w*|is (?:it|\d+) \w+ (?:\w+ )?safe|unsafe at home|boyfriend|husband|wife|parking|typical|normal",
    ),
    rule(
        "no supervision",
        r"left alone (?:with|to|in|on|for)|(?:solo|alone) (?:sedation\w*|intubation\w*|procedures?|cases?|deliver\w*|call in the)|available by phone[^?!]*(?:off|not|never|doesnt)|nobody else in the building|no (?:anaesthesia|anesthesia|surgeon|backup|attending|senior) (?:\w+ )?(?:in the (?:building|house|hospital)|on site|in house)|supervise (?:\w+ )?by (?:video|phone|text) from home|senior (?:was|got) sent home",
        r"unsupervised|(?:no|without|lack of|little|zero|inadequate|poor|insufficient|not enough|never any|minimal|absent|hardly any|any|barely any|less than) (?:\w+ )?(?:\w+ )?(?:supervision|supervisor|oversight|attending (?:backup|present|in house|on site|coverage|around|here)|backup|physician at night|doctor at night|senior backup|attending at night|attending in)",
        r"(?:alone|by myself|on my own|solo) (?:\w+ ){0,4}(?:in|on|at|overnight|as|running|covering|doing|with) (?:\w+ ){0,3}(?:icu|ed|er|ward|floor|or|intern|pgy ?\d|overnight|procedures?|night|unit|patients|first year|l d)|(?:icu|er|ed|or|ward|procedures?|central lines?|intubat\w+|deliver\w+|cases?) (?:\w+ ){0,3}(?:alone|by myself|on my own|solo)(?: (?:as|with|without|and|overnight))",
        r"(?:attending|supervisor|surgeon|consultant|faculty|he|she|backup|senior|fellow) (?:\w+ )?(?:never|doesnt|wont|refuses to|refused to|didnt|not|isnt|rarely|hardly ever|leaves|left|is never|disappears) (?:\w+ )?(?:come|comes|came|show\w*|answer\w*|see|sees|pick\w*|respond\w*|available|supervis\w*|in house|call back|call\w* back|examine|the or|the room|scrub\w*|present|there|stay)(?: [^?!]{0,60})?(?:night|patients?|sick|alone|page\w*|call\w*|case|procedure|operate|room|in|icu|me)",
        r"(?:beyond|above|outside) (?:my|his|her|our|their) (?:\w+ )?(?:competence|scope|training|ability|level|skills?|pay grade and)|(?:not|never|isnt|wasnt|hasnt been) (?:been )?(?:trained|credentialed|qualified|competent) (?:to|for|in)|procedures? (?:\w+ )?(?:\w+ )?(?:ive never|i have never|never) (?:done|seen)|surger\w+ he (?:is|was|isnt) not trained|(?:made|makes|told|forced|asked|expected|pressured) (?:me|us) (?:\w+ )?to (?:\w+ ){0,4}(?:alone|unsupervised|without (?:supervision|attending|an attending))",
        r"(?:just|only) me(?: \w+)? (?:an? )?(?:intern|pgy ?\d|resident|np|pa|first year)|no (?:doctor|physician|attending|intensivist|senior) (?:\w+ )?(?:at night|overnight|in house|on site|around|present|in the (?:er|icu|hospital|building))",
        unless=rf"{_TALK}|supervision requirements|how (?:do|should) attendings|fee for|what is direct|indirect supervision|need supervision of|does my job offer|locums?|alone in my program|feel alone|safe to (?:moonlight)|emails?|my loan|without a mentor|texts|reply|replies|crashing right now",
    ),
    rule(
        "hours and records",
        r"(?:log|logged|logging|record\w*|report\w*|put|enter) (?:\w+ )?(?:hours )?(?:80|79)[^?!]{0,60}(?:worked|real|actual\w*|or find|stands|told|i did|made me)|(?:lie|lying|lied|lies) (?:\w+ )?(?:on|about) (?:\w+ )?(?:duty|work|our|my|the) (?:\w+ )?hours|(?:real|actual) hours (?:are|were|r)|backdat\w*|told (?:me|us) not to (?:mention|say|tell|write|report|document)|asleep at the wheel after|\d\d hour shift and",
        r"(?:falsif\w+|fudg\w+|lie|lies|lied|lying|under ?report\w*|misreport\w*|fake|faking|fabricat\w+|alter\w*|forge\w*|doctor(?:ed|ing)) (?:\w+ ){0,4}(?:hours?|time ?sheets?|logs?|notes?|records?|charts?|documentation|case logs?|data|work hours|duty hours)",
        r"(?:duty|work|80|eighty) ?(?:hour|hr)s? ?(?:\w+ )?(?:\w+ )?(?:violat\w*|breach\w*|abuse)|violat\w+ (?:\w+ ){0,3}(?:hours?|80|acgme|rules|law|stark)|(?:told|forced|pressured|made|asked|have|instructed) (?:\w+ )?(?:\w+ )?to (?:log|report|record|put|write|enter) (?:\w+ )?(?:80|79|fewer|less|only)|(?:work\w*|doing) (?:\w+ )?(?:9\d|1\d\d)\+? ?(?:hours?|hrs?|h)",
        r"(?:told|tells?|asked|asks?|forced|pressured|wants?|says?|said|warned|expects?) (?:\w+ )?(?:\w+ )?(?:keep|kept|stay|be) quiet|keep quiet about|hush\w* up|cover(?:ed|ing)? (?:it |this |that |things )?up (?:a|an|the|his|her|for|errors?|mistakes?)",
        unless=rf"{_TALK}|how do i log|what counts|quiet (?:room|study|place)|beauty|foundation|tuition|alter ego|notes faster",
    ),
)
