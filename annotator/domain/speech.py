"""Words by which somebody is said to have said something, in English, German, French and Spanish.

Word forms, in small letters. Own list, from what news writes; a scheme's guideline decides what is a cue, this only
where to look first.
"""

from __future__ import annotations

from functools import cache


@cache
def cues() -> frozenset[str]:
    """Return verbs and nouns of saying, thinking and fearing."""
    return frozenset(_CUES.split())


@cache
def between() -> frozenset[str]:
    """Return auxiliaries and adverbs that may stand before a cue and do not belong to it."""
    return frozenset(_BETWEEN.split())


@cache
def pronouns() -> frozenset[str]:
    """Return pronouns that name who spoke."""
    return frozenset(_PRONOUNS.split())


@cache
def determiners() -> frozenset[str]:
    """Return what belongs to the name before which it stands; none that is a verb in another of the languages."""
    return frozenset(_DETERMINERS.split())


@cache
def particles() -> frozenset[str]:
    """Return small words within the names of persons."""
    return frozenset(_PARTICLES.split())


_DETERMINERS = """
a an the this these those his her its their our my one another some several many most two three four five
der ein eine einer eines le les une el los las una uno
"""

_PARTICLES = "van von der den de del di da al bin ibn el la le"

_CUES = """
accuse accused accuses acknowledge acknowledged acknowledges add added adding adds admit admits admitted advise
advised affirm affirmed agree agreed agrees allege alleged alleges allegedly announce announced announces announcing
answer answered answers argue argued argues arguing ask asked asks assert asserted asserts assume assumed assure
assured believe believed believes blame blamed blames call called calling calls caution cautioned cautions charge
charged cite cited cites citing claim claimed claiming claims comment commented comments complain complained complains
concede conceded concedes conclude concluded concludes concluding condemn condemned condemns confirm confirmed
confirms consider considered considers contend contended contends cried criticise criticised criticize criticized
decide decided declare declared declares declaring decline declined declines deem deemed deems defend defended define
defined defines demand demanded demands denied denies deny denying describe described describes describing disclose
disclosed dismiss dismissed dismisses dispute disputed emphasise emphasised emphasize emphasized estimate estimated
estimates expect expected expects explain explained explaining explains express expressed expresses fear feared fears
find finds forecast forecasts found hint hinted hope hoped hopes indicate indicated indicates inform informed insist
insisted insists insisting issued joked laud lauded lament lamented maintain maintained maintains mention mentioned
mentions note noted notes noting object objected oppose opposed opposes order ordered outlined pledge pledged pledges
point pointed points praise praised praises praising predict predicted predicts proclaim proclaimed promise promised
promises propose proposed proposes question questioned quote quoted quotes quoting read reads reassured recall
recalled recalls recommend recommended recommends refer referred refers referring refuse refused refuses refute
refuted reiterate reiterated reject rejected rejects remark remarked remarks repeat repeated repeats replied replies
reply report reported reportedly reporting reports request requested respond responded responds reveal revealed
reveals rule ruled rules rumoured said saw say saying says scold scolded speak speculate speculated speculation spoke
state stated statement statements states stating stress stressed stresses stressing suggest suggested suggesting
suggests suspect suspected swore tell telling tells testified testify think thinks thought threatened told tweeted
urge urged urges urging view viewed views voiced vow vowed vows warn warned warning warnings warns welcome welcomed
welcomes whisper whispered wonder wondered write writes writing wrote according sagt sagte sagten gesagt sage sei
erklärt erklärte erklärten berichtet berichtete berichteten meldet meldete meldeten meint meinte meinten behauptet
behauptete betont betonte fordert forderte forderten warnt warnte warnten kritisiert kritisierte kündigte angekündigt
mitteilte mitgeteilt teilte äußerte äußerten glaubt glaubte hofft hoffte nannte nennt zufolge laut fragt fragte
antwortet antwortete schrieb schreibt bestätigte bestätigt bestreitet bestritt dementierte räumte verwies vermutet
vermutete rief dit disait déclare déclaré déclarait affirme affirmé affirmait explique expliqué estime estimé ajoute
ajouté annonce annoncé assuré raconte raconté rapporte rapporté souligne souligné précise précisé indique indiqué
demande demandé répond répondu selon nie nié dénonce dénoncé reconnaît reconnu craint croit pense proposé prévient
écrit dice dijo dicho decía declara declaró declarado afirma afirmó afirmado explica explicó añade añadió anuncia
anunció asegura aseguró señala señaló informa informó cree creyó según niega negó advierte advirtió denuncia denunció
sostiene sostuvo pregunta preguntó responde respondió reconoce reconoció considera consideró indicó comentó exigió
escribió admiten admite admitió quiso sabe habló pide pidió piden prevé promete prometió recuerda recordó ofrece
ofreció dicen decían aseguran aseguraron afirman afirmaron creen creían dijeron señalan señalaron sostienen explican
explicaron niegan negaron advierten advirtieron declaran declararon disent disaient affirment estiment expliquent
assurent déclarent ajoutent annoncent rappelle rappelé promet promis refusé juge jugé regrette regretté weiß wusste
wisse rechnet rechnete rechnen plant planen plante planten beschloss beschlossen beschließt versichert versicherte
versicherten widerspricht widersprach wies weist räumt räumten teilt teilten kündigt kündigten gibt gab wollte wollten
bittet bat gemeldet versprach verspricht verlangt verlangte lehnt lehnte kommentierte entgegnete show shows showed
shown showing put puts plan plans planned planning support supports supported supporting concern concerns concerned
understanding thinking thanks fearing hoping knew know knows learned learnt
"""
_BETWEEN = """
also already always am are be been being clearly could did do does even further had has have having is later long may
might must never not now often only once publicly rather recently repeatedly should still then was were will would yet
hat haben hatte hatten ist sind war waren wird würde wurde wurden auch bereits noch nicht
a ont avait avaient est sont était étaient ne pas aussi encore déjà
ha han había habían es son era fue también no ya aún
"""
_PRONOUNS = """
he she it they i we you him her them who er sie es ich wir ihn ihm ihnen il elle ils elles on je nous lui él ella ellos
ellas ello
"""
