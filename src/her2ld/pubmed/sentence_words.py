"""The words by which the end of a sentence is told from the stop of an abbreviation or of an initial.

They were chosen for titles and abstracts in English. Each stands without its last stop, in lower case unless it only is
an abbreviation with a capital letter: “Ms” is one, and “ms” a unit.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What follows them belongs to them, whatever it is.
NEVER_LAST = _words("e.g i.e eg ie cf vs viz approx appr ca resp incl excl esp Dr Drs Prof Mr Mrs Ms Messrs St Ste Mt")
# What follows them belongs to them unless it is a word that begins sentences: “Slamon et al. The gene …”.
SELDOM_LAST = _words("""
    al VS fig figs suppl vol vols ref refs eq eqs eqn nos sp spp subsp ssp var cv gen sect chap temp conc avg std
    subst dept univ ibid Inc Ltd Co Corp Bros Dept Univ Inst Assoc Acad Natl Engl Clin Oncol Biol Chem Proc Biochem
    Pharmacol Pathol Staph Strep Jr Sr
    """)
# What follows them belongs to them if it is a number, a letter or a Roman numeral: “No. 3”, “p. 5”, “Fig. S1”.
BEFORE_NUMBERS = _words("""
    fig figs tab tabs ref refs no No nos nr num eq Eq eqs eqn vol vols p pp pg pgs sect ch chap ver v vers suppl eds
    cat ser exp pat grp app appx abstr Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
    """)
# A capital letter after these begins a sentence, and a small one does not: “twice at 8 a.m. Blood was drawn”.
LAST_BEFORE_CAPITALS = _words("""
    etc b.i.d t.i.d q.i.d q.d q.o.d p.r.n t.d.s a.m p.m s.d s.e s.e.m n.s i.d o.d p.i p.c min sec hr hrs mo mos yr
    yrs wk wks mg ml kg cm mm
    """)
# A way of giving something stands before its name after one of these: “received i.v. Herceptin”.
BEFORE_A_WAY_OF_GIVING = _words("""
    receive received receives receiving with of the and or plus than versus vs single daily weekly via to on for as
    a an low-dose high-dose between compared both either
    """)
# After one of these, a capital letter is an initial: “by J. Wolfe”.
BEFORE_INITIALS = _words("by of from with and to after named called physician professor late")
# After one of these, a letter is a number or a name: “Part I. Critique”, “vitamin A. Mice”.
NAMED_BY_A_LETTER = _words("""
    arm arms case cases category clade class classes cohort cohorts compound cyclosporin factor genotype grade group
    groups haemophilia hemophilia hepatitis immunoglobulin influenza level model part parts patient plan phase
    protein regimen schedule series stage stages step strain subgroup subtype subunit surgeon toxin type types
    variant vitamin vitamins
    """)
# Words that begin sentences, and hardly ever the name or the title that goes on after an abbreviation.
STARTERS = _words("""
    a although additionally after all also among an are as at because before between both by collectively compared
    consequently conversely despite does during each every few finally for from furthermore given he hence her here
    herein his how however i'm i've if importantly in interestingly is it its many moreover most neither
    nevertheless nonetheless notably on our overall several she similarly since some specifically such surprisingly
    taken that the their then there therefore these they this those though thus to together using was we were what
    when where whereas whether which while who why with
    """)
# Words of one to three letters that are no abbreviations.
SHORT_WORDS = _words("""
    act add age ago aid aim air all and any are arm art bad bag bed big bit box but cat cow cut day did die dog dry
    due dye ear egg end eye far fat few for gap gas gel get gut had has he her him his hit hot how ice ill ion it
    job jaw key lag law leg lip lot low man map may me men met mix nor not now off oil old one out own pay per pig
    put ran rat raw ray red rib rod run saw say see set sex she six so son sum tap ten the tip to ton too top toe
    try two up us use via war was way we wet who why yet you
    """)
# The names of the parts of an abstract, which PubMed joins into it in capital letters, each with a colon.
PARTS = _words("""
    AIM AIMS BACKGROUND CONCLUSION CONCLUSIONS DESIGN DISCUSSION EVIDENCE EXPOSURE EXPOSURES FINDING FINDINGS
    FUNDING HYPOTHESIS IMPLICATIONS IMPORTANCE INTERPRETATION INTERVENTION INTERVENTIONS INTRODUCTION LIMITATIONS
    MATERIALS MEASURE MEASURES MEASUREMENTS METHOD METHODS OBJECTIVE OBJECTIVES OUTCOME OUTCOMES PARTICIPANTS
    PATIENTS PRACTICE PURPOSE REGISTRATION RELEVANCE RESULT RESULTS SETTING SETTINGS SIGNIFICANCE SUBJECTS SUMMARY
    """)
WITHIN_PARTS = _words("AND OF FOR MAIN PRIMARY STUDY TRIAL CLINICAL LEVEL DATA AUTHORS'")
