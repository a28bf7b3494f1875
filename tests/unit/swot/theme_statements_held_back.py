"""A second set of statements with their groups; nothing in the code was fitted to it."""

from __future__ import annotations

GROUPS: dict[str, tuple[str, ...]] = {
    "key persons": (
        "Avhengig av nøkkelpersoner",
        "Stor avhengighet av enkeltpersoner",
        "Avhengige av nøkkelperson",
        "Avhengig av einskildpersonar",
    ),
    "capacity": (
        "Knapp kapasitet til utviklingsarbeid",
        "Manglende kapasitet",
        "Liten kapasitet til utvikling",
        "For liten kapasitet til utviklings arbeid",
    ),
    "anchoring": (
        "Svak politisk forankring",
        "Manglende forankring hos politikerne",
        "Forankringen er svak",
        "Dårleg politisk forankring",
    ),
    "loss of jobs": (
        "Tap av arbeidsplasser",
        "Lokale arbeidsplasser forsvinner",
        "Tap av arbeidsplassar i kommunen",
        "Fare for å miste arbeidsplasser",
    ),
    "equal treatment": (
        "Likebehandling av innbyggerne",
        "Mer lik behandling",
        "Større grad av likebehandling",
    ),
    "specialisation": (
        "Muligheter for spesialisering",
        "Spesialisering av oppgaver",
        "Kan spesialisere seg",
        "Mogleg å spesialisere seg meir",
    ),
    "information security": (
        "Brudd på informasjonssikkerheten",
        "Svak informasjonssikkerhet",
        "Informasjonstryggleiken er for svak",
    ),
}

ALONE: tuple[str, ...] = (
    "Politisk uenighet om lokalisering",
    "Gode erfaringer med dagens samarbeid",
    "Høye lisenskostnader",
    "Stabil bemanning",
    "Kultur for å dele",
)
