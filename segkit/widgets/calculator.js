// The calculator's page: it shows what Python says and tells Python what was typed. No rule and no sentence lives here.
//
// Everything a reader brings (names, numbers, files) travels by custom messages and is put on the page as text, never as markup.
//   to Python    {do: "hello" | "edit" | "offer" | "file" | "columns" | "download" | "resume", view, ...}
//   from Python  {kind: "page" | "send" | "save", ...}

// --- pure helpers, tested with bare node ---------------------------------------------------------------------------------------------------

/** A sentence from Python with its blanks filled in. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (blank, name) => (name in values ? String(values[name]) : blank));
}

/** Where a key leads from a cell, as in a spreadsheet; null where the key keeps its usual meaning. Row -1 is the heading. */
export function nextCell({ key, shift, row, column, rows, columns, start, end, length }) {
  const up = key === "ArrowUp" || (key === "Enter" && shift);
  const down = key === "ArrowDown" || (key === "Enter" && !shift);
  const all = start === 0 && end === length;
  const left = key === "ArrowLeft" && (all || (start === 0 && end === 0));
  const right = key === "ArrowRight" && (all || (start === length && end === length));
  if (!(up || down || left || right)) return null;
  const top = column === 0 ? 0 : -1; // above the names there is no heading to type in
  return {
    row: Math.min(Math.max(row + (down ? 1 : 0) - (up ? 1 : 0), top), rows - 1),
    column: Math.min(Math.max(column + (right ? 1 : 0) - (left ? 1 : 0), row === -1 ? 1 : 0), columns - 1),
  };
}

/** The gestures still to be told, with one more: of several texts for one cell only the newest matters. */
export function remember(waiting, gesture) {
  const last = waiting[waiting.length - 1];
  const same = last && gesture.do === "cell" && last.do === "cell" &&
    ["row", "column", "visit"].every((name) => last[name] === gesture[name]);
  return [...(same ? waiting.slice(0, -1) : waiting), gesture];
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

/** What to do with an answer: old ones are dropped; a table older than what is typed here must not touch the cells. */
export function freshness({ version, drawn, heard, sent, waiting }) {
  if (version <= drawn) return { draw: false, cells: false };
  return { draw: true, cells: heard >= sent && waiting === 0 };
}

/** Numbers from one range to another. */
export function scale([from, to], [low, high]) {
  return (value) => low + ((value - from) / (to - from)) * (high - low);
}

/** Bars side by side, each as wide as its size asks. */
export function lanes(sizes, width, gap = 2) {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const room = Math.max(width - gap * Math.max(sizes.length - 1, 0), 0);
  let x = 0;
  return sizes.map((size) => {
    const lane = { x, width: total ? (size / total) * room : 0 };
    x += lane.width + gap;
    return lane;
  });
}

/** Places for labels no nearer to each other than `pitch` and not beyond `edge`, each as near to its own as may be. */
export function apart(places, pitch, edge) {
  const moved = [];
  places.forEach((place, i) => moved.push(i ? Math.max(place, moved[i - 1] + pitch) : place));
  for (let i = moved.length - 1, most = edge; i >= 0; i--, most = moved[i + 1] - pitch) moved[i] = Math.min(moved[i], most);
  return moved;
}

/** How a formula is built, whatever its numbers. */
export function shapeOf(pieces) {
  return pieces.map(([kind, ...rest]) => (Array.isArray(rest[0]) ? `${kind}(${rest.map(shapeOf).join(",")})` : kind)).join(" ");
}

/** The texts at the ends of a formula, in the order they stand on the page. */
export function leavesOf(pieces) {
  return pieces.flatMap(([kind, ...rest]) => (Array.isArray(rest[0]) ? rest.flatMap(leavesOf) : kind === "sum" ? ["∑", rest[0]] : rest));
}

/** A name short enough for a label. */
export function short(name, most) {
  return name.length <= most ? name : `${name.slice(0, Math.max(most - 1, 1))}…`;
}

// --- making elements ---------------------------------------------------------------------------------------------------------------------------

const SVG = "http://www.w3.org/2000/svg";
const MATH = "http://www.w3.org/1998/Math/MathML";
const INK = "#1b1b1b", GREY = "#6b6b6b", FOCAL = "#D55E00", OTHERS = "#0072B2", FAINT = "#dcdcd6";
const GROWS = globalThis.CSS?.supports?.("field-sizing", "content") ?? false; // else the lines of a name are guessed
const STRAYS = new WeakSet(); // files dragged beside all calculators of the page
const FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif";

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
const m = (tag, attributes, ...children) => make(MATH, tag, attributes, children);

function button(text, act, attributes = {}) {
  const element = h("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", act);
  return element;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A formula from Python's pieces: operators, numbers, letters, fractions, roots. */
function formula(pieces) {
  const piece = ([kind, ...rest]) => {
    if (kind === "over") return m("mfrac", {}, m("mrow", {}, ...rest[0].map(piece)), m("mrow", {}, ...rest[1].map(piece)));
    if (kind === "root") return m("msqrt", {}, ...rest[0].map(piece));
    if (kind === "number") return m("mn", {}, rest[0]);
    if (kind === "letter") return m("mi", {}, rest[0]);
    if (kind === "sum") return m("munder", {}, m("mo", { largeop: "true", movablelimits: "false" }, "∑"), m("mtext", {}, rest[0]));
    if (kind === "text") return m("mtext", {}, rest[0]);
    return m("mo", { stretchy: "false" }, rest[0]);
  };
  return m("math", { displaystyle: "true", "data-shape": shapeOf(pieces) }, m("mrow", {}, ...pieces.map(piece)));
}

/** New numbers in a formula of the same shape: its leaves are rewritten, which is far cheaper than setting it anew. */
function rewrite(holder, pieces) {
  const math = holder.firstElementChild;
  if (!pieces.length || math?.dataset.shape !== shapeOf(pieces)) return holder.replaceChildren(...(pieces.length ? [formula(pieces)] : []));
  const texts = leavesOf(pieces);
  math.querySelectorAll("mn, mi, mo, mtext").forEach((leaf, i) => write(leaf, texts[i]));
}

/** Tells the page that a widget is there, as soon as it is. */
function here(root, tries = 200) {
  if (root.isConnected) root.dispatchEvent(new CustomEvent("segkit:here", { bubbles: true }));
  else if (tries) setTimeout(() => here(root, tries - 1), 50);
}

// --- the view ---------------------------------------------------------------------------------------------------------------------------------------

function render({ model, el }) {
  const words = model.get("words");
  const presets = model.get("presets");
  const me = `v${Math.random().toString(36).slice(2)}`;
  const state = { page: null, drawn: 0, sent: 0, visit: 0, waiting: [], asked: false, focus: null, lit: null, file: null };
  const timers = {};

  // -- telling Python

  function tell(gesture) {
    state.waiting = remember(state.waiting, gesture);
    flush();
  }

  function flush() {
    if (state.asked || !state.waiting.length) return;
    state.sent += 1;
    model.send({ do: "edit", view: me, seq: state.sent, gestures: state.waiting });
    state.waiting = [];
    state.asked = true;
    clearTimeout(timers.slow);
    clearTimeout(timers.lost);
    timers.slow = setTimeout(() => parts.slow.toggleAttribute("hidden", false), 1500);
    timers.lost = setTimeout(() => { state.asked = false; flush(); }, 5000); // an answer lost on the way must not silence the page
  }

  function answered(page) {
    if ((page.heard[me] ?? 0) < state.sent) return;
    state.asked = false;
    clearTimeout(timers.slow);
    clearTimeout(timers.lost);
    parts.slow.toggleAttribute("hidden", true);
    flush();
  }

  function hear(message, buffers) {
    if (message.kind === "page") {
      const fresh = freshness({
        version: message.version, drawn: state.drawn, heard: message.heard[me] ?? 0, sent: state.sent, waiting: state.waiting.length,
      });
      if (fresh.draw) draw(message, fresh.cells);
      answered(message);
    }
    if (message.view !== me) return;
    if (message.kind === "send") sendFile();
    if (message.kind === "save") save(message.name, new Blob([message.text], { type: message.type }));
  }

  // -- the frame, built once

  const parts = frame();
  el.classList.add("segkit-host");
  el.replaceChildren(parts.root);

  function frame() {
    const p = {};
    p.root = h("section", { class: "segkit-calculator", "data-lm-suppress-shortcuts": "true", "aria-label": words.region, lang: model.get("lang"), "data-segkit": "calculator", "data-segkit-id": model.get("ident") });
    p.waiting = h("p", { class: "placeholder" }, words.placeholder);
    p.live = h("p", { class: "unseen", role: "status", "aria-live": "polite" });
    p.slow = h("p", { class: "slow", hidden: true }, words.slow);
    p.body = h("div", { class: "body", hidden: true }, toolbar(p), p.slow, grid(p));
    p.root.append(p.waiting, p.body, p.live);
    p.root.addEventListener("keydown", keyInRoot);
    p.root.addEventListener("segkit:reset", () => tell({ do: "start" }));
    p.root.addEventListener("segkit:keep", ({ detail }) => { const now = kept(); if (now) detail.keep(now); });
    p.root.addEventListener("segkit:resume", ({ detail }) => { if (detail && !detail.own) model.send({ do: "resume", view: me, state: detail }); });
    p.root.addEventListener("pointerover", (event) => light(schoolAt(event.target)));
    p.root.addEventListener("pointerleave", () => light(schoolAt(document.activeElement)));
    p.root.addEventListener("focusin", (event) => light(schoolAt(event.target)));
    p.root.addEventListener("dragover", (event) => { event.preventDefault(); p.drop.classList.add("over"); });
    p.root.addEventListener("dragleave", () => p.drop.classList.remove("over"));
    p.root.addEventListener("drop", dropped);
    return p;
  }

  function toolbar(p) {
    p.presets = presets.map(({ name, text, hint }) =>
      button(text, () => tell(name === "start" ? { do: "start" } : { do: "fill", name }), { class: "preset", "data-preset": name, title: hint }));
    p.undo = button(`↶ ${words.undo}`, () => tell({ do: "undo" }), { class: "quiet", "data-do": "undo", "aria-keyshortcuts": "Control+Z" });
    p.redo = button(`↷ ${words.redo}`, () => tell({ do: "redo" }), { class: "quiet", "data-do": "redo", "aria-keyshortcuts": "Control+Y" });
    return h("div", { class: "toolbar" },
      h("div", { class: "presets", role: "group", "aria-label": words.presets }, h("span", { class: "lead" }, words.presets), ...p.presets),
      h("div", { class: "steps" }, button(words.double, () => tell({ do: "double" }), { "data-do": "double", title: words.double_hint })),
      h("div", { class: "steps last", role: "group", "aria-label": words.steps }, p.undo, p.redo));
  }

  function grid(p) {
    p.tableCard = h("div", { class: "card table-card" }, ...tableCard(p));
    p.cards = h("div", { class: "cards" });
    p.workings = h("div", { class: "workings" });
    p.stale = h("p", { class: "stale-note", hidden: true });
    p.figures = h("div", { class: "figures" }, ...figureCards(p));
    p.othersTitle = h("summary");
    p.othersHeads = h("tr");
    p.othersRows = h("tbody");
    p.othersNote = h("p", { class: "hint" });
    p.others = h("details", { class: "card others", open: !model.get("folded") }, p.othersTitle,
      h("div", { class: "scroll" }, h("table", { class: "shelf" }, h("thead", {}, p.othersHeads), p.othersRows)), p.othersNote);
    p.others.addEventListener("toggle", reachable);
    p.numbers = h("div", { class: "numbers" }, p.stale, p.cards);
    p.more = h("div", { class: "more" }, p.figures, p.others, downloads());
    return (p.grid = h("div", { class: "grid" }, p.tableCard, p.numbers, ownCard(p), p.workings, p.more));
  }

  function tableCard(p) {
    p.caption = h("caption");
    p.head = h("thead");
    p.rows = h("tbody");
    p.foot = h("tfoot");
    p.table = h("table", { class: "sheet" }, p.caption, p.head, p.rows, p.foot);
    p.table.addEventListener("input", typed);
    p.table.addEventListener("change", chosen);
    p.table.addEventListener("keydown", keyInTable);
    p.table.addEventListener("paste", pasted);
    p.table.addEventListener("beforeinput", nativeUndo);
    p.table.addEventListener("focusin", entered);
    p.table.addEventListener("click", pressed);
    p.addSchool = button(`+ ${words.add_school}`, () => {
      state.focus = { row: state.page.table.rows.length, column: 0 };
      tell({ do: "add school" });
    }, { "data-do": "add school" });
    p.addGroup = button(`+ ${words.add_group}`, () => {
      state.focus = { row: -1, column: state.page.table.groups.length + 1 };
      tell({ do: "add group" });
    }, { "data-do": "add group" });
    p.said = h("p", { class: "said" });
    p.took = h("p", { class: "hint took" });
    p.faults = h("ul", { class: "faults", "aria-label": words.faults });
    return [h("div", { class: "scroll" }, p.table), h("div", { class: "adders" }, p.addSchool, p.addGroup), p.said, p.took, p.faults,
      h("p", { class: "hint keys" }, words.keys)];
  }

  function ownCard(p) {
    p.file = h("input", { type: "file", accept: ".csv,.tsv,.txt,.xlsx", class: "unseen", tabindex: "-1", "aria-label": words.own_file, "data-do": "file" });
    p.file.addEventListener("change", () => { offer(p.file.files[0]); p.file.value = ""; });
    p.drop = h("div", { class: "own-file" },
      button(words.own_file, () => p.file.click(), { "data-do": "open" }), p.file, h("span", { class: "hint" }, words.own_file_hint));
    p.fileFaults = h("div", { class: "file-faults", role: "alert" });
    p.fileNote = h("p", { class: "file-note", role: "status" });
    p.columns = h("details", { class: "columns", hidden: true });
    return h("div", { class: "card own" }, p.drop, p.fileFaults, p.fileNote, p.columns);
  }

  function figureCards(p) {
    return ["curve", "composition"].map((name) => {
      p[name] = h("div", { class: "drawing", "data-figure": name });
      const download = (kind) => button(words[`save_${kind}`], () => picture(name, kind), { class: "quiet", "data-do": `${name} ${kind}` });
      p[`${name}Title`] = h("h3");
      p[`${name}Text`] = h("p", { class: "hint" });
      return h("figure", { class: "card", "data-figure": name }, p[`${name}Title`], p[name], p[`${name}Text`],
        h("div", { class: "figure-foot" }, download("svg"), download("png")));
    });
  }

  function downloads() {
    const ask = (what) => () => model.send({ do: "download", what, view: me });
    return h("div", { class: "card downloads", role: "group", "aria-label": words.downloads },
      h("h3", {}, words.downloads),
      h("div", { class: "buttons" },
        button(words.save_table, ask("table"), { "data-do": "save table" }),
        button(words.save_numbers, ask("numbers"), { "data-do": "save numbers" })),
      h("p", { class: "hint" }, words.downloads_hint));
  }

  // -- drawing a page

  function draw(page, cells) {
    if (state.page) announce(page.live); // the first table is not news
    state.page = page;
    state.drawn = page.version;
    parts.waiting.hidden = true;
    parts.body.hidden = false;
    if (cells) drawTable(page.table);
    drawState(page);
    drawNumbers(page.numbers);
    light(state.lit);
  }

  function drawState(page) {
    parts.undo.disabled = !page.undo;
    parts.redo.disabled = !page.redo;
    parts.presets.forEach((preset) => preset.setAttribute("aria-pressed", String(preset.dataset.preset === page.origin)));
    write(parts.said, page.said);
    write(parts.took, page.took);
    parts.faults.replaceChildren(...page.table.faults.map((fault, i) =>
      h("li", { id: `${me}-fault-${i}` }, h("span", { class: "icon", "aria-hidden": "true" }, "⚠"), " ", fault.says)));
    drawFileFaults(page);
    drawColumns(page.columns);
  }

  function drawFileFaults(page) {
    const known = page.file_faults.join("\n");
    if (parts.fileFaults.dataset.known === known) return; // an alert is read out once, not at every keystroke
    parts.fileFaults.dataset.known = known;
    parts.fileFaults.replaceChildren(...(known ? [
      h("p", {}, h("span", { class: "icon", "aria-hidden": "true" }, "⚠"), " ", page.file_trouble),
      h("ul", {}, ...page.file_faults.map((fault) => h("li", {}, fault)))] : []));
  }

  function drawTable(table) {
    const focused = document.activeElement;
    const held = parts.table.contains(focused) && focused.dataset.column !== undefined ? { ...focused.dataset } : null;
    const wide = `${table.groups.length}/${table.editable}`;
    if (parts.table.dataset.wide !== wide) {
      parts.table.dataset.wide = wide;
      parts.rows.replaceChildren();
      parts.head.replaceChildren(headRow(table));
    }
    while (parts.rows.rows.length > table.rows.length) parts.rows.rows[parts.rows.rows.length - 1].remove();
    while (parts.rows.rows.length < table.rows.length) parts.rows.append(bodyRow(parts.rows.rows.length, table));
    parts.grid.classList.toggle("wide", table.groups.length > 2);
    write(parts.caption, table.caption);
    writeHead(table);
    table.rows.forEach((row, r) => writeRow(parts.rows.rows[r], row, table, r));
    writeFoot(table);
    markFaults(table.faults);
    parts.addSchool.disabled = !table.may.add_school;
    parts.addGroup.disabled = !table.may.add_group;
    const goal = state.focus ?? (held && !document.contains(focused) ? { row: +held.row, column: +held.column } : null);
    state.focus = null;
    if (goal) focusCell(goal);
  }

  function headRow(table) {
    const heads = table.groups.map((_, k) => h("th", { scope: "col", "data-group": k },
      h("textarea", { class: "cell group-name", rows: 1, "data-row": -1, "data-column": k + 1, autocomplete: "off", spellcheck: "false", readonly: !table.editable }),
      h("span", { class: "group-tools" },
        h("label", {}, h("input", { type: "radio", name: `${me}-focal`, "data-focal": k + 1 }), h("span", {}, words.focal)),
        h("button", { type: "button", class: "remove", "data-do": "remove group", "data-at": k + 1 }, "✕"))));
    return h("tr", {}, h("th", { scope: "col", class: "corner" }, words.school), ...heads,
      h("th", { scope: "col", class: "derived total" }, words.all), h("th", { scope: "col", class: "derived share" }, words.share),
      h("th", { class: "tools" }, h("span", { class: "unseen" }, words.remove)));
  }

  function writeHead(table) {
    const inputs = [...parts.head.querySelectorAll(".group-name")];
    inputs.forEach((input, k) => {
      value(input, table.groups[k]);
      input.setAttribute("aria-label", fill(words.group_label, { n: k + 1 }));
      input.closest("th").classList.toggle("focal", table.focal === k);
    });
    parts.head.querySelectorAll("[data-focal]").forEach((radio, k) => {
      radio.checked = table.focal === k;
      radio.setAttribute("aria-label", fill(words.focal_label, { group: table.groups[k] }));
    });
    parts.head.querySelectorAll(".remove").forEach((remove, k) => {
      remove.hidden = !table.may.remove_group;
      remove.setAttribute("aria-label", fill(words.remove_label, { name: table.groups[k] }));
    });
  }

  function bodyRow(r, table) {
    const cell = (c) => h(c ? "input" : "textarea", { // a long name goes over several lines
      type: c ? "text" : false, rows: c ? false : 1, class: c ? "cell count" : "cell name", inputmode: c ? "numeric" : false, "data-row": r, "data-column": c,
      autocomplete: "off", spellcheck: "false", readonly: !table.editable,
    });
    return h("tr", { "data-school": r },
      h("th", { scope: "row" }, cell(0)), ...table.groups.map((_, k) => h("td", {}, cell(k + 1))),
      h("td", { class: "derived total" }), h("td", { class: "derived share" }),
      h("td", { class: "tools" }, h("button", { type: "button", class: "remove", "data-do": "remove school", "data-at": r }, "✕")));
  }

  function writeRow(tr, row, table, r) {
    const [name, ...counts] = row;
    tr.querySelectorAll(".cell").forEach((input, c) => {
      value(input, row[c]);
      input.setAttribute("aria-label", c === 0 ? fill(words.school_label, { n: r + 1 })
        : fill(words.cell_label, { school: name, group: table.groups[c - 1] }));
    });
    write(tr.querySelector(".total"), table.totals[r]);
    write(tr.querySelector(".share"), table.shares[r]);
    const remove = tr.querySelector(".remove");
    remove.hidden = !table.may.remove_school;
    remove.setAttribute("aria-label", fill(words.remove_label, { name }));
  }

  function writeFoot(table) {
    parts.foot.replaceChildren(h("tr", {}, h("th", { scope: "row" }, words.town),
      ...table.foot.groups.map((text) => h("td", { class: "derived group-total" }, text)),
      h("td", { class: "derived total" }, table.foot.total), h("td", { class: "derived share" }, table.foot.share), h("td", { class: "tools" })));
  }

  function markFaults(faults) {
    parts.table.querySelectorAll("[aria-invalid]").forEach((input) => {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      input.removeAttribute("title");
      input.parentElement.classList.remove("fault");
    });
    faults.forEach((fault, i) => {
      const input = cellAt(fault.row, fault.column);
      if (!input) return;
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", `${me}-fault-${i}`);
      input.setAttribute("title", fault.says);
      input.parentElement.classList.add("fault");
    });
  }

  function value(input, text) {
    if (input.value !== text) input.value = text; // an equal text is left alone: the caret stays where it is
    if (!GROWS && input.rows) input.rows = Math.min(Math.ceil(text.length / 11) || 1, 4);
  }

  /** What is typed just now, also what Python has not heard any more; never what came from a file, and nothing where nothing was typed. */
  function kept() {
    const page = state.page;
    if (!page || page.own || !page.table.editable) return page?.own ? { own: true } : undefined;
    const [groups, ...rows] = [parts.head, ...parts.rows.rows].map((row) => [...row.querySelectorAll(".cell")].map((cell) => cell.value));
    const touched = page.undo || page.redo || JSON.stringify([groups, rows]) !== JSON.stringify([page.table.groups, page.table.rows]);
    return touched ? { groups, rows, focal: page.table.focal } : undefined;
  }

  // -- the numbers

  function drawNumbers(numbers) {
    [parts.cards, parts.workings, parts.figures, parts.others].forEach((part) => part.classList.toggle("stale", numbers.stale));
    parts.stale.hidden = !numbers.note;
    parts.stale.replaceChildren(h("span", { class: "icon", "aria-hidden": "true" }, "⚠"), ` ${numbers.note}`);
    if (numbers.of === state.numbers) return; // the same numbers as before: nothing to redraw
    state.numbers = numbers.of;
    write(parts.othersTitle, numbers.others_title);
    write(parts.othersNote, numbers.others_note);
    inStep(parts.cards, numbers.cards, headline, writeHeadline);
    inStep(parts.workings, numbers.cards, working, writeWorking);
    inStep(parts.othersHeads, numbers.others_heads, () => h("th", { scope: "col" }), write);
    inStep(parts.othersRows, numbers.others, otherRow, writeOther);
    cancelAnimationFrame(timers.pictures);
    timers.pictures = requestAnimationFrame(drawPictures); // the numbers first, the pictures in the next frame
  }

  /** One child for each item: new ones made, the others written again, what is left over removed. */
  function inStep(holder, items, make, rewriteIt) {
    while (holder.childElementCount > items.length) holder.lastElementChild.remove();
    items.forEach((item, i) => {
      if (!holder.children[i]) holder.append(make(item));
      rewriteIt(holder.children[i], item);
    });
  }

  /** The number, large, and what it says. */
  function headline() {
    return h("article", { class: "card index" },
      h("h3", {}, h("span", { class: "index-name" }), h("span", { class: "symbol" })),
      h("div", { class: "headline" }, h("p", { class: "big" }), h("p", { class: "chance" })), h("p", { class: "means" }));
  }

  function writeHeadline(article, index) {
    const [name, symbol, big, chance, means] = article.querySelectorAll("span, p");
    article.setAttribute("aria-label", index.name);
    big.dataset.index = index.id;
    big.dataset.value = index.exact;
    write(name, index.name);
    write(symbol, index.symbol);
    write(big, index.value);
    write(chance, index.chance);
    write(means, index.reason || index.means);
  }

  /** The formula, and each school's term of it; always the same five rows, so that two of them side by side stay level. */
  function working() {
    return h("article", { class: "card working" }, h("h3"), h("p", { class: "formula" }), h("p", { class: "hint letters" }), h("ol", { class: "terms" }),
      h("div", { class: "sum" }, h("p", { class: "hint" }), h("div")));
  }

  function writeWorking(article, index) {
    const [title, symbols, letters, terms, sum] = article.children;
    article.hidden = !index.terms.length;
    article.dataset.working = index.id;
    article.setAttribute("aria-label", index.worked);
    terms.setAttribute("aria-label", index.terms_label);
    terms.toggleAttribute("tabindex", index.terms.length > 12);
    if (index.terms.length > 12) terms.tabIndex = 0; // a list that scrolls must be reached by keyboard
    write(title, index.worked);
    rewrite(symbols, index.formula);
    write(letters, index.letters);
    inStep(terms, index.terms, term, writeTerm);
    write(sum.children[0], index.more);
    rewrite(sum.children[1], index.sum ?? []);
  }

  function term() {
    return h("li", { class: "term" }, h("span", { class: "term-name" }), h("span", { class: "term-math" }), h("span", { class: "term-value" }),
      h("span", { class: "bar", "aria-hidden": "true" }, h("span")));
  }

  function writeTerm(li, part) {
    const [name, math, amount, bar] = li.children;
    li.dataset.school = part.row;
    write(name, part.name);
    rewrite(math, part.pieces);
    write(amount, part.value);
    bar.firstElementChild.style.width = `${(100 * part.width).toFixed(2)}%`;
  }

  function otherRow() {
    return h("tr", {}, h("th", { scope: "row" }, h("span"), h("span", { class: "symbol" }), h("span", { class: "hint says" })), h("td"), h("td"));
  }

  function writeOther(row, other) {
    const [head, amount, expected] = row.children;
    const [name, symbol, means] = head.children;
    write(name, other.name);
    write(symbol, other.symbol);
    write(means, other.means);
    amount.className = other.reason ? "reason" : "";
    amount.colSpan = other.reason ? 2 : 1;
    expected.hidden = Boolean(other.reason);
    amount.dataset.index = other.id;
    amount.dataset.value = other.exact;
    write(amount, other.reason || other.value);
    write(expected, other.expected);
  }

  // -- the pictures

  function drawPictures() {
    drawCurve(state.page.numbers.curve);
    drawComposition(state.page.numbers.composition);
    reachable();
    light(state.lit);
  }

  /** What does not fit and has to be pushed along must be reached by key as well. */
  function reachable() {
    parts.grid.querySelectorAll(".formula, .sum, .others > .scroll").forEach((part) => {
      if (part.scrollWidth > part.clientWidth + 1) part.tabIndex = 0;
      else part.removeAttribute("tabindex");
    });
  }

  function svg(holder, picture, height, paint) {
    const width = Math.max(Math.round(state.widths?.[holder.dataset.figure] ?? holder.clientWidth), 260);
    const drawing = s("svg", { xmlns: SVG, viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "font-family": FONT, "font-size": letters(), fill: INK,
      "aria-labelledby": `${holder.id}-title ${holder.id}-desc` },
      s("title", { id: `${holder.id}-title` }, picture.title), s("desc", { id: `${holder.id}-desc` }, picture.desc),
      s("rect", { width, height, fill: "#ffffff" }));
    paint(drawing, width, height);
    holder.replaceChildren(drawing);
  }

  /** Letters on the axes: as large as the page's. */
  function letters() {
    return state.widths?.letters ?? 16;
  }

  function axes(drawing, { x, y, left, right, top, bottom, atX, atY }) {
    y.ticks.forEach(([at, text]) => drawing.append(
      s("line", { x1: left, x2: right, y1: atY(at), y2: atY(at), stroke: FAINT }),
      s("text", { x: left - 8, y: atY(at) + letters() / 3, "text-anchor": "end" }, text)));
    const ticks = x.ticks ?? [];
    const crowded = right - left < (ticks.length - 1) * letters() * 3.2; // then every other number is enough
    ticks.forEach(([at, text], i) => drawing.append(
      s("line", { x1: atX(at), x2: atX(at), y1: top, y2: bottom, stroke: FAINT }),
      s("text", { x: atX(at), y: bottom + letters() + 5, "text-anchor": "middle" }, crowded && i % 2 ? "" : text)));
    const tall = y.label.length * letters() * 0.53;
    const wide = x.label.length * letters() * 0.53, end = right + letters();
    drawing.append(
      s("line", { x1: left, x2: right, y1: bottom, y2: bottom, stroke: INK }), s("line", { x1: left, x2: left, y1: top, y2: bottom, stroke: INK }),
      wide > right - left ? s("text", { x: end, y: x.below, "text-anchor": "end", "font-size": Math.min(letters(), (letters() * end) / wide) }, x.label)
        : s("text", { x: (left + right) / 2, y: x.below, "text-anchor": "middle" }, x.label),
      s("text", { transform: `translate(${letters()} ${Math.max((top + bottom) / 2, tall / 2 + 4)}) rotate(-90)`, "text-anchor": "middle" }, y.label));
  }

  function drawCurve(curve) {
    write(parts.curveTitle, curve.title);
    write(parts.curveText, curve.reason || curve.text);
    parts.curve.id = `${me}-curve`;
    if (curve.reason) return parts.curve.replaceChildren();
    svg(parts.curve, curve, 20 * letters() + 40, (drawing, width, height) => {
      const left = letters() * 4 + 12, right = width - letters() * 1.6, top = 16, bottom = height - letters() * 4;
      const atX = scale([0, 1], [left, right]), atY = scale([0, 1], [bottom, top]);
      axes(drawing, { x: { ...curve.x, below: height - 14 }, y: curve.y, left, right, top, bottom, atX, atY });
      drawing.append(s("line", { x1: atX(0), y1: atY(0), x2: atX(1), y2: atY(1), stroke: GREY, "stroke-width": 2, "stroke-dasharray": "2 6", "stroke-linecap": "round" }));
      curve.segments.forEach(({ row, from, to, text }) => {
        const ends = { x1: atX(from[0]), y1: atY(from[1]), x2: atX(to[0]), y2: atY(to[1]) };
        drawing.append(s("g", { class: "segment", "data-school": row }, s("title", {}, text),
          s("line", { ...ends, class: "reach", stroke: "transparent", "stroke-width": 18 }),
          s("line", { ...ends, class: "mark", stroke: FOCAL, "stroke-width": 3, "stroke-linecap": "round" }),
          s("circle", { cx: atX(to[0]), cy: atY(to[1]), r: 3, fill: FOCAL })));
      });
      const { at, low, high, text } = curve.gap;
      // the number stands above the diagonal, where no curve comes
      const highest = left + (right - left) * (1 - (letters() + 12) / (bottom - top));
      const x = Math.min(Math.max(atX(at), left + text.length * letters() * 0.62 + 8), highest);
      const y = bottom - ((x - left) / (right - left)) * (bottom - top) - 12;
      drawing.append(
        s("line", { x1: atX(at), x2: atX(at), y1: atY(low), y2: atY(high), stroke: INK, "stroke-width": 2.5 }),
        s("text", { x, y, "text-anchor": "end", "font-weight": 600, "paint-order": "stroke", stroke: "#ffffff", "stroke-width": 5 }, text));
    });
  }

  function drawComposition(picture) {
    write(parts.compositionTitle, picture.title);
    write(parts.compositionText, picture.text);
    parts.composition.id = `${me}-composition`;
    svg(parts.composition, picture, 20 * letters() + 40, (drawing, width, height) => {
      const left = letters() * 4 + 12, right = width - 16, top = 16;
      const beds = lanes(picture.bars.map((bar) => bar.size), right - left - 4, picture.bars.length > 60 ? 0.5 : 3);
      const middles = beds.map((bed) => left + 3 + bed.x + bed.width / 2);
      const small = letters() * 0.87;
      const named = picture.bars.length <= 24 && picture.bars.length * small * 1.1 < right - left;
      const flat = named && picture.bars.every((bar, i) => short(bar.name, 13).length * letters() * 0.6 < beds[i].width); // room to write them level
      const slanted = apart(middles, letters() * 1.9, right + 6);
      const upright = slanted.some((place, i) => Math.abs(place - middles[i]) > letters()); // too narrow to write them aslant
      const places = upright ? apart(middles, small * 1.1, right) : slanted;
      const bottom = height - letters() * (!named || flat ? 4.5 : upright ? 8.7 : 7.4);
      const atY = scale([0, 1], [bottom, top]);
      const hatch = `${me}-hatch`;
      drawing.append(s("defs", {}, s("pattern", { id: hatch, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        s("rect", { width: 7, height: 7, fill: "#e3eef6" }), s("line", { x1: 0, x2: 0, y1: 0, y2: 7, stroke: OTHERS, "stroke-width": 2 }))));
      axes(drawing, { x: { label: picture.x.label, below: height - 12 }, y: picture.y, left, right, top, bottom, atY });
      picture.bars.forEach((bar, i) => {
        const x = left + 3 + beds[i].x, wide = beds[i].width, middle = x + wide / 2;
        if (!wide) return;
        drawing.append(s("g", { class: "column", "data-school": bar.row }, s("title", {}, bar.text),
          s("rect", { x, width: wide, y: top, height: Math.max(atY(bar.share) - top, 0), fill: `url(#${hatch})` }),
          s("rect", { class: "mark", x, width: wide, y: atY(bar.share), height: bottom - atY(bar.share), fill: FOCAL }),
          named && s("text", flat ? { transform: `translate(${middle} ${bottom + letters() + 5})`, "text-anchor": "middle" }
            : upright ? { transform: `translate(${places[i] + small / 3} ${bottom + 8}) rotate(-90)`, "text-anchor": "end", "font-size": small }
              : { transform: `translate(${places[i] + 4} ${bottom + 14}) rotate(-38)`, "text-anchor": "end" }, short(bar.name, 13))));
      });
      const { share, text } = picture.town;
      drawing.append(
        s("line", { x1: left, x2: right, y1: atY(share), y2: atY(share), stroke: INK, "stroke-width": 2.5, "stroke-dasharray": "8 5" }),
        s("text", { x: right - 4, y: atY(share) - 8, "text-anchor": "end", "font-weight": 600, "paint-order": "stroke", stroke: "#ffffff", "stroke-width": 5 }, text));
    });
  }

  // -- gestures

  function cellAt(row, column) {
    return parts.table.querySelector(`.cell[data-row="${row}"][data-column="${column}"]`);
  }

  function focusCell({ row, column }) {
    const input = cellAt(row, column);
    if (!input) return;
    input.focus({ preventScroll: false });
    input.select();
  }

  function where(input) {
    return { row: +input.dataset.row, column: +input.dataset.column };
  }

  function entered(event) {
    if (!event.target.matches(".cell")) return;
    state.visit += 1;
    event.target.dataset.before = event.target.value;
    if (event.target.matches(".count")) event.target.select();
    state.entered = event.target;
  }

  /** The first click on a number takes all of it, as in a spreadsheet; the next one puts the caret. */
  function clicked(input) {
    if (input === state.entered && input.matches(".count") && input.selectionStart === input.selectionEnd) input.select();
    state.entered = null;
  }

  function typed(event) {
    if (!event.target.matches(".cell")) return;
    tell({ do: "cell", ...where(event.target), text: event.target.value, visit: `${me}:${state.visit}` });
  }

  function chosen(event) {
    if (event.target.dataset.focal) tell({ do: "focal", column: +event.target.dataset.focal });
  }

  function pressed(event) {
    clicked(event.target);
    const remove = event.target.closest("[data-do^=remove]");
    if (!remove) return;
    const at = +remove.dataset.at;
    if (remove.dataset.do === "remove school") {
      state.focus = { row: Math.min(at, state.page.table.rows.length - 2), column: 0 };
      tell({ do: "remove school", row: at });
    } else {
      state.focus = { row: -1, column: Math.min(at, state.page.table.groups.length - 1) };
      tell({ do: "remove group", column: at });
    }
  }

  function keyInTable(event) {
    const input = event.target;
    if (!input.matches(".cell") || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && input.dataset.before !== undefined && input.value !== input.dataset.before) {
      input.value = input.dataset.before;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      return event.preventDefault();
    }
    const to = nextCell({
      key: event.key, shift: event.shiftKey, ...where(input), rows: state.page.table.rows.length, columns: state.page.table.groups.length + 1,
      start: input.selectionStart, end: input.selectionEnd, length: input.value.length,
    });
    if (!to) return;
    event.preventDefault();
    focusCell(to);
  }

  function keyInRoot(event) {
    const gesture = undoKey(event);
    if (!gesture || event.target.matches("select, input[type=text]:not(.cell)")) return;
    event.preventDefault();
    state.visit += 1;
    tell({ do: gesture });
  }

  function nativeUndo(event) {
    const gesture = { historyUndo: "undo", historyRedo: "redo" }[event.inputType];
    if (!gesture) return;
    event.preventDefault();
    tell({ do: gesture });
  }

  function pasted(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!event.target.matches(".cell") || event.target.readOnly || !isBlock(text)) return;
    event.preventDefault();
    tell({ do: "paste", ...where(event.target), text });
  }

  // -- the reader's own file: Python first says whether it may come, then its bytes go over as they are

  function offer(file) {
    if (!file) return;
    state.file = file;
    model.send({ do: "offer", view: me, name: file.name, size: file.size });
  }

  async function sendFile() {
    const file = state.file;
    if (!file) return;
    state.file = null;
    model.send({ do: "file", view: me, name: file.name }, undefined, [await file.arrayBuffer()]);
  }

  function dropped(event) {
    event.preventDefault();
    parts.drop.classList.remove("over");
    offer(event.dataTransfer?.files?.[0]);
  }

  /** A file dropped beside the calculator would make the browser leave the page; where it belongs is said instead. */
  function strayFile(event) {
    const taken = event.defaultPrevented && !STRAYS.has(event); // by another part of the page, not another calculator
    if (taken || parts.root.contains(event.target) || !event.dataTransfer?.types?.includes("Files")) return;
    event.preventDefault();
    STRAYS.add(event);
    if (event.type !== "drop") return;
    write(parts.said, words.drop_here);
    announce(words.drop_here);
  }

  function drawColumns(columns) {
    parts.columns.hidden = !columns;
    write(parts.fileNote, columns?.note ?? "");
    const known = JSON.stringify(columns);
    if (!columns || parts.columns.dataset.known === known) return;
    parts.columns.dataset.known = known;
    if (columns.open) parts.columns.open = true;
    parts.columns.replaceChildren(h("summary", {}, words.columns), h("p", { class: "hint" }, columns.took),
      h("div", { class: "column-list" }, ...columns.list.map(columnRow)),
      button(words.read_again, readAgain, { "data-do": "read again" }));
  }

  function columnRow(column, i) {
    const role = h("select", { "data-column-name": column.name, "aria-label": fill(words.role_label, { column: column.name }) },
      ...words.roles.map(([name, text]) => h("option", { value: name, selected: name === column.role }, text)));
    const label = { class: "where", "aria-label": fill(words.where_label, { column: column.name }) };
    const only = column.all // few values are chosen from, many are typed
      ? h("select", label, ...column.values.map((text) => h("option", { value: text, selected: text === column.where }, text)))
      : h("input", { ...label, type: "text", value: column.where, list: `${me}-values-${i}` });
    const values = h("datalist", { id: `${me}-values-${i}` }, ...(column.all ? [] : column.values.map((text) => h("option", { value: text }))));
    const show = () => { only.hidden = role.value !== "where"; };
    role.addEventListener("change", show);
    show();
    return h("div", { class: "column-row" }, h("span", { class: "column-name" }, column.name, h("small", {}, column.sample)), role, only, values);
  }

  function readAgain() {
    const roles = [...parts.columns.querySelectorAll(".column-row")].map((row) => {
      const select = row.querySelector("[data-column-name]");
      return { column: select.dataset.columnName, role: select.value, where: row.querySelector(".where").value };
    });
    model.send({ do: "columns", view: me, roles });
  }

  // -- what may be taken home

  function save(name, blob) {
    const link = h("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  function picture(name, kind) {
    const drawing = parts[name].querySelector("svg");
    if (!drawing) return;
    const text = new XMLSerializer().serializeToString(drawing);
    const file = `${state.page.file_stem}-${name}.${kind}`;
    if (kind === "svg") return save(file, new Blob([text], { type: "image/svg+xml" }));
    const image = new Image();
    image.onload = () => {
      const canvas = h("canvas", { width: 2 * drawing.clientWidth, height: 2 * drawing.clientHeight });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(file, blob), "image/png");
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  }

  // -- lighting up one school everywhere, and saying what changed

  function schoolAt(target) {
    const at = target?.closest?.("[data-school]");
    return at && parts.root.contains(at) ? at.dataset.school : null;
  }

  function light(school) {
    state.lit = school;
    parts.root.querySelectorAll(".lit").forEach((element) => element.classList.remove("lit"));
    if (school === null) return;
    parts.root.querySelectorAll(`[data-school="${school}"]`).forEach((element) => element.classList.add("lit"));
  }

  function announce(text) {
    clearTimeout(timers.live);
    timers.live = setTimeout(() => write(parts.live, text), 700); // a pause in the typing: nobody wants every digit read out
  }

  // the widths are remembered: asking for them after every keystroke would make the browser lay the page out twice
  const resized = new ResizeObserver(() => {
    const widths = { curve: parts.curve.clientWidth, composition: parts.composition.clientWidth, letters: Math.round(parseFloat(getComputedStyle(parts.body).fontSize)) };
    if (!state.page || JSON.stringify(widths) === JSON.stringify(state.widths)) return;
    state.widths = widths;
    drawPictures();
  });
  [parts.curve, parts.composition].forEach((drawing) => resized.observe(drawing));

  const stray = ["dragover", "drop"];
  stray.forEach((name) => document.addEventListener(name, strayFile));
  model.on("msg:custom", hear);
  model.send({ do: "hello", view: me });
  here(parts.root);
  return () => {
    model.off("msg:custom", hear);
    stray.forEach((name) => document.removeEventListener(name, strayFile));
    resized.disconnect();
    cancelAnimationFrame(timers.pictures);
    Object.values(timers).forEach(clearTimeout);
  };
}

export default { render };
