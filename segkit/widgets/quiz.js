// Questions that answer back. Python knows the answers, the numbers and the words; this shows what it is told, and remembers in this browser
// what was answered.
//   to Python    {do: "hello", kept: what is remembered} | {do: "answer", value} | {do: "show"} | {do: "again"}
//   from Python  {do: "state", state}; state.kept is what to remember, null where nobody has answered

const SVG = "http://www.w3.org/2000/svg";

/** Where on a scale of `steps` steps something lies, as a percentage; never off the scale. */
export const along = (step, last) => (last > 0 ? Math.min(100, Math.max(0, (100 * step) / last)) : 0);

/** Where a label of some width begins: at its place on the scale, but beside the arrow that would go through it. */
export function clearOf(arrow, at, wide, scale) {
  const left = at - (wide * at) / scale;
  if (arrow < left - 6 || arrow > left + wide + 6) return left;
  return arrow < at ? Math.min(arrow + 8, scale - wide) : Math.max(arrow - 8 - wide, 0);
}

/** What has become of a choice: "right", "wrong", or "" while nobody picked it. */
export function fate(choice, tried) {
  const found = tried.find(([k]) => k === choice);
  return found ? (found[1] ? "right" : "wrong") : "";
}

// --- what this browser remembers: {version: 1, answers: {NAME: …}, guesses: {NAME: …}, pages: {…}}; pages are not ours

const STORE = "segkit/progress";
const record = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value : {});

/** What is in the store; empty where there is nothing, or rubbish. */
export function stored(text) {
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
}

/** What is remembered of one question, if anything. */
export const entry = (store, part, name) => record(store[part])[name] ?? null;

/** The store with something else remembered of one question: null forgets it. */
export function remembering(store, part, name, kept) {
  const entries = { ...record(store[part]) };
  delete entries[name];
  return { ...store, version: 1, [part]: kept ? { ...entries, [name]: kept } : entries };
}

/** Is it remembered already, whenever that was? */
export const same = (found, kept) => JSON.stringify({ ...kept, at: 0 }) === JSON.stringify({ ...found, at: 0 });

function memory(part, name) {
  const read = () => stored(localStorage.getItem(STORE));
  return {
    get() {
      try { return name ? entry(read(), part, name) : null; } catch { return null; } // a browser may refuse its store
    },
    set(kept) {
      if (!name || same(this.get() ?? {}, kept ?? {})) return;
      try {
        const at = new Date().toISOString();
        localStorage.setItem(STORE, JSON.stringify(remembering(read(), part, name, kept && { ...kept, at })));
        document.dispatchEvent(new CustomEvent("segkit:progress"));
      } catch { /* full, or refused: the answer stands on the page all the same */ }
    },
  };
}

// --- the page

/** Tells the page that a widget is there, as soon as it is. */
function here(root, tries = 200) {
  if (root.isConnected) root.dispatchEvent(new CustomEvent("segkit:here", { bubbles: true }));
  else if (tries) setTimeout(() => here(root, tries - 1), 50);
}

// JupyterLab would take arrows and Enter for its own shortcuts; the mark counts on the very thing that has the focus
const own = ["button", "input"];

function make(tag, name, parent, text) {
  const node = document.createElement(tag);
  if (own.includes(tag)) node.setAttribute("data-lm-suppress-shortcuts", "true");
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  if (parent) parent.append(node);
  return node;
}

function mark(parent, verdict) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true", class: "segkit-quiz-mark" }))
    svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", verdict === "right" ? "M3 10.5l5 5L17 5" : "M4.5 4.5l11 11M15.5 4.5l-11 11");
  svg.append(path);
  parent.append(svg);
}

const KINDS = {
  choice(frame, first, send, id) {
    const list = make("ul", "segkit-quiz-choices", frame);
    list.setAttribute("aria-labelledby", id);
    const buttons = first.choices.map((text, k) => {
      const button = make("button", "segkit-quiz-choice", make("li", "", list));
      button.type = "button";
      make("span", "segkit-quiz-slot", button);
      make("span", "", button, text);
      make("span", "segkit-quiz-hidden", button);
      button.addEventListener("click", () => send({ do: "answer", value: k }));
      return button;
    });
    return (state) =>
      buttons.forEach((button, k) => {
        const verdict = fate(k, state.tried);
        button.dataset.verdict = verdict;
        button.setAttribute("aria-pressed", String(state.picked === k));
        button.firstChild.replaceChildren();
        if (verdict) mark(button.firstChild, verdict);
        button.lastChild.textContent = verdict ? ` ${state.words[verdict]}` : "";
      });
  },

  number(frame, first, send, id) {
    const form = make("form", "segkit-quiz-row", frame);
    const label = make("label", "", form, first.words.number);
    const input = make("input", "segkit-quiz-number", form);
    Object.assign(input, { type: "text", inputMode: "decimal", autocomplete: "off", id: `${id}-number` });
    input.setAttribute("aria-describedby", id);
    label.htmlFor = input.id;
    const check = make("button", "segkit-quiz-go", form, first.words.check);
    check.type = "submit";
    const show = make("button", "segkit-quiz-show", form, first.words.show);
    show.type = "button";
    const answer = () => send({ do: "answer", value: input.value });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer();
    });
    // JupyterLab keeps Enter for itself and would let no form be sent by it
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      answer();
    });
    show.addEventListener("click", () => send({ do: "show" }));
    input.value = first.typed;
    return (state) => {
      if (show.hidden !== !state.offer) {
        if (!state.offer && document.activeElement === show) input.focus();
        show.hidden = !state.offer;
      }
      if (!state.typed && !state.offer && !state.said.length) input.value = "";
      else if (!input.value) input.value = state.typed;
      input.setAttribute("aria-invalid", String(state.verdict === "wrong"));
    };
  },

  guess(frame, first, send, id) {
    const last = first.labels.length - 1;
    const row = make("div", "segkit-quiz-guess", frame);
    const head = make("div", "segkit-quiz-row", row);
    const label = make("label", "", head, first.words.slider);
    const output = make("span", "segkit-quiz-value", head);
    const slider = make("input", "segkit-quiz-slider", row);
    Object.assign(slider, { type: "range", min: 0, max: last, step: 1, value: first.guess, id: `${id}-slider` });
    slider.setAttribute("aria-describedby", id);
    label.htmlFor = slider.id;
    const ends = make("div", "segkit-quiz-ends", row);
    for (const [at, text] of first.ends) make("span", "", ends, text).style.left = `${along(at, last)}%`;
    const found = make("div", "segkit-quiz-found", row);
    const go = make("button", "segkit-quiz-go", frame, first.words.commit);
    go.type = "button";
    const name = () => {
      output.textContent = first.labels[slider.value];
      slider.setAttribute("aria-valuetext", first.labels[slider.value]);
    };
    slider.addEventListener("input", name);
    go.addEventListener("click", () => send({ do: "answer", value: Number(slider.value) }));
    let committed = false;
    const keepApart = () => {
      const [yours, truth] = found.children;
      if (!truth || !found.clientWidth) return;
      const text = yours.firstChild;
      const left = clearOf(truth.offsetLeft, yours.offsetLeft, text.offsetWidth, found.clientWidth);
      text.style.transform = `translateX(${left - yours.offsetLeft}px)`;
    };
    new ResizeObserver(keepApart).observe(found);
    return (state) => {
      if (state.committed || committed) slider.value = state.guess;
      committed = state.committed;
      name();
      const focused = document.activeElement === go;
      slider.disabled = go.hidden = state.committed;
      found.replaceChildren();
      for (const [kind, at, text] of state.found) {
        const pin = make("span", `segkit-quiz-pin ${kind}`, found);
        pin.style.left = `${along(at, last)}%`;
        make("span", "", pin, text).style.transform = `translateX(${-along(at, last)}%)`;
      }
      keepApart();
      if (focused && state.committed) frame.querySelector(".segkit-quiz-said").focus();
    };
  },
};

function render({ model, el }) {
  let update = null, answered = false;
  const name = model.get("name"), ident = model.get("ident");
  const kind = ident.split("-", 1)[0];
  const kept = memory(kind === "guess" ? "guesses" : "answers", name);
  const send = (message) => model.send(message);
  const hello = () => send({ do: "hello", kept: kept.get() });
  const hear = (message) => {
    if (message.do !== "state") return;
    const state = message.state;
    update ??= build(state);
    update(state);
    if (state.kept || answered) kept.set(state.kept);
    answered = Boolean(state.kept);
  };
  function build(first) {
    const id = `segkit-quiz-${Math.random().toString(36).slice(2)}`; // a page holds many questions
    el.textContent = "";
    const frame = make("section", "segkit-quiz", el);
    frame.setAttribute("aria-labelledby", id);
    frame.lang = model.get("lang");
    Object.assign(frame.dataset, { segkit: kind, segkitId: ident });
    frame.addEventListener("segkit:reset", () => send({ do: "again" }));
    frame.addEventListener("segkit:resume", hello);
    make("p", "segkit-quiz-question", frame, first.question).id = id;
    const part = KINDS[first.kind](frame, first, send, id);
    const said = make("div", "segkit-quiz-said", frame);
    said.tabIndex = -1;
    setTimeout(() => said.setAttribute("role", "status"), 500); // what was answered on an earlier day is no news
    const foot = make("div", "segkit-quiz-row segkit-quiz-foot", frame);
    const again = make("button", "segkit-quiz-again", foot, first.words.again);
    again.type = "button";
    again.addEventListener("click", () => send({ do: "again" }));
    const note = make("p", "segkit-quiz-note", foot);
    here(frame);
    return (state) => {
      const focused = document.activeElement === again;
      foot.hidden = !state.over;
      note.textContent = state.note;
      said.dataset.verdict = state.verdict;
      said.replaceChildren();
      if (state.verdict && state.words[state.verdict]) {
        const head = make("strong", "", said);
        mark(head, state.verdict);
        make("span", "", head, state.words[state.verdict]);
      }
      for (const text of state.said) make("p", "", said, text);
      part(state);
      if (focused && !state.over) frame.querySelector("button:not([hidden]), input").focus();
    };
  }
  model.on("msg:custom", hear);
  hello();
  return () => model.off("msg:custom", hear);
}

export default { render };
