// The raters' pages work without this. With it each answer is saved as it is given, survives a lost network,
// and the page follows the room.
(() => {
  "use strict";
  const at = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const pauseOf = (time) => new Promise((done) => setTimeout(done, time));
  const fill = (sentence, values) => sentence.replace(/{(\w+)}/g, (_, name) => values[name]);
  const { base, stage, round, leave } = document.body.dataset;

  // What the phone keeps: in its storage where it may, else as long as the page is open.
  const shelf = (storage, key, empty) => {
    let held = null;
    return {
      read() {
        if (held) return held;
        try { return JSON.parse(storage().getItem(key)) || empty(); } catch { return (held = empty()); }
      },
      write(value) {
        if (!held) try { storage().setItem(key, JSON.stringify(value)); return; } catch { /* it may not keep anything */ }
        held = value;
      },
    };
  };
  const queueOf = (address) => shelf(() => localStorage, `queue ${address}`, () => []);
  if (leave) queueOf(leave).write([]);
  if (!base) return;

  const queue = queueOf(base);
  const drafts = shelf(() => sessionStorage, `drafts ${base}`, () => ({}));
  const notes = shelf(() => sessionStorage, `notes ${base}`, () => []);
  const words = at("#saved").dataset;
  let given = queue.read().length > 0;
  let sending = false, failed = false, leaving = false, size = 50, pause = 0, again;

  // `randomUUID` is missing where the address is not https.
  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");

  function say() {
    const waiting = queue.read().length, place = at("#saved");
    const text = !waiting ? (given ? words.saved : "") : failed || !navigator.onLine ? fill(words.waiting, { n: waiting }) : words.saving;
    if (place.textContent !== text) place.textContent = text;
    place.classList.toggle("waiting", !!waiting && text !== words.saving);
  }

  function showNotes() {
    at("#notes").replaceChildren(...notes.read().map((note) => Object.assign(document.createElement("p"), { textContent: note })));
  }

  function note(text) {
    notes.write([...new Set([...notes.read(), text])].slice(-4));
    showNotes();
  }

  function keep(tap) {
    touched += 1;
    given = true;
    lay(tap);
    queue.write([...queue.read(), { tap: newId(), ...tap }]);
    notes.write([]);
    showNotes();
    say();
    send();
  }

  async function post(taps) {
    const answer = await fetch(`${base}/svar`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ taps }),
      keepalive: document.hidden,
      signal: AbortSignal.timeout?.(20000),
    });
    if (answer.ok) return answer.json();
    const said = await answer.json().catch(() => ({}));
    if (answer.status === 403 || answer.status === 404) return out();
    if (answer.status !== 400 && answer.status !== 413) throw new Error(said.code);
    if (taps.length > 1) { size = 1; return { results: [] }; }
    return { results: [{ tap: taps[0].tap, saved: false, message: said.message }] };
  }

  function out() {
    leaving = true;
    location.replace(base);
    throw new Error("not_seated");
  }

  async function send() {
    if (sending || leaving) return;
    sending = true;
    clearTimeout(again);
    try {
      for (let waiting; (waiting = queue.read().slice(0, document.hidden ? 10 : size)).length; ) {
        const answer = await post(waiting);
        settle(waiting, answer.results);
        failed = false;
        pause = 0;
        if (answer.stage) moved(answer.stage);
      }
    } catch {
      failed = true;
      pause = Math.min(pause * 2 || 1000, 16000);
      again = setTimeout(send, pause * (0.7 + Math.random() * 0.6));
    }
    sending = false;
    if (!leaving) say();
  }

  function settle(taps, results) {
    const done = new Set(results.map((result) => result.tap));
    queue.write(queue.read().filter((each) => !done.has(each.tap)));
    const refused = results.filter((result) => !result.saved);
    for (const result of refused) {
      const tap = taps.find((each) => each.tap === result.tap) || {}, text = tap.text || tap.comment;
      note(text ? `${result.message} ${fill(words.unsent, { text })}` : result.message);
    }
    if (refused.length) refresh();
  }

  // Own answers: what the server knows, with what still waits on this phone laid over it.
  let mine = { values: {}, comments: {} }, touched = 0;
  function lay(tap) {
    if (+tap.round !== +round) return;
    if (tap.comment !== undefined) mine.comments[tap.item] = tap.comment;
    else if (tap.criterion) (mine.values[tap.item] ||= {})[tap.criterion] = tap.value;
  }

  async function refresh() {
    const before = touched;
    try {
      const answer = await fetch(`${base}/mine`);
      if (answer.status === 403) out();
      if (!answer.ok) return;
      const found = await answer.json();
      if (before !== touched) return refresh();
      mine = found;
      queue.read().forEach(lay);
      draw();
    } catch { /* without network what is on the screen stands */ }
  }

  const answerOf = (input) => (input.value === "vet-ikke" ? null : +input.value);
  function mark(inputs, value) {
    for (const input of inputs) input.checked = value !== undefined && answerOf(input) === value;
  }

  // What was tapped before this script had come over a slow network.
  const early = (inputs) => inputs.filter((input) => input.checked && !input.defaultChecked);

  // One item a screen.
  const form = at("#rate"), overview = at("#overview");
  let subjects = null, place = -1;
  const keys = form ? [...new Set(all("input[type=radio]", form).map((input) => input.name))] : [];
  const shownItem = () => form.dataset.item;

  function draw() {
    if (form) {
      for (const key of keys) mark(all(`input[name="${key}"]`, form), mine.values[shownItem()]?.[key]);
      const comment = at("textarea", form);
      if (comment && !typed) comment.value = mine.comments[shownItem()] || "";
      drawOverview();
    }
    drawPoints();
  }

  function drawOverview() {
    const links = all("a", overview);
    let missing = 0;
    for (const link of links) {
      const answered = Object.keys(mine.values[link.dataset.item] || {}).length;
      const state = answered >= keys.length ? "done" : answered ? "partly" : "open";
      if (state !== "done") missing += 1;
      link.dataset.state = state;
      at("span", link).textContent = overview.dataset[state];
    }
    const heading = at("h1", overview), lead = at("p", overview);
    heading.textContent = missing ? heading.dataset.overview : heading.dataset.done;
    lead.textContent = missing ? fill(lead.dataset.missing, { n: missing, all: links.length }) : lead.dataset.done;
  }

  // `number` counts from one; 0 is the overview.
  function go(number, push = true) {
    commit();
    place = number;
    form.hidden = at("nav").hidden = !number;
    overview.hidden = !!number;
    if (number) drawItem(subjects[number - 1], number);
    draw();
    if (push) history.pushState(number, "", `?omrade=${number || "oversikt"}&runde=${round}`);
    const heading = at("h1", number ? form : overview);
    document.title = `${heading.textContent} – Mulighetsrom`;
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  function drawItem(subject, number) {
    const progress = at(".progress", form), facts = at(".facts", form);
    form.dataset.item = at("input[name=item]", form).value = subject.id;
    form.action = `${base}/svar?omrade=${number}&runde=${round}`;
    at("h1", form).textContent = subject.name;
    progress.textContent = fill(progress.dataset.progress, { n: number, all: subjects.length });
    facts.hidden = !subject.facts.length;
    facts.open = false;
    at("div", facts).replaceChildren(...subject.facts.flatMap(([heading, text]) =>
      [["h3", heading], ["p", text]].filter(([, words]) => words)
        .map(([tag, textContent]) => Object.assign(document.createElement(tag), { textContent }))));
    const previous = at("nav #previous");
    previous.href = `?omrade=${number - 1}`;
    previous.hidden = number === 1;
  }

  async function takeSubjects() {
    const answer = await fetch(`${base}/omrader?steg=${stage}`);
    if (!answer.ok) return;
    const found = await answer.json();
    if (found.stage !== +stage) return;
    subjects = found.subjects;
    place = form.hidden ? 0 : 1 + subjects.findIndex((subject) => subject.id === shownItem());
    history.replaceState(place, "");
  }

  // A comment is sent only by the device that it was typed on, lest an old one takes the place of another device's.
  let typed = false;
  function commit() {
    if (!typed) return;
    typed = false;
    keep({ round: +round, item: shownItem(), comment: at("textarea", form).value });
  }

  function setUpItems() {
    let typing;
    const button = at("nav button");
    button.textContent = button.dataset.script;
    const tapped = (input) => {
      keep({ round: +round, item: shownItem(), criterion: input.name, value: answerOf(input) });
      drawOverview();
    };
    form.addEventListener("change", (event) => (event.target.type === "radio" ? tapped(event.target) : commit()));
    form.addEventListener("input", (event) => {
      if (event.target.type === "radio") return;
      typed = true;
      clearTimeout(typing);
      typing = setTimeout(commit, 1000);
    });
    form.addEventListener("submit", (event) => {
      if (subjects || !navigator.onLine) event.preventDefault(); // never on to the browser's page about no network
      if (!subjects) return;
      go(place < subjects.length ? place + 1 : 0);
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='?omrade=']");
      if (link && (subjects || !navigator.onLine)) event.preventDefault();
      if (!link || !subjects) return;
      go(+new URL(link.href).searchParams.get("omrade") || 0);
    });
    addEventListener("popstate", (event) => subjects && go(event.state ?? 0, false));
    const comment = at("textarea", form);
    typed = !!comment && comment.value !== comment.defaultValue;
    early(all("input[type=radio]", form)).forEach(tapped);
    commit();
    refresh().then(takeSubjects).catch(() => {});
  }

  // Points from a budget: what would overdraw it cannot be chosen.
  const points = at("#points");
  function drawPoints() {
    if (!points) return;
    const { criterion, budget } = points.dataset, boxes = all("fieldset", points);
    const given = boxes.map((box) => mine.values[box.dataset.item]?.[criterion] || 0);
    const left = budget - given.reduce((sum, value) => sum + value, 0);
    boxes.forEach((box, index) => {
      mark(all("input", box), given[index]);
      for (const input of all("input", box)) input.disabled = +input.value > given[index] + left;
    });
    const line = at("#left"), text = fill(line.dataset.left, { left, budget });
    if (line.textContent !== text) line.textContent = text;
  }

  function setUpPoints() {
    const tapOf = (input) => ({
      round: +round, item: input.closest("fieldset").dataset.item, criterion: points.dataset.criterion, value: +input.value,
    });
    const inputs = all("input", points).filter((input) => input.type === "radio"), ahead = early(inputs);
    inputs.filter((input) => input.defaultChecked).forEach((input) => lay(tapOf(input)));
    ahead.forEach((input) => keep(tapOf(input)));
    drawPoints();
    points.addEventListener("change", (event) => {
      keep(tapOf(event.target));
      drawPoints();
    });
    refresh();
  }

  // Open questions.
  function setUpWriting(writing) {
    const field = at("textarea", writing), key = writing.dataset.prompt, list = at("ul", writing.parentElement);
    if (!field.value) field.value = drafts.read()[key] || "";
    field.addEventListener("input", () => drafts.write({ ...drafts.read(), [key]: field.value }));
    writing.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = field.value.trim();
      if (!text) return;
      keep({ prompt: +key, text });
      list.append(Object.assign(document.createElement("li"), { textContent: text }));
      list.previousElementSibling.hidden = false;
      field.value = "";
      drafts.write({ ...drafts.read(), [key]: "" });
      field.focus();
    });
  }

  function showWaiting() {
    for (const { prompt, text } of queue.read()) {
      const list = text && at(`#sporsmal-${prompt} ul`);
      if (!list) continue;
      list.append(Object.assign(document.createElement("li"), { textContent: text }));
      list.previousElementSibling.hidden = false;
    }
  }

  function showDrafts() {
    const held = drafts.read(), lost = Object.keys(held).filter((key) => +key >= 0 && held[key] && !at(`form[data-prompt="${key}"]`));
    if (held.told === stage) return;
    drafts.write({ ...held, told: lost.length ? stage : "" });
    if (!held.told) for (const key of lost) note(fill(words.unsent, { text: held[key] }));
  }

  // The room moves, and the page with it.
  let moving = false;
  async function moved(seq) {
    if (seq <= +stage || moving) return;
    moving = true;
    commit();
    for (let tries = 0; queue.read().length && tries < 15; tries += 1) await pauseOf(100);
    // A hall of phones does not ask for its next page in the same instant.
    await pauseOf(Math.random() * 500);
    leaving = true;
    location.replace(place > 0 ? `${base}?omrade=${place}&runde=${round}` : base);
  }

  let poll;
  function follow() {
    const source = new EventSource(`${base}/folg`);
    source.addEventListener("steg", (event) => moved(+event.data));
    source.addEventListener("svar", refresh);
    source.onopen = () => { clearInterval(poll); poll = 0; send(); };
    source.onerror = () => {
      poll ||= setInterval(ask, 4000 + Math.random() * 2000);
      if (source.readyState === EventSource.CLOSED) setTimeout(follow, 10000 + Math.random() * 5000);
    };
  }

  async function ask() {
    try {
      const answer = await fetch(`${base}/steg`);
      if (answer.status === 403 || answer.status === 404) out();
      if (answer.ok) moved((await answer.json()).stage);
      send();
    } catch { /* the next time */ }
  }

  // The clock counts by the server's time.
  function setUpTimer(timer) {
    const ahead = timer.dataset.now - Date.now();
    const tick = () => {
      const left = Math.round((timer.dataset.ends - Date.now() - ahead) / 1000);
      const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      timer.textContent = left > 0 ? fill(timer.dataset.remaining, { time }) : timer.dataset.over;
    };
    tick();
    setInterval(tick, 1000);
  }

  if (form) setUpItems();
  if (points) setUpPoints();
  all(".write").forEach(setUpWriting);
  showWaiting();
  showDrafts();
  showNotes();
  notes.write([]);
  if (at("#timer")) setUpTimer(at("#timer"));
  if (queue.read().length) { say(); send(); }
  addEventListener("online", () => { pause = 0; send(); });
  addEventListener("offline", say);
  addEventListener("pagehide", commit);
  addEventListener("pageshow", (event) => { if (event.persisted) { ask(); refresh(); } });
  document.addEventListener("visibilitychange", () => { if (document.hidden) commit(); else { ask(); if (form || points) refresh(); } });
  follow();
})();
