// Questions that answer back. Python knows the answers, the numbers and the words; this shows what it is told.

const SVG = "http://www.w3.org/2000/svg";

/** Where on a scale of `steps` steps something lies, as a percentage; never off the scale. */
export const along = (step, last) => (last > 0 ? Math.min(100, Math.max(0, (100 * step) / last)) : 0);

/** What has become of a choice: "right", "wrong", or "" while nobody picked it. */
export function fate(choice, tried) {
  const found = tried.find(([k]) => k === choice);
  return found ? (found[1] ? "right" : "wrong") : "";
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
    return (state) => {
      if (state.committed) slider.value = state.guess;
      name();
      const focused = document.activeElement === go;
      slider.disabled = go.hidden = state.committed;
      found.replaceChildren();
      for (const [kind, at, text] of state.found) {
        const pin = make("span", `segkit-quiz-pin ${kind}`, found);
        pin.style.left = `${along(at, last)}%`;
        make("span", "", pin, text).style.transform = `translateX(${-along(at, last)}%)`;
      }
      if (focused && state.committed) frame.querySelector(".segkit-quiz-said").focus();
    };
  },
};

function render({ model, el }) {
  let update = null;
  const send = (message) => model.send(message);
  const hear = (message) => {
    if (message.do !== "state") return;
    const state = message.state;
    update ??= build(state);
    update(state);
  };
  function build(first) {
    const id = `segkit-quiz-${Math.random().toString(36).slice(2)}`; // a page holds many questions
    el.textContent = "";
    const frame = make("section", "segkit-quiz", el);
    frame.setAttribute("aria-labelledby", id);
    make("p", "segkit-quiz-question", frame, first.question).id = id;
    const part = KINDS[first.kind](frame, first, send, id);
    const said = make("div", "segkit-quiz-said", frame);
    said.setAttribute("role", "status");
    said.tabIndex = -1;
    return (state) => {
      said.dataset.verdict = state.verdict;
      said.replaceChildren();
      if (state.verdict && state.words[state.verdict]) {
        const head = make("strong", "", said);
        mark(head, state.verdict);
        make("span", "", head, state.words[state.verdict]);
      }
      for (const text of state.said) make("p", "", said, text);
      part(state);
    };
  }
  model.on("msg:custom", hear);
  send({ do: "hello" });
  return () => model.off("msg:custom", hear);
}

export default { render };
