"""Small words of English, German, French and Spanish by what they do before, behind and between names of people.

Word forms in small letters. They say where a mention of somebody begins and ends; no grammar, only what news writes.
"""

from __future__ import annotations

from functools import cache


@cache
def determiners() -> frozenset[str]:
    """Return words that begin a mention: articles, possessives, numbers."""
    return frozenset(_DETERMINERS.split())


@cache
def prepositions() -> frozenset[str]:
    """Return words that tie what follows to what stands before."""
    return frozenset(_PREPOSITIONS.split())


@cache
def adding() -> frozenset[str]:
    """Return the prepositions by which a mention goes on: the mayor *of* Tarrow."""
    return frozenset(_ADDING.split())


@cache
def conjunctions() -> frozenset[str]:
    """Return words that part clauses."""
    return frozenset(_CONJUNCTIONS.split())


@cache
def relatives() -> frozenset[str]:
    """Return words that begin a relative clause about a person or thing."""
    return frozenset(_RELATIVES.split())


@cache
def times() -> frozenset[str]:
    """Return words of days, months and other times."""
    return frozenset(_TIMES.split())


@cache
def openers() -> frozenset[str]:
    """Return adverbs that stand before a mention and do not belong to it."""
    return frozenset(_OPENERS.split())


_DETERMINERS = """
a an the this these those his her its their our my your no some many most several both all each every another any few
one two three four five six seven eight nine ten
der die das den dem des ein eine einer eines einem einen kein keine sein seine seiner ihr ihre ihrer unser unsere
dieser diese dieses jede jeden jeder jedes viele einige mehrere alle beide zwei drei
le la les un une des ce cette ces son sa ses leur leurs notre nos mon ma mes plusieurs deux trois
el los las una unos unas su sus este esta estos estas ese esa nuestro nuestra mi dos tres varios varias muchos
"""
_ADDING = """
of for from at in near under behind
von vom für aus bei beim im in der des zu zur zum
de du des d à au aux en del al para
"""
_PREPOSITIONS = (
    _ADDING
    + """
on by with about to into over after before during since until against between among through across amid despite
without within via per like than as
mit nach seit während bis gegen über unter vor hinter neben zwischen durch ohne um an am auf ins trotz wegen
avec par pour sur dans sous chez vers pendant depuis avant après contre entre sans
con por sobre bajo desde hasta durante antes tras contra entre sin ante
"""
)
_CONJUNCTIONS = """
and but or nor so yet while whereas because although though if unless whether when where until since after before as
that than which who whom whose what how why
und aber oder sondern denn weil dass wenn ob obwohl während nachdem bevor als wie damit
et mais ou donc car que qu quand lorsque si comme puisque parce tandis où
y e o u pero sino porque que cuando si como aunque mientras donde pues
"""
_RELATIVES = """
who which whose whom qui dont lequel laquelle quien quienes cuyo cuya
"""
_TIMES = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december yesterday today tomorrow tonight morning evening afternoon night week month year years ago
noon midnight hour hours day days weekend earlier later
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz april mai juni juli august
september oktober november dezember gestern heute morgen abend woche monat jahr mittag mittwochabend
lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre
novembre décembre hier matin soir semaine mois année
lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre
octubre noviembre diciembre ayer hoy mañana tarde noche semana mes año
"""
_OPENERS = """
later meanwhile still however then also now today yesterday tomorrow earlier instead moreover nevertheless only even
there here perhaps once again afterwards finally initially recently previously additionally separately however
inzwischen zugleich dann später heute gestern jetzt dort hier zudem außerdem zuletzt auch nur allerdings jedoch
hier aujourd'hui ensuite puis plus tard enfin cependant toutefois pourtant aussi
sí ayer hoy después luego además también entonces ahora sin embargo así
"""
