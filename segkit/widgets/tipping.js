// A heat map that fills: Python plays the boards, places every number on its scale and writes every sentence;
// this draws cells and moves among them. The exported helpers are pure and are tested with bare node.

// cividis (Nuñez, Anderton & Renslow 2018): from dark blue to yellow, alike for those who see red and green alike
const RAMP = ["#00224e", "#003170", "#2a3f6d", "#434e6c", "#575d6d", "#6a6c71", "#7d7c78", "#918b78", "#a59c74", "#bcae6c", "#d2c060", "#e9d34e", "#fee838"];

const channels = (hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16));

/** The colour of a place on the scale, from 0 to 1, as red, green and blue. */
export function colour(place, ramp = RAMP) {
  const at = Math.min(1, Math.max(0, place)) * (ramp.length - 1);
  const k = Math.min(ramp.length - 2, Math.floor(at));
  const [a, b] = [channels(ramp[k]), channels(ramp[k + 1])];
  return a.map((v, i) => Math.round(v + (b[i] - v) * (at - k)));
}

/** Is dark ink read better than white on this colour? The contrast of WCAG 2. */
export function light([r, g, b]) {
  const [R, G, B] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  const bright = 0.2126 * R + 0.7152 * G + 0.0722 * B;
  return (bright + 0.05) / 0.061 >= 1.05 / (bright + 0.05);
}

/** The setting at a row and column, and back: Python counts column by column. */
export const settingAt = (row, column, rows) => column * rows + row;
export const placeOf = (setting, rows) => [setting % rows, Math.floor(setting / rows)];

/** Whose colour stands in for a cell that has not been played: the coarser neighbour up and to the left, or null. */
export function standIn(row, column, rows, played) {
  for (const step of [2, 4]) {
    const k = settingAt(row - (row % step), column - (column % step), rows);
    if (played(k)) return k;
  }
  return null;
}

/** Where a key leads from a cell; null for keys that lead nowhere. */
export function goes(key, row, column, rows, columns) {
  const to = {
    ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
    Home: [row, 0], End: [row, columns - 1], PageUp: [0, column], PageDown: [rows - 1, column],
  }[key];
  if (!to) return null;
  return [Math.min(rows - 1, Math.max(0, to[0])), Math.min(columns - 1, Math.max(0, to[1]))];
}

/** A template of Python's with its blanks filled. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

// --- the page ---------------------------------------------------------------------------------------------------------

function make(tag, name, parent, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  if (parent) parent.append(node);
  return node;
}

// JupyterLab would take arrows and Enter for its own shortcuts; the mark counts on the very thing that has the focus
const own = (node) => (node.setAttribute("data-lm-suppress-shortcuts", "true"), node);

function button(name, parent, text) {
  const node = own(make("button", name, parent, text));
  node.type = "button";
  return node;
}

/** Tells the page that a widget is there, as soon as it is. */
function greet(root, tries = 200) {
  if (root.isConnected) root.dispatchEvent(new CustomEvent("segkit:here", { bubbles: true }));
  else if (tries) setTimeout(() => greet(root, tries - 1), 50);
}

function view(model, el, map) {
  const words = map.words;
  const columns = map.x.labels.length, rows = map.y.labels.length;
  const id = `segkit-tipping-${Math.random().toString(36).slice(2)}`; // a page holds many maps, and one map many views
  const cells = new Map(); // setting -> what Python said of it
  const send = (message) => model.send(message);
  let show = map.show, standing = null, over = null, pressed = map.press;
  let line = null; // what Python says of the map, should the page have to be loaded again

  el.textContent = "";
  const section = make("section", "segkit-tipping", el);
  section.lang = map.lang;
  Object.assign(section.dataset, { segkit: "tipping", segkitId: map.id });
  section.setAttribute("aria-labelledby", `${id}-title`);
  const frame = make("div", "segkit-tipping-frame", section);
  const head = make("div", "segkit-tipping-head", frame);
  make("h3", "segkit-tipping-title", head, map.title).id = `${id}-title`;
  make("p", "segkit-tipping-task", head, map.task);

  const controls = make("div", "segkit-tipping-controls", frame);
  const press = button("segkit-tipping-press", controls);
  const pick = make("label", "segkit-tipping-pick", controls);
  make("span", "", pick, words.show);
  const select = own(make("select", "", pick));
  map.shows.forEach((kind, k) => {
    const option = make("option", "", select, kind.label);
    option.value = k;
  });
  select.value = show;
  const far = make("div", "segkit-tipping-far", controls);
  const track = make("div", "segkit-tipping-track", far);
  track.setAttribute("aria-hidden", "true");
  const filled = make("i", "", track);
  const said = make("span", "segkit-tipping-said", far);
  const status = make("p", "segkit-tipping-hidden", frame);
  status.setAttribute("role", "status");

  const plot = make("div", "segkit-tipping-plot", frame);
  make("div", "segkit-tipping-ytitle", plot).append(make("span", "", null, map.y.title));
  const ys = make("div", "segkit-tipping-ys", plot);
  const grid = make("div", "segkit-tipping-grid", plot);
  const scale = make("div", "segkit-tipping-scale", plot);
  const xs = make("div", "segkit-tipping-xs", plot);
  make("div", "segkit-tipping-xtitle", plot, map.x.title);
  const unit = make("div", "segkit-tipping-unit", plot);
  for (const node of [ys, xs, scale]) node.setAttribute("aria-hidden", "true");
  plot.style.setProperty("--columns", columns);
  plot.style.setProperty("--rows", rows);
  map.y.labels.forEach((text) => make("span", "", ys, text));
  map.x.labels.forEach((text, k) => make("span", k % 2 ? "odd" : "", xs, text));
  grid.setAttribute("role", "grid");
  grid.setAttribute("aria-label", map.label);
  const boxes = []; // by setting
  for (let r = 0; r < rows; r++) {
    const row = make("div", "segkit-tipping-row", grid);
    row.setAttribute("role", "row");
    row.setAttribute("aria-label", `${map.head[1]} ${map.y.labels[r]}`); // otherwise a row is called by all its cells
    for (let c = 0; c < columns; c++) {
      const box = own(make("div", "segkit-tipping-cell", row));
      box.setAttribute("role", "gridcell");
      box.tabIndex = -1;
      box.dataset.at = settingAt(r, c, rows);
      boxes[settingAt(r, c, rows)] = box;
      make("span", "", box);
    }
  }
  boxes[settingAt(rows - 1, 0, rows)].tabIndex = 0; // the way in: the least wish on the fullest board

  const keys = make("div", "segkit-tipping-keys", frame);
  for (const kind of ["none", "some", "coarse"]) {
    const item = make("span", `segkit-tipping-key ${kind}`, keys);
    make("i", "", item).setAttribute("aria-hidden", "true");
    make("span", "", item, words[`key.${kind}`]);
  }
  const foot = make("div", "segkit-tipping-foot", frame);
  const read = make("p", "segkit-tipping-read", foot);
  read.setAttribute("aria-hidden", "true"); // the cell with the focus says the same
  const acts = make("div", "segkit-tipping-acts", foot);
  const open = button("segkit-tipping-button", acts, words.open);
  const data = button("segkit-tipping-button", acts, words.data);
  const details = make("details", "segkit-tipping-details", frame);
  own(make("summary", "", details, words.table));
  const scroll = make("div", "segkit-tipping-scroll", details);

  // --- drawing

  const says = (k) => {
    if (cells.has(k)) return cells.get(k).says;
    const [r, c] = placeOf(k, rows);
    return fill(words.unplayed, { least: map.x.labels[c], empty: map.y.labels[r] });
  };

  function paint(k) {
    const box = boxes[k], cell = cells.get(k), [r, c] = placeOf(k, rows);
    const from = cell ? k : standIn(r, c, rows, (other) => cells.has(other));
    const place = from === null ? null : cells.get(from).places[show];
    const rgb = place === null ? null : colour(place);
    box.style.setProperty("--colour", rgb ? `rgb(${rgb})` : "transparent");
    box.style.color = rgb ? (light(rgb) ? "#1b1b1b" : "#fff") : ""; // on a colour of the scale, whatever the theme
    box.classList.toggle("coarse", !cell && from !== null);
    for (const how of ["none", "some"]) box.classList.toggle(how, cell?.how === how);
    box.firstChild.textContent = cell ? cell.texts[show] : "";
    box.setAttribute("aria-label", says(k));
  }

  function paintAll() {
    boxes.forEach((_, k) => paint(k));
    section.classList.toggle("filling", cells.size > 0 && cells.size < boxes.length);
    for (const how of ["none", "some"]) section.classList.toggle(`has-${how}`, [...cells.values()].some((cell) => cell.how === how));
    const kind = map.shows[show];
    unit.textContent = kind.unit;
    grid.classList.toggle("long", kind.name === "moves");
    scale.replaceChildren();
    const bar = make("i", "", scale);
    bar.style.background = `linear-gradient(to top, ${RAMP.join(",")})`;
    for (const [at, text] of kind.ticks) make("span", "", scale, text).style.bottom = `${at * 100}%`;
  }

  function reading() {
    const k = over ?? standing;
    read.textContent = k === null ? words.hint : says(k);
    open.disabled = standing === null;
  }

  function table() {
    scroll.replaceChildren();
    if (!details.open) return;
    const node = make("table", "", scroll);
    const top = make("tr", "", make("thead", "", node));
    for (const text of [...map.head, ...map.shows.map((kind) => kind.label)]) make("th", "", top, text).scope = "col";
    const body = make("tbody", "", node);
    for (const k of [...cells.keys()].sort((a, b) => a - b)) {
      const [r, c] = placeOf(k, rows), row = make("tr", "", body);
      for (const text of [map.x.labels[c], map.y.labels[r], ...cells.get(k).texts]) make("td", "", row, text);
    }
  }

  function stand(k, focus) {
    if (standing !== null) boxes[standing].removeAttribute("aria-selected");
    boxes.forEach((box, other) => (box.tabIndex = other === k ? 0 : -1));
    standing = k;
    boxes[k].setAttribute("aria-selected", "true");
    if (focus) boxes[k].focus();
    reading();
  }

  function state(message) {
    line = { seed: message.seed, opened: message.opened, done: message.done };
    pressed = message.press;
    press.textContent = words[pressed];
    press.dataset.does = pressed;
    const over = pressed !== "stop" && message.done === message.all;
    // who pressed it by keyboard is led on to the map, not left nowhere
    if (over && !press.hidden && document.activeElement === press) (boxes[standing] ?? boxes.find((box) => box.tabIndex === 0)).focus({ preventScroll: true });
    press.hidden = over;
    section.dataset.done = message.done;
    filled.style.width = `${(100 * message.done) / message.all}%`;
    said.textContent = pressed === "stop" && message.done ? message.going : message.said;
    if (status.textContent !== message.said) status.textContent = message.said;
  }

  // --- what the reader does

  press.addEventListener("click", () => {
    send({ do: pressed === "stop" ? "stop" : "run" });
    if (pressed === "stop") press.textContent = words.on; // at once; Python's word follows
  });
  select.addEventListener("change", () => {
    show = Number(select.value);
    paintAll();
  });
  const cellOf = (event) => event.target.closest?.(".segkit-tipping-cell");
  grid.addEventListener("pointerover", (event) => {
    const box = cellOf(event);
    over = box && event.pointerType !== "touch" ? Number(box.dataset.at) : null;
    reading();
  });
  grid.addEventListener("pointerleave", () => {
    over = null;
    reading();
  });
  grid.addEventListener("click", (event) => {
    const box = cellOf(event);
    if (box) stand(Number(box.dataset.at), true);
  });
  grid.addEventListener("focusin", (event) => {
    const box = cellOf(event);
    if (box) stand(Number(box.dataset.at), false);
  });
  grid.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || standing === null) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      openIt(standing);
      return;
    }
    const to = goes(event.key, ...placeOf(standing, rows), rows, columns);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    over = null;
    stand(settingAt(...to, rows), true);
  });
  open.addEventListener("click", () => standing !== null && openIt(standing));
  data.addEventListener("click", () => {
    asked = true;
    send({ do: "data" });
  });
  details.addEventListener("toggle", table);

  let asked = false;
  function save(file) {
    if (!asked) return; // another view of this map asked for it
    asked = false;
    const link = make("a", "");
    link.href = URL.createObjectURL(new Blob([file.text], { type: file.type }));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  let opening = false;
  function openIt(at) {
    opening = true;
    send({ do: "open", at });
  }
  /** The board that was opened here comes into sight, once it is drawn beneath the map. */
  function comeIntoSight(tries = 20) {
    const board = section.closest(".widget-vbox")?.querySelector(".segkit-parable");
    if (board?.offsetHeight) board.scrollIntoView({ block: "nearest" });
    else if (tries) setTimeout(() => comeIntoSight(tries - 1), 150);
  }

  // --- what a page may ask of its widgets
  section.addEventListener("segkit:start", (event) => event.detail.seed !== undefined && send({ do: "link", seed: event.detail.seed }));
  section.addEventListener("segkit:reset", () => send({ do: "reset" }));
  section.addEventListener("segkit:keep", (event) => {
    if (line.done || line.opened !== null || line.seed !== map.seed || show !== map.show) event.detail.keep({ ...line, show });
  });
  section.addEventListener("segkit:resume", (event) => {
    select.value = map.shows[event.detail.show] ? event.detail.show : show;
    select.dispatchEvent(new Event("change"));
    send({ do: "resume", kept: event.detail });
  });

  /** Nothing is played: at the beginning, and whenever one goes back there. */
  function anew(message) {
    cells.clear();
    if (standing !== null) boxes[standing].removeAttribute("aria-selected");
    standing = over = null;
    state(message);
    paintAll();
    reading();
    table();
  }
  anew(map);
  greet(section);
  return (message) => {
    if (message.do === "cells") {
      for (const cell of message.cells) cells.set(cell.at, cell);
      paintAll();
      reading();
      table();
      state(message);
    } else if (message.do === "anew") {
      select.value = show = map.show;
      anew(message);
    } else if (message.do === "state") state(message);
    else if (message.do === "file") save(message);
    else if (message.do === "opened" && opening) {
      opening = false;
      setTimeout(comeIntoSight, 300);
    }
  };
}

function render({ model, el }) {
  let tell = null;
  const hear = (message) => {
    // an answer to one view's hello is heard by all views of this map; those that are drawn go on
    if (message.do === "map") tell ??= view(model, el, message);
    else tell?.(message);
  };
  model.on("msg:custom", hear);
  model.send({ do: "hello" });
  return () => model.off("msg:custom", hear);
}

export default { render };
