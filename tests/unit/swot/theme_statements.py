"""Statements as municipalities write them, in the groups a person would put them in: a key for tests of grouping.

Written before the code that groups, and not changed after it. Inflections, compounds that are split («fag system»),
synonyms, near-duplicates, nynorsk, and neighbours that share words without sharing the matter. The demo's are others.
"""

from __future__ import annotations

GROUPS: dict[str, tuple[str, ...]] = {
    "recruitment": (
        "Vanskelig å rekruttere fagfolk",
        "Rekrutteringsvansker",
        "Krevende rekruttering av kvalifisert personell",
        "Utfordrende å rekruttere nye medarbeidere",
        "Det er vanskeleg å rekruttere",
        "Rekruttering er en utfordring",
    ),
    "absence": (
        "Sårbart ved sykdom",
        "Sårbarhet ved fravær",
        "Tjenesten er sårbar ved ferie og sykefravær",
        "Sårbart ved sjukdom og ferie",
        "Stor sårbarhet når noen er borte",
    ),
    "distance": (
        "Lange avstander mellom kommunene",
        "Lang reiseavstand",
        "Store geografiske avstander",
        "Store avstandar i regionen",
        "Lang reisevei og store avstander",
    ),
    "different systems": (
        "Kommunene har ulike fagsystemer",
        "Ulike fag system i kommunene",
        "Forskjellige fagsystemer",
        "Ulike datasystem",
        "Kommunane brukar ulike fagsystem",
        "Vi bruker forskjellige IT-systemer",
    ),
    "tight budgets": (
        "Stram kommuneøkonomi",
        "Trang økonomi",
        "Stram økonomi i kommunen",
        "Dårlig kommune økonomi",
        "Trang kommuneøkonomi i åra som kjem",
    ),
    "close to inhabitants": (
        "Nærhet til innbyggerne",
        "Nær kontakt med innbyggerne",
        "God nærleik til innbyggjarane",
        "Nærhet til brukere og innbyggere",
        "Vi er nær innbyggerne",
    ),
    "pension": (
        "Mange går av med pensjon",
        "Flere medarbeidere nærmer seg pensjonsalder",
        "Mange pensjoneres de neste årene",
        "Mange nærmar seg pensjonsalder",
        "Flere går snart av med pensjon",
    ),
    "automation": (
        "Automatisering av manuelle oppgaver",
        "Kan automatisere manuelle rutineoppgaver",
        "Mer automatisering",
        "Automatiserte arbeidsprosesser",
        "Meir automatisering av oppgåver",
    ),
    "written routines": (
        "Manglende skriftlige rutiner",
        "Rutinene er ikke skriftlige",
        "Manglar skriftlege rutinar",
        "Mangelfulle rutinebeskrivelser",
        "Mangler rutiner på flere områder",
    ),
    "work environment": (
        "Godt arbeidsmiljø",
        "Godt arbeids miljø og lavt sykefravær",
        "Bra arbeidsmiljø blant de ansatte",
        "Trivsel og godt arbeidsmiljø",
    ),
    "resistance to change": (
        "Motstand mot endring",
        "Endringsmotstand blant ansatte",
        "Motstand mot endringer i organisasjonen",
        "Motstand mot endring hos dei tilsette",
    ),
    "joint purchasing": (
        "Felles innkjøp gir bedre priser",
        "Felles innkjøp",
        "Bedre vilkår ved felles innkjøp",
        "Felles anskaffelser gir lavere pris",
        "Samordna innkjøp",
    ),
}

# Each belongs with no other, however many words it shares.
ALONE: tuple[str, ...] = (
    "Ulik kultur i kommunene",
    "Godt samarbeid mellom kommunene",
    "God økonomistyring",
    "Nye lovkrav fra staten",
    "Uklar ansvarsfordeling",
    "Høy faglig kompetanse",
    "Gamle lokaler",
    "Kort vei til beslutning",
    "Utdatert programvare",
    "Sterk lokal identitet",
)
