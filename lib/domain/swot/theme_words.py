"""Words that the grouping of statements knows: which say nothing, which say little, and which mean the same.

Bokmål and nynorsk as municipalities write. Inflections need not stand here; endings are taken off first.
"""

from __future__ import annotations


def _words(written: str) -> list[str]:
    return written.split()


STOP_WORDS = frozenset(
    _words(
        """
        alle alt andre at av bare begge ble blei blir bli blitt både da de dei deg den denne der dere det dette disse
        du då eg egen eller en ein eit ei er et etter for fra frå før gjennom gjer gjør gir gjev ha har han hans hennes
        her hos hun hva hvor hvordan hvis i ikkje ikke imellom inn ingen jeg kan kjem kom kommer korleis kun kva kvar
        med meg mellom mot når nå no noe noen nokon nokre og også om opp oss over på samt seg selv seinere ser sin sine
        sitt sjølv skal skulle slik snart som så til ut under ved vera vere vi vil ville vår vært være å år åra årene
        """
    )
)

# They colour a statement without being its matter.
WEAK_WORDS = frozenset(
    _words(
        """
        ansatt behov bedre begrenset bra bruk bruke brukar bruker dårlig dårleg enkel flere fleire funksjon få
        god gode godt gjøre høy høg høgt høyt innen kommune kommunal kommunalt kort lang lav lågt låg lavt lett
        liten lite lik mange meir mer mindre muligheter mulig moglegheit mogleg mye mykje neste nivå ny nye
        område organisasjon region regional regionen sammen samme skape stadig stor større største store størst
        små svak sterk særlig tjeneste teneste tilbud utfordring vanskelig vanskeleg viktig ulik øke økt
        """
    )
)

# They look like compounds, and are not.
WHOLE_WORDS = frozenset(_words("samarbeid samarbeide samordne samhandling overordnet innbygger"))

# Each line is one matter in several words; a word of two lines belongs to the first.
SYNONYMS = tuple(
    _words(line)
    for line in """
    ansatt ansatte medarbeider personell tilsett stab bemanning
    anskaffelse innkjøp innkjøpsordning
    avstand reisevei reisetid kjøretid
    avhengig avhengighet
    borte ferie fravær permisjon sjukdom sykdom sjuk syk sykefravær
    datasystem fagprogram fagsystem itsystem iktsystem programsystem systemløsning
    einskildperson enkeltperson nøkkelperson nøkkelmedarbeider
    felles sams samordne samordning samordna
    forskjell forskjellig ulik ulike varierende
    innbygger innbyggjar bruker publikum
    kvalifisert fagfolk fagpersonell fagutdannet
    manglende mangelfull mangle mangel manglar
    dokumentere dokumentasjon skriftlig skriftleg
    krevende utfordring utfordrende vanskelig vanskeleg vanske problem
    nær nærhet nærleik nærmiljø
    opplæring kompetanseheving kurs etterutdanning
    pris kostnad utgift
    robust robusthet
    rutine prosedyre
    sikkerhet tryggleik
    stram trang knapp
    sårbar sårbarhet utsatt
    arbeidsmiljø trivsel
    fagmiljø kompetansemiljø
    """.strip().splitlines()
)

# Too little and plenty: two statements that differ in this speak of one matter and say the opposite of it.
LITTLE = frozenset(
    _words("dårlig dårleg få knapp lite liten litt mangel mangelfull mangle manglande manglende mindre små svak trang")
)
PLENTY = frozenset(_words("bra god gode godt mange mykje mye sterk stor store stort større størst"))

# The longest that fits is taken off; what is left must be at least STEM_LENGTH letters.
ENDINGS = tuple(
    _words(
        """
        eringene eringane eringer eringar eringen eringa ering erende erande erte ertes eres ere era erer ert
        leikane leiken leik hetene heter heten het jarane jaren jarar jar
        ingene ingane inger ingar ingen inga ing
        ende ande ene ane ens anes enes ers ars ast est este aste
        leg lig elig ig lege lige ige
        er ar en et an a e t s
        """
    )
)
STEM_LENGTH = 3
