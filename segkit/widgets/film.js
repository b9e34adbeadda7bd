// A film: Python wrote the score (every table, number and sentence of every step); this plays it.
// No rule and no sentence lives here. The exported helpers are pure and are tested with bare node.

const SVG = "http://www.w3.org/2000/svg";

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** A function that carries [low, high] to [from, to]; a span of nothing lands on `from`. */
export function scale(low, high, from, to) {
  const span = high - low;
  return (value) => (span === 0 ? from : from + ((value - low) / span) * (to - from));
}

/** The buffers of a score as plain arrays: units per step, counts (focal, all) in a row, and the lines. */
export function unpack(units, counts, values, lines) {
  const bytes = (view, Kind) =>
    new Kind(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
  const perStep = bytes(units, Uint16Array);
  const starts = [0];
  for (const n of perStep) starts.push(starts[starts.length - 1] + n);
  const Kind = counts.byteLength === starts[starts.length - 1] * 8 ? Uint32Array : Uint16Array;
  const all = bytes(counts, Kind);
  const flat = bytes(values, Float32Array);
  const steps = perStep.length;
  return {
    steps,
    table: (step) => {
      const focal = [], size = [];
      for (let k = starts[step]; k < starts[step + 1]; k++) {
        focal.push(all[2 * k]);
        size.push(all[2 * k + 1]);
      }
      return { focal, size };
    },
    lines: Array.from({ length: lines }, (_, k) => flat.slice(k * steps, (k + 1) * steps)),
  };
}

/** Bars side by side, as wide as their pupils: [x, width, share] for each unit with anyone in it. */
export function bars({ focal, size }, width, gap = 4) {
  const n = size.filter((t) => t > 0).length;
  const total = size.reduce((a, b) => a + b, 0);
  if (!total) return [];
  const between = width / n < 4 ? 0 : Math.min(gap, (0.15 * width) / n);
  const room = width - between * (n - 1);
  let x = 0;
  const out = [];
  size.forEach((t, k) => {
    if (!t) return;
    const w = (room * t) / total;
    out.push([x, w, focal[k] / t]);
    x += w + between;
  });
  return out;
}

/** Tiles of a square map, as large as their pupils: [left, top, side, share] for each unit. */
export function squares({ focal, size }, rows, width, largest) {
  const cell = width / rows;
  return size.map((t, k) => {
    const side = largest > 0 ? 0.9 * cell * Math.sqrt(t / largest) : 0;
    const left = ((k % rows) + 0.5) * cell - side / 2;
    const top = (Math.floor(k / rows) + 0.5) * cell - side / 2;
    return [left, top, side, t > 0 ? focal[k] / t : 0];
  });
}

/** The buffers of one shelf: the table of every step, which of its units are counted, and each unit's largest size. */
export function shelved(counts, flags, steps) {
  const n = flags.byteLength / steps;
  const bytes = (view, Kind) => new Kind(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
  const all = bytes(counts, counts.byteLength === steps * n * 8 ? Uint32Array : Uint16Array);
  const marks = bytes(flags, Uint8Array);
  const most = Array(n).fill(0);
  for (let k = 0; k < steps * n; k++) most[k % n] = Math.max(most[k % n], all[2 * k + 1]);
  return {
    most,
    table: (step) => Array.from({ length: n }, (_, j) => {
      const k = step * n + j;
      return { focal: all[2 * k], size: all[2 * k + 1], counted: marks[k] === 1 };
    }),
  };
}

/** The columns of shelves, [left, width], side by side and with room for the most their units ever hold; and how wide
 *  a pupil is. */
export function rack(shelves, width, between) {
  const within = shelves.map(({ columns, most }) => {
    let at = 0;
    return columns.map((n) => most.slice(at, (at += n)));
  });
  const sum = (list) => list.reduce((a, b) => a + b, 0);
  const need = within[0].map((_, c) => Math.max(...within.map((columns) => sum(columns[c]))));
  const total = sum(need);
  const pupil = total ? (width - between * (need.length - 1)) / total : 0;
  let left = 0;
  const columns = need.map((pupils) => {
    const place = [left, pupils * pupil];
    left += pupils * pupil + between;
    return place;
  });
  return { columns, pupil };
}

/** The units of a shelf at one step, side by side in the middle of their columns: [left, width] of each. */
export function stood(sizes, counts, { columns, pupil }) {
  const out = [];
  counts.forEach((n, c) => {
    const group = sizes.slice(out.length, out.length + n);
    let at = columns[c][0] + (columns[c][1] - group.reduce((a, b) => a + b, 0) * pupil) / 2;
    for (const size of group) {
      out.push([at, size * pupil]);
      at += size * pupil;
    }
  });
  return out;
}

/** A histogram's boxes as [left, right, pupils], those below the cut and those above; the box it falls in is split. */
export function cutBoxes(edges, pupils, cut) {
  const below = [], above = [];
  pupils.forEach((n, k) => {
    const left = edges[k], right = edges[k + 1];
    if (!n) return;
    if (left < cut) below.push([left, Math.min(right, cut), n]);
    if (right > cut) above.push([Math.max(left, cut), right, n]);
  });
  return { below, above };
}

/** Those of the ticks, from the left, that have room beside one another; the last is always kept. */
export function roomy(ticks, x, type) {
  const half = ([, lines]) => (Math.max(...lines.map(reach)) * type) / 2;
  const kept = [];
  for (const tick of ticks) {
    const before = kept[kept.length - 1];
    const touches = before && x(tick[0]) - half(tick) < x(before[0]) + half(before) + type * 0.15;
    if (!touches) kept.push(tick);
    else if (tick === ticks[ticks.length - 1] && kept.length > 1) kept[kept.length - 1] = tick;
  }
  return kept;
}

/** The path of a line from its first step to `last`. */
export function trace(values, last, x, y) {
  let d = "";
  for (let k = 0; k <= last; k++) d += `${k ? "L" : "M"}${x(k).toFixed(2)} ${y(values[k]).toFixed(2)}`;
  return d;
}

/** Heights of labels moved apart, so that none lies nearer than `gap` to the next. */
export function apart(heights, gap, low, high) {
  const order = heights.map((_, k) => k).sort((a, b) => heights[a] - heights[b]);
  const out = heights.slice();
  for (let k = 1; k < order.length; k++)
    out[order[k]] = Math.max(out[order[k]], out[order[k - 1]] + gap);
  let ceiling = high;
  for (let k = order.length - 1; k >= 0; k--) {
    out[order[k]] = Math.min(out[order[k]], ceiling);
    ceiling = out[order[k]] - gap;
  }
  return out.map((h) => Math.max(h, low));
}

/** The step a film has reached after so many milliseconds of playing. */
export function reached(from, elapsed, seconds, steps) {
  const each = (seconds * 1000) / Math.max(1, steps - 1);
  return Math.min(steps - 1, from + Math.floor(elapsed / each));
}

/** For readers who asked for less motion: a few stills, from `from` to the end. */
export function stills(from, steps, most = 6) {
  const last = steps - 1;
  const count = Math.min(most, last - from + 1);
  if (count <= 1) return [last];
  return Array.from({ length: count }, (_, k) => Math.round(from + ((last - from) * k) / (count - 1)));
}

/** Does a heading of the page already say this title? Lab puts a mark after its headings. */
export const repeats = (heading, title) => heading.trim().toLowerCase().startsWith(title.trim().toLowerCase());

/** As many units as pixels; on paper, which is narrower than any window, it shrinks as a whole. */
function sized(svg, width, height) {
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) svg.setAttribute(name, value);
}

/** How wide a text is, about, in heights of its letters; those of China, Japan and Korea are as wide as high. */
export const reach = (text) => [...text].reduce((wide, letter) => wide + (letter >= "\u2e80" ? 1 : 0.56), 0);

/** Rectangles as one path. */
export function boxes(list) {
  return list.map(([x, y, w, h]) => `M${x.toFixed(2)} ${y.toFixed(2)}h${w.toFixed(2)}v${h.toFixed(2)}h${(-w).toFixed(2)}z`).join("");
}

// --- the page ---------------------------------------------------------------------------------------------------------

function make(tag, name, parent, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  if (parent) parent.append(node);
  return node;
}

function draw(tag, attributes, parent, text) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  if (parent) parent.append(node);
  return node;
}

// JupyterLab would take arrows and Enter for its own shortcuts; the mark counts on the very thing that has the focus
const ownKeys = (node) => node.setAttribute("data-lm-suppress-shortcuts", "true");

/** The heading under which `node` stands. */
function headingAbove(node) {
  const before = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(
    (heading) => !heading.closest(".segkit-film") && heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return before.length ? before[before.length - 1].textContent : "";
}

/** Tells the page that a widget is there, as soon as it is. */
function greet(root, tries = 200) {
  if (root.isConnected) root.dispatchEvent(new CustomEvent("segkit:here", { bubbles: true }));
  else if (tries) setTimeout(() => greet(root, tries - 1), 50);
}

function play(model, el, score, buffers) {
  const data = unpack(...buffers.slice(0, 3), score.lines.length);
  const last = data.steps - 1;
  const shelves = score.shelves.map((shelf, k) => ({ ...shelf, ...shelved(buffers[3 + 2 * k], buffers[4 + 2 * k], data.steps) }));
  const words = score.words;
  const id = `segkit-film-${Math.random().toString(36).slice(2)}`; // a page holds many films, and one film many views
  const listeners = new AbortController();
  const on = (target, event, act) => target.addEventListener(event, act, { signal: listeners.signal });

  el.textContent = "";
  const film = make("section", "segkit-film", el);
  film.lang = score.lang;
  Object.assign(film.dataset, { segkit: "film", segkitId: score.id });
  film.setAttribute("aria-labelledby", `${id}-title`);
  const frame = make("div", "segkit-film-frame", film);
  const head = make("div", repeats(headingAbove(el), score.title) ? "segkit-film-hidden" : "segkit-film-head", frame);
  make("h3", "segkit-film-title", head, score.title).id = `${id}-title`;
  const ask = make("label", "segkit-film-ask", head, score.slider);
  ask.htmlFor = `${id}-slider`;
  ask.id = `${id}-ask`;

  const stage = make("div", `segkit-film-stage ${score.rows ? "map" : "bars"}`, frame);
  const left = make("div", "segkit-film-picture", stage);
  const picture = draw("svg", { role: "img" }, left);
  const legend = make("div", "segkit-film-legend", left);
  for (const [kind, text] of [["focal", score.groups[0]], ["others", score.groups[1]], ...score.marks]) {
    const item = make("span", "segkit-film-key", legend);
    make("i", `segkit-film-swatch ${kind}`, item).setAttribute("aria-hidden", "true");
    make("span", "", item, text);
  }

  const right = make("div", "segkit-film-right", stage);
  const chart = draw("svg", { role: "img" }, right);
  const track = make("div", "segkit-film-track", right);
  const slider = make("input", "segkit-film-slider", track);
  Object.assign(slider, { type: "range", id: `${id}-slider`, min: 0, max: last, step: 1 });
  ownKeys(slider);
  const under = make("p", "segkit-film-x", right, score.x_title);
  under.id = `${id}-x`;
  slider.setAttribute("aria-describedby", under.id);
  const controls = make("div", "segkit-film-controls", right);
  const button = make("button", "segkit-film-play", controls);
  button.type = "button";
  ownKeys(button);
  const icon = draw("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, button);
  const shape = draw("path", { fill: "currentColor" }, icon);
  const doing = make("span", "", button);
  const label = make("span", "segkit-film-label", controls);
  const saying = make("div", "segkit-film-saying", right);
  const sentence = make("p", "segkit-film-sentence", saying);
  // the longest sentence of the score decides the room, so that nothing below it jumps while the film plays
  const longest = score.sentences.reduce((a, b) => (b.length > a.length ? b : a));
  make("p", "segkit-film-sentence segkit-film-ghost", saying, longest).setAttribute("aria-hidden", "true");

  const readouts = make("dl", "segkit-film-readouts", frame);
  const numbers = score.lines.map((line, k) => {
    const card = make("div", `segkit-film-card line-${k}`, readouts);
    const name = make("dt", "", card);
    const sample = draw("svg", { viewBox: "0 0 36 8", width: 36, height: 8, "aria-hidden": "true" }, name);
    draw("line", { x1: 1, x2: 35, y1: 4, y2: 4, class: `segkit-line line-${k}` }, sample);
    make("span", "", name, line.name);
    const value = make("dd", "", card);
    if (line.before) make("span", "segkit-film-symbol", value, `${line.before} `);
    const number = make("strong", "", value);
    make("dd", "segkit-film-start", card, line.start);
    return number;
  });
  const status = make("p", "segkit-film-hidden", frame);
  status.setAttribute("role", "status");

  let step = clamp(model.get("step"), 0, last);
  let furthest = step;
  let largest = 0;
  for (let k = 0; k <= last; k++) for (const t of data.table(k).size) if (t > largest) largest = t;

  // --- the two pictures: what never changes is drawn when the width is known, what moves at every step
  let moving = null;

  function lay() {
    const wide = Math.floor(left.clientWidth), room = Math.floor(right.clientWidth);
    if (!wide || !room) return;
    const type = parseFloat(getComputedStyle(frame).fontSize) * 0.92;
    const lay = shelves.length ? layShelves : score.rows ? layMap : layBars;
    moving = { picture: lay(wide, type), chart: layChart(room, type) };
    show(step);
  }

  // everyone else is striped, here as in the calculator: the two groups differ in more than their colour.
  // The stripes belong to the picture, not to the shapes, so that they stand still while shapes move over them.
  function stripes() {
    const pattern = draw("pattern", { id: `${id}-stripes`, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, draw("defs", {}, picture));
    draw("rect", { width: 7, height: 7, class: "segkit-stripe-ground" }, pattern);
    draw("line", { x1: 0, x2: 0, y1: 0, y2: 7, class: "segkit-stripe" }, pattern);
    return draw("path", { fill: `url(#${id}-stripes)`, class: "segkit-others" }, picture);
  }

  function layBars(width, type) {
    const height = Math.round(clamp(width * 0.56, 190, type * 20));
    const m = { left: type * 2.6, right: 2, top: type * 0.7, bottom: 4 };
    picture.replaceChildren();
    sized(picture, width, height);
    picture.style.fontSize = `${type}px`;
    const y = scale(0, 1, height - m.bottom, m.top);
    for (const [value, text] of score.shares) {
      draw("text", { x: m.left - 8, y: y(value) + (value === 0 ? 0 : type * 0.35), class: "segkit-number", "text-anchor": "end" }, picture, text);
      draw("line", { x1: m.left - 5, x2: m.left, y1: y(value), y2: y(value), class: "segkit-axis" }, picture);
    }
    const others = stripes();
    const focal = draw("path", { class: "segkit-focal" }, picture);
    const town = draw("line", { x1: m.left, x2: width - m.right, class: "segkit-town" }, picture);
    return (table) => {
      const list = bars(table, width - m.left - m.right);
      others.setAttribute("d", boxes(list.map(([x, w, p]) => [m.left + x, y(1), w, y(p) - y(1)])));
      focal.setAttribute("d", boxes(list.map(([x, w, p]) => [m.left + x, y(p), w, y(0) - y(p)])));
      const share = table.focal.reduce((a, b) => a + b, 0) / table.size.reduce((a, b) => a + b, 0);
      town.setAttribute("y1", y(share));
      town.setAttribute("y2", y(share));
    };
  }

  // rows of bars in columns: each unit keeps its place whatever becomes of it; above them, perhaps, a histogram
  function layShelves(width, type) {
    const m = { left: type * 2.6, right: 4 };
    const rows = shelves.length;
    const high = score.spread ? type * 11.5 : 0;
    const each = Math.round(clamp(width * (rows > 1 ? 0.32 : score.spread ? 0.4 : 0.56), type * 6.5, type * (rows > 1 ? 10 : score.spread ? 9.5 : 18)));
    const named = type * 1.5; // the room a name takes, above its row, or below one that hangs
    picture.replaceChildren();
    picture.style.fontSize = `${type}px`;
    const others = stripes();
    const focal = draw("path", { class: "segkit-focal" }, picture);
    const ghostOthers = draw("path", { class: "segkit-ghost-others" }, picture);
    const ghostFocal = draw("path", { class: "segkit-ghost-focal" }, picture);
    const spread = score.spread && laySpread(width, high, type, m);

    const places = rack(shelves, width - m.left - m.right, score.columns.length ? type * 0.9 : 5);
    const { columns, pupil } = places;
    const thinnest = pupil * Math.min(...shelves.flatMap((shelf) => shelf.most).filter((n) => n > 0));
    const gap = thinnest < 4 ? 0 : Math.min(3, 0.15 * thinnest);
    let top = high;
    const drawn = shelves.map((shelf, k) => {
      const above = shelf.name && !shelf.hangs ? named : shelf.hangs ? 0 : type * 0.6;
      const from = top + above, to = from + each;
      top = to + (shelf.hangs && shelf.name ? named : shelves[k + 1]?.hangs ? 3 : k + 1 < rows ? type * 0.4 : 2);
      const y = shelf.hangs ? scale(0, 1, from, to) : scale(0, 1, to, from);
      if (shelf.name)
        draw("text", { x: m.left, y: shelf.hangs ? to + type * 1.15 : from - type * 0.45, class: "segkit-row" }, picture, shelf.name);
      for (const [value, text] of score.shares) {
        // where two rows share their zero, it is written once
        if (!(value === 0 && shelves[k + 1]?.hangs)) {
          const shift = value === 0.5 ? 0.35 : shelf.hangs === (value === 0) ? 0.62 : 0.1;
          draw("text", { x: m.left - 8, y: y(value) + type * (value === 0 && shelf.hangs ? 0.3 : shift), class: "segkit-number", "text-anchor": "end" }, picture, text);
        }
        draw("line", { x1: m.left - 5, x2: m.left, y1: y(value), y2: y(value), class: "segkit-axis" }, picture);
      }
      if (shelf.hangs) draw("line", { x1: m.left - 5, x2: width, y1: y(0) - 1.5, y2: y(0) - 1.5, class: "segkit-water" }, picture);
      return { y, town: draw("line", { class: "segkit-town" }, picture) };
    });
    score.columns.forEach((text, c) => {
      const half = (reach(text) * type) / 2;
      const x = clamp(m.left + columns[c][0] + columns[c][1] / 2, m.left + half, width - half);
      draw("line", { x1: m.left + columns[c][0], x2: m.left + columns[c][0] + columns[c][1], y1: top + 2, y2: top + 2, class: "segkit-axis" }, picture);
      draw("text", { x, y: top + type * 1.25, class: "segkit-row", "text-anchor": "middle" }, picture, text);
    });
    sized(picture, width, Math.round(top + (score.columns.length ? type * 1.6 : 3)));

    return (table, at) => {
      const boxed = { others: [], focal: [], ghostOthers: [], ghostFocal: [] };
      const share = table.focal.reduce((a, b) => a + b, 0) / table.size.reduce((a, b) => a + b, 0);
      shelves.forEach((shelf, k) => {
        const { y, town } = drawn[k];
        const box = (x, w, low, up) => [x, Math.min(y(low), y(up)), w, Math.abs(y(up) - y(low))];
        let first = Infinity, end = -Infinity;
        const units = shelf.table(at);
        const stand = stood(units.map(({ size }) => size), shelf.columns, places);
        units.forEach(({ focal: few, size, counted }, j) => {
          const w = Math.max(0, stand[j][1] - gap);
          if (!size || !w) return;
          const x = m.left + stand[j][0] + gap / 2, p = few / size;
          boxed[counted ? "others" : "ghostOthers"].push(box(x, w, p, 1));
          boxed[counted ? "focal" : "ghostFocal"].push(box(x, w, 0, p));
          if (counted) {
            first = Math.min(first, x);
            end = Math.max(end, x + w);
          }
        });
        town.setAttribute("visibility", end > first ? "visible" : "hidden");
        if (end > first) for (const [name, value] of Object.entries({ x1: first - 4, x2: end + 4, y1: y(share), y2: y(share) })) town.setAttribute(name, value);
      });
      spread?.(at, boxed);
      for (const [path, list] of [[others, boxed.others], [focal, boxed.focal], [ghostOthers, boxed.ghostOthers], [ghostFocal, boxed.ghostFocal]])
        path.setAttribute("d", boxes(list));
    };
  }

  // all pupils by their status, cut in two by a line that moves
  function laySpread(width, height, type, m) {
    const { edges, pupils, cuts, ticks, x_title, y_title, y: heights } = score.spread;
    const foot = height - type * 3.1;
    const end = ticks[ticks.length - 1][1];
    const x = scale(edges[0], edges[edges.length - 1], m.left, width - m.right);
    const y = scale(0, Math.max(...pupils), foot, type * 1.3);
    draw("text", { x: m.left, y: type * 0.7, class: "segkit-number" }, picture, y_title);
    for (const [value, text] of heights) {
      draw("text", { x: m.left - 8, y: y(value) + (value === 0 ? type * 0.1 : type * 0.35), class: "segkit-number", "text-anchor": "end" }, picture, text);
      draw("line", { x1: m.left - 5, x2: m.left, y1: y(value), y2: y(value), class: "segkit-axis" }, picture);
    }
    draw("line", { x1: m.left, x2: width - m.right, y1: foot + 0.5, y2: foot + 0.5, class: "segkit-axis" }, picture);
    for (const [value, text] of ticks) {
      draw("line", { x1: x(value), x2: x(value), y1: foot, y2: foot + 5, class: "segkit-axis" }, picture);
      const right = text === end;
      draw("text", { x: right ? width : x(value), y: foot + 5 + type, class: "segkit-number", "text-anchor": right ? "end" : "middle" }, picture, text);
    }
    draw("text", { x: (m.left + width) / 2, y: foot + 5 + type * 2.1, class: "segkit-axis-title", "text-anchor": "middle" }, picture, x_title);
    const line = draw("path", { class: "segkit-cut" }, picture);
    return (at, boxed) => {
      const { below, above } = cutBoxes(edges, pupils, cuts[at]);
      const box = ([left, right, n]) => [x(left), y(n), Math.max(0, x(right) - x(left)), foot - y(n)];
      boxed.focal.push(...below.map(box));
      boxed.others.push(...above.map(box));
      const here = x(cuts[at]), knob = type * 0.4;
      line.setAttribute("d", `M${here} ${type * 0.9 + knob}V${foot + 4}M${here - knob} ${type * 0.9 - knob}h${2 * knob}l${-knob} ${2 * knob}z`);
    };
  }

  function layMap(width, type) {
    const side = Math.min(width, Math.round(type * 23));
    const margin = (width - side) / 2;
    picture.replaceChildren();
    sized(picture, width, side);
    const cell = side / score.rows;
    const lots = [];
    for (let k = 0; k < score.rows * score.rows; k++)
      lots.push([margin + (k % score.rows) * cell + 1, Math.floor(k / score.rows) * cell + 1, cell - 2, cell - 2]);
    draw("path", { class: "segkit-lot", d: boxes(lots) }, picture);
    const others = stripes();
    const focal = draw("path", { class: "segkit-focal" }, picture);
    const middle = [margin + side / 2, side / 2], r = Math.max(5, cell * 0.2);
    draw("path", { class: "segkit-centre", d: `M${middle[0]} ${middle[1] - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}z` }, picture);
    return (table) => {
      const list = squares(table, score.rows, side, largest);
      others.setAttribute("d", boxes(list.filter((s) => s[2] > 0).map(([x, y, s, p]) => [margin + x, y, s, s * (1 - p)])));
      focal.setAttribute("d", boxes(list.filter((s) => s[3] > 0).map(([x, y, s, p]) => [margin + x, y + s * (1 - p), s, s * p])));
    };
  }

  function layChart(width, type) {
    const height = Math.round(clamp(width * 0.46, 200, type * 17));
    const names = Math.max(2.4, ...score.lines.map((line) => reach(line.symbol)));
    const deep = Math.max(...score.ticks.map(([, text]) => text.length));
    const numbers = Math.max(...score.y.map(([, text]) => reach(text)));
    const m = { left: Math.max(type * 3.9, type * (1.25 + numbers) + 12), right: type * (names + 1), top: type * 0.8, bottom: type * (0.75 + 1.15 * deep) };
    chart.replaceChildren();
    sized(chart, width, height);
    chart.style.fontSize = `${type}px`;
    const low = score.y[0][0], high = score.y[score.y.length - 1][0];
    const y = scale(low, high, height - m.bottom, m.top);
    const x = scale(0, last, m.left, width - m.right);
    for (const [value, text] of score.y) {
      draw("line", { x1: m.left, x2: width - m.right, y1: y(value), y2: y(value), class: value === 0 ? "segkit-axis" : "segkit-grid" }, chart);
      draw("text", { x: m.left - 8, y: y(value) + type * 0.35, class: "segkit-number", "text-anchor": "end" }, chart, text);
    }
    for (const at of score.stops)
      draw("line", { x1: x(at), x2: x(at), y1: m.top, y2: height - m.bottom, class: "segkit-stop" }, chart);
    const numbered = roomy(score.ticks, x, type);
    for (const tick of score.ticks) {
      const [at, lines] = tick;
      draw("line", { x1: x(at), x2: x(at), y1: height - m.bottom, y2: height - m.bottom + 5, class: "segkit-axis" }, chart);
      if (!numbered.includes(tick)) continue;
      const text = draw("text", { y: height - m.bottom + 5 + type, class: `segkit-number${score.stops.includes(at) ? " stop" : ""}`, "text-anchor": "middle" }, chart);
      lines.forEach((line, k) => draw("tspan", { x: x(at), dy: k ? type * 1.15 : 0 }, text, line));
    }
    const turn = [type * 0.9, (m.top + height - m.bottom) / 2];
    draw("text", { x: turn[0], y: turn[1], class: "segkit-axis-title", "text-anchor": "middle", transform: `rotate(-90 ${turn[0]} ${turn[1]})` }, chart, score.y_title);
    const marker = draw("line", { y1: m.top, y2: height - m.bottom, class: "segkit-marker" }, chart);
    const drawn = score.lines.map((line, k) => ({
      path: draw("path", { class: `segkit-line line-${k}${score.joined ? "" : " loose"}` }, chart),
      dots: draw("path", { class: `segkit-line segkit-dots line-${k}` }, chart),
      dot: draw("circle", { r: type * 0.36, class: `segkit-dot line-${k}` }, chart),
      name: draw("text", { class: "segkit-name" }, chart, line.symbol),
    }));
    // the slider lies under the plot, its thumb under the marker
    const thumb = parseFloat(getComputedStyle(track).getPropertyValue("--segkit-thumb")) || 28;
    track.style.marginLeft = `${m.left - thumb / 2}px`;
    track.style.width = `${width - m.left - m.right + thumb}px`;
    return (at) => {
      marker.setAttribute("x1", x(at));
      marker.setAttribute("x2", x(at));
      const heights = data.lines.map((values) => y(values[at]));
      const beside = apart(heights, type * 1.15, m.top, height - m.bottom);
      drawn.forEach(({ path, dots, dot, name }, k) => {
        path.setAttribute("d", trace(data.lines[k], furthest, x, y));
        if (!score.joined)
          dots.setAttribute("d", Array.from({ length: furthest + 1 }, (_, at) => `M${x(at).toFixed(2)} ${y(data.lines[k][at]).toFixed(2)}h0`).join(""));
        dot.setAttribute("cx", x(at));
        dot.setAttribute("cy", heights[k]);
        name.setAttribute("x", x(at) + type * 0.7);
        name.setAttribute("y", beside[k] + type * 0.35);
      });
    };
  }

  function show(to) {
    step = clamp(Math.round(to), 0, last);
    furthest = Math.max(furthest, step);
    slider.value = step;
    slider.setAttribute("aria-valuetext", score.sentences[step]);
    slider.style.setProperty("--segkit-filled", last ? step / last : 0);
    label.textContent = score.labels[step];
    sentence.textContent = score.sentences[step];
    numbers.forEach((number, k) => (number.textContent = score.readouts[k][step]));
    picture.setAttribute("aria-label", score.pictures[step]);
    chart.setAttribute("aria-label", score.charts[step]);
    film.dataset.step = step;
    if (moving) {
      moving.picture(data.table(step), step);
      moving.chart(step);
    }
    if (!playing) name();
  }

  // --- a gesture becomes a value: the last place goes back, at most ten times a second
  let waiting = 0;
  function tell() {
    if (waiting) return;
    waiting = setTimeout(() => {
      waiting = 0;
      if (model.get("step") === step) return;
      model.set("step", step);
      model.save_changes();
    }, 100);
  }

  // --- playing
  let playing = false, request = 0, timer = 0;
  function name() {
    const what = playing ? "pause" : step === last ? "again" : "play";
    doing.textContent = words[what];
    button.dataset.does = what;
    shape.setAttribute("d", { play: "M3 1l11 7-11 7z", pause: "M3 1h4v14H3zM9 1h4v14H9z", again: "M8 2a6 6 0 1 0 6 6h-2a4 4 0 1 1-4-4v3l5-4-5-4z" }[what]);
  }
  function pause(said = true) {
    if (!playing) return;
    playing = false;
    cancelAnimationFrame(request);
    clearTimeout(timer);
    name();
    tell();
    if (said) status.textContent = score.sentences[step];
  }
  function start() {
    const from = step === last ? 0 : step;
    playing = true;
    status.textContent = "";
    name();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      const stops = stills(from, data.steps);
      const next = () => {
        show(stops.shift());
        status.textContent = score.sentences[step];
        if (stops.length) timer = setTimeout(next, 1500);
        else pause(false);
      };
      return next();
    }
    let began = null;
    const turn = (now) => {
      began ??= now;
      const to = reached(from, now - began, score.seconds, data.steps);
      if (to !== step) show(to);
      if (to === last) pause();
      else request = requestAnimationFrame(turn);
    };
    request = requestAnimationFrame(turn);
  }
  on(button, "click", () => (playing ? pause() : start()));
  on(slider, "input", () => {
    pause(false);
    show(Number(slider.value));
    tell();
  });
  const follow = () => {
    if (!playing && !waiting && model.get("step") !== step) show(model.get("step"));
  };
  model.on("change:step", follow);

  // --- what a page may ask of its widgets
  const go = (to) => {
    pause(false);
    model.send({ do: "go", step: to });
  };
  on(film, "segkit:start", (event) => event.detail.step !== undefined && go(event.detail.step));
  on(film, "segkit:resume", (event) => go(event.detail.step));
  on(film, "segkit:keep", (event) => step !== score.start && event.detail.keep({ step }));
  on(film, "segkit:reset", () => {
    pause(false);
    show(score.start);
    tell();
    status.textContent = score.sentences[step];
  });

  const watch = new ResizeObserver(() => lay());
  watch.observe(frame);
  const larger = new MutationObserver(lay); // letters of another size; another theme is the style sheet's affair
  larger.observe(document.documentElement, { attributeFilter: ["data-segkit-size"] });
  show(step);
  greet(film);
  return {
    said: (text) => (status.textContent = text),
    stop() {
      pause(false);
      clearTimeout(waiting);
      watch.disconnect();
      larger.disconnect();
      listeners.abort();
      model.off("change:step", follow);
    },
  };
}

function render({ model, el }) {
  let film = null;
  const hear = (message, buffers) => {
    // an answer to one view's hello is heard by all views of this film; those that play go on
    if (message.do === "score") film ??= play(model, el, message.score, buffers);
    else if (message.do === "said") film?.said(message.text);
  };
  model.on("msg:custom", hear);
  model.send({ do: "hello" });
  return () => {
    film?.stop();
    model.off("msg:custom", hear);
  };
}

export default { render };
