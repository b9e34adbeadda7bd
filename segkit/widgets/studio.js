// The studio's page: a town to change by hand. Python decides, counts, projects and words everything; this draws it and tells Python
// what was dragged, typed or pressed. No rule of the model and no sentence lives here.
//
// What a reader brings travels by custom messages only and enters the page as text, never as markup.
// The one thing played here without asking is the score of "how segregated": 101 tables that Python has sent beforehand.

// --- pure helpers, tested with bare node ---------------------------------------------------------------------------------------------

/** A sentence from Python with its blanks filled in. */
export function fill(sentence, values) {
  return String(sentence ?? "").replace(/\{(\w+)\}/g, (blank, name) => (name in values ? String(values[name]) : blank));
}

/** Where a key leads from a cell, as in a spreadsheet; null where the key keeps its usual meaning. Row -1 is the heading. */
export function nextCell({ key, shift, row, column, rows, columns, top = 0, start, end, length }) {
  const up = key === "ArrowUp" || (key === "Enter" && shift);
  const down = key === "ArrowDown" || (key === "Enter" && !shift);
  const all = start === 0 && end === length;
  const left = key === "ArrowLeft" && (all || (start === 0 && end === 0));
  const right = key === "ArrowRight" && (all || (start === length && end === length));
  if (!(up || down || left || right)) return null;
  const to = { row: row + (down ? 1 : 0) - (up ? 1 : 0), column: column + (right ? 1 : 0) - (left ? 1 : 0) };
  return { row: Math.min(Math.max(to.row, top), rows - 1), column: Math.min(Math.max(to.column, 0), columns - 1) };
}

/** What still has to be told, with one more: a newer word on the same thing, in the same visit, replaces the older. */
export function remember(waiting, message) {
  const last = waiting[waiting.length - 1];
  const same = last && message.do === "edit" && last.do === "edit" && sameEdit(last.edits[0], message.edits[0]);
  return [...(same ? waiting.slice(0, -1) : waiting), message];
}

function sameEdit(a, b) {
  return Boolean(a.visit) && ["do", "visit", "school", "group"].every((name) => a[name] === b[name]);
}

/** Is a pasted text a block of cells rather than the text of one? */
export function isBlock(text) {
  return /[\t\n\r]/.test(text.replace(/[\r\n]+$/, ""));
}

/** Which undo gesture a key means, if any. */
export function undoKey({ key, ctrlKey, metaKey, shiftKey, altKey }) {
  if (!(ctrlKey || metaKey) || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && !shiftKey ? "redo" : null;
}

/** The outline of a zone: rings of x, y, x, y … as the path of an SVG. */
export function outline(rings) {
  return rings.map((ring) => {
    let path = "";
    for (let i = 0; i + 1 < ring.length; i += 2) path += `${i ? "L" : "M"}${round(ring[i])} ${round(ring[i + 1])}`;
    return path ? `${path}Z` : "";
  }).join("");
}

const round = (value) => Math.round(value * 10) / 10;

/** How far a zone reaches: [left, top, right, bottom]. */
export function reach(rings) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings)
    for (let i = 0; i + 1 < ring.length; i += 2) {
      box[0] = Math.min(box[0], ring[i]);
      box[1] = Math.min(box[1], ring[i + 1]);
      box[2] = Math.max(box[2], ring[i]);
      box[3] = Math.max(box[3], ring[i + 1]);
    }
  return box;
}

/** Does a point lie inside (holes are outside)? */
export function inside(rings, x, y) {
  let within = false;
  for (const ring of rings)
    for (let i = 0, j = ring.length - 2; i + 1 < ring.length; j = i, i += 2) {
      const above = ring[i + 1] > y, other = ring[j + 1] > y;
      if (above !== other && x < ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i]) within = !within;
    }
  return within;
}

const KINDS = ["circle", "square", "triangle", "diamond", "pentagon"];

/** The outline of a school: a shape for each sector, all of the same area as a circle of radius r. */
export function shape(kind, r) {
  const name = KINDS[kind % KINDS.length] ?? KINDS[0];
  if (name === "circle") return `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
  const [corners, wide, turn] = { square: [4, 1.2533, 45], triangle: [3, 1.5551, -90], diamond: [4, 1.2533, 0], pentagon: [5, 1.1494, -90] }[name];
  const points = Array.from({ length: corners }, (_, k) => {
    const angle = ((turn + (360 * k) / corners) * Math.PI) / 180;
    return `${round(r * wide * Math.cos(angle))} ${round(r * wide * Math.sin(angle))}`;
  });
  return `M${points.join("L")}Z`;
}

/** Where the name of a zone covers no dot and stays inside; else where it covers fewest; null where the zone is too narrow. */
export function freeSpot({ rings, box, at }, dots, wide, tall, width = Infinity) {
  if (wide > (box[2] - box[0]) * 1.05) return null;
  let best = null, least = Infinity;
  for (const dy of [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6])
    for (const dx of [0, -0.25, 0.25, -0.5, 0.5]) {
      const x = at[0] + dx * wide, y = at[1] + dy * 1.1 * tall, middle = y - 0.35 * tall;
      const ends = [[-1, -1], [-1, 1], [1, -1], [1, 1]].filter(([h, v]) => !inside(rings, x + (h * wide) / 2, middle + v * 0.45 * tall)).length;
      const covered = dots.filter((dot) => Math.abs(dot.y - middle) < (dot.h ?? dot.r) + 0.55 * tall && Math.abs(dot.x - x) < dot.r + wide / 2).length;
      const beyond = x < wide / 2 - tall || x > width + tall - wide / 2; // it would be cut off
      const astray = !inside(rings, x, middle); // it would seem to be another zone's
      const cost = 40 * beyond + 25 * astray + 12 * covered + 4 * ends + 1.2 * Math.abs(dy) + Math.abs(dx);
      if (cost < least) [best, least] = [[x, y], cost];
    }
  return best;
}

/** The next thing in the direction of an arrow key: near, and rather straight ahead than aside; -1 where there is none. */
export function towards(points, from, key) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
  const at = points[from];
  if (!way || !at) return -1;
  let best = -1, least = Infinity;
  points.forEach((point, k) => {
    if (k === from || !point) return;
    const ahead = (point[0] - at[0]) * way[0] + (point[1] - at[1]) * way[1];
    const aside = Math.abs((point[0] - at[0]) * way[1]) + Math.abs((point[1] - at[1]) * way[0]);
    if (ahead <= 0 || aside > 2 * ahead) return; // the four ways overlap, so nothing is out of reach
    const cost = ahead + 2 * aside;
    if (cost < least) [best, least] = [k, cost];
  });
  return best;
}

/** Where an arrow key takes something that is picked up, within the map. */
export function stepped({ key, shift, x, y, step, far, width, height }) {
  const by = shift ? far : step;
  const way = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[key];
  if (!way) return null;
  return { x: Math.min(Math.max(x + way[0], 0), width), y: Math.min(Math.max(y + way[1], 0), height) };
}

/** A score: 101 tables in one message, read where they lie. */
export function score({ steps, schools, groups, key, ...said }, [counts, shares, classes]) {
  const size = schools.length * groups.length;
  const n = new Uint32Array(bytes(counts), 0, steps * size);
  const percent = new Uint8Array(bytes(shares), 0, steps * schools.length);
  const shade = new Int8Array(bytes(classes), 0, steps * schools.length);
  return {
    key, steps, schools, groups, ...said,
    row: new Map(schools.map((id, k) => [id, k])),
    column: new Map(groups.map((id, k) => [id, k])),
    count: (step, school, group) => n[step * size + school * groups.length + group],
    percent: (step, school) => percent[step * schools.length + school],
    shade: (step, school) => shade[step * schools.length + school],
  };
}

/** Bytes of a message on their own, so that a view of numbers may begin at their start. */
function bytes(view) {
  const start = view.byteOffset ?? 0;
  return (view.buffer ?? view).slice(start, start + view.byteLength);
}

/** Which colour and which pattern a class has: the first of them the palest, the last the darkest. */
export function shadeOf(at, last) {
  const k = last > 0 ? Math.round((Math.min(Math.max(at, 0), last) / last) * (SHADES.length - 1)) : 0;
  return SHADES[k];
}

/** Where a value stands on a bar, in per cent. */
export function along(value, [low, high] = [0, 1]) {
  if (value === null || value === undefined || !Number.isFinite(value) || high <= low) return null;
  return Math.min(Math.max((100 * (value - low)) / (high - low), 0), 100);
}

/** A number read from a text as printed, "0.42", "0,42" or "−0.10"; null for words. */
export function numberIn(text) {
  const found = /^[\s▲▼]*([+−-]?)\s*(\d+(?:[.,]\d+)?)/.exec(String(text ?? ""));
  return found ? Number(found[2].replace(",", ".")) * (found[1] === "−" || found[1] === "-" ? -1 : 1) : null;
}

// --- looks ----------------------------------------------------------------------------------------------------------------------------

const SVG = "http://www.w3.org/2000/svg";
const INK = "#1b1b1b", FOCAL = "#D55E00", PAPER = "#ffffff";
const FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif";
const STRAYS = new WeakSet(); // files dragged beside all studios of the page

// light to dark, and each with a pattern of its own: told apart on a bad projector, in grey and by those who see colours otherwise
const SHADES = [
  { fill: "#fdf3e7", mark: "none" },
  { fill: "#fbdcb9", mark: "dots" },
  { fill: "#f4b57f", mark: "lines" },
  { fill: "#e58741", mark: "dense" },
  { fill: "#c04e00", mark: "cross" },
  { fill: "#7a2f00", mark: "holes" },
];
const NONE = { fill: "#ffffff", mark: "void" };
const WAYS = { up: "▲", down: "▼", same: "" };
const TABS = ["pupils", "schools", "shares", "scenarios", "more", "history"];
// what an edit is made of, in the order in which it is asked for
const MADE_OF = { assign: ["zone", "school"], zone: ["school", "zone"], merge: ["school", "into"], remove: ["school"] };

function make(space, tag, attributes, children) {
  const element = space ? document.createElementNS(space, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
const h = (tag, attributes, ...children) => make(null, tag, attributes, children);
const s = (tag, attributes, ...children) => make(SVG, tag, attributes, children);

// JupyterLab would take arrows and Enter for its own shortcuts; the mark counts on the very thing that has the focus
const OWN = { "data-lm-suppress-shortcuts": "true" };

const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

/** Writes only what differs: the caret, a reading screen reader and the browser's layout are left in peace. */
function write(element, text) {
  if (element.said === text) return;
  element.said = text;
  const only = element.firstChild;
  if (only?.nodeType === 3 && only === element.lastChild) only.data = text ?? "";
  else element.textContent = text;
}
function attribute(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** One child for each item: new ones made, the others written again, what is left over removed. */
function inStep(holder, items, create, rewrite) {
  while (holder.childElementCount > items.length) holder.lastElementChild.remove();
  items.forEach((item, i) => {
    if (!holder.children[i]) holder.append(create(item, i));
    rewrite?.(holder.children[i], item, i);
  });
}

/** One child for each id: what stays keeps its element (and so its focus), whatever comes and goes around it. */
function keyed(holder, known, ids, create, inOrder = true) {
  const wanted = new Set(ids);
  for (const [id, item] of known) if (!wanted.has(id)) item.element.remove(), known.delete(id);
  ids.forEach((id, k) => {
    if (!known.has(id)) known.set(id, create(id));
    const { element } = known.get(id);
    if (element.parentNode !== holder || (inOrder && holder.children[k] !== element)) holder.insertBefore(element, holder.children[k] ?? null);
  });
}

/** The patterns of the classes, as definitions of an SVG; `zoom` map units are one pixel. */
function patterns(prefix, zoom) {
  const each = [...SHADES, NONE].map((shade, k) => {
    const size = 9 * zoom, dark = k >= 4 && shade !== NONE, ink = dark ? "#ffffff" : "#8a3b00", thin = 1.3 * zoom;
    const line = (x1, y1, x2, y2, more) => s("line", { x1, y1, x2, y2, stroke: ink, "stroke-width": thin, ...more });
    const half = size / 2;
    const marks = {
      none: [], dots: [s("circle", { cx: half, cy: half, r: 1.1 * zoom, fill: ink })], lines: [line(0, half, size, half)],
      dense: [line(0, size / 4, size, size / 4), line(0, (3 * size) / 4, size, (3 * size) / 4)],
      cross: [line(0, half, size, half, { "stroke-opacity": 0.75 }), line(half, 0, half, size, { "stroke-opacity": 0.75 })],
      holes: [s("circle", { cx: half, cy: half, r: 1.4 * zoom, fill: ink })],
      void: [line(0, half, size, half, { stroke: "#8a8a84", "stroke-dasharray": `${2 * zoom} ${3 * zoom}` })],
    }[shade.mark];
    return s("pattern", { id: `${prefix}-${shade === NONE ? "none" : k}`, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      s("rect", { width: size, height: size, fill: shade.fill }), ...marks);
  });
  return s("defs", {}, ...each);
}

function filling(prefix, at, last) {
  return at < 0 || at === null || at === undefined ? `url(#${prefix}-none)` : `url(#${prefix}-${SHADES.indexOf(shadeOf(at, last))})`;
}

const ICONS = {
  undo: "M7 2L2 7l5 5V9c4 0 6 1 7 4 0-5-2-8-7-8z", redo: "M9 2l5 5-5 5V9c-4 0-6 1-7 4 0-5 2-8 7-8z", restart: "M8 2a6 6 0 1 0 6 6h-2a4 4 0 1 1-4-4v3l5-4-5-4z",
  save: "M7 1h2v6h3l-4 5-4-5h3zM2 13h12v2H2z", share: "M6 4H3a2.5 2.5 0 0 0 0 8h3v-2H3.5a2 2 0 0 1 0-4H6zm4 0h3a2.500 2.5 0 0 1 0 8h-3v-2h2.500a2 2 0 0 0 0-4H10zM5 7h6v2H5z",
  open: "M1 3h5l2 2h7v8H1zm2 4v4h10V7z", lock: "M4 7V5a4 4 0 0 1 8 0v2h1v8H3V7zm2 0h4V5a2 2 0 0 0-4 0z", add: "M7 2h2v5h5v2H9v5H7V9H2V7h5z", keep: "M3 1h10v14l-5-4-5 4z",
  story: "M1 3c3-1 5-1 7 1 2-2 4-2 7-1v10c-3-1-5-1-7 1-2-2-4-2-7-1zm2 1.5v6.7c1.6-.3 2.9-.1 4 .6V5.200c-1-.9-2.300-1-4-.7zm10 0c-1.700-.3-3-.2-4 .7v6.600c1.100-.7 2.400-.9 4-.6z",
};
const icon = (name) => s("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: "icon" },
  s("path", { d: ICONS[name], fill: "currentColor", "fill-rule": "evenodd" }));

/** Tells the page that a widget is there, as soon as it is. */
function here(root, tries = 200) {
  if (root.isConnected) root.dispatchEvent(new CustomEvent("segkit:here", { bubbles: true }));
  else if (tries) setTimeout(() => here(root, tries - 1), 50);
}

// --- the view -------------------------------------------------------------------------------------------------------------------------

function render({ model, el }) {
  const words = model.get("words") ?? {};
  const word = (key, values) => fill(words[key] ?? key, values ?? {});
  const me = `v${Math.random().toString(36).slice(2)}`;
  const listeners = new AbortController();
  // what listens to the page goes with the view; what listens to an element of ours goes with the element
  const on = (target, event, act) => target.addEventListener(event, act, target === document ? { signal: listeners.signal } : undefined);
  const timers = {};
  const state = {
    town: null, page: null, drawn: -1, visit: 0, tab: "pupils",
    sent: 0, heard: 0, waiting: [], // gestures told, answered, and still to be told
    held: new Map(), // what is being typed or dragged: key → the gesture whose answer it waits for
    score: null, sliding: null, // the step of the score that is shown instead of the page
    file: null, picking: null, picked: null, // an offered file; choosing on the map; a school picked up by key
    width: 0, lastFile: "",
  };
  const zones = new Map(), schools = new Map(); // id → its element and what Python said of it
  let drawing = null, layers = {};

  function button(text, act, attributes = {}, picture = null) {
    const element = h("button", { type: "button", ...OWN, ...attributes }, picture && icon(picture), h("span", {}, text));
    on(element, "click", act);
    return element;
  }

  // -- telling Python

  const visit = () => `${me}:${state.visit}`;

  /** Tell a gesture; `keys` are what must not be drawn over until it is answered. */
  function tell(message, keys = []) {
    state.waiting = remember(state.waiting, { ...message, keys });
    keys.forEach((key) => state.held.set(key, Infinity));
    flush();
  }
  const edit = (one, keys) => tell({ do: "edit", edits: [one] }, keys);

  function flush() {
    while (state.waiting.length && state.sent - state.heard < 2) {
      const { keys, ...message } = state.waiting.shift();
      state.sent += 1;
      keys.forEach((key) => state.held.set(key, state.sent));
      model.send({ ...message, view: me, seq: state.sent });
      expect();
    }
  }

  function expect() {
    clearTimeout(timers.slow);
    clearTimeout(timers.lost);
    timers.slow = setTimeout(() => busy(true), 600);
    timers.lost = setTimeout(() => { state.heard = state.sent; flush(); }, 15000); // an answer lost on the way must not silence the page
  }

  function busy(is) {
    parts.slow.hidden = !is;
    attribute(parts.body, "aria-busy", is ? "true" : null);
  }

  function answered(page) {
    state.heard = Math.max(state.heard, page.heard[me] ?? 0);
    for (const [key, seq] of state.held) if (seq <= state.heard) state.held.delete(key);
    if (state.heard >= state.sent) {
      clearTimeout(timers.slow);
      clearTimeout(timers.lost);
      busy(false);
    }
    flush();
  }

  function hear(message, buffers) {
    if (message.kind === "town") return enter(message);
    if (message.kind === "page") {
      if (!state.town || message.town !== state.town.town || message.version <= state.drawn) return;
      answered(message);
      draw(message);
    }
    if (message.view !== me) return;
    if (message.kind === "score") keepScore(score(message, buffers));
    if (message.kind === "send") sendFile();
    if (message.kind === "save") save(message.name, new Blob([message.text ?? buffers[0]], { type: message.type }));
    if (message.kind === "picture") takePicture(message);
    if (message.kind === "line") {
      state.line = message.code;
      if (parts.shareBox.closest("details").open) showLine(message);
    }
  }

  // -- the frame, built once

  const parts = {};
  frame(parts);
  el.classList.add("segkit-studio-host");
  el.replaceChildren(parts.root);

  function frame(p) {
    p.root = h("section", { class: "segkit-studio", tabindex: "-1", ...OWN, "aria-label": words.title, lang: model.get("lang"), "data-segkit": "studio", "data-segkit-id": model.get("ident") });
    p.placeholder = h("p", { class: "placeholder" }, words.placeholder);
    p.live = h("p", { class: "unseen", role: "status", "aria-live": "polite" });
    p.aside = h("p", { class: "unseen", role: "status", "aria-live": "assertive" }); // what a key has just done on the map
    p.body = h("div", { class: "body", hidden: true }, privateMark(p), bar(p), fileBox(p), main(p));
    p.root.append(p.placeholder, p.body, p.live, p.aside);
    on(p.root, "keydown", keyInRoot);
    on(p.root, "segkit:reset", () => step("restart"));
    on(p.root, "segkit:start", ({ detail }) => beginAt(detail ?? {}));
    on(p.root, "segkit:resume", ({ detail }) => beginAt(detail ?? {}));
    on(p.root, "segkit:keep", ({ detail }) => {
      if (state.town?.own) detail.keep({ own: true });
      else if (state.line) detail.keep({ line: state.line });
    });
    on(p.root, "dragover", (event) => { if (hasFiles(event)) event.preventDefault(), p.root.classList.add("over"); });
    on(p.root, "dragleave", (event) => { if (!p.root.contains(event.relatedTarget)) p.root.classList.remove("over"); });
    on(p.root, "drop", dropped);
  }

  /** Begin as a link says, or as it was before: a whole line, or a town with its seed. */
  function beginAt({ line, town, seed }) {
    if (line) return tell({ do: "open", text: String(line) });
    const name = town ?? (seed && !state.town?.own ? parts.town.select.value : "");
    if (name) tell({ do: "town", name: String(name), seed: /^\d{1,9}$/.test(seed) ? Number(seed) : 1 });
  }

  function choice(name, label, act) {
    const select = h("select", { "data-choice": name, "aria-label": label, ...OWN });
    const element = h("label", { class: "choice", hidden: true }, h("span", {}, label), select);
    on(select, "change", () => act(select.value));
    return { element, select };
  }

  function menu(name, label, picture, ...inner) {
    const element = h("details", { class: "menu", "data-menu": name }, h("summary", { ...OWN }, icon(picture), h("span", {}, label)), h("div", { class: "sheet" }, ...inner));
    on(element, "toggle", () => {
      if (!element.open) return;
      parts.menus.forEach((other) => { if (other !== element) other.open = false; });
      if (name === "share") model.send({ do: "share", view: me });
    });
    return element;
  }

  function bar(p) {
    p.town = choice("town", words.town, (name) => name && tell({ do: "town", name, seed: 1 }));
    p.seed = h("input", { type: "number", min: 1, max: 9999, step: 1, class: "seed", "aria-label": words.seed, ...OWN });
    on(p.seed, "change", () => p.town.select.value && tell({ do: "town", name: p.town.select.value, seed: Math.max(1, Math.round(Number(p.seed.value) || 1)) }));
    p.story = h("p");
    p.storyMenu = menu("story", words.story, "story", p.story);
    p.seedBox = h("label", { class: "choice" }, h("span", {}, words.seed), p.seed);
    p.choices = Object.fromEntries(["year", "level", "grouping", "focal"].map((what) =>
      [what, choice(what, words[what], (value) => tell({ do: "choose", what, value }))]));
    p.file = h("input", { type: "file", accept: ".zip,.xlsx,.csv,.json,.tsv,.txt", hidden: true, "data-do": "file" });
    on(p.file, "change", () => { offer(p.file.files[0]); p.file.value = ""; });
    p.openText = h("input", { type: "text", class: "wide", "aria-label": words.open_label, autocomplete: "off", spellcheck: "false", ...OWN });
    const openLine = () => { if (p.openText.value.trim()) tell({ do: "open", text: p.openText.value }), p.openText.value = "", closeMenus(); };
    on(p.openText, "keydown", (event) => { if (event.key === "Enter") openLine(); });
    p.undo = button(words.undo, () => step("undo"), { class: "quiet named", "data-do": "undo", "aria-keyshortcuts": "Control+Z" }, "undo");
    p.redo = button(words.redo, () => step("redo"), { class: "quiet named", "data-do": "redo", "aria-keyshortcuts": "Control+Y" }, "redo");
    p.restart = button(words.restart, () => step("restart"), { class: "quiet", "data-do": "restart" }, "restart");
    p.downloads = h("div", { class: "stack" });
    p.shareBox = h("div", { class: "stack share-box" });
    p.menus = [p.storyMenu,
      menu("open", words.open_menu, "open",
        h("div", { class: "own-file" }, button(words.own_file, () => p.file.click(), { "data-do": "own file" }), p.file, h("p", { class: "hint" }, words.own_file_hint)),
        h("label", { class: "field" }, h("span", {}, words.open_label), p.openText), button(words.open_go, openLine, { "data-do": "open" })),
      menu("save", words.save_menu, "save", p.downloads),
      menu("share", words.share_menu, "share", p.shareBox),
    ];
    return h("div", { class: "bar" },
      h("div", { class: "choices" }, p.town.element, p.storyMenu, p.seedBox, ...Object.values(p.choices).map((one) => one.element)),
      h("div", { class: "tools" }, h("div", { class: "steps", role: "group", "aria-label": words.history }, p.undo, p.redo, p.restart), status(p), h("div", { class: "menus" }, ...p.menus.slice(1))));
  }

  function status(p) {
    p.said = h("p", { class: "said" });
    p.slow = h("p", { class: "slow", hidden: true, role: "progressbar", "aria-label": words.slow }, h("span", { class: "turning", "aria-hidden": "true" }), words.slow);
    return h("div", { class: "status" }, p.said, p.slow);
  }

  function privateMark(p) {
    p.privateTitle = h("strong");
    p.privateText = h("span");
    p.private = h("div", { class: "private", hidden: true, role: "note" }, icon("lock"), h("p", {}, p.privateTitle, " ", p.privateText),
      button(words.forget, () => tell({ do: "forget" }), { class: "quiet", "data-do": "forget" }));
    return p.private;
  }

  function fileBox(p) {
    p.fileTitle = h("p", { class: "trouble" });
    p.fileFaults = h("ul");
    p.fileNotes = h("ul", { class: "notes" });
    p.fileBox = h("div", { class: "file-box", hidden: true },
      h("div", { role: "alert" }, p.fileTitle, p.fileFaults), p.fileNotes,
      button(words.close, () => { p.fileBox.hidden = true; }, { class: "quiet", "data-do": "close file" }));
    return p.fileBox;
  }

  function main(p) {
    p.side = h("div", { class: "side" }, numbersCard(p), tabs(p));
    p.main = h("div", { class: "main" }, mapCard(p), p.side);
    return p.main;
  }

  // -- the card of the map

  function mapCard(p) {
    p.of = choice("of", words.of, (value) => tell({ do: "choose", what: "of", value }));
    p.map = h("div", { class: "map" });
    p.tip = h("div", { class: "tip", hidden: true, "aria-hidden": "true" });
    p.mapText = h("p", { class: "unseen", id: `${me}-map-text` });
    p.mapWhy = h("p", { class: "hint", hidden: true });
    p.pick = h("p", { class: "pick", hidden: true });
    p.legend = h("div", { class: "legend" });
    p.panelTitle = h("h3");
    p.panelLines = h("ul", { class: "lines" });
    p.actions = h("div", { class: "actions" });
    p.panel = h("div", { class: "panel" }, h("div", { class: "panel-head" }, p.panelTitle,
      (p.unselect = button("✕", clearSelection, { class: "quiet round", "aria-label": words.close, "data-do": "unselect" }))), p.panelLines, p.actions);
    p.follow = h("input", { type: "checkbox", id: `${me}-follow`, "data-do": "follow", "aria-describedby": `${me}-follow-hint`, ...OWN });
    p.followLabel = h("label", { for: `${me}-follow` });
    p.followHint = h("span", { class: "hint", id: `${me}-follow-hint` });
    p.followBox = h("div", { class: "follow", hidden: true }, p.follow, h("p", {}, p.followLabel, " ", p.followHint));
    on(p.follow, "change", () => tell({ do: "choose", what: "follow", value: p.follow.checked ? "on" : "off" }, ["follow"]));
    p.mapCard = h("div", { class: "card map-card" }, p.followBox, h("div", { class: "map-frame" }, p.map, p.tip, p.pick), p.mapText,
      h("div", { class: "key-box" }, h("div", { class: "legend-head" }, (p.legendTitle = h("p", { class: "legend-title" })), p.of.element), p.legend, p.mapWhy), p.panel);
    on(p.map, "pointerdown", grab);
    on(p.map, "pointermove", dragging);
    on(p.map, "pointerup", letGo);
    on(p.map, "pointercancel", () => takeBack());
    p.map.addEventListener("touchmove", (event) => { if (state.drag) event.preventDefault(); }, { passive: false }); // the page stays under the finger
    on(p.map, "click", pressedMap);
    on(p.map, "keydown", keyOnMap);
    on(p.map, "pointerover", (event) => { if (performance.now() - (state.dropped ?? -1e9) > 1500) showTip(event.target); }); // not over what was just dropped
    on(p.map, "pointerleave", () => showTip(null));
    on(p.map, "focusin", (event) => { rove(event.target); showTip(event.target); });
    on(p.map, "focusout", () => { showTip(null); if (state.picked) takeBack(); });
    return p.mapCard;
  }

  // -- the card of the numbers, with the slider

  function numbersCard(p) {
    p.indexHeads = h("tr");
    p.indices = h("tbody");
    p.sentence = h("p", { class: "sentence" });
    p.numbersCard = h("div", { class: "card numbers-card" },
      h("div", { class: "wide", role: "group", "aria-label": words.indices }, h("table", { class: "indices" }, h("caption", { class: "unseen" }, words.indices), h("thead", {}, p.indexHeads), p.indices)), wayBox(p), p.sentence, mixBox(p));
    return p.numbersCard;
  }

  /** How far it is to school: the number that follows a school which moves alone. */
  function wayBox(p) {
    p.wayName = h("p", { class: "way-name" });
    p.ways = h("ul", { class: "ways" });
    p.wayWhy = h("p", { class: "hint", hidden: true });
    p.wayBox = h("div", { class: "way-box", hidden: true }, p.wayName, p.ways, p.wayWhy);
    return p.wayBox;
  }

  function drawWay(way) {
    parts.wayBox.hidden = !way;
    if (!way) return;
    write(parts.wayName, way.name);
    attribute(parts.wayName, "title", way.hint);
    inStep(parts.ways, way.rows, () => h("li", {}, h("span", { class: "who" }), h("span", { class: "now" }), h("span", { class: "change" }, h("span", { class: "way", "aria-hidden": "true" }), h("span", { class: "by" }), h("span", { class: "unseen" }))),
      (item, row) => {
        const [who, now, change] = item.children, moved = row.way !== "same";
        write(who, row.name);
        write(now, row.value);
        change.dataset.way = row.way;
        write(change.children[0], WAYS[row.way] ?? "");
        write(change.children[1], row.change);
        write(change.children[2], moved ? words[row.way] : "");
      });
    write(parts.wayWhy, way.reason);
    parts.wayWhy.hidden = !way.reason;
  }

  function mixBox(p) {
    p.mix = h("input", { type: "range", min: 0, max: 100, step: 1, class: "mix", ...OWN, "data-do": "mix" });
    p.mixLabel = h("label", { class: "mix-label", for: `${me}-mix` });
    p.mix.id = `${me}-mix`;
    p.mixText = h("output", { for: `${me}-mix` });
    p.mixEnds = [0, 1].map(() => h("span", { class: "end", "aria-hidden": "true" }));
    p.mixWhy = h("p", { class: "hint" });
    p.mixBox = h("div", { class: "mix-box" }, h("div", { class: "mix-head" }, p.mixLabel, p.mixText), p.mix, h("div", { class: "ends" }, ...p.mixEnds), p.mixWhy);
    on(p.mix, "pointerenter", askScore);
    on(p.mix, "focus", askScore);
    on(p.mix, "pointerdown", () => { state.visit += 1; });
    on(p.mix, "input", slide);
    on(p.mix, "change", settle);
    return p.mixBox;
  }

  // -- the tabs

  function tabs(p) {
    p.tabs = Object.fromEntries(TABS.map((name) => [name, button(words[`${name}_tab`], () => showTab(name), {
      role: "tab", id: `${me}-tab-${name}`, "aria-controls": `${me}-panel-${name}`, "data-tab": name })]));
    const build = { pupils: pupilsPanel, schools: schoolsPanel, shares: sharesPanel, scenarios: scenariosPanel, more: morePanel, history: historyPanel };
    p.panels = Object.fromEntries(TABS.map((name) => [name, h("div", { role: "tabpanel", id: `${me}-panel-${name}`, "aria-labelledby": `${me}-tab-${name}`, class: `tab-panel ${name}-panel`, hidden: true }, ...build[name](p))]));
    const list = h("div", { role: "tablist", class: "tab-list", "aria-label": words.tabs }, ...TABS.map((name) => p.tabs[name]));
    on(list, "keydown", (event) => {
      const at = TABS.indexOf(state.tab);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: TABS.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      showTab(TABS[(to + TABS.length) % TABS.length]);
      p.tabs[state.tab].focus();
    });
    p.tabCard = h("div", { class: "card tab-card" }, list, ...TABS.map((name) => p.panels[name]));
    return p.tabCard;
  }

  function showTab(name) {
    state.tab = name;
    TABS.forEach((one) => {
      parts.panels[one].hidden = one !== name;
      parts.tabs[one].setAttribute("aria-selected", String(one === name));
      parts.tabs[one].tabIndex = one === name ? 0 : -1;
    });
    if (state.page) drawTab(state.page);
    reachable();
  }

  /** What does not fit and has to be pushed along must be reached by key as well. */
  function reachable() {
    parts.root.querySelectorAll(".wide").forEach((one) =>
      attribute(one, "tabindex", one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1 ? 0 : null));
  }

  /** A table to type in: its body scrolls under its heading, and keys move in it as in a spreadsheet. */
  function sheet(p, name) {
    // the rows are laid out as grids, so that those out of sight cost nothing; the roles say that it is a table all the same
    const caption = h("caption"), head = h("tr", { role: "row" }), body = h("tbody", { role: "rowgroup" }), foot = h("tr", { role: "row" });
    const table = h("table", { class: `sheet-table ${name}`, role: "table" }, caption, h("thead", { role: "rowgroup" }, head), body, h("tfoot", { role: "rowgroup" }, foot));
    on(table, "input", typed);
    on(table, "change", chosen);
    on(table, "keydown", keyInTable);
    on(table, "paste", pasted);
    on(table, "beforeinput", nativeUndo);
    on(table, "focusin", entered);
    on(table, "focusout", left);
    on(table, "click", pressedTable);
    const beside = h("p", { class: "beside", hidden: true }), scroll = h("div", { class: "scroll", tabindex: "-1" }, table, beside);
    const part = (p[name] = { caption, head, body, foot, table, beside, scroll, rows: new Map(), shape: "", top: 0, tall: 0, later: 0 });
    scroll.seenTall = 400; // until it is measured
    scroll.addEventListener("scroll", () => { // passes on what may have been left for later
      part.top = scroll.scrollTop;
      if (state.sliding !== null && state.page) playStep(state.sliding);
    }, { passive: true });
    return scroll;
  }

  function pupilsPanel(p) {
    const scroll = sheet(p, "pupils");
    p.tableWhy = h("p", { class: "hint", hidden: true });
    p.faults = h("ul", { class: "faults", "aria-label": words.faults });
    return [scroll, p.tableWhy, p.faults, h("p", { class: "hint keys" }, words.keys)];
  }

  function schoolsPanel(p) {
    const scroll = sheet(p, "schools");
    p.add = button(words.add_school, addSchool, { "data-do": "add school" }, "add");
    p.faultsToo = h("ul", { class: "faults", "aria-label": words.faults });
    return [scroll, p.faultsToo, h("div", { class: "adders" }, p.add)];
  }

  function sharesPanel(p) {
    p.shares = h("div", { class: "shares" });
    p.sharesKnown = new Map();
    return [p.shares];
  }

  function scenariosPanel(p) {
    p.keepName = h("input", { type: "text", "aria-label": words.keep_name, placeholder: words.keep_name, autocomplete: "off", ...OWN });
    const keep = () => { tell({ do: "keep", name: p.keepName.value }); p.keepName.value = ""; };
    on(p.keepName, "keydown", (event) => { if (event.key === "Enter") keep(); });
    p.scenarioHeads = h("tr");
    p.scenarios = h("tbody");
    p.scenariosKnown = new Map();
    p.left = choice("left", words.compare_left, () => {});
    p.right = choice("right", words.compare_right, () => {});
    p.compare = h("div", { class: "comparison", hidden: true });
    return [
      h("div", { class: "row" }, p.keepName, button(words.keep, keep, { "data-do": "keep" }, "keep")),
      h("div", { class: "scroll wide", role: "group", "aria-label": words.scenarios_tab }, h("table", { class: "scenario-table" }, h("thead", {}, p.scenarioHeads), p.scenarios)),
      h("div", { class: "row" }, p.left.element, p.right.element, button(words.compare_go, () => tell({ do: "compare", left: p.left.select.value, right: p.right.select.value }), { "data-do": "compare" })),
      p.compare,
    ];
  }

  function morePanel(p) {
    p.othersHeads = h("tr");
    p.others = h("tbody");
    p.notes = h("ul", { class: "notes", "aria-label": words.notes });
    return [h("div", { class: "scroll wide", role: "group", "aria-label": words.others }, h("table", { class: "indices others" }, h("caption", { class: "unseen" }, words.others), h("thead", {}, p.othersHeads), p.others)), p.notes];
  }

  function historyPanel(p) {
    p.historyText = h("p");
    p.historyList = h("ol", { class: "history", reversed: true });
    return [p.historyText, h("div", { class: "scroll wide", role: "group", "aria-label": words.history_tab }, p.historyList)];
  }

  // -- a new town

  function enter(message) {
    const first = !state.town;
    state.town = message;
    state.page = null;
    state.drawn = -1;
    state.score = state.sliding = state.picked = null;
    state.held.clear();
    state.waiting = [];
    endPicking();
    parts.placeholder.hidden = true;
    if (first) showTab("pupils");
    parts.private.hidden = !message.private;
    write(parts.privateTitle, message.private?.title ?? "");
    write(parts.privateText, message.private?.text ?? "");
    write(parts.story, message.story ?? "");
    parts.storyMenu.hidden = !message.story;
    drawTowns(message);
    buildMap(message.map);
    parts.main.classList.toggle("no-map", !message.map);
    parts.mapCard.classList.toggle("tall", Boolean(message.map) && message.map.height > 0.85 * message.map.width); // its legend has room beside it
  }

  function drawTowns(message) {
    const own = message.own ? [{ name: "", label: message.name, hint: "" }] : [];
    const current = message.current ?? message.towns.find((one) => one.label === message.name)?.name ?? "";
    options(parts.town.select, [...own, ...message.towns].map((one) => ({ id: one.name, label: one.label, hint: one.hint })), message.own ? "" : current);
    parts.town.element.hidden = false;
    parts.seedBox.hidden = message.own;
    parts.seed.value = message.seed ?? 1;
    parts.root.classList.toggle("own", Boolean(message.own));
  }

  function options(select, list, value) {
    const known = JSON.stringify(list);
    if (select.known !== known) {
      select.known = known;
      select.replaceChildren(...list.map(({ id, label, hint }) => h("option", { value: id, title: hint }, label)));
    }
    if (select.value !== String(value) && document.activeElement !== select) select.value = String(value);
    else if (select.value !== String(value)) select.value = String(value);
  }

  // -- drawing a page

  function draw(page) {
    const first = !state.page;
    const news = state.page && page.version > state.page.version;
    state.page = page;
    state.drawn = page.version;
    parts.body.hidden = false;
    if (state.sliding !== null && !state.held.has("mix") && !state.slidingNow) state.sliding = null; // the step is now the table
    drawBar(page);
    drawStatus(page);
    drawMap(page);
    drawPanel(page.selected);
    drawIndices(page);
    drawMix(page.mix);
    drawTab(page);
    drawFile(page.file);
    if (state.sliding !== null) playStep(state.sliding);
    if (news) announce(page.live);
    clearTimeout(timers.idle);
    timers.idle = setTimeout(() => { askScore(); reachable(); }, 400);
    clearTimeout(timers.line); // where to begin again, should the program behind the page end: asked for in a pause, packing it takes time
    timers.line = setTimeout(() => { if (!state.town?.own && !parts.shareBox.closest("details").open) model.send({ do: "share", view: me }); }, 1500);
    if (first) fitMap();
  }

  function drawBar(page) {
    for (const [what, one] of Object.entries(parts.choices)) {
      one.element.hidden = page.choices[what].length < 2;
      options(one.select, page.choices[what], page.chosen[what]);
    }
    for (const what of ["undo", "redo", "restart"]) {
      const { may, label } = page.history[what];
      attribute(parts[what], "aria-disabled", may ? null : "true"); // not `disabled`: what has the focus keeps it
      write(parts[what].lastElementChild, may && label ? label : words[what]);
      attribute(parts[what], "title", label || words[what]);
    }
    const save = [...page.downloads, { what: "svg", label: words.picture_svg, hint: "" }, { what: "png", label: words.picture_png, hint: "" }];
    inStep(parts.downloads, save.filter((one) => state.town.map || !["svg", "png"].includes(one.what)),
      () => h("div", { class: "download" }, button("", (event) => ask(event.currentTarget.dataset.what)), h("p", { class: "hint" })),
      (item, { what, label, hint }) => {
        item.firstElementChild.dataset.what = what;
        write(item.firstElementChild.lastElementChild, label);
        write(item.lastElementChild, hint ?? "");
        item.lastElementChild.hidden = !hint;
      });
    const share = parts.menus[3];
    write(share.querySelector("summary span"), page.share.label || words.share_menu);
    if (!page.share.may) parts.shareBox.replaceChildren(h("p", { class: "hint" }, page.share.why));
    else if (share.open && state.lineFor !== page.version) model.send({ do: "share", view: me });
  }

  function ask(what) {
    model.send({ do: "download", view: me, what });
    closeMenus();
  }

  function closeMenus() {
    parts.menus.forEach((one) => { one.open = false; });
  }

  function drawStatus(page) {
    write(parts.said, page.said === state.town.story ? "" : page.said); // the story has a place of its own
    attribute(parts.said, "title", page.said || null);
    parts.said.dataset.tone = page.tone ?? "";
  }

  function announce(text) {
    clearTimeout(timers.live);
    timers.live = setTimeout(() => write(parts.live, text ?? ""), 500); // a pause in the typing: nobody wants every digit read out
  }

  // -- the map

  function buildMap(map) {
    zones.clear();
    schools.clear();
    parts.map.replaceChildren();
    drawing = null;
    parts.mapCard.hidden = !map;
    if (!map) return;
    const pad = 14;
    layers = { defs: null, zones: s("g", { role: "group", "aria-label": words.zones_layer }), lines: s("g", { class: "flow-lines", "aria-hidden": "true" }),
      names: s("g", { class: "zone-names", "aria-hidden": "true" }), schools: s("g", { role: "group", "aria-label": words.schools_layer }), furniture: s("g", { "aria-hidden": "true", class: "furniture" }) };
    drawing = s("svg", { viewBox: `${-pad} ${-pad} ${map.width + 2 * pad} ${map.height + 2 * pad}`, role: "group", "aria-label": words.map, "aria-describedby": `${me}-map-text` },
      layers.zones, layers.lines, layers.names, layers.schools, layers.furniture);
    map.zones.forEach((zone, k) => {
      const element = s("path", { class: "zone", "data-zone": zone.id, d: outline(zone.rings), "fill-rule": "evenodd", tabindex: k ? -1 : 0, role: "button", ...OWN });
      const box = reach(zone.rings), at = zone.at ?? [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
      const name = s("text", { class: "zone-name", x: at[0], y: at[1], "text-anchor": "middle" }, zone.name);
      layers.zones.append(element);
      layers.names.append(name);
      zones.set(zone.id, { ...zone, at, element, text: name, box, tip: "" });
    });
    parts.map.append(drawing);
    fitMap();
  }

  /** Letters, lines and the least size of what one grasps are in pixels of the screen, whatever the width of the map. */
  function fitMap() {
    if (!drawing) return;
    const map = state.town.map, matrix = parts.map.clientWidth && drawing.getScreenCTM();
    if (!matrix) return;
    const frame = parts.map.getBoundingClientRect();
    state.at = { x: matrix.e - frame.left, y: matrix.f - frame.top }; // where the map begins in its frame
    const zoom = 1 / matrix.a, letters = Math.round(parseFloat(getComputedStyle(parts.body).fontSize)) * zoom;
    state.zoom = zoom;
    drawing.style.setProperty("--zoom", zoom);
    drawing.style.setProperty("--letters", `${letters}px`);
    layers.defs?.remove();
    layers.defs = patterns(`${me}-class`, zoom);
    drawing.prepend(layers.defs);
    for (const school of schools.values()) sizeSchool(school);
    state.letters = letters;
    placeNames();
    layers.furniture.replaceChildren(scaleBar(map, letters, zoom));
  }

  /** The names of the zones stand where no school does. */
  function placeNames() {
    if (!state.letters) return; // the map has no width yet
    const { scale, width, height } = state.town.map, tall = state.letters;
    const dots = [...schools.values()].map(({ x, y, r }) => ({ x, y, r }));
    dots.push({ x: scale.units / 2, y: height - tall, r: scale.units / 2, h: tall }, { x: width - 12 * state.zoom, y: 1.5 * tall, r: tall, h: 1.5 * tall }); // the scale and the north
    for (const zone of zones.values()) {
      const wide = zone.name.length * state.letters * 0.56, spot = freeSpot(zone, dots, wide, state.letters, width);
      zone.text.style.display = spot ? "" : "none";
      if (!spot) continue;
      dots.push({ x: spot[0], y: spot[1] - 0.35 * state.letters, r: wide / 2, h: state.letters / 2 }); // nor do two names stand on each other
      attribute(zone.text, "x", round(spot[0]));
      attribute(zone.text, "y", round(spot[1]));
    }
  }

  function scaleBar({ scale, north, width, height }, letters, zoom) {
    const y = height - 4 * zoom, x = 6 * zoom;
    const bar = s("path", { d: `M${x} ${y - 6 * zoom}V${y}H${x + scale.units}V${y - 6 * zoom}`, fill: "none", stroke: INK, "stroke-width": 2 * zoom });
    const text = s("text", { x: x + scale.units / 2, y: y - 9 * zoom, "text-anchor": "middle", "font-size": letters, class: "haloed" }, scale.text);
    const up = s("g", { transform: `translate(${width - 12 * zoom} ${30 * zoom})` }, s("path", { d: `M0 ${-26 * zoom}L${7 * zoom} 0L0 ${-6 * zoom}L${-7 * zoom} 0Z`, fill: INK }),
      s("text", { y: 16 * zoom, "text-anchor": "middle", "font-size": letters, class: "haloed" }, north ?? ""));
    return s("g", {}, bar, text, up);
  }

  function drawMap(page) {
    if (!drawing) return;
    const { map, table } = page;
    const last = Math.max(0, ...map.legend.classes.map((one) => one.class));
    state.last = last;
    write(parts.mapText, [map.heads, map.text, words.map_help].filter(Boolean).join(" "));
    parts.of.element.hidden = page.choices.of.length < 2;
    options(parts.of.select, page.choices.of, page.chosen.of);
    drawFollow(page.follow);
    write(parts.mapWhy, map.why ?? "");
    parts.mapWhy.hidden = !map.why || map.why === page.follow?.hint; // said once is enough
    drawing.classList.toggle("still", !map.may_move);
    for (const one of map.zones) {
      const zone = zones.get(one.id);
      if (!zone) continue;
      zone.class = one.class;
      attribute(zone.element, "fill", filling(`${me}-class`, one.class, last));
      zone.tip = one.tip;
      attribute(zone.element, "aria-label", one.tip || zone.name);
      attribute(zone.element, "aria-pressed", String(page.chosen.zone === one.id));
      zone.element.classList.toggle("chosen", page.chosen.zone === one.id);
      zone.element.classList.toggle("moved", Boolean(one.moved));
      zone.text.classList.toggle("chosen", page.chosen.zone === one.id);
    }
    const sector = new Map(table.rows.map((row) => [row.id, row.sector]));
    const kinds = page.choices.sectors.map((one) => one.id);
    const there = map.schools.filter((one) => one.x !== null && one.x !== undefined);
    keyed(layers.schools, schools, there.map((one) => one.id), makeSchool, false);
    there.forEach((one, k) => {
      const school = schools.get(one.id);
      const kind = Math.max(0, kinds.indexOf(sector.get(one.id)));
      const sized = school.r !== one.r || school.kind !== kind;
      Object.assign(school, { r: one.r, kind, tip: one.tip, class: one.class, k });
      if (sized) sizeSchool(school);
      if (!state.held.has(`move:${one.id}`) && state.picked?.id !== one.id) place(school, one.x, one.y);
      paint(school, one.class);
      attribute(school.element, "aria-label", one.tip);
      attribute(school.element, "aria-pressed", String(page.chosen.school === one.id));
      school.element.classList.toggle("chosen", page.chosen.school === one.id);
      school.element.classList.toggle("moved", Boolean(one.moved));
    });
    placeNames();
    if (schools.size && ![...schools.values()].some((one) => one.element.tabIndex === 0)) schools.values().next().value.element.tabIndex = 0;
    inStep(layers.lines, map.lines ?? [], () => s("path", { fill: "none" }), (path, line) => {
      const [x1, y1] = line.from, [x2, y2] = line.to, bend = 0.12;
      attribute(path, "d", `M${x1} ${y1}Q${(x1 + x2) / 2 - (y2 - y1) * bend} ${(y1 + y2) / 2 + (x2 - x1) * bend} ${x2} ${y2}`);
      attribute(path, "stroke-width", line.width);
      path.dataset.tip = line.tip ?? "";
    });
    drawLegend(page, kinds, new Set(table.rows.map((row) => row.sector)));
    if (state.shownTip) showTip(state.shownTip);
  }

  /** Do children follow a school that moves? */
  function drawFollow(follow) {
    parts.followBox.hidden = !follow;
    if (!follow) return;
    parts.follow.disabled = !follow.may;
    if (!state.held.has("follow")) parts.follow.checked = follow.on;
    write(parts.followLabel, follow.label);
    write(parts.followHint, follow.hint);
  }

  function makeSchool(id) {
    const body = s("path", { class: "school-body" }), halo = s("path", { class: "halo" }), hit = s("circle", { class: "hit" }), ring = s("circle", { class: "ring" });
    const element = s("g", { class: "school", "data-school": id, tabindex: -1, role: "button", ...OWN }, ring, hit, halo, body); // the halo parts it from a zone of its own class
    return { id, element, body, halo, hit, ring, x: 0, y: 0, r: 0, kind: 0, tip: "" };
  }

  function sizeSchool(school) {
    const zoom = state.zoom ?? 1, r = Math.max(school.r, 5 * zoom);
    attribute(school.body, "d", shape(school.kind, r));
    attribute(school.halo, "d", shape(school.kind, r));
    attribute(school.hit, "r", Math.max(r + 4 * zoom, 13 * zoom));
    attribute(school.ring, "r", r + 7 * zoom);
    if (school.painted !== undefined) paint(school, school.painted);
  }

  function place(school, x, y) {
    if (school.x === x && school.y === y && school.placed) return;
    Object.assign(school, { x, y, placed: true });
    attribute(school.element, "transform", `translate(${round(x)} ${round(y)})`);
  }

  function paint(school, at) {
    school.painted = at;
    const small = school.r / (state.zoom ?? 1) < 9; // a pattern in so small a thing would only be noise
    attribute(school.body, "fill", small && at >= 0 ? shadeOf(at, state.last).fill : filling(`${me}-class`, at, state.last));
  }

  function drawLegend(page, kinds, there) {
    const { legend } = page.map;
    write(parts.legendTitle, legend.title);
    const sectors = page.choices.sectors.filter((one) => there.has(one.id));
    const known = JSON.stringify([legend, sectors]);
    if (parts.legend.known === known) return;
    parts.legend.known = known;
    const last = Math.max(0, ...legend.classes.map((one) => one.class));
    const swatch = (at) => s("svg", { width: 30, height: 20, "aria-hidden": "true" }, patterns(`${me}-key${at}`, 1), s("rect", { x: 0.5, y: 0.5, width: 29, height: 19, fill: filling(`${me}-key${at}`, at, last), stroke: INK }));
    const sign = (kind) => s("svg", { width: 22, height: 22, viewBox: "-11 -11 22 22", "aria-hidden": "true" }, s("path", { d: shape(kind, 7), fill: "#f4b57f", stroke: "currentColor", "stroke-width": 1.6 }));
    parts.legend.replaceChildren(
      h("ul", {}, ...legend.classes.map((one) => h("li", {}, swatch(one.class), one.text)), legend.none && h("li", {}, swatch(-1), legend.none)),
      sectors.length > 0 && h("ul", { "aria-label": words.legend_shape }, ...sectors.map((one) => h("li", {}, sign(kinds.indexOf(one.id)), one.label)), h("li", { class: "hint" }, words.legend_size)));
  }

  // -- what the pointer and the focus rest on

  const schoolAt = (target) => schools.get(target?.closest?.("[data-school]")?.dataset.school);
  const zoneAt = (target) => zones.get(target?.closest?.("[data-zone]")?.dataset.zone);

  function showTip(target) {
    const thing = schoolAt(target) ?? zoneAt(target);
    const text = thing?.tip || target?.dataset?.tip || "";
    state.shownTip = text ? target : null;
    parts.tip.hidden = !text || Boolean(state.drag?.moved);
    if (!text) return;
    write(parts.tip, text);
    const at = thing?.box ? { x: (thing.box[0] + thing.box[2]) / 2, y: thing.box[1], r: 0 } : thing ?? { x: state.town.map.width / 2, y: 0, r: 0 };
    const zoom = state.zoom ?? 1, corner = state.at ?? { x: 0, y: 0 };
    const left = corner.x + at.x / zoom, top = corner.y + (at.y - (at.r ?? 0)) / zoom - 12;
    const under = top < 90;
    parts.tip.style.left = `${left}px`;
    parts.tip.style.top = `${under ? corner.y + (at.y + (at.r ?? 0)) / zoom + 14 : top}px`;
    parts.tip.dataset.side = under ? "under" : "over";
    parts.tip.dataset.edge = left < 150 ? "left" : left > state.width - 150 ? "right" : "";
  }

  /** Tab goes to the schools and to the zones once; the arrows go on from there. */
  function rove(target) {
    const thing = schoolAt(target) ?? zoneAt(target);
    if (!thing) return;
    for (const other of (schoolAt(target) ? schools : zones).values()) if (other.element.tabIndex === 0) other.element.tabIndex = -1;
    thing.element.tabIndex = 0;
  }

  // -- dragging a school

  function pointOf(event) {
    const matrix = drawing.getScreenCTM().inverse();
    return { x: matrix.a * event.clientX + matrix.c * event.clientY + matrix.e, y: matrix.b * event.clientX + matrix.d * event.clientY + matrix.f };
  }

  function grab(event) {
    const school = schoolAt(event.target);
    if (!school || event.button > 0 || state.picking || !state.page?.map.may_move) return;
    const at = pointOf(event);
    state.drag = { school, pointer: event.pointerId, from: { x: school.x, y: school.y }, off: { x: school.x - at.x, y: school.y - at.y }, start: { x: event.clientX, y: event.clientY }, moved: false };
    parts.map.setPointerCapture?.(event.pointerId);
    school.element.focus({ preventScroll: true });
  }

  function dragging(event) {
    const { drag } = state;
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!drag.moved && Math.hypot(event.clientX - drag.start.x, event.clientY - drag.start.y) < 4) return;
    if (!drag.moved) begin(drag);
    drag.event = event;
    if (drag.frame) return;
    drag.frame = requestAnimationFrame(() => {
      drag.frame = 0;
      if (state.drag !== drag) return;
      const at = pointOf(drag.event), map = state.town.map;
      place(drag.school, clamp(at.x + drag.off.x, 0, map.width), clamp(at.y + drag.off.y, 0, map.height));
      hover(drag.school);
    });
  }

  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

  function begin(drag) {
    drag.moved = true;
    state.held.set(`move:${drag.school.id}`, Infinity);
    drag.school.element.classList.add("held");
    // above the others: they move beneath it, for an element that is moved itself would lose the focus
    while (drag.school.element.nextSibling) layers.schools.insertBefore(drag.school.element.nextSibling, drag.school.element);
    showTip(null); // and it stays away until the pointer rests on something else: the map is what one wants to see now
  }

  /** The zone beneath what is carried is lit. */
  function hover(school) {
    const zone = school && [...zones.values()].find(({ box, rings }) =>
      school.x >= box[0] && school.x <= box[2] && school.y >= box[1] && school.y <= box[3] && inside(rings, school.x, school.y));
    if (state.over === (zone ?? null)) return zone;
    state.over?.element.classList.remove("over");
    zone?.element.classList.add("over");
    state.over = zone ?? null;
    return zone;
  }

  function letGo(event) {
    const { drag } = state;
    if (!drag || event.pointerId !== drag.pointer) return;
    if (drag.frame) cancelAnimationFrame(drag.frame);
    state.drag = null;
    if (!drag.moved) return;
    state.dropped = performance.now(); // the click that follows is none
    const at = pointOf(event), map = state.town.map;
    place(drag.school, clamp(at.x + drag.off.x, 0, map.width), clamp(at.y + drag.off.y, 0, map.height));
    drop(drag.school);
  }

  function drop(school) {
    school.element.classList.remove("held");
    hover(null);
    edit({ do: "move", school: school.id, x: round(school.x), y: round(school.y) }, [`move:${school.id}`]);
  }

  function takeBack() {
    const carried = state.drag ? { school: state.drag.school, from: state.drag.from } : state.picked ? { school: state.picked.school, from: state.picked.from } : null;
    if (state.drag?.frame) cancelAnimationFrame(state.drag.frame);
    state.drag = state.picked = null;
    if (!carried) return;
    state.held.delete(`move:${carried.school.id}`);
    carried.school.element.classList.remove("held");
    place(carried.school, carried.from.x, carried.from.y);
    hover(null);
    say(word("taken_back", { name: nameOf(carried.school.id) }));
  }

  const nameOf = (id) => state.page?.table.rows.find((row) => row.id === id)?.name ?? "";
  const say = (text) => write(parts.aside, parts.aside.said === text ? `${text}\u00a0` : text);

  function pressedMap(event) {
    if (performance.now() - (state.dropped ?? -1e9) < 80) return;
    press(event.target);
  }

  function press(target) {
    const school = schoolAt(target), zone = zoneAt(target);
    if (state.picking) return pickedOnMap(school, zone);
    if (school) tell({ do: "choose", what: "school", value: state.page.chosen.school === school.id ? "" : school.id });
    else if (zone) tell({ do: "choose", what: "zone", value: state.page.chosen.zone === zone.id ? "" : zone.id });
  }

  // -- the same by keys

  function keyOnMap(event) {
    const school = schoolAt(event.target), zone = zoneAt(event.target);
    if ((!school && !zone) || event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (key === "Escape") {
      if (state.drag || state.picked) takeBack();
      else if (state.picking) endPicking();
      else if (!parts.tip.hidden) parts.tip.hidden = true;
      else clearSelection();
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (key === "Enter" || key === " ") {
      event.preventDefault();
      if (state.picked) return dropPicked();
      if (school && state.page.map.may_move && !state.picking) pickUp(school);
      if (school && state.page.chosen.school !== school.id || zone || state.picking) press(event.target);
      return;
    }
    if (state.picked) {
      const { school: carried } = state.picked, map = state.town.map;
      const to = stepped({ key, shift: event.shiftKey, x: carried.x, y: carried.y, step: map.step, far: map.step_far, width: map.width, height: map.height });
      if (!to) return;
      event.preventDefault();
      place(carried, to.x, to.y);
      const over = hover(carried);
      return say(over ? word("over", { zone: over.name }) : words.over_none);
    }
    const things = [...(school ? schools : zones).values()];
    const points = things.map((one) => (school ? [one.x, one.y] : one.at));
    const at = towards(points, things.indexOf(school ?? zone), key);
    if (key.startsWith("Arrow")) event.preventDefault();
    if (at >= 0) things[at].element.focus({ preventScroll: false });
  }

  function pickUp(school) {
    state.picked = { id: school.id, school, from: { x: school.x, y: school.y } };
    state.held.set(`move:${school.id}`, Infinity);
    school.element.classList.add("held");
    say(word("picked", { name: nameOf(school.id) }));
  }

  function dropPicked() {
    const { school, from } = state.picked;
    state.picked = null;
    if (school.x === from.x && school.y === from.y) {
      state.held.delete(`move:${school.id}`);
      school.element.classList.remove("held");
      return say(word("taken_back", { name: nameOf(school.id) }));
    }
    drop(school);
  }

  function clearSelection() {
    if (state.page.chosen.school) tell({ do: "choose", what: "school", value: "" });
    if (state.page.chosen.zone) tell({ do: "choose", what: "zone", value: "" });
  }

  // -- what can be done with what is selected

  /** What an edit still needs before it can be told: "school", "zone" or "into". */
  const lacking = (action) => (MADE_OF[action.do] ?? []).find((name) => action[name] === undefined) ?? null;

  function drawPanel(selected) {
    const none = !selected?.title;
    const everyone = none && state.page.map?.may_assign ? [{ do: "catchments", label: words.catchments }] : [];
    write(parts.panelTitle, none ? words.nothing_selected : selected.title);
    parts.panel.classList.toggle("empty", none);
    parts.unselect.hidden = none;
    inStep(parts.panelLines, selected?.lines ?? [], () => h("li"), write);
    const actions = none ? everyone : selected.actions ?? [];
    const known = JSON.stringify([actions, actions.some(lacking) ? [state.page.table.rows.map((row) => [row.id, row.name]), state.page.choices.zones ?? 0] : 0]);
    if (parts.actions.known === known) return;
    parts.actions.known = known;
    parts.actions.replaceChildren(...actions.map(actionOf));
  }

  function actionOf({ label, hint, ...action }) {
    const lack = lacking(action);
    if (!lack) return button(label, () => edit(action), { "data-do": action.do, title: hint });
    const list = lack === "zone" ? zoneList() : state.page.table.rows.filter((row) => row.id !== action.school).map((row) => ({ id: row.id, label: row.name }));
    const select = h("select", { ...OWN, "aria-label": label }, h("option", { value: "" }, words.choose), ...list.map((one) => h("option", { value: one.id }, one.label)));
    on(select, "change", () => { if (select.value) edit({ ...action, [lack]: select.value }), endPicking(); });
    const pick = state.town.map && button(words.pick, () => startPicking(action, lack), { class: "quiet", "data-do": `pick ${action.do}` });
    return h("div", { class: "action", "data-do": action.do }, h("span", {}, label), select, pick);
  }

  function zoneList() {
    return state.page.choices.zones ?? state.town.map?.zones.map((zone) => ({ id: zone.id, label: zone.name })) ?? [];
  }

  function startPicking(action, lack) {
    state.picking = { action, lack };
    write(parts.pick, lack === "zone" ? words.pick_zone_help : words.pick_help);
    parts.pick.hidden = false;
    parts.map.classList.add("picking");
    say(parts.pick.textContent);
    const first = [...(lack === "zone" ? zones : schools).values()].find((one) => one.element.tabIndex === 0);
    first?.element.focus({ preventScroll: true });
  }

  function pickedOnMap(school, zone) {
    const { action, lack } = state.picking;
    const found = lack === "zone" ? zone?.id : school?.id;
    if (!found) return;
    endPicking();
    edit({ ...action, [lack]: found });
  }

  function endPicking() {
    state.picking = null;
    parts.pick.hidden = true;
    parts.map.classList.remove("picking");
  }

  // -- the numbers

  function drawIndices(page) {
    const heads = page.index_heads;
    inStep(parts.indexHeads, ["index", "value", "change", "expected"], headOf, (th, name) => write(th.firstElementChild, heads[name]));
    inStep(parts.indices, page.indices, indexRow, writeIndex);
    drawWay(page.way);
    write(parts.sentence, page.sentence);
  }

  /** Over the columns of the start and of chance stand their marks on the bars. */
  function headOf(name) {
    const mark = { change: "start", expected: "chance" }[name];
    return h("th", { scope: "col" }, h("span"), mark && h("span", { class: `key ${mark}`, "aria-hidden": "true" }));
  }

  function indexRow() {
    const gauge = h("div", { class: "gauge", "aria-hidden": "true" }, h("span", { class: "fill" }), h("span", { class: "mark start" }), h("span", { class: "mark chance" }));
    return h("tr", {}, h("th", { scope: "row" }, h("span", { class: "index-name" }), h("span", { class: "symbol" }), gauge), h("td", { class: "now" }), h("td", { class: "change" }, h("span", { class: "way", "aria-hidden": "true" }), h("span", { class: "by" }), h("span", { class: "unseen" })), h("td", { class: "expected" }));
  }

  function writeIndex(row, index) {
    const [head, now, change, expected] = row.children;
    const [name, symbol, gauge] = head.children;
    row.dataset.index = index.id;
    write(name, index.name);
    write(symbol, index.symbol === index.name ? "" : index.symbol);
    attribute(head, "title", index.hint);
    write(now, index.value);
    now.dataset.value = index.number ?? "";
    attribute(now, "title", index.reason || null);
    const way = index.change ? index.way : "";
    change.dataset.way = way;
    write(change.children[0], WAYS[way] ?? "");
    write(change.children[1], index.change);
    write(change.children[2], way ? words[way] : "");
    write(expected, index.reason ? "" : index.expected);
    gaugeAt(gauge, index, index.number);
  }

  function gaugeAt(gauge, index, value) {
    const start = index.start_number ?? numberIn(index.start), chance = index.expected_number ?? numberIn(index.expected);
    [value, start, chance].forEach((number, k) => {
      const at = along(number, index.range), part = gauge.children[k];
      part.hidden = at === null;
      if (at !== null) part.style[k ? "left" : "width"] = `${at.toFixed(2)}%`;
    });
  }

  // -- the score of "how segregated"

  function askScore() {
    const mix = state.page?.mix;
    if (!mix?.may || state.score?.key === mix.key || state.asked === mix.key) return;
    state.asked = mix.key;
    model.send({ do: "score", view: me, key: mix.key });
  }

  function keepScore(found) {
    state.score = found;
    if (state.sliding !== null) playStep(state.sliding);
  }

  function drawMix(mix) {
    parts.mixBox.hidden = !mix.may && !mix.why;
    parts.mix.disabled = !mix.may;
    parts.mix.hidden = parts.mixEnds[0].parentElement.hidden = !mix.may;
    write(parts.mixLabel, mix.label || words.how_segregated);
    write(parts.mixWhy, mix.may ? "" : mix.why);
    parts.mixWhy.hidden = mix.may;
    parts.mixEnds.forEach((end, k) => write(end, mix.ends?.[k] ?? ""));
    if (state.sliding !== null) return;
    if (parts.mix.value !== String(mix.at)) parts.mix.value = mix.at;
    mixSays(mix.text);
  }

  function mixSays(text) {
    write(parts.mixText, text);
    attribute(parts.mix, "aria-valuetext", text);
  }

  function slide() {
    askScore();
    state.slidingNow = true;
    state.sliding = Number(parts.mix.value);
    state.held.set("mix", Infinity);
    if (timers.slide) return;
    timers.slide = requestAnimationFrame(() => {
      timers.slide = 0;
      if (state.sliding !== null) playStep(state.sliding);
    });
  }

  /** One step of the score: the table, the map and the numbers as they would be, without asking anybody. */
  function playStep(at) {
    const play = state.score, page = state.page;
    if (!play || play.key !== (state.slidingKey ?? page.mix.key)) return;
    for (const school of schools.values()) {
      const k = play.row.get(school.id);
      if (k !== undefined) paint(school, play.shade(at, k));
    }
    if (state.tab === "pupils") {
      const columns = page.groups.map((group) => play.column.get(group.id));
      const [first, last] = seen(parts.pupils, page.table.rows.length);
      for (const { id } of page.table.rows.slice(first, last)) {
        const k = play.row.get(id), row = parts.pupils.rows.get(id);
        if (k === undefined || !row) continue;
        columns.forEach((column, c) => { if (column !== undefined) value(row.cells[c + 1], String(play.count(at, k, column))); });
        const percent = play.percent(at, k);
        write(row.share, percent === 255 ? play.none : fill(play.share_text, { n: percent }));
      }
    }
    for (const { id, texts } of play.indices) {
      const row = parts.indices.querySelector(`[data-index="${CSS.escape(id)}"]`);
      if (!row) continue;
      const index = page.indices.find((one) => one.id === id);
      write(row.children[1], texts[at]);
      ["", "", ""].forEach((text, k) => write(row.children[2].children[k], text)); // the change is said when the slider is let go
      gaugeAt(row.querySelector(".gauge"), index, numberIn(texts[at]));
    }
    for (const item of parts.ways.children) { // who would come from where is known when it is let go
      write(item.children[1], play.none);
      ["", "", ""].forEach((text, k) => write(item.children[2].children[k], text));
    }
    mixSays(play.texts[at]);
    write(parts.sentence, play.says[at]);
  }

  /** The slider was let go (or a key was pressed: then only when the keys rest). */
  function settle() {
    clearTimeout(timers.settle);
    timers.settle = setTimeout(commit, 180);
  }

  function commit() {
    clearTimeout(timers.settle);
    timers.settle = 0;
    state.slidingNow = false;
    if (state.sliding !== null) edit({ do: "mix", step: Number(parts.mix.value), key: state.page.mix.key, visit: visit() }, ["mix"]);
  }

  // -- the tables

  function drawTab(page) {
    write(parts.tableWhy, page.table.editable ? "" : page.table.why ?? "");
    parts.tableWhy.hidden = page.table.editable || !page.table.why;
    if (state.tab === "pupils") drawPupils(page);
    if (state.tab === "schools") drawSchools(page);
    if (state.tab === "shares") drawShares(page);
    if (state.tab === "scenarios") drawScenarios(page);
    if (state.tab === "more") drawMore(page);
    if (state.tab === "history") drawHistory(page);
    drawFaults(page.table.faults);
  }

  const keyOf = (school, field) => `${field}:${school}`;

  function cell(className, attributes) {
    return h("input", { type: "text", class: `cell ${className}`, autocomplete: "off", spellcheck: "false", ...OWN, ...attributes });
  }

  function drawPupils(page) {
    const { table, groups } = page, part = parts.pupils;
    const shapeNow = JSON.stringify([groups.map((group) => group.id), table.editable]);
    if (part.shape !== shapeNow) {
      part.shape = shapeNow;
      part.rows.clear();
      part.body.replaceChildren();
      part.head.replaceChildren(h("th", { role: "columnheader", class: "corner" }),
        ...groups.map((group, k) => h("th", { role: "columnheader", class: "group" }, h("span", { class: "swatch", "data-mark": group.mark }), cell("group-name", { "data-group": group.id, "data-field": "group", "data-column": k + 1, readonly: !table.editable }))),
        h("th", { role: "columnheader", class: "all" }), h("th", { role: "columnheader", class: "share" }));
      part.table.style.setProperty("--groups", groups.length); // columns of a fixed width: a new number in one cell moves no other
      part.foot.replaceChildren(h("th", { role: "rowheader" }, ""), ...groups.map(() => h("td", { role: "cell" })), h("td", { role: "cell" }), h("td", { role: "cell" }));
    }
    write(part.caption, table.caption);
    write(part.head.firstElementChild, table.heads.school);
    write(part.head.children[groups.length + 1], table.heads.all);
    write(part.head.children[groups.length + 2], table.heads.share);
    groups.forEach((group, k) => {
      const input = part.head.children[k + 1].lastElementChild;
      cellValue(input, group.name, keyOf(group.id, "group"));
      attribute(input, "aria-label", word("group_label", { name: group.name }));
      attribute(input, "title", group.name);
      part.head.children[k + 1].classList.toggle("focal", group.focal);
    });
    keyed(part.body, part.rows, table.rows.map((row) => row.id), (id) => pupilRow(id, page));
    seenFirst(part, table.rows, (row, r) => writePupils(part.rows.get(row.id), row, r, groups, page));
    [table.heads.all, ...table.foot.text, table.foot.all, table.foot.share].forEach((text, k) => write(part.foot.children[k], k ? text : table.foot.label ?? text));
    markFaults(part, table.faults, { "": 0, ...Object.fromEntries(groups.map((group, k) => [group.id, k + 1])), all: groups.length + 1 });
  }

  /** The rows that are seen now, from the first to the one after the last: 0 where nothing has been measured yet. */
  function seen(part, rows) {
    part.tall ||= part.body.rows[0]?.offsetHeight ?? 0;
    if (!part.tall) return [0, rows];
    const first = Math.max(0, Math.floor(part.top / part.tall) - 2);
    return [first, Math.min(rows, first + Math.ceil(part.scroll.seenTall / part.tall) + 4)];
  }

  /** What is seen is written at once, the rest in the next frames: a hundred fields take a browser longer than one frame. */
  function seenFirst(part, rows, writeRow) {
    cancelAnimationFrame(part.later);
    const [first, last] = seen(part, rows.length), focused = document.activeElement?.closest?.("tr");
    const rest = [];
    rows.forEach((row, r) => {
      if ((r >= first && r < last) || part.rows.get(row.id).element === focused) writeRow(row, r);
      else rest.push([row, r]);
    });
    const more = () => {
      rest.splice(0, 10).forEach(([row, r]) => writeRow(row, r));
      part.later = rest.length ? requestAnimationFrame(more) : 0;
    };
    if (rest.length) part.later = requestAnimationFrame(more);
  }

  function pupilRow(id, { groups, table }) {
    const name = cell("name", { "data-school": id, "data-field": "name", "data-column": 0, readonly: !table.editable });
    const cells = [name, ...groups.map((group, k) => cell("count", { inputmode: "numeric", "data-school": id, "data-group": group.id, "data-field": "count", "data-column": k + 1, readonly: !table.editable })),
      cell("count all", { inputmode: "numeric", "data-school": id, "data-field": "roll", "data-column": groups.length + 1, readonly: !table.editable })];
    const share = h("td", { role: "cell", class: "share" });
    const element = h("tr", { role: "row", "data-row-of": id }, h("th", { role: "rowheader" }, name), ...cells.slice(1).map((input) => h("td", { role: "cell" }, input)), share);
    return { element, cells, share };
  }

  function writePupils(item, row, r, groups, page) {
    const { cells, share, element } = item;
    element.dataset.at = r;
    cellValue(cells[0], row.name, keyOf(row.id, "name"));
    label(cells[0], word("name_label", { school: row.name }), row.fresh ? "" : "");
    attribute(cells[0], "title", [row.name, row.note].filter(Boolean).join(" · "));
    groups.forEach((group, k) => {
      const input = cells[k + 1];
      cellValue(input, row.text[k], keyOf(row.id, `count/${group.id}`));
      label(input, word("cell_label", { group: group.name, school: row.name }), row.was[k]);
      input.classList.toggle("hidden-count", Boolean(row.hidden?.[k]));
    });
    const all = cells[cells.length - 1];
    cellValue(all, row.all, keyOf(row.id, "roll"));
    label(all, word("all_label", { school: row.name }), row.all_was);
    write(share, row.share);
    attribute(share, "title", row.share_was ? word("was", { text: row.share_was }) : null);
    element.classList.toggle("fresh", Boolean(row.fresh));
    element.classList.toggle("noted", Boolean(row.note));
    element.classList.toggle("chosen", page.chosen.school === row.id);
  }

  /** What a cell is, and what stood there at the start if that was something else. */
  function label(input, text, was) {
    const before = was ? word("was", { text: was }) : "";
    input.classList.toggle("changed", Boolean(was));
    attribute(input, "aria-label", before ? `${text}, ${before}` : text);
    if (input.dataset.field !== "name" && !input.hasAttribute("aria-invalid")) attribute(input, "title", before || null);
  }

  /** Python's text for a cell, unless something else is being typed there or is on its way. */
  function cellValue(input, text, key) {
    const fault = faultOf(input);
    const wanted = fault ? fault.text : text;
    input.key = key;
    input.pythons = wanted;
    if (state.held.has(key)) return;
    if (document.activeElement === input && input.typedIn === state.visit) return; // "007" stays "007" until one leaves the cell
    value(input, wanted);
  }

  function value(input, text) {
    if (input.value !== text) input.value = text; // an equal text is left alone: the caret stays where it is
  }

  function faultOf(input) {
    const { school, group, field } = input.dataset;
    if (field === "group") return null;
    const at = { count: group, name: "", roll: "all", capacity: "capacity" }[field];
    return state.page.table.faults.find((fault) => fault.school === school && fault.group === at);
  }

  function markFaults(part, faults, columns) {
    part.table.querySelectorAll("[aria-invalid]").forEach((input) => {
      if (faultOf(input)) return;
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      input.parentElement.classList.remove("fault");
    });
    faults.forEach((fault, i) => {
      const column = columns[fault.group], input = part.rows.get(fault.school)?.cells[column];
      if (!input) return;
      attribute(input, "aria-invalid", "true");
      attribute(input, "aria-describedby", `${me}-${state.tab}-fault-${i}`);
      attribute(input, "title", fault.says);
      input.parentElement.classList.add("fault");
    });
    sayBeside(part);
  }

  /** The message of the cell one is in stands beside it. */
  function sayBeside(part) {
    const input = document.activeElement;
    const fault = part.table.contains(input) && input.matches(".cell") ? faultOf(input) : null;
    part.beside.hidden = !fault;
    if (!fault) return;
    write(part.beside, fault.says);
    const at = input.getBoundingClientRect(), around = part.scroll.getBoundingClientRect();
    part.beside.style.top = `${at.bottom - around.top + part.scroll.scrollTop + 3}px`;
    part.beside.style.left = `${Math.max(0, Math.min(at.left - around.left, around.width - 340)) + part.scroll.scrollLeft}px`;
  }

  function drawFaults(faults) {
    const list = state.tab === "schools" ? parts.faultsToo : parts.faults;
    [parts.faults, parts.faultsToo].forEach((one) => { if (one !== list) one.replaceChildren(); });
    inStep(list, faults, () => h("li", {}, h("span", { class: "warn", "aria-hidden": "true" }, "⚠ "), h("span")), (li, fault, i) => {
      li.id = `${me}-${state.tab}-fault-${i}`;
      write(li.lastElementChild, fault.says);
    });
  }

  function drawSchools(page) {
    const { table } = page, part = parts.schools;
    const shapeNow = String(table.editable);
    if (part.shape !== shapeNow) {
      part.shape = shapeNow;
      part.rows.clear();
      part.body.replaceChildren();
      part.head.replaceChildren(...["school", "sector", "zone", "capacity", "all", "tools"].map((name) => h("th", { role: "columnheader", class: name }, name === "tools" ? h("span", { class: "unseen" }, words.remove) : "")));
    }
    write(part.caption, table.caption);
    ["school", "sector", "zone", "capacity", "all"].forEach((name, k) => write(part.head.children[k], table.heads[name]));
    keyed(part.body, part.rows, table.rows.map((row) => row.id), (id) => schoolRow(id, table));
    const known = zoneList();
    seenFirst(part, table.rows, (row, r) => writeSchool(part.rows.get(row.id), row, r, page, known));
    parts.add.disabled = !table.editable;
    markFaults(part, table.faults, { "": 0, capacity: 1 });
  }

  function schoolRow(id, table) {
    const name = cell("name", { "data-school": id, "data-field": "name", "data-column": 0, readonly: !table.editable });
    const capacity = cell("count", { inputmode: "numeric", "data-school": id, "data-field": "capacity", "data-column": 1, readonly: !table.editable });
    const sector = h("select", { "data-school": id, "data-field": "sector", ...OWN, disabled: !table.editable });
    const zone = h("select", { "data-school": id, "data-field": "zone", ...OWN, disabled: !table.editable });
    const all = h("td", { role: "cell", class: "derived" });
    const remove = h("button", { type: "button", class: "remove", "data-remove": id, ...OWN, disabled: !table.editable }, "✕");
    const element = h("tr", { role: "row", "data-row-of": id }, h("th", { role: "rowheader" }, name), h("td", { role: "cell" }, sector), h("td", { role: "cell" }, zone), h("td", { role: "cell" }, capacity), all, h("td", { role: "cell", class: "tools" }, remove));
    return { element, cells: [name, capacity], sector, zone, all, remove };
  }

  function writeSchool(item, row, r, page, known) {
    item.element.dataset.at = r;
    cellValue(item.cells[0], row.name, keyOf(row.id, "name"));
    label(item.cells[0], word("name_label", { school: row.name }), "");
    attribute(item.cells[0], "title", [row.name, row.note].filter(Boolean).join(" · "));
    cellValue(item.cells[1], row.capacity, keyOf(row.id, "capacity"));
    label(item.cells[1], word("capacity_label", { school: row.name }), row.capacity_was ?? "");
    options(item.sector, page.choices.sectors, row.sector);
    attribute(item.sector, "aria-label", word("sector_label", { school: row.name }));
    const list = row.zone && known.some((one) => one.id === row.zone) ? known : [{ id: row.zone, label: row.zone_name }, ...known];
    options(item.zone, list, row.zone);
    attribute(item.zone, "aria-label", word("zone_label", { school: row.name }));
    write(item.all, row.all);
    attribute(item.remove, "aria-label", `${words.remove}: ${row.name}`);
    item.element.classList.toggle("fresh", Boolean(row.fresh));
    item.element.classList.toggle("noted", Boolean(row.note));
    item.element.classList.toggle("chosen", page.chosen.school === row.id);
  }

  function addSchool() {
    const zone = zones.get(state.page.chosen.zone), map = state.town.map;
    const [x, y] = zone ? zone.at : map ? [map.width / 2, map.height / 2] : [null, null];
    edit({ do: "add", x, y });
  }

  // gestures in the tables

  function partOf(target) {
    return parts.pupils.table.contains(target) ? parts.pupils : parts.schools;
  }

  function entered(event) {
    if (!event.target.matches(".cell, select")) return;
    state.visit += 1;
    const input = event.target;
    input.before = input.value;
    if (input.matches(".count")) input.select();
    state.entered = input;
    sayBeside(partOf(input));
  }

  function left(event) {
    const input = event.target;
    if (!input.matches(".cell")) return;
    input.typedIn = null;
    if (input.pythons !== undefined && !state.held.has(input.key)) value(input, input.pythons);
    partOf(input).beside.hidden = true;
  }

  function typed(event) {
    const input = event.target;
    if (!input.matches(".cell")) return;
    const { school, group, field } = input.dataset;
    input.typedIn = state.visit;
    const one = { count: { do: "count", school, group }, name: { do: "name", school }, roll: { do: "roll", school }, capacity: { do: "capacity", school }, group: { do: "group", group } }[field];
    edit({ ...one, text: input.value, visit: visit() }, [input.key]);
  }

  function chosen(event) {
    const { school, field } = event.target.dataset;
    if (field === "sector") edit({ do: "sector", school, value: event.target.value });
    if (field === "zone") edit({ do: "zone", school, zone: event.target.value });
  }

  function pressedTable(event) {
    const input = event.target;
    if (input === state.entered && input.matches(".count") && input.selectionStart === input.selectionEnd) input.select();
    state.entered = null;
    const gone = input.closest("[data-remove]")?.dataset.remove;
    if (!gone) return;
    const row = input.closest("tr"), beside = row.nextElementSibling ?? row.previousElementSibling;
    beside?.querySelector(".cell")?.focus();
    edit({ do: "remove", school: gone });
  }

  function rowsOf(part) {
    return [...part.body.rows].map((row) => part.rows.get(row.dataset.rowOf).cells);
  }

  function keyInTable(event) {
    const input = event.target, part = partOf(input);
    if (!input.matches(".cell") || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (input.before !== undefined && input.value !== input.before) {
        input.value = input.before;
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }
      event.stopPropagation();
      return event.preventDefault();
    }
    const rows = rowsOf(part), heading = [...part.head.querySelectorAll(".cell")];
    const row = input.dataset.field === "group" ? -1 : rows.findIndex((cells) => cells.includes(input));
    const to = nextCell({ key: event.key, shift: event.shiftKey, row, column: Number(input.dataset.column), rows: rows.length, columns: rows[0]?.length ?? 1,
      top: heading.some((one) => one.dataset.column === input.dataset.column) ? -1 : 0, start: input.selectionStart, end: input.selectionEnd, length: input.value.length });
    if (!to) return;
    event.preventDefault();
    const goal = to.row === -1 ? heading.find((one) => Number(one.dataset.column) === to.column) : rows[to.row]?.[to.column];
    goal?.focus();
    goal?.select();
    goal?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function nativeUndo(event) {
    const what = { historyUndo: "undo", historyRedo: "redo" }[event.inputType];
    if (!what) return;
    event.preventDefault();
    step(what);
  }

  function step(what) {
    if (timers.settle) commit(); // what the slider shows is a change as well, and it comes first
    else if (!state.page?.history[what].may) return;
    state.visit += 1; // what was typed before is no longer being typed
    tell({ do: what });
  }

  function keyInRoot(event) {
    if (event.key === "Escape") {
      const open = parts.menus.find((one) => one.open);
      if (open) open.open = false, open.querySelector("summary").focus(), event.stopPropagation();
      else if (state.picking) endPicking();
      return;
    }
    const what = undoKey(event);
    if (!what || event.target.matches("select, input[type=text]:not(.cell), input[type=number]")) return;
    event.preventDefault();
    step(what);
  }

  function pasted(event) {
    const input = event.target, text = event.clipboardData?.getData("text/plain") ?? "";
    if (!input.matches(".cell") || input.readOnly || !isBlock(text)) return;
    event.preventDefault();
    const { school = "", group = "", field } = input.dataset;
    state.visit += 1;
    if (field === "roll" || field === "capacity") { // one column, one edit a row, one step
      const rows = state.page.table.rows.map((row) => row.id), from = rows.indexOf(school);
      const cells = text.replace(/[\r\n]+$/, "").split(/\r\n|\n|\r/).map((line) => line.split("\t")[0]);
      return tell({ do: "edit", edits: cells.slice(0, rows.length - from).map((one, k) => ({ do: field, school: rows[from + k], text: one })) });
    }
    edit({ do: "paste", school, group, text });
  }

  // -- the groups: how large each is, and how they are split and joined

  function drawShares(page) {
    keyed(parts.shares, parts.sharesKnown, page.shares.map((share) => share.group), (id) => shareRow(id));
    page.shares.forEach((share) => writeShare(parts.sharesKnown.get(share.group), share, page));
  }

  function shareRow(group) {
    const id = `${me}-share-${Math.random().toString(36).slice(2)}`;
    const swatch = h("span", { class: "swatch" }), name = h("label", { for: id }), text = h("output", { for: id });
    const slider = h("input", { type: "range", id, ...OWN, "data-share": group });
    const begin = () => { state.visit += 1; };
    on(slider, "pointerdown", begin);
    on(slider, "focus", begin);
    on(slider, "input", () => edit({ do: "share", group, percent: Number(slider.value), visit: visit() }, [`share:${group}`]));
    const more = h("details", { class: "more-of-group" }, h("summary", { ...OWN }), h("div", { class: "forms" }));
    on(more, "toggle", () => { if (more.open) groupForms(more, group); });
    return { element: h("div", { class: "share-row", "data-group": group }, h("div", { class: "share-head" }, swatch, name, text), slider, more), swatch, name, text, slider, more };
  }

  function writeShare(row, share, page) {
    const group = page.groups.find((one) => one.id === share.group);
    attribute(row.swatch, "data-mark", group?.mark ?? 0);
    write(row.name, share.name);
    write(row.text, share.text);
    const { slider } = row;
    for (const name of ["min", "max", "step"]) if (slider[name] !== String(share[name])) slider[name] = share[name];
    attribute(slider, "aria-valuetext", share.text);
    if (!state.held.has(`share:${share.group}`) && Number(slider.value) !== share.percent) slider.value = share.percent;
    write(row.more.firstElementChild, `${word("split_title", { name: share.name })} · ${word("join_title", { name: share.name })}`);
    if (row.more.open && row.more.groups !== page.groups.map((one) => one.name).join("\n")) groupForms(row.more, share.group);
  }

  function groupForms(more, group) {
    const page = state.page, name = page.groups.find((one) => one.id === group)?.name ?? "";
    more.groups = page.groups.map((one) => one.name).join("\n");
    const field = (text, control) => h("label", { class: "field" }, h("span", {}, text), control);
    const first = h("input", { type: "text", autocomplete: "off", ...OWN }), second = h("input", { type: "text", autocomplete: "off", ...OWN });
    const percent = h("input", { type: "number", min: 1, max: 99, step: 1, value: 50, ...OWN });
    const rule = h("select", { ...OWN }, ...page.choices.rules.map((one) => h("option", { value: one.id }, one.label)));
    const split = h("div", { class: "form", role: "group", "aria-label": word("split_title", { name }) },
      field(words.split_first, first), field(words.split_second, second), field(words.split_percent, percent), field(words.split_rule, rule),
      button(words.split_go, () => edit({ do: "split", group, text: [first.value, second.value], percent: Number(percent.value), rule: rule.value }), { "data-do": "split" }));
    const other = h("select", { ...OWN }, ...page.groups.filter((one) => one.id !== group).map((one) => h("option", { value: one.id }, one.name)));
    const joined = h("input", { type: "text", autocomplete: "off", ...OWN });
    const join = h("div", { class: "form", role: "group", "aria-label": word("join_title", { name }) },
      field(words.join_with, other), field(words.join_name, joined),
      button(words.join_go, () => edit({ do: "join", groups: [group, other.value], text: joined.value }), { "data-do": "join" }));
    more.lastElementChild.replaceChildren(split, ...(page.groups.length > 2 ? [join] : []));
  }

  // -- scenarios

  function drawScenarios(page) {
    inStep(parts.scenarioHeads, page.scenario_heads, () => h("th", { scope: "col" }), write);
    keyed(parts.scenarios, parts.scenariosKnown, page.scenarios.map((one) => one.id), scenarioRow);
    page.scenarios.forEach((one) => writeScenario(parts.scenariosKnown.get(one.id), one));
    const list = page.scenarios.map((one) => ({ id: one.id, label: one.name }));
    const ids = list.map((one) => one.id);
    const keep = (select, usual) => (ids.includes(select.value) && select.touched ? select.value : usual);
    for (const [one, usual] of [[parts.left, "start"], [parts.right, "now"]]) {
      one.element.hidden = false;
      options(one.select, list, keep(one.select, usual));
      one.select.onchange ??= () => { one.select.touched = true; };
    }
    drawCompare(page.compare);
  }

  function scenarioRow(id) {
    const fixed = id === "start" || id === "now";
    const name = fixed ? h("span") : h("input", { type: "text", class: "cell name", autocomplete: "off", ...OWN });
    if (!fixed) on(name, "change", () => tell({ do: "rename", id, name: name.value }));
    const text = h("p", { class: "hint" });
    const back = id === "now" ? null : button(words.back, () => tell({ do: "back", id }), { class: "quiet", "data-do": "back" });
    const drop = fixed ? null : button(words.drop, () => tell({ do: "drop", id }), { class: "quiet", "data-do": "drop" });
    return { element: h("tr", { "data-scenario": id }, h("th", { scope: "row" }, name, text), h("td", { class: "tools" }, back, drop)), name, text, back, drop, values: [] };
  }

  function writeScenario(row, one) {
    if (row.name.tagName === "INPUT") {
      if (document.activeElement !== row.name) value(row.name, one.name);
      attribute(row.name, "aria-label", word("rename_label", { name: one.name }));
    } else write(row.name, one.name);
    write(row.text, one.text ?? "");
    const { element } = row, tools = element.lastElementChild;
    while (element.children.length - 2 > one.values.length) element.children[1].remove();
    while (element.children.length - 2 < one.values.length) element.insertBefore(h("td", { class: "now" }), tools);
    one.values.forEach((text, k) => write(element.children[k + 1], text));
    if (row.back) attribute(row.back, "aria-label", word("back_label", { name: one.name }));
    if (row.drop) attribute(row.drop, "aria-label", word("drop_label", { name: one.name }));
  }

  function drawCompare(compare) {
    parts.compare.hidden = !compare;
    const known = JSON.stringify(compare);
    if (parts.compare.known === known) return;
    parts.compare.known = known;
    parts.compare.replaceChildren();
    if (!compare) return;
    const bars = (numbers, range) => numbers && h("div", { class: "two-bars", "aria-hidden": "true" }, ...numbers.map((number, k) => {
      const at = along(number, range);
      return h("span", { class: k ? "after" : "before", style: `width:${(at ?? 0).toFixed(2)}%` });
    }));
    const body = compare.rows.map((row, k) => {
      const numbers = compare.numbers ? compare.numbers[k] : row.slice(1, 3).map(numberIn);
      const shown = numbers && numbers.every((number) => number !== null);
      return h("tr", {}, h("th", { scope: "row" }, row[0], shown && bars(numbers, [0, Math.max(1, ...numbers)])), ...row.slice(1).map((text) => h("td", {}, text)));
    });
    const table = (heads, rows, className) => h("div", { class: "scroll" }, h("table", { class: className }, h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, ...rows)));
    parts.compare.append(
      h("div", { class: "panel-head" }, h("h3", {}, compare.title), button("✕", () => tell({ do: "compare", left: "", right: "" }), { class: "quiet round", "aria-label": words.close, "data-do": "close comparison" })),
      h("p", {}, compare.sentence),
      ...(compare.maps && state.town.map ? [h("div", { class: "two-maps" }, ...compare.maps.map((one, k) => h("figure", {}, smallMap(one, `${me}-small${k}`), h("figcaption", {}, compare.heads[k + 1]))))] : []),
      table(compare.heads, body, "indices comparison-table"));
    if (compare.tables) parts.compare.append(table(compare.tables.heads, compare.tables.rows.map((row) => h("tr", {}, ...row.map((text, k) => h(k ? "td" : "th", { scope: k ? false : "row" }, text)))), "differences"));
    if (compare.notice) parts.compare.append(h("p", { class: "hint" }, compare.notice));
  }

  /** The map once more, as a still picture: outlines, classes and shapes, and nothing else. */
  function smallMap({ schools: those, zones: areas }, prefix, zoom = 3) {
    const { map } = state.town, { last } = state;
    const at = new Map(areas.map((zone) => [zone.id, zone.class]));
    const kinds = new Map([...schools.values()].map((one) => [one.id, one.kind]));
    const sectors = state.page.choices.sectors.map((one) => one.id);
    return s("svg", { viewBox: `-14 -14 ${map.width + 28} ${map.height + 28}`, "aria-hidden": "true" }, patterns(prefix, zoom),
      ...map.zones.map((zone) => s("path", { d: outline(zone.rings), "fill-rule": "evenodd", fill: filling(prefix, at.get(zone.id) ?? -1, last), stroke: INK, "stroke-width": 1.2 * zoom })),
      ...those.filter((one) => one.x !== null && one.x !== undefined).map((one) => {
        const d = shape(one.sector ? Math.max(0, sectors.indexOf(one.sector)) : kinds.get(one.id) ?? 0, Math.max(one.r, 4 * zoom));
        return s("g", { transform: `translate(${round(one.x)} ${round(one.y)})` }, s("path", { d, fill: "none", stroke: PAPER, "stroke-width": 5 * zoom }),
          s("path", { d, fill: filling(prefix, one.class, last), stroke: INK, "stroke-width": 1.6 * zoom }));
      }));
  }

  // -- the other numbers, and what has been changed

  function drawMore(page) {
    const heads = page.index_heads;
    inStep(parts.othersHeads, ["index", "value", "change", "expected"], headOf, (th, name) => write(th.firstElementChild, heads[name]));
    inStep(parts.others, page.others, indexRow, writeIndex);
    inStep(parts.notes, page.notes ?? [], () => h("li"), write);
  }

  function drawHistory(page) {
    write(parts.historyText, page.history.text ?? "");
    inStep(parts.historyList, page.history.list ?? [], () => h("li"), write);
  }

  // -- the reader's own file: Python first says whether it may come, then its bytes go over as they are

  function offer(file) {
    if (!file) return;
    state.file = file;
    closeMenus();
    write(parts.said, word("reading", { name: file.name }));
    state.sent += 1;
    model.send({ do: "offer", view: me, seq: state.sent, name: file.name, size: file.size });
    expect();
  }

  async function sendFile() {
    const { file } = state;
    if (!file) return;
    state.file = null;
    state.sent += 1;
    const data = await file.arrayBuffer();
    model.send({ do: "file", view: me, seq: state.sent, name: file.name }, undefined, [data]);
    expect();
  }

  function dropped(event) {
    if (!hasFiles(event)) return;
    event.preventDefault();
    parts.root.classList.remove("over");
    offer(event.dataTransfer.files[0]);
  }

  /** A file dropped beside the studio would make the browser leave the page; where it belongs is said instead. */
  function strayFile(event) {
    const taken = event.defaultPrevented && !STRAYS.has(event); // by another part of the page, not another studio
    if (taken || parts.root.contains(event.target) || !hasFiles(event)) return;
    event.preventDefault();
    STRAYS.add(event);
    if (event.type !== "drop") return;
    write(parts.said, words.drop_here);
    announce(words.drop_here);
  }

  function drawFile(file) {
    const known = JSON.stringify(file ?? null);
    if (state.lastFile === known) return; // an alert is read out once, and what was closed stays closed
    state.lastFile = known;
    const faults = file?.faults ?? [], notes = file?.notes ?? [];
    parts.fileBox.hidden = !(file?.trouble || faults.length || notes.length);
    parts.fileBox.classList.toggle("bad", Boolean(file?.trouble || faults.length));
    write(parts.fileTitle, file?.trouble ?? "");
    parts.fileTitle.hidden = !file?.trouble;
    parts.fileFaults.replaceChildren(...faults.map((text) => h("li", {}, text)));
    parts.fileNotes.replaceChildren(...notes.map((text) => h("li", {}, text)));
  }

  // -- what may be taken home

  function save(name, blob) {
    const link = h("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function showLine({ code, link, says }) {
    state.lineFor = state.page?.version;
    const line = (name, text) => {
      const field = h("textarea", { readonly: true, rows: name === "code" ? 4 : 2, "aria-label": words[`share_${name}`], spellcheck: "false", ...OWN });
      field.value = text;
      const copy = button(words.copy, async () => {
        field.select();
        try {
          await navigator.clipboard.writeText(text);
        } catch { // not every page may; what is selected can be copied by key
          document.execCommand?.("copy");
        }
        write(copy.lastElementChild, words.copied);
        clearTimeout(timers.copied);
        timers.copied = setTimeout(() => write(copy.lastElementChild, words.copy), 2000);
      }, { class: "quiet", "data-do": `copy ${name}` });
      return h("label", { class: "field" }, h("span", {}, words[`share_${name}`]), field, copy);
    };
    parts.shareBox.replaceChildren(...[code && line("code", code), link && line("link", link), says && h("p", { class: "hint" }, says)].filter(Boolean));
  }

  /** The picture of the map, drawn anew from what Python says may leave: no ids, no tips, nothing that is not seen. */
  function pictureOf({ title, lines, legend, schools: those, zones: areas }) {
    const { map } = state.town, prefix = "class", zoom = 1.1, letters = 22, wide = map.width + 28;
    const last = Math.max(0, ...legend.classes.map((one) => one.class));
    const kept = { last: state.last };
    state.last = last;
    const page = state.page, sectors = page.choices.sectors.filter((one) => page.table.rows.some((row) => row.sector === one.id));
    const kinds = page.choices.sectors.map((one) => one.id);
    const where = new Map(page.map.schools.map((one) => [one.id, one])), sector = new Map(page.table.rows.map((row) => [row.id, row.sector]));
    const drawn = smallMap({ zones: areas, schools: those.map((one) => ({ x: where.get(one.id)?.x, y: where.get(one.id)?.y, sector: sector.get(one.id), ...one })) }, prefix, zoom);
    state.last = kept.last;
    const out = s("svg", { xmlns: SVG, "font-family": FONT, fill: INK, "font-size": letters }), text = (x, y, said, more) => s("text", { x, y, ...more }, said);
    let y = 44;
    const inner = s("g", { transform: `translate(14 ${y + 30})` });
    const dots = those.map((one) => ({ x: where.get(one.id)?.x, y: where.get(one.id)?.y, ...one }));
    const names = map.zones.map((zone) => ({ name: zone.name, at: freeSpot(zones.get(zone.id), dots, zone.name.length * letters * 0.48, letters, map.width) })).filter((one) => one.at)
      .map(({ name, at }) => text(at[0], at[1], name, { "text-anchor": "middle", "font-size": letters * 0.85, "paint-order": "stroke", stroke: PAPER, "stroke-width": 5, "stroke-linejoin": "round" }));
    const [defs, ...marks] = [...drawn.children];
    const areasDrawn = marks.slice(0, map.zones.length), schoolsDrawn = marks.slice(map.zones.length);
    const bar = map.scale && s("g", {}, s("path", { d: `M6 ${map.height - 12}V${map.height - 5}H${6 + map.scale.units}V${map.height - 12}`, fill: "none", stroke: INK, "stroke-width": 2.5 }),
      text(6 + map.scale.units / 2, map.height - 18, map.scale.text, { "text-anchor": "middle", "font-size": letters * 0.85, "paint-order": "stroke", stroke: PAPER, "stroke-width": 5 }));
    inner.append(...areasDrawn, ...names, ...schoolsDrawn, ...(bar ? [bar] : []));
    y += 30 + map.height + 44;
    const legends = s("g", {});
    legends.append(text(14, y, legend.title, { "font-weight": 600 }));
    let x = 14;
    y += 34;
    const entry = (said, sign) => {
      const room = 44 + said.length * letters * 0.52 + 26;
      if (x + room > wide && x > 14) x = 14, y += 36;
      legends.append(s("g", { transform: `translate(${x} ${y - 17})` }, sign), text(x + 44, y, said));
      x += room;
    };
    legend.classes.forEach((one) => entry(one.text, s("rect", { width: 34, height: 22, fill: filling(prefix, one.class, last), stroke: INK })));
    if (legend.none) entry(legend.none, s("rect", { width: 34, height: 22, fill: filling(prefix, -1, last), stroke: INK }));
    x = 14;
    y += 38;
    sectors.forEach((one) => entry(one.label, s("path", { transform: "translate(17 11)", d: shape(kinds.indexOf(one.id), 9), fill: "#f4b57f", stroke: INK, "stroke-width": 2 })));
    y += 14;
    for (const said of (lines ?? []).flatMap((line) => broken(line, Math.floor((wide - 28) / (letters * 0.5))))) legends.append(text(14, (y += 30), said, { "font-size": letters * 0.9 }));
    const tall = y + 30;
    out.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
    out.setAttribute("width", wide);
    out.setAttribute("height", tall);
    out.append(s("title", {}, title), defs, s("rect", { width: wide, height: tall, fill: PAPER }), text(14, 44, title, { "font-size": 30, "font-weight": 650 }), inner, legends);
    return { text: new XMLSerializer().serializeToString(out), wide, tall };
  }

  function takePicture(message) {
    if (!message.may) {
      write(parts.said, message.says);
      return announce(message.says);
    }
    const { text, wide, tall } = pictureOf(message);
    if (message.what === "svg") return save(message.name, new Blob([text], { type: "image/svg+xml" }));
    const image = new Image();
    image.onload = () => {
      const canvas = h("canvas", { width: 2 * wide, height: Math.ceil(2 * tall) });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(message.name, blob), "image/png");
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  }

  // -- the ends

  // the width is remembered: asking for it after every answer would make the browser lay the page out twice
  const resized = new ResizeObserver(() => {
    const { clientWidth: width, clientHeight: height } = parts.map;
    for (const part of [parts.pupils, parts.schools]) {
      part.scroll.seenTall = part.scroll.clientHeight || 400;
      part.tall = 0;
    }
    reachable();
    if (width === state.width && height === state.height) return;
    Object.assign(state, { width, height });
    fitMap();
  });
  [parts.map, parts.pupils.scroll, parts.schools.scroll].forEach((one) => resized.observe(one));
  on(document, "dragover", strayFile);
  on(document, "drop", strayFile);
  on(document, "pointerdown", (event) => parts.menus.forEach((one) => { if (one.open && !one.contains(event.target)) one.open = false; }));
  model.on("msg:custom", hear);
  model.send({ do: "hello", view: me });
  here(parts.root);
  return () => {
    model.off("msg:custom", hear);
    listeners.abort();
    resized.disconnect();
    [timers.slide, parts.pupils.later, parts.schools.later].forEach((frame) => cancelAnimationFrame(frame));
    Object.values(timers).forEach(clearTimeout);
    el.replaceChildren();
  };
}

/** A sentence in lines of at most so many letters. */
export function broken(text, most) {
  return text.split(" ").reduce((lines, word) => {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= most) return [...lines.slice(0, -1), `${last} ${word}`];
    return [...lines, word];
  }, []);
}

export default { render };
