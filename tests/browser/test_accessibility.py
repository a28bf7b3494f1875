"""WCAG 2.2 AA in a real browser: axe-core on every page, and what it cannot judge: focus, zoom, headings, language."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, ViewportSize, expect

from lib.ui.navigation import ENTRIES
from tests.browser.conftest import App, chromium, enter
from tests.browser.facilitating import Caller, make_study, make_workshop, workshop_of
from tests.browser.test_first_light import DEMO, spoilt

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not chromium(), reason="No Chromium was found; install one or name it in CHROMIUM."),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDE, NARROW = 1280, 320  # at a zoom of 400 % the one becomes the other
STUDY, AREA = "tilgjengelig-region", "1"
SMALLEST_TARGET = 24  # WCAG 2.5.8
# name of a workshop, after all others in the alphabet: what the facilitator presses in it
STEPS = {
    "Å drøfte": ("Åpne for vurdering", "Steng for svar", "Vis resultatet for alle", "Gå til drøftingen"),
    "Å vise": ("Åpne for vurdering", "Steng for svar", "Vis resultatet for alle"),
    "Å samle": (),
    "Å vurdere": ("Åpne for vurdering",),
}


class Excuse(NamedTuple):
    """A rule that an element of Streamlit's own breaks, where neither its options nor a style sheet can mend it."""

    rule: str
    selector: str
    reason: str


EXCEPTIONS = (
    Excuse("list", "[data-testid=stSidebarNavItems]", "st.navigation draws a section as a <div> inside its <ul>."),
    Excuse("listitem", "[data-testid=stSidebarNavItems] li", "The same <div> parts each page's <li> from its list."),
)

AXE = """async tags => {
  const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}})
  const broken = found.violations.flatMap(rule => rule.nodes.map(node =>
    ({rule: rule.id, target: node.target[node.target.length - 1], html: node.html})))
  return {broken, held: found.passes.map(rule => rule.id)}
}"""
SEEN = """() => {
  const seen = each => each.checkVisibility({visibilityProperty: true, opacityProperty: true})
  const all = selector => [...document.querySelectorAll(selector)].filter(seen)
  const named = each => (each.getAttribute('aria-label') || each.innerText || each.outerHTML).slice(0, 80)
  const inside = (box, frame) => box.left >= frame.left - 1 && box.right <= frame.right + 1
  const size = each => [each, ...(each.labels || [])].map(part => part.getBoundingClientRect())
  const texts = all('body *').filter(each => !each.closest('svg, canvas, [data-testid=stSkipToContent], thead')
    && each.clientWidth > 1 && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  const clips = each => getComputedStyle(each).overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1
  const short = each => getComputedStyle(each).overflowY === 'hidden' && each.scrollHeight > each.clientHeight + 2
  const charts = [...document.querySelectorAll('.stVegaLiteChart svg')]
  const drawn = charts.flatMap(chart => [...chart.querySelectorAll('text')].filter(
    text => text.getBoundingClientRect().width && !inside(text.getBoundingClientRect(), chart.getBoundingClientRect())))
  const roots = [document.documentElement, ...all('[data-testid=stMain]')]
  return {
    title: document.title,
    headings: all('h1, h2, h3, h4, h5, h6').map(each => Number(each.tagName[1])),
    sideways: roots.some(each => each.scrollWidth > each.clientWidth),
    cut: [...texts.filter(each => clips(each) || short(each)), ...drawn].map(each => each.textContent.slice(0, 80)),
    small: all('a[href], button, summary, select, textarea, input:not([type=range], [type=file])')
      .filter(each => !each.closest('p, [data-testid=stSkipToContent]'))
      .filter(each => Math.max(...size(each).map(box => box.width)) < SMALLEST
        || Math.max(...size(each).map(box => box.height)) < SMALLEST).map(named),
  }
}""".replace("SMALLEST", str(SMALLEST_TARGET))
STILL = "* { transition: none !important; animation: none !important }"  # else axe judges a colour halfway
DRAWN = """() => {
  const app = document.querySelector('.stApp')
  return !app || app.dataset.testScriptState === 'notRunning' && !document.querySelector('.stSkeleton')
    && [...document.querySelectorAll('.stVegaLiteChart')].every(chart => chart.querySelector('svg text'))
}"""
ACTIVE = """() => {
  const each = document.activeElement, box = each.getBoundingClientRect()
  const kind = each.closest('[data-testid]')?.dataset.testid + ' ' + each.tagName + ' ' + (each.type || '')
  return {kind, x: box.x, y: box.y, width: box.width, height: box.height}
}"""
REST = """() => {
  if (window.back) return
  const here = document.activeElement, rest = document.body.appendChild(document.createElement('button'))
  rest.style = 'position: fixed; opacity: 0'
  rest.focus({preventScroll: true})
  window.back = () => { here.focus({preventScroll: true}); rest.remove(); delete window.back }
}"""  # the focus waits elsewhere and comes back; a grid that merely loses it takes it again
CHANGED = """async pictures => {
  const [one, two] = await Promise.all(pictures.map(async picture => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(picture), byte => byte.charCodeAt(0))]))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
    canvas.drawImage(bitmap, 0, 0)
    return canvas.getImageData(0, 0, bitmap.width, bitmap.height).data
  }))
  let changed = 0
  for (let i = 0; i < one.length; i += 4)
    changed += Math.abs(one[i] - two[i]) + Math.abs(one[i + 1] - two[i + 1]) + Math.abs(one[i + 2] - two[i + 2]) > 60
  return changed
}"""


@dataclass(slots=True)
class Walk:
    """What was seen on every page: its state at each width, and what axe found and held in both colour schemes."""

    seen: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    broken: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    excepted: set[Excuse] = field(default_factory=set)
    held: set[str] = field(default_factory=set)


def settle(tab: Page) -> None:
    tab.wait_for_function(DRAWN)
    if tab.locator(".stApp").count():
        tab.wait_for_timeout(150)  # Streamlit fades its elements in


def show(tab: Page, app: App, address: str, faulty: Path) -> None:
    """A page with all that it can show: expanders open, and a workbook's errors listed."""
    tab.goto(f"{app.address}/{address}")
    tab.get_by_role("heading", level=1).wait_for()
    tab.add_style_tag(content=STILL)
    settle(tab)
    tab.locator("[data-testid=stMain] details:not([open]) > summary").evaluate_all("all => all.map(it => it.click())")
    if tab.locator("input[type=file]").count():
        tab.locator("input[type=file]").set_input_files(faulty)
        tab.get_by_role("table").wait_for()
    settle(tab)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return spoilt(tmp_path_factory.mktemp("faulty"))


@pytest.fixture(scope="module")
def facilitator(browser: Browser, app: App) -> Iterator[Page]:
    """A tab of someone who may see every page, with a study of their own that holds ratings."""
    tab = browser.new_context(viewport={"width": WIDE, "height": 900}, locale="nb-NO").new_page()
    tab.set_default_timeout(20_000)
    enter(tab, app)
    make_study(tab, "Tilgjengelig region", DEMO)
    yield tab
    tab.context.close()


@pytest.fixture(scope="module")
def addresses(facilitator: Page, app: App) -> list[str]:
    """Every page of the menu, and the plain ones; a page that is added is walked too. A workshop in several steps."""
    live = _workshops(facilitator, app)
    pages = [f"{entry.address}?utredning={STUDY}&omrade={AREA}" for entry in ENTRIES]
    rooms = [f"{page}?utredning={STUDY}&workshop={workshop}" for page in ("led", "vegg") for workshop in live]
    english = [f"{page}?utredning={STUDY}&workshop={live[-1]}&sprak=en" for page in ("led", "vegg", "droft")]
    return [*pages, *rooms, *english, f"inn/{app.key}", "inn/ukjent", "ut"]


def _workshops(tab: Page, app: App) -> list[str]:
    """Workshops that collect, rate, and discuss; the middle one is the one that is rated on «Vurder»."""
    found = []
    for name, presses in STEPS.items():
        code = make_workshop(tab, name, prompts=["Hva får vi til?"] if name == "Å samle" else ())
        groups = [Caller(app, code, navn=group, rolle="elected") for group in (*"ABC", "Hovedutvalget for oppvekst")]
        found.append(workshop_of(tab))
        for press in presses:
            tab.get_by_role("button", name=press, exact=True).click()
            if press == "Åpne for vurdering":
                expect(tab.get_by_role("heading", name="Vurder", exact=True)).to_be_visible()
                for grade, group in enumerate(groups, 4):
                    area = group.names()[0]
                    group.answer({area: {"potential": grade, "feasibility": grade}})
                    group.remark(area, "Dette må vi snakke om.")
        for last in presses[-1:]:
            expect(tab.get_by_role("button", name=last, exact=True)).to_have_count(0)
    return found


@pytest.fixture(scope="module")
def walk(facilitator: Page, app: App, faulty: Path, addresses: list[str]) -> Walk:
    """Every page once at each width; the colour scheme is changed under it."""
    walked = Walk()
    for width in (WIDE, NARROW):
        facilitator.set_viewport_size(ViewportSize(width=width, height=900))
        for address in addresses:
            show(facilitator, app, address, faulty)
            walked.seen[address, width] = facilitator.evaluate(SEEN)
            for scheme in SCHEMES:
                facilitator.emulate_media(color_scheme=scheme)
                settle(facilitator)
                _judge(facilitator, walked, f"{address} {width} {scheme}")
    return walked


def _judge(tab: Page, walked: Walk, where: str) -> None:
    tab.evaluate("script => { if (!window.axe) (0, eval)(script) }", AXE_SCRIPT)
    found = tab.evaluate(AXE, TAGS)
    walked.held |= set(found["held"])
    for broken in found["broken"]:
        excuse = next((each for each in EXCEPTIONS if _covers(tab, each, broken)), None)
        if excuse:
            walked.excepted.add(excuse)
        else:
            walked.broken.append((where, broken))


def _covers(tab: Page, each: Excuse, broken: dict[str, str]) -> bool:
    matches = "([target, selector]) => document.querySelector(target).matches(selector)"
    return each.rule == broken["rule"] and bool(tab.evaluate(matches, [broken["target"], each.selector]))


def test_no_page_breaks_a_rule_of_axe(walk: Walk) -> None:
    assert {"color-contrast", "target-size", "label", "html-has-lang"} <= walk.held
    assert walk.broken == []


def test_every_exception_is_still_needed(walk: Walk) -> None:
    assert set(EXCEPTIONS) == walk.excepted


def test_every_page_has_one_first_heading_and_skips_no_level(walk: Walk) -> None:
    for place, seen in walk.seen.items():
        levels = seen["headings"]
        assert levels[:1] == [1], place
        assert levels.count(1) == 1, place
        assert all(after - before <= 1 for before, after in pairwise(levels)), (place, levels)


def test_every_page_has_a_title_of_its_own(walk: Walk) -> None:
    titles = {
        address.partition("?")[0]: seen["title"]
        for (address, width), seen in walk.seen.items()
        if width == WIDE and "inn/" not in address and "sprak" not in address
    }
    assert len(set(titles.values())) == len(titles), titles


def test_controls_are_large_enough_for_a_finger(walk: Walk) -> None:
    assert {place: seen["small"] for place, seen in walk.seen.items() if seen["small"]} == {}


def test_at_400_percent_nothing_is_cut_or_pushed_aside(walk: Walk) -> None:
    """320 px, as WCAG 1.4.10 reckons."""
    narrow = {place: seen for place, seen in walk.seen.items() if place[1] == NARROW}
    assert {place: seen["cut"] for place, seen in narrow.items() if seen["cut"] or seen["sideways"]} == {}


def test_with_letters_twice_as_large_nothing_is_cut_or_pushed_aside(
    facilitator: Page, app: App, faulty: Path, addresses: list[str]
) -> None:
    """34 px where the theme says 17 (WCAG 1.4.4); the browser's own zoom is the test above."""
    facilitator.set_viewport_size(ViewportSize(width=WIDE, height=900))
    for address in addresses:
        show(facilitator, app, address, faulty)
        facilitator.add_style_tag(content="html { font-size: 34px !important }")
        settle(facilitator)
        seen = facilitator.evaluate(SEEN)
        assert (seen["cut"], seen["sideways"]) == ([], False), address


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_keyboards_place_is_seen(
    facilitator: Page, app: App, faulty: Path, scheme: Literal["light", "dark"]
) -> None:
    """One control of each kind looks different when it has the focus."""
    facilitator.set_viewport_size(ViewportSize(width=WIDE, height=900))
    facilitator.emulate_media(color_scheme=scheme)
    seen: dict[str, int] = {}
    for address in ("prioritering", "last-opp", "tilgang", f"inn/{app.key}"):
        show(facilitator, app, f"{address}?utredning={STUDY}", faulty)
        for _ in range(30):
            facilitator.keyboard.press("Tab")
            active = facilitator.evaluate(ACTIVE)
            if "BODY" in active["kind"]:
                break
            if active["kind"] not in seen:
                seen[active["kind"]] = _changed(facilitator)
    assert {"stTextInputField INPUT text", "stBaseButton-secondary BUTTON submit"} <= set(seen)
    assert {kind: changed for kind, changed in seen.items() if changed < 2 * SMALLEST_TARGET} == {}


def _changed(tab: Page) -> int:
    """How many pixels in and around the element look different without the focus."""
    tab.wait_for_timeout(100)  # a grid is scrolled into sight a moment after it has the focus
    active = tab.evaluate(ACTIVE)
    left, top = max(0, active["x"] - 6), max(0, active["y"] - 6)
    clip = {"x": left, "y": top, "width": active["width"] + 12, "height": min(active["height"] + 12, 900 - top)}
    pictures = []
    for _ in range(2):
        picture = tab.screenshot(clip=clip)  # type: ignore[arg-type]
        pictures.append(base64.b64encode(picture).decode())
        tab.evaluate(REST)
    tab.evaluate("window.back()")
    return int(tab.evaluate(CHANGED, pictures))


def test_the_keyboard_never_leaves_the_screen_of_a_phone(facilitator: Page, app: App, faulty: Path) -> None:
    """The folded sidebar is no stop, and nothing on the way holds the focus fast."""
    facilitator.set_viewport_size(ViewportSize(width=NARROW, height=900))
    show(facilitator, app, f"prioritering?utredning={STUDY}", faulty)
    last = facilitator.get_by_role("link", name="Last ned som CSV")
    for _ in range(80):
        facilitator.keyboard.press("Tab")
        box = facilitator.evaluate(ACTIVE)
        assert 0 <= box["x"] < NARROW, box
        if last.evaluate("button => button === document.activeElement"):
            break
    expect(last).to_be_focused()


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("address", ["prioritering", "inn/ukjent", "ut"])
def test_the_document_names_the_visitors_language(facilitator: Page, app: App, address: str, language: str) -> None:
    facilitator.goto(f"{app.address}/{address}?sprak={language}")
    expect(facilitator.locator("html")).to_have_attribute("lang", language)


def test_every_chart_says_what_it_shows_and_its_figures_stand_in_a_table(
    facilitator: Page, app: App, faulty: Path
) -> None:
    facilitator.set_viewport_size(ViewportSize(width=2200, height=1600))  # so that the table draws all its columns
    show(facilitator, app, f"prioritering?utredning={STUDY}", faulty)
    facilitator.locator("[role=gridcell]").first.wait_for(state="attached")
    cells = set(facilitator.locator("[role=grid] :is(td, th)").all_text_contents())
    charts = facilitator.locator(".stVegaLiteChart[role]").all()
    assert len(charts) == 3
    for chart in charts:
        words = chart.get_attribute("aria-label") or ""
        assert len(words) > 80
        assert "\\" not in words
        assert chart.locator("[aria-label]").count() == 0  # or every mark is read out too, in English
        written = " ".join(chart.locator("text").all_text_contents()).replace("\xa0", " ")
        assert sum(cell in written for cell in cells if re.search(r"[a-zæøå]{4}", cell)) >= 5
    scores = re.findall(r"\b\d+,\d\b", " ".join(charts[1].locator("text").all_text_contents()))
    assert len(scores) == 13
    assert set(scores) <= cells
    parties = re.findall(r"\b\d+,\d\b", " ".join(charts[2].locator("text").all_text_contents()))
    assert len(set(parties)) > 13
    assert set(parties) <= cells
    assert {"Potensial", "Gjennomførbarhet"} <= cells
