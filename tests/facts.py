"""Facts that tests hold the product against, with their source."""

# PwC: Mulighetsrom for interkommunalt samarbeid i Indre Namdal (2022): the thirteen areas in the order of the workshop
# on 26 January 2022.
DOCUMENTED_ORDER = (
    "Rus og psykiatri",
    "Næringsutvikling",
    "Digitaliseringskoordinator",
    "Legetjeneste",
    "Innføring av velferdsteknologi",
    "Prosjektledelse byggeprosjekt",
    "Felles ressurser på spesialiserte helseområder",
    "Overordnet kommuneplanlegging",
    "Innkjøp/anskaffelser",
    "Samfunnssikkerhet og beredskap",
    "Jordmor",
    "Spesialiserte avdelinger på institusjoner",
    "Administrative støttefunksjoner på helse",
)
