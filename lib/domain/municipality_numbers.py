"""Municipality numbers change; each holds for a span of years and has a successor.

Source: Statistics Norway, Standard for kommuneinndeling (Klass 131), with the changes of 1 January 2018 (Trøndelag),
2020 and 2024. Held here are the municipalities of the demo studies and of `data/befolkning_2020.csv`; of any other
number nothing is known, and nothing is said.
"""

from __future__ import annotations

# Each line is one municipality: its numbers, the oldest first, with the year from which each next one holds.
_CHAINS = (
    ("0604", 2020, "3006", 2024, "3303"),  # Kongsberg
    ("0605", 2020, "3007", 2024, "3305"),  # Ringerike
    ("0621", 2020, "3045", 2024, "3332"),  # Sigdal
    ("0631", 2020, "3050", 2024, "3334"),  # Flesberg
    ("0632", 2020, "3051", 2024, "3336"),  # Rollag
    ("0633", 2020, "3052", 2024, "3338"),  # Nore og Uvdal
    ("0807", 2020, "3808", 2024, "4005"),  # Notodden
    ("0826", 2020, "3818", 2024, "4026"),  # Tinn
    ("0827", 2020, "3819", 2024, "4024"),  # Hjartdal
    ("1003", 2020, "4206"),  # Farsund
    ("1004", 2020, "4207"),  # Flekkefjord
    ("1032", 2020, "4225"),  # Lyngdal
    ("1034", 2020, "4226"),  # Hægebostad
    ("1037", 2020, "4227"),  # Kvinesdal
    ("1046", 2020, "4228"),  # Sirdal
    ("1648", 2018, "5027"),  # Midtre Gauldal
    ("1653", 2018, "5028"),  # Melhus
    ("1657", 2018, "5029"),  # Skaun
    ("1703", 2018, "5005", 2020, "5007"),  # Namsos
    ("1736", 2018, "5041"),  # Snåsa
    ("1738", 2018, "5042"),  # Lierne
    ("1739", 2018, "5043"),  # Røyrvik
    ("1740", 2018, "5044"),  # Namsskogan
    ("1742", 2018, "5045"),  # Grong
    ("1743", 2018, "5046"),  # Høylandet
    ("1744", 2018, "5047"),  # Overhalla
)
_FIRST, _LAST = 0, 9999


def _spans(chain: tuple[str | int, ...]) -> list[tuple[str, int, int]]:
    numbers, years = chain[::2], [_FIRST, *chain[1::2], _LAST + 1]
    return [(str(number), int(years[i]), int(years[i + 1]) - 1) for i, number in enumerate(numbers)]


_HISTORY = {str(number): _spans(chain) for chain in _CHAINS for number in chain[::2]}


def in_year(number: str, year: int) -> str:
    """The number that the municipality had in a year; the same one where nothing is known."""
    spans = _HISTORY.get(number, [])
    return next((each for each, first, last in spans if first <= year <= last), number)


def successor(number: str) -> tuple[str, int] | None:
    """The number that the municipality has now, and the first year of it; None where this is it."""
    spans = _HISTORY.get(number, [])
    if not spans or spans[-1][0] == number:
        return None
    newest, first, _ = spans[-1]
    return newest, first


def alike(one: str, other: str) -> bool:
    """Whether two numbers are the same municipality's."""
    return one == other or any(other == number for number, _, _ in _HISTORY.get(one, []))
