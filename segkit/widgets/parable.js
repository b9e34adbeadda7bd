// A board of polygons. Python writes the score (every move, number and sentence); this plays it, and lets one drag.
// No rule and no sentence lives here: which face a polygon has is looked up in a table that Python sends.
// The exported helpers are pure and are tested with bare node.

export const EMPTY = 0, TRIANGLE = 1, SQUARE = 2;
export const UNHAPPY = 1, CONTENT = 2, MEH = 3;
export const NOTHING = -32768; // a value of a line that does not exist, such as the share alike where nobody has a neighbour

export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** A sentence with its blanks filled; a blank without a value stays. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (blank, name) => (name in values ? String(values[name]) : blank));

/** How a language writes numbers: whole ones (12,345), fifths (0.2), and ten-thousandths with two decimals, a proper minus, a dash for none. */
export function figures(lang, minus = "−", none = "–") {
  const form = (digits) => new Intl.NumberFormat(lang, { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: "always" });
  const [whole, tenths, hundredths] = [form(0), form(1), form(2)];
  return {
    whole: (value) => whole.format(value),
    tenths: (value) => (value < 0 ? minus : "") + (value % 1 ? tenths : whole).format(Math.abs(value)),
    written: (value) => {
      if (value === NOTHING) return none;
      const short = Number((Math.abs(value) / 10000).toFixed(2));
      return (value < 0 && short ? minus : "") + hundredths.format(short);
    },
  };
}

/** Bytes from a message as numbers, wherever they lie. */
export function numbers(view, Kind) {
  if (!view) return new Kind(0);
  const start = view.byteOffset ?? 0;
  return new Kind((view.buffer ?? view).slice(start, start + view.byteLength));
}

/** What lives around each cell, and so which face it has. The eight counts are kept up to date: an exchange touches 18 cells. */
export function crowd(rows, columns, torus, faceTable) {
  let table = faceTable; // [kind - 1][neighbours][of them alike], flat
  const size = rows * columns;
  const cells = new Uint8Array(size), faces = new Uint8Array(size);
  const near = [null, new Uint8Array(size), new Uint8Array(size)]; // how many triangles, how many squares are around
  const dirty = new Int32Array(size), marked = new Uint8Array(size);
  const ring = new Int32Array(8);
  const changed = new Int32Array(32); // cells whose face the last exchange changed
  let dirtied = 0, unhappy = 0, alters = 0;

  /** The cells around one; on a torus of one or two rows a cell counts once. */
  function around(cell) {
    const r = (cell / columns) | 0, c = cell - r * columns;
    let n = 0;
    for (let dr = -1; dr <= 1; dr++) {
      for (let dc = -1; dc <= 1; dc++) {
        if (!dr && !dc) continue;
        let y = r + dr, x = c + dc;
        if (torus) {
          y = (y + rows) % rows;
          x = (x + columns) % columns;
        } else if (y < 0 || x < 0 || y >= rows || x >= columns) continue;
        const other = y * columns + x;
        if (torus && (rows < 3 || columns < 3) && (other === cell || ring.subarray(0, n).includes(other))) continue;
        ring[n++] = other;
      }
    }
    return n;
  }
  const look = (kind, triangles, squares) =>
    kind ? table[(kind - 1) * 81 + (triangles + squares) * 9 + (kind === TRIANGLE ? triangles : squares)] : 0;
  function mark(cell) {
    if (marked[cell]) return;
    marked[cell] = 1;
    dirty[dirtied++] = cell;
  }
  function judge(cell) {
    const face = look(cells[cell], near[1][cell], near[2][cell]);
    if (face === faces[cell]) return;
    unhappy += (face === UNHAPPY) - (faces[cell] === UNHAPPY);
    faces[cell] = face;
    if (alters < 32) changed[alters++] = cell;
    mark(cell);
  }
  function put(cell, kind) {
    const was = cells[cell];
    cells[cell] = kind;
    mark(cell);
    const n = around(cell);
    for (let k = 0; k < n; k++) {
      if (was) near[was][ring[k]]--;
      if (kind) near[kind][ring[k]]++;
    }
  }
  function rejudge(cell) {
    judge(cell);
    const n = around(cell);
    for (let k = 0; k < n; k++) judge(ring[k]);
  }
  return {
    rows, columns, torus, size, cells, faces, near, changed, mark,
    get unhappy() { return unhappy; },
    get altered() { return alters; },
    /** The contents of two cells change places; the same once more takes it back. */
    exchange(a, b) {
      const kind = cells[a], other = cells[b];
      alters = 0;
      if (kind === other) return;
      put(a, other);
      put(b, kind);
      rejudge(a);
      rejudge(b);
    },
    load(list) {
      cells.set(list);
      near[1].fill(0);
      near[2].fill(0);
      faces.fill(0);
      unhappy = 0;
      for (let cell = 0; cell < size; cell++) {
        const kind = cells[cell];
        if (!kind) continue;
        const n = around(cell);
        for (let k = 0; k < n; k++) near[kind][ring[k]]++;
      }
      for (let cell = 0; cell < size; cell++) judge(cell);
      for (let cell = 0; cell < size; cell++) mark(cell);
      alters = 0;
    },
    /** Another wish: everybody is judged anew. */
    wish(other) {
      if (other === table) return;
      table = other;
      for (let cell = 0; cell < size; cell++) judge(cell);
      alters = 0;
    },
    /** The face, neighbours and like neighbours one of this kind would have here, had it left `from`. */
    visit(cell, kind, from = -1) {
      let triangles = near[1][cell], squares = near[2][cell];
      if (from >= 0 && cells[from]) {
        const n = around(cell);
        for (let k = 0; k < n; k++)
          if (ring[k] === from) cells[from] === TRIANGLE ? triangles-- : squares--;
      }
      return { face: look(kind, triangles, squares), neighbours: triangles + squares, same: kind === TRIANGLE ? triangles : squares };
    },
    /** Each cell to be drawn anew, once. */
    clean(act) {
      for (let k = 0; k < dirtied; k++) {
        marked[dirty[k]] = 0;
        act(dirty[k]);
      }
      const n = dirtied;
      dirtied = 0;
      return n;
    },
    get stale() { return dirtied; },
  };
}

/** All moves known so far, with what each step is worth; grows by doubling. */
export function story(lines) {
  let room = 1024, count = 0;
  let moves = new Uint32Array(2 * room), unhappy = new Uint32Array(room + 1), values = new Int16Array((room + 1) * lines);
  function grow(to) {
    if (to <= room) return;
    while (room < to) room *= 2;
    const wider = (Kind, length, old) => { const made = new Kind(length); made.set(old); return made; };
    moves = wider(Uint32Array, 2 * room, moves);
    unhappy = wider(Uint32Array, room + 1, unhappy);
    values = wider(Int16Array, (room + 1) * lines, values);
  }
  return {
    get count() { return count; },
    get room() { return room; },
    start: (step) => moves[2 * step],
    end: (step) => moves[2 * step + 1],
    unhappy: (step) => unhappy[step],
    value: (step, line) => values[step * lines + line],
    /** Everything anew: what step 0 is worth comes first. */
    begin(newMoves, newUnhappy, newValues) {
      count = 0;
      unhappy[0] = newUnhappy[0];
      values.set(newValues.subarray(0, lines), 0);
      this.append(newMoves, newUnhappy.subarray(1), newValues.subarray(lines));
    },
    append(newMoves, newUnhappy, newValues) {
      const more = newMoves.length >> 1;
      grow(count + more);
      moves.set(newMoves, 2 * count);
      unhappy.set(newUnhappy.subarray(0, more), count + 1);
      values.set(newValues.subarray(0, more * lines), (count + 1) * lines);
      count += more;
    },
    /** One move of the reader's own; what it is worth Python will say, until then the lines stay level. */
    push(start, end, nowUnhappy) {
      grow(count + 1);
      moves[2 * count] = start;
      moves[2 * count + 1] = end;
      unhappy[count + 1] = nowUnhappy;
      for (let line = 0; line < lines; line++) values[(count + 1) * lines + line] = values[count * lines + line];
      count++;
    },
    /** Every step after this one is forgotten. */
    cut(step) { count = Math.min(count, step); },
  };
}

/** Which of several tables holds at a step: the last one that holds since then or earlier. */
export function holding(since, step) {
  let k = since.length - 1;
  while (k > 0 && since[k] > step) k--;
  return k;
}

/** Moves a second: the usual speed lets a usual run last six seconds; the ends of the slider. */
export function speeds(size) {
  const usual = clamp(Math.round(size / 20), 4, 20_000);
  return { low: 1, usual, high: Math.max(100, usual * 25) };
}

/** A slider's place (0 to 100) as a speed, and back: equal ways are equal ratios. */
export const speedAt = (place, { low, high }) => {
  const speed = low * (high / low) ** (place / 100);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(speed)) - 1);
  return Math.round(speed / unit) * unit;
};
export const placeOf = (speed, { low, high }) => (100 * Math.log(speed / low)) / Math.log(high / low);

/** How far the axis of moves reaches: a round number with some room to grow. */
export function reach(moves, least = 20) {
  let top = least;
  for (let k = 0; top < moves; k++) top = least * [1, 2, 5][k % 3] * 10 ** Math.floor(k / 3);
  return top;
}

/** Round numbers along an axis, about `most` of them. */
export function ticks(top, most = 5) {
  const raw = top / most, unit = 10 ** Math.floor(Math.log10(raw));
  const each = Math.max(1, [1, 2, 5, 10].map((k) => k * unit).find((k) => k >= raw * 0.999));
  const list = [];
  for (let at = 0; at <= top * 1.0001; at += each) list.push(at);
  return list;
}

/** Only every so-manieth point of a long line is drawn: a power of two, so that the points stay put as it grows. */
export function stride(points, most) {
  let each = 1;
  while (points / each > most) each *= 2;
  return each;
}

/** The sides where two units meet: [row, column, row, column] of corners of cells, runs joined. */
export function borders(labels, rows, columns) {
  const sides = [];
  for (let r = 1; r < rows; r++) {
    for (let c = 0, from = -1; c <= columns; c++) {
      const cut = c < columns && labels[r * columns + c] !== labels[(r - 1) * columns + c];
      if (cut && from < 0) from = c;
      if (!cut && from >= 0) sides.push([r, from, r, c]), (from = -1);
    }
  }
  for (let c = 1; c < columns; c++) {
    for (let r = 0, from = -1; r <= rows; r++) {
      const cut = r < rows && labels[r * columns + c] !== labels[r * columns + c - 1];
      if (cut && from < 0) from = r;
      if (!cut && from >= 0) sides.push([from, c, r, c]), (from = -1);
    }
  }
  return sides;
}

/** The next cell after `from`, round the board, of which `good` is true; -1 if there is none. */
export function next(from, size, good) {
  for (let k = 1; k <= size; k++) if (good((from + k) % size)) return (from + k) % size;
  return -1;
}

/** Where a key carries the cursor: a cell, or null if the key is not one of these. */
export function carried(key, cell, rows, columns, far = false) {
  const r = Math.floor(cell / columns), c = cell % columns;
  const to = {
    ArrowLeft: [r, c - 1], ArrowRight: [r, c + 1], ArrowUp: [r - 1, c], ArrowDown: [r + 1, c],
    Home: far ? [0, 0] : [r, 0], End: far ? [rows - 1, columns - 1] : [r, columns - 1],
  }[key];
  return to ? clamp(to[0], 0, rows - 1) * columns + clamp(to[1], 0, columns - 1) : null;
}

/** The eight cells around one, row by row from above left; -1 beyond a wall. */
export function sides(cell, rows, columns, torus) {
  const r = Math.floor(cell / columns), c = cell % columns, found = [];
  for (let y = r - 1; y <= r + 1; y++)
    for (let x = c - 1; x <= c + 1; x++) {
      if (y === r && x === c) continue;
      const inside = y >= 0 && x >= 0 && y < rows && x < columns;
      found.push(inside ? y * columns + x : torus ? ((y + rows) % rows) * columns + ((x + columns) % columns) : -1);
    }
  return found;
}

/** Equal neighbours of a row taken together: [first, last, what], counted from 0. */
export function stretches(list) {
  const found = [];
  list.forEach((what, k) => {
    const last = found[found.length - 1];
    if (last && last[2] === what) last[1] = k;
    else found.push([k, k, what]);
  });
  return found;
}

/** A number stays with its per cent sign: the line is not broken between them. */
export const bound = (text) => text.replace(/(\d) %/g, "$1\u00a0%");

/** Labels moved apart, so that none lies nearer than `gap` to the next. */
export function apart(heights, gap, low, high) {
  const order = heights.map((_, k) => k).sort((a, b) => heights[a] - heights[b]);
  const out = heights.slice();
  for (let k = 1; k < order.length; k++) out[order[k]] = Math.max(out[order[k]], out[order[k - 1]] + gap);
  let ceiling = high;
  for (let k = order.length - 1; k >= 0; k--) {
    out[order[k]] = Math.min(out[order[k]], ceiling);
    ceiling = out[order[k]] - gap;
  }
  return out.map((h) => Math.max(h, low));
}

/** Slow at both ends. */
export const eased = (t) => (t < 0.5 ? 4 * t * t * t : 1 - (-2 * t + 2) ** 3 / 2);

/** How long one hop takes, in ms, at so many moves a second; 0: too fast for the eye, the state just changes. */
export const hop = (speed) => (speed > 240 ? 0 : clamp(7000 / speed, 110, 380));

/** Does a heading of the page already say this title? Lab puts a mark after its headings. */
export const repeats = (heading, title) => title !== "" && heading.trim().toLowerCase().startsWith(title.trim().toLowerCase());

// --- the drawings -----------------------------------------------------------------------------------------------------

// the colours stand in parable.css, one set for each theme
const INKS = `ink paper quiet hair track lot open open-edge fence outline face pale-face eye pupil heart
  triangle triangle-foot triangle-pale triangle-pale-foot triangle-edge triangle-dot triangle-pale-dot
  square square-foot square-pale square-pale-foot square-edge square-dot square-pale-dot line-0 line-1 line-2 line-3 line-4`.split(/\s+/);
const NAMED = ["", "triangle", "square"];
function inksOf(root) {
  const style = getComputedStyle(root);
  return Object.fromEntries(INKS.map((name) => [name, style.getPropertyValue(`--segkit-${name}`).trim()]));
}
export const DASHES = [[], [9, 4], [14, 3, 4, 3], [18, 5], [6, 6]];
/** A line looks the same on every board: which stroke and which dash are its own. */
export const lookOf = (name) => ["alike", "index", "dissimilarity", "isolation", name].indexOf(name);

// on a very large board a polygon is a dot: strong if it wants to move, pale if all its neighbours are alike
const dotsOf = (ink) => [ink.lot, ...["triangle", "square"].flatMap((kind) => [ink[`${kind}-dot`], ink[kind], ink[`${kind}-pale-dot`]])];
/** A colour (#rrggbb) as a pixel lies in memory. */
export const bytes = (hex) => (0xff000000 | (parseInt(hex.slice(5, 7), 16) << 16) | (parseInt(hex.slice(3, 5), 16) << 8) | parseInt(hex.slice(1, 3), 16)) >>> 0;

const OPEN = 7; // the tiles of an atlas: 0 an empty cell, 1-3 triangles, 4-6 squares, 7 a cell where one may drop
const tileOf = (kind, face) => (kind ? (kind - 1) * 3 + face : 0);

function body(c, kind, s) {
  c.beginPath();
  if (kind === SQUARE) {
    c.roundRect(0.125 * s, 0.115 * s, 0.75 * s, 0.75 * s, 0.14 * s);
    return;
  }
  const corners = [[0.5, 0.02], [0.985, 0.875], [0.015, 0.875]];
  c.moveTo(0.2575 * s, 0.4475 * s);
  for (let k = 0; k < 3; k++) {
    const [ax, ay] = corners[k], [bx, by] = corners[(k + 1) % 3];
    c.arcTo(ax * s, ay * s, bx * s, by * s, 0.105 * s);
  }
  c.closePath();
}

/** One polygon in a square of side `s`: the three faces differ in eyes, mouth, outline and paleness. */
export function polygon(c, kind, face, s, ink) {
  const pale = face === MEH, name = NAMED[kind];
  if (s < 7) {
    c.fillStyle = dotsOf(ink)[tileOf(kind, face)];
    c.fillRect(0, 0, s, s);
    return;
  }
  c.save();
  c.lineCap = c.lineJoin = "round";
  if (s >= 14) { // it stands on something
    c.save();
    c.translate(0, 0.055 * s);
    body(c, kind, s);
    c.fillStyle = ink[`${name}${pale ? "-pale" : ""}-foot`];
    c.fill();
    c.restore();
  }
  body(c, kind, s);
  c.fillStyle = ink[`${name}${pale ? "-pale" : ""}`];
  c.fill();
  if (face !== CONTENT) { // what is pale has a stronger edge, so that it is told from its ground
    c.lineWidth = Math.max(1, 0.055 * s);
    c.strokeStyle = pale ? ink[`${name}-edge`] : ink.outline;
    c.stroke();
  }
  const x = 0.5 * s, apart = (kind === TRIANGLE ? 0.135 : 0.17) * s;
  const eyes = (kind === TRIANGLE ? 0.545 : 0.42) * s, mouth = (kind === TRIANGLE ? 0.745 : 0.655) * s, wide = (kind === TRIANGLE ? 0.155 : 0.19) * s;
  if (s < 11) { // too small for a face: who wants to move has a light heart
    if (face === UNHAPPY) {
      c.fillStyle = ink.heart;
      c.beginPath();
      c.arc(x, (kind === TRIANGLE ? 0.6 : 0.49) * s, 0.17 * s, 0, 7);
      c.fill();
    }
    c.restore();
    return;
  }
  c.lineWidth = Math.max(1.3, 0.065 * s);
  c.strokeStyle = c.fillStyle = pale ? ink["pale-face"] : ink.face;
  if (face === UNHAPPY) {
    for (const side of [-1, 1]) {
      c.fillStyle = ink.eye;
      c.beginPath();
      c.arc(x + side * apart, eyes, 0.1 * s, 0, 7);
      c.fill();
      c.fillStyle = ink.pupil;
      c.beginPath();
      c.arc(x + side * apart, eyes + 0.025 * s, 0.05 * s, 0, 7);
      c.fill();
    }
    if (s >= 26) {
      c.strokeStyle = ink.pupil;
      c.lineWidth = 0.045 * s;
      for (const side of [-1, 1]) {
        c.beginPath();
        c.moveTo(x + side * (apart + 0.1 * s), eyes - 0.1 * s);
        c.lineTo(x + side * (apart - 0.06 * s), eyes - 0.165 * s);
        c.stroke();
      }
    }
    c.fillStyle = ink.pupil;
    c.beginPath();
    c.ellipse(x, mouth + 0.04 * s, wide * 0.66, 0.095 * s, 0, Math.PI, 0);
    c.closePath();
    c.fill();
  } else if (face === CONTENT) {
    for (const side of [-1, 1]) {
      c.beginPath();
      c.arc(x + side * apart, eyes + 0.03 * s, 0.068 * s, Math.PI, 0);
      c.stroke();
    }
    c.beginPath();
    c.arc(x, mouth - 0.055 * s, wide * 0.98, 0, Math.PI);
    c.closePath();
    c.fill();
  } else {
    for (const side of [-1, 1]) {
      c.beginPath();
      c.moveTo(x + side * apart - 0.065 * s, eyes);
      c.lineTo(x + side * apart + 0.065 * s, eyes);
      c.stroke();
    }
    c.beginPath();
    c.moveTo(x - wide * 0.75, mouth);
    c.lineTo(x + wide * 0.75, mouth);
    c.stroke();
  }
  c.restore();
}

function lot(c, s, open, ink) {
  c.fillStyle = ink.paper;
  c.fillRect(0, 0, s, s);
  const gap = s < 8 ? 0 : Math.max(0.5, 0.035 * s);
  c.fillStyle = ink.lot;
  c.beginPath();
  c.roundRect(gap, gap, s - 2 * gap, s - 2 * gap, 0.12 * s);
  c.fill();
  if (!open) return;
  const inset = Math.max(1.5, 0.1 * s);
  c.fillStyle = ink.open;
  c.strokeStyle = ink["open-edge"];
  c.lineWidth = Math.max(1, 0.04 * s);
  if (s >= 12) c.setLineDash([0.13 * s, 0.09 * s]);
  c.beginPath();
  c.roundRect(inset, inset, s - 2 * inset, s - 2 * inset, 0.12 * s);
  c.fill();
  c.stroke();
  c.setLineDash([]);
}

/** All tiles side by side, ready to be copied: on their lots, or clear of any ground. */
function atlas(s, ground, ink) {
  const sheet = document.createElement("canvas");
  sheet.width = 8 * s;
  sheet.height = s;
  const c = sheet.getContext("2d");
  for (let tile = 0; tile < 8; tile++) {
    c.save();
    c.translate(tile * s, 0);
    c.beginPath();
    c.rect(0, 0, s, s);
    c.clip();
    if (ground) lot(c, s, tile === OPEN, ink);
    if (tile && tile !== OPEN) polygon(c, tile > 3 ? SQUARE : TRIANGLE, tile > 3 ? tile - 3 : tile, s, ink);
    c.restore();
  }
  return sheet;
}

// --- the page ---------------------------------------------------------------------------------------------------------

const SVG = "http://www.w3.org/2000/svg";

function make(tag, name, parent, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  if (parent) parent.append(node);
  return node;
}

const ICONS = {
  run: "M3 1.5l11 6.5-11 6.5z", pause: "M3 1.5h4v13H3zM9 1.5h4v13H9z", step: "M2 1.5l8 6.5-8 6.5zM11 1.5h3v13h-3z",
  again: "M8 2a6 6 0 1 0 6 6h-2a4 4 0 1 1-4-4v3l5-4-5-4z", start: "M14 1.5L6 8l8 6.5zM2 1.5h3v13H2z",
  new: "M7 1h2v6h6v2H9v6H7V9H1V7h6z", share: "M6 4H3a2.5 2.5 0 0 0 0 8h3v-2H3.5a2 2 0 0 1 0-4H6zm4 0h3a2.5 2.5 0 0 1 0 8h-3v-2h2.500a2 2 0 0 0 0-4H10zM5 7h6v2H5z",
  picture: "M1 3h14v11H1zm2 2v6l3-3 2 2 3-4 2 3V5z", data: "M7 1h2v6h3l-4 5-4-5h3zM2 13h12v2H2z", table: "M1 2h14v12H1zm2 4v2h4V6zm6 0v2h4V6zm-6 4v2h4v-2zm6 0v2h4v-2z",
};

function icon(parent, name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of [["viewBox", "0 0 16 16"], ["width", 16], ["height", 16], ["aria-hidden", "true"]]) svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("fill", "currentColor");
  path.setAttribute("fill-rule", "evenodd");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  parent.append(svg);
  return path;
}

// JupyterLab would take arrows and Enter for its own shortcuts; the mark counts on the very thing that has the focus
const ownKeys = (node) => node.setAttribute("data-lm-suppress-shortcuts", "true");

function headingAbove(node) {
  const before = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(
    (heading) => !heading.closest(".segkit-parable") && heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return before.length ? before[before.length - 1].textContent : "";
}

/** Tells the page that a widget is there, as soon as it is. */
function greet(root, tries = 200) {
  if (root.isConnected) root.dispatchEvent(new CustomEvent("segkit:here", { bubbles: true }));
  else if (tries) setTimeout(() => greet(root, tries - 1), 50);
}

/** A board on the page: `hear` takes Python's messages after the first, `stop` takes everything away. */
function perform(model, el, stage) {
  const words = stage.words;
  const word = (key, values) => fill(words[key] ?? key, values ?? {});
  const has = new Set(stage.controls);
  const lines = stage.lines ?? [];
  const id = `segkit-parable-${Math.random().toString(36).slice(2)}`; // a page holds many boards, and one board many views
  const adds = (line) => line.symbol && !line.label.includes(line.symbol);
  const listeners = new AbortController();
  const on = (target, event, act, more) => target.addEventListener(event, act, { signal: listeners.signal, ...more });
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // --- what is there
  let world = null, tale = null; // the cells now; all steps known
  let tables = [], since = [0]; // what makes a face, and from which step on
  let epoch = 0, at = 0, furthest = 0, ended = "", seed = "", labels = null, bordered = false, expected = {};
  let playing = false, held = null, scrubbing = false;
  let waiting = 0; // drops that Python has not answered yet
  const later = []; // drops made meanwhile: [start, end]
  let asked = 0, askedAt = 0; // moves asked for and not here yet
  let pace = null, speed = 20, budget = 0;
  // Python drops what belongs to an older epoch: while a change is on its way, what is asked for waits for its answer
  let changing = false;
  const asking = []; // [what, more]
  const changes = (what) => ["set", "new", "start", "replay", "link", "resume"].includes(what);
  let replaying = false; // a pasted line is on its way
  let line = null; // what Python says of the story, should the page have to be loaded again: its line, and how it is cut
  const unanswered = []; // drops that are not in it yet: [after step, start, end]
  function send(what, more) {
    if (waiting || changing) {
      if (what === "at" || what === "more") return;
      const same = asking.findIndex(([w, m]) => w === what && m?.name === more?.name);
      if (same >= 0) asking.splice(same, 1);
      asking.push([what, more]);
      return;
    }
    if (changes(what)) changing = true;
    model.send({ do: what, epoch, at, ...more });
  }
  function askNext() {
    while (asking.length && !waiting && !changing) send(...asking.shift());
  }

  const moves = stage.drag !== "none" || has.has("run") || has.has("step"); // where nobody moves, a curve over moves says nothing

  // --- the frame of it
  el.textContent = "";
  el.classList.add("segkit-parable-host");
  const root = make("section", "segkit-parable", el);
  root.lang = stage.lang;
  Object.assign(root.dataset, { segkit: "parable", segkitId: stage.id });
  root.setAttribute("aria-labelledby", `${id}-title`);
  const frame = make("div", "segkit-parable-frame", root);
  const top = make("div", "segkit-parable-head", frame);
  make("h3", repeats(headingAbove(el), stage.title) ? "segkit-parable-hidden" : "segkit-parable-title", top, stage.title).id = `${id}-title`;
  if (stage.task) make("p", "segkit-parable-task", top, bound(stage.task));
  const scene = make("div", "segkit-parable-scene", frame);
  const left = make("div", "segkit-parable-left", scene);
  const box = make("div", "segkit-parable-box", left);
  const board = make("div", "segkit-parable-board", box);
  board.tabIndex = 0;
  board.setAttribute("role", "application");
  board.setAttribute("aria-describedby", `${id}-hint ${id}-cursor`);
  ownKeys(board);
  const canvases = ["cells", "borders", "motion"].map((name) => {
    const canvas = make("canvas", `segkit-parable-${name}`, board);
    canvas.setAttribute("aria-hidden", "true");
    return canvas;
  });
  const [ground, fences, air] = canvases.map((canvas) => canvas.getContext("2d"));
  let ink = inksOf(root), pixelInks = null;
  const spoken = make("p", "segkit-parable-hidden", box); // what stands at the cursor
  spoken.id = `${id}-cursor`;
  spoken.setAttribute("aria-live", "polite");
  make("p", "segkit-parable-hidden", box, word(stage.drag === "none" ? "hint.still" : "hint")).id = `${id}-hint`;

  const beside = make("div", "segkit-parable-beside", left);
  const state = make("div", "segkit-parable-state", beside);
  const counts = make("dl", "segkit-parable-counts", state);
  const counted = ["moves", "unhappy"].map((name) => {
    const pair = make("div", "", counts);
    pair.dataset.name = name;
    make("dt", "", pair, name === "moves" ? word(name) : "");
    return make("dd", "", pair, "");
  });
  const values = lines.length === 1 ? [lines[0].label, word("chance")].map((label, k) => { // seen where two boards stand side by side
    const pair = make("div", k ? "segkit-parable-single chance" : "segkit-parable-single", counts);
    make("dt", "", pair, label);
    return make("dd", "", pair, "");
  }) : [];
  const settled = make("p", "segkit-parable-ended", state);
  settled.hidden = counted[0].parentNode.hidden = !moves;
  const here = make("p", "segkit-parable-here", beside); // for eyes only: what `spoken` says at the cursor, said at the pointer
  here.setAttribute("aria-hidden", "true");
  beside.prepend(here);
  const legend = make("div", "segkit-parable-legend", beside);

  // --- the sliders, the curve, the numbers
  const sliders = new Map();
  const rightSide = lines.length > 0 || (stage.sliders ?? []).length > 2;
  const controls = make("div", "segkit-parable-controls", scene);
  const right = rightSide ? make("div", "segkit-parable-right", scene) : null;
  const settings = (stage.sliders ?? []).length + (stage.cuts ?? []).length ? make("div", "segkit-parable-settings", right ?? beside) : null;
  (stage.sliders ?? []).forEach((slider, k) => {
    const row = make("div", "segkit-parable-setting", settings);
    const head = make("label", "", row, slider.label);
    head.htmlFor = `${id}-s${k}`;
    const input = range(row, 0, slider.values.length - 1, 0);
    const shown = make("output", "", row);
    shown.htmlFor = input.id = head.htmlFor;
    input.dataset.name = slider.name;
    const entry = { input, show: (index) => { place(input, index); shown.textContent = slider.labels[index]; input.setAttribute("aria-valuetext", slider.labels[index]); } };
    sliders.set(slider.name, entry);
    on(input, "input", () => {
      entry.show(Number(input.value));
      choose(slider.name, slider.values[Number(input.value)]);
    });
  });
  const cutters = [];
  if ((stage.cuts ?? []).length > 1) {
    const group = make("fieldset", "segkit-parable-cuts", settings);
    make("legend", "", group, word("cut"));
    for (const cut of stage.cuts) {
      const choice = make("label", "segkit-parable-choice", group);
      const radio = make("input", "", choice);
      Object.assign(radio, { type: "radio", name: `${id}-cut`, value: cut.name });
      ownKeys(radio);
      make("span", "", choice, cut.label);
      cutters.push(radio);
      on(radio, "change", () => choose("cut", cut.name));
    }
  }
  let chart = null, plot = null, readouts = [];
  if (lines.length && moves) {
    chart = make("canvas", "segkit-parable-chart", right);
    chart.setAttribute("role", "img");
  }
  const track = has.has("scrub") ? make("div", "segkit-parable-track", right ?? box) : null;
  const scrub = track ? range(track, 0, 1, 0) : null;
  if (scrub) {
    scrub.classList.add("segkit-parable-scrub");
    scrub.setAttribute("aria-label", word("scrub"));
  }
  if (lines.length) {
    const table = make("table", "segkit-parable-numbers", right);
    const head = make("tr", "", make("thead", "", table));
    make("td", "", head);
    make("th", "", head, word("now")).scope = "col";
    const chance = make("th", "", head);
    chance.scope = "col";
    if (chart) sample(chance, "dots", 0);
    else table.classList.add("still"); // nothing is drawn, so no line is shown
    chance.append(word("chance"));
    const rows = make("tbody", "", table);
    readouts = lines.map((line, k) => {
      const row = make("tr", "", rows);
      const name = make("th", "", row);
      name.scope = "row";
      if (chart) sample(name, "line", lookOf(line.name));
      make("span", "", name, line.label);
      if (adds(line)) make("span", "segkit-parable-symbol", name, line.symbol);
      return [make("td", "segkit-parable-now", row), make("td", "", row)];
    });
  }

  // --- the buttons
  function button(name, look, act, parent = controls) {
    const made = make("button", `segkit-parable-${look}`, parent);
    made.type = "button";
    ownKeys(made);
    const path = icon(made, name);
    const text = make("span", "", made, word(name));
    on(made, "click", act);
    made.dataset.name = name;
    return { made, name: (other) => { if (made.dataset.does === other) return; made.dataset.does = other; path.setAttribute("d", ICONS[other]); text.textContent = word(other); } };
  }
  const go = has.has("run") ? button("run", "go", () => (playing ? pause() : play())) : null;
  if (has.has("step")) button("step", "plain", oneStep);
  if (has.has("start")) button("start", "plain", () => afresh("start"));
  if (has.has("new")) button("new", "plain", () => afresh("new"));
  let speedSlider = null, speedSaid = null;
  if (has.has("speed")) {
    const row = make("div", "segkit-parable-speed", controls);
    make("label", "", row, word("speed")).htmlFor = `${id}-speed`;
    speedSlider = range(row, 0, 100, 50);
    speedSlider.id = `${id}-speed`;
    speedSaid = make("output", "", row);
    on(speedSlider, "input", () => {
      speed = speedAt(Number(speedSlider.value), pace);
      sayPace();
    });
  }
  let seedField = null;
  if (has.has("seed")) {
    const row = make("div", "segkit-parable-seed", controls);
    make("label", "", row, word("seed")).htmlFor = `${id}-seed`;
    seedField = make("input", "", row);
    Object.assign(seedField, { type: "number", id: `${id}-seed`, min: 0, step: 1, inputMode: "numeric" });
    ownKeys(seedField);
    on(seedField, "keydown", (event) => event.stopPropagation());
    on(seedField, "change", () => {
      const wanted = Number(seedField.value), good = seedField.value !== "" && Number.isInteger(wanted) && wanted >= 0 && wanted < 1e15;
      seedField.value = good ? wanted : seed; // what was used
      if (good) afresh("new", { seed: wanted });
      else announce(word("seed.whole", { seed }));
    });
  }
  const keep = ["share", "picture", "data", "table"].some((name) => has.has(name)) ? make("div", "segkit-parable-keep", controls) : null;
  const saying = make("div", "segkit-parable-saying", frame);
  const said = make("p", "segkit-parable-said", saying);
  const placed = make("p", "segkit-parable-placed", saying); // in its place while the reader stands elsewhere
  placed.setAttribute("aria-hidden", "true");
  said.setAttribute("aria-live", "polite");
  const tail = make("div", "segkit-parable-tail", frame); // keeps room for the moral, so that nothing jumps when it comes
  const moral = make("div", "segkit-parable-moral", tail);
  moral.setAttribute("role", "status");
  const news = make("p", "segkit-parable-hidden", frame); // of a run, for those who do not see it
  news.setAttribute("role", "status");
  const panel = make("div", "segkit-parable-panel", frame);
  panel.hidden = true;
  let panelOf = "", panelFrom = null;
  for (const name of ["share", "data", "table"])
    if (has.has(name)) {
      const made = button(name, "quiet", () => (panelOf === name ? close() : (panelFrom = made, send(name))), keep).made;
      if (name !== "data") made.setAttribute("aria-expanded", "false");
    }
  if (has.has("picture")) button("picture", "quiet", savePicture, keep);
  const help = make("details", "segkit-parable-help", keep ?? controls);
  const summary = make("summary", "", help, word("help"));
  ownKeys(summary);
  const keys = make("dl", "", help);
  for (const [key, text] of Object.entries(words)) {
    if (!key.startsWith("help.")) continue;
    if (stage.drag === "none" && /pick|cancel|empty/.test(key)) continue;
    const [names, does] = text.split("|");
    const pair = make("div", "", keys);
    const dt = make("dt", "", pair);
    for (const name of names.split(" ")) make("kbd", "", dt, name);
    make("dd", "", pair, does);
  }

  function range(parent, low, high, value) {
    const input = make("input", "segkit-parable-range", parent);
    Object.assign(input, { type: "range", min: low, max: high, step: 1 });
    ownKeys(input);
    place(input, value);
    on(input, "input", () => place(input, Number(input.value)));
    return input;
  }
  function place(input, value) {
    input.value = value;
    const top = Number(input.max) - Number(input.min);
    input.style.setProperty("--segkit-filled", top ? (value - Number(input.min)) / top : 0);
  }
  function sample(parent, look, k) {
    const svg = document.createElementNS(SVG, "svg");
    for (const [key, value] of [["viewBox", "0 0 34 8"], ["width", 34], ["height", 8], ["aria-hidden", "true"]]) svg.setAttribute(key, value);
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", "M1 4H33");
    path.setAttribute("fill", "none");
    path.setAttribute("stroke", `var(--segkit-${look === "dots" ? "quiet" : `line-${k}`})`);
    path.setAttribute("stroke-width", look === "dots" ? 1.5 : 3);
    path.setAttribute("stroke-dasharray", look === "dots" ? "1.5 7" : DASHES[k].join(" "));
    svg.append(path);
    parent.append(svg);
  }

  // --- the size of things
  let cell = 0, dots = false, ratio = 1, width = 0, height = 0; // cell, width and height in pixels of the screen
  let stale = false; // it was drawn in other colours, or for other letters
  let brim = 0; // what hops may leave the board a little
  let tiles = null, clear = null, pixels = null, pixelWords = null;

  function lay() {
    if (!world) return;
    const inside = scene.clientWidth;
    if (!inside) return;
    stale = false;
    ratio = Math.min(window.devicePixelRatio || 1, 3);
    ink = inksOf(root);
    const { rows, columns } = world;
    const view = sight(), pair = el.closest(".widget-hbox") !== null && inside >= 400;
    root.classList.toggle("pair", pair); // it has letters of its own size
    const wide = right !== null && inside >= 720 && !pair;
    // what one presses stands beside the board where two boards share the page, and where the page is low
    const split = !wide && (pair || (inside >= 480 && view < 600 && 2 * rows > columns));
    const tall = pair ? clamp(view * 0.42, 240, 900) : clamp(view * 0.565, 280, 900);
    const large = parseFloat(getComputedStyle(root).getPropertyValue("--segkit-large")) || 1;
    const side = Math.min(64 * large, (wide || (split && !pair) ? inside * 0.5 : pair ? inside * 0.6 : inside) / columns, tall / rows);
    dots = rows > 100 || columns > 100;
    cell = side * ratio;
    if (cell >= 1) cell = Math.floor(cell);
    width = Math.round(cell * columns);
    height = Math.round(cell * rows);
    const css = [width / ratio, height / ratio];
    const type = parseFloat(getComputedStyle(frame).fontSize), rest = inside - css[0];
    const alone = right === null && !split && rest >= 14.5 * type;
    for (const [name, is] of Object.entries({ wide, alone, split })) root.classList.toggle(name, is);
    root.style.setProperty("--segkit-board", `${css[0]}px`);
    arrange(wide, alone && rest >= 26 * type ? rest - 1.6 * type : 0, inside, type);
    board.style.width = `${css[0]}px`;
    board.style.height = `${css[1]}px`;
    brim = Math.round(dots ? 12 * ratio : 0.95 * cell);
    for (const canvas of canvases) {
      const more = canvas === canvases[2] ? brim : 0;
      canvas.width = width + 2 * more;
      canvas.height = height + 2 * more;
      canvas.style.inset = `${-more / ratio}px`;
      canvas.style.width = `${(width + 2 * more) / ratio}px`;
      canvas.style.height = `${(height + 2 * more) / ratio}px`;
    }
    air.setTransform(1, 0, 0, 1, brim, brim);
    if (dots) {
      canvases[0].width = columns;
      canvases[0].height = rows;
      pixels = ground.createImageData(columns, rows);
      pixelWords = new Uint32Array(pixels.data.buffer);
      pixelInks = Uint32Array.from(dotsOf(ink), bytes);
      canvases[0].classList.toggle("dots", cell >= 1);
      tiles = null;
      clear = atlas(Math.round(22 * ratio), false, ink);
    } else {
      pixels = pixelWords = null;
      tiles = atlas(cell, true, ink);
      clear = atlas(cell, false, ink);
    }
    fence();
    key();
    const letters = getComputedStyle(here); // so many lines are kept free for the longest of its sentences
    air.font = `${letters.fontWeight} ${letters.fontSize} ${letters.fontFamily}`;
    const longest = ["see.polygon", "see.over"].map((name) => word(name, { kind: word("kind.triangle"), face: word("face.meh"), same: 8, neighbours: 8 }));
    here.classList.toggle("two", Math.max(...longest.map((text) => air.measureText(text).width)) > here.clientWidth);
    for (let k = 0; k < world.size; k++) world.mark(k);
    paint();
    tell(); // the numbers take their room before the curve gets the rest
    layChart();
    wake();
  }

  /** The order of things is the order in which they are seen, and in which Tab goes through them. */
  function arrange(wide, aside, inside, type) {
    const focus = document.activeElement;
    const put = (node, parent, before = null) => (node.parentNode === parent && node.nextElementSibling === before) || parent.insertBefore(node, before);
    if (right) put(right, scene, wide ? controls : null);
    put(tail, wide ? right : aside ? beside : frame, wide || aside ? null : news);
    put(saying, aside ? beside : frame, aside ? tail : wide ? news : tail);
    if (root.contains(focus) && document.activeElement !== focus) focus.focus({ preventScroll: true });
    air.font = `400 ${type}px ${getComputedStyle(frame).fontFamily}`;
    const sample = stage.task || stage.title || "n", letter = air.measureText(sample).width / sample.length;
    const lines = Math.ceil((1.08 * (stage.moral ?? 0) * letter) / ((wide ? right.clientWidth : Math.min(aside || inside, 52 * type)) - 2.3 * type));
    tail.style.minHeight = stage.moral && inside >= 480 ? `${Math.ceil((1.46 * lines + (wide ? 1 : 1.55)) * type)}px` : "";
    saying.style.minHeight = has.has("run") && inside >= 480 && 118 * letter > (aside || inside) ? "2.8em" : "";
  }

  function fence() {
    fences.clearRect(0, 0, width, height);
    canvases[1].hidden = !bordered;
    if (!bordered) return;
    fences.lineCap = "round";
    for (const [line, colour] of [[Math.max(3, 0.17 * cell), ink.fence], [Math.max(1.5, 0.085 * cell), ink.ink]]) {
      fences.lineWidth = line;
      fences.strokeStyle = colour;
      fences.beginPath();
      for (const [r, c, r2, c2] of borders(labels, world.rows, world.columns)) {
        fences.moveTo(c * cell, r * cell);
        fences.lineTo(c2 * cell, r2 * cell);
      }
      fences.stroke();
    }
  }

  /** The key to the drawings. */
  function key() {
    const first = counts.querySelector("[data-name=unhappy] dt");
    first.replaceChildren();
    legend.replaceChildren();
    const type = Math.round(parseFloat(getComputedStyle(frame).fontSize) * 1.35);
    const item = (text, act, count = 1, parent = legend) => {
      const made = make("span", "segkit-parable-key", parent);
      const canvas = make("canvas", "", made);
      canvas.setAttribute("aria-hidden", "true");
      canvas.width = type * ratio * count;
      canvas.height = type * ratio;
      canvas.style.width = `${type * count}px`;
      canvas.style.height = `${type}px`;
      act(canvas.getContext("2d"), type * ratio);
      make("span", "", made, text);
    };
    const both = (face) => (c, s) => {
      polygon(c, TRIANGLE, face, s, ink);
      c.translate(s, 0);
      polygon(c, SQUARE, face, s, ink);
    };
    const blocks = (...tiles) => (c, s) => tiles.forEach((tile, k) => { c.fillStyle = dotsOf(ink)[tile]; c.fillRect((k + 0.2) * s, 0.2 * s, 0.6 * s, 0.6 * s); });
    if (dots || cell < 7) {
      item(word("legend.dark"), blocks(1, 4), 2, first);
      item(word("legend.triangle"), blocks(2));
      item(word("legend.square"), blocks(5));
      item(word("legend.pale"), blocks(3, 6), 2);
    } else for (const [name, face] of [["unhappy", UNHAPPY], ["content", CONTENT], ["meh", MEH]]) item(word(`legend.${name}`), both(face), 2, face === UNHAPPY ? first : legend);
    if (bordered)
      item(word("legend.border"), (c, s) => {
        c.strokeStyle = ink.ink;
        c.lineWidth = 0.12 * s;
        c.strokeRect(0.15 * s, 0.2 * s, 0.7 * s, 0.6 * s);
      });
  }

  // --- drawing: cells that changed, and above them what moves
  let hidden = new Uint8Array(0); // cells whose polygon is still in the air
  const FLIGHTS = 96, SHAKES = 20;
  const flights = Array.from({ length: FLIGHTS }, () => ({ on: false, to: 0, kind: 0, x: 0, y: 0, began: 0, lasts: 0, high: 0, big: 0 }));
  const shakes = Array.from({ length: SHAKES }, () => ({ on: false, cell: 0, began: 0, lasts: 0, pop: false }));
  let flying = 0, shaking = 0, lifted = false;
  const columnOf = (k) => k % world.columns, rowOf = (k) => (k / world.columns) | 0;

  let low = Infinity, high = -1;
  function paintDot(k) {
    pixelWords[k] = pixelInks[held && held.cell === k ? 0 : tileOf(world.cells[k], world.faces[k])];
    const r = rowOf(k);
    if (r < low) low = r;
    if (r > high) high = r;
  }
  function paintTile(k) {
    const away = hidden[k] || (held !== null && held.cell === k);
    let tile = away ? 0 : tileOf(world.cells[k], world.faces[k]);
    if (tile === 0 && held !== null && (!world.cells[k] || held.cell === k)) tile = OPEN;
    ground.drawImage(tiles, tile * cell, 0, cell, cell, columnOf(k) * cell, rowOf(k) * cell, cell, cell);
  }
  function paint() {
    if (!world.stale) return;
    if (!dots) {
      world.clean(paintTile);
      return;
    }
    low = Infinity;
    high = -1;
    world.clean(paintDot);
    if (high >= 0) ground.putImageData(pixels, 0, 0, 0, low, world.columns, high - low + 1);
  }

  function fly(kind, x, y, to, lasts, high = 1, big = 0.14) {
    let free = null;
    for (const flight of flights) if (!flight.on) { free = flight; break; }
    if (!free) return;
    Object.assign(free, { on: true, to, kind, x, y, began: performance.now(), lasts, high, big });
    flying++;
    hidden[to] = 1;
    world.mark(to);
  }
  function landAll() {
    for (const flight of flights) {
      if (!flight.on) continue;
      flight.on = false;
      hidden[flight.to] = 0;
      world.mark(flight.to);
    }
    flying = 0;
    for (const shake of shakes) {
      if (shake.on) world.mark(shake.cell);
      shake.on = false;
    }
    shaking = 0;
  }
  const spot = { x: 0, y: 0 }; // where a flight is now, in pixels
  function whereabouts(flight, now) {
    const t = eased(clamp((now - flight.began) / flight.lasts, 0, 1));
    spot.x = flight.x + (columnOf(flight.to) * cell - flight.x) * t;
    spot.y = flight.y + (rowOf(flight.to) * cell - flight.y) * t;
    return t;
  }
  /** Where the polygon of a cell is seen: on its cell, or still on its way there. */
  function seen(k, now) {
    for (const flight of flights)
      if (flight.on && flight.to === k) {
        whereabouts(flight, now);
        flight.on = false;
        flying--;
        hidden[k] = 0;
        world.mark(k);
        return spot;
      }
    spot.x = columnOf(k) * cell;
    spot.y = rowOf(k) * cell;
    return spot;
  }
  function pop(k, now, lasts = 420, asPop = true) {
    for (const shake of shakes) if (shake.on && shake.cell === k) return;
    for (const shake of shakes) {
      if (shake.on) continue;
      shake.on = true;
      shake.cell = k;
      shake.began = now;
      shake.lasts = lasts;
      shake.pop = asPop;
      shaking++;
      return;
    }
  }

  /** Who is unhappy shivers now and then; a board nobody touches comes to rest. */
  let restAt = 0, shakeAt = 0;
  const stir = () => { restAt = performance.now() + 9000; };
  const stirring = (now) => !calm.matches && !dots && world.unhappy > 0 && cell / ratio >= 10 && now < restAt && !(playing && speed > 45);
  function shake(now) {
    if (now >= shakeAt && stirring(now)) {
      shakeAt = now + 70;
      const wanted = Math.min(SHAKES - 4, Math.max(6, world.unhappy * 0.25));
      for (let tries = 0; shaking < wanted && tries < 24; tries++) {
        const k = world.size < 40 ? tries % world.size : (Math.random() * world.size) | 0; // only the look of it, never the story
        if (world.faces[k] === UNHAPPY && !hidden[k] && !(held && held.cell === k)) pop(k, now, 850, false);
      }
    }
    for (const one of shakes) {
      if (!one.on) continue;
      const k = one.cell, t = (now - one.began) / one.lasts;
      if (t >= 1 || hidden[k] || !world.cells[k] || (held && held.cell === k) || (!one.pop && world.faces[k] !== UNHAPPY)) {
        one.on = false;
        shaking--;
        world.mark(k);
        paintTile(k);
        continue;
      }
      const x = columnOf(k) * cell, y = rowOf(k) * cell, calmer = Math.sin(Math.PI * t);
      const tile = tileOf(world.cells[k], world.faces[k]);
      ground.drawImage(tiles, 0, 0, cell, cell, x, y, cell, cell);
      ground.save();
      ground.beginPath();
      ground.rect(x, y, cell, cell);
      ground.clip();
      ground.translate(x + cell / 2, y + cell * 0.55);
      if (one.pop) ground.scale(1 - 0.22 * calmer * Math.cos(9 * t), 1 - 0.22 * calmer * Math.cos(9 * t));
      else { // a little smaller, so that it stays within its cell
        ground.scale(1 - 0.07 * calmer, 1 - 0.07 * calmer);
        ground.rotate(0.16 * calmer * Math.sin(t * 26));
      }
      ground.drawImage(clear, tile * cell, 0, cell, cell, -cell / 2, -cell * 0.55, cell, cell);
      ground.restore();
    }
  }

  function shadow(x, y, side, lift) {
    air.fillStyle = `rgba(27,27,27,${0.28 - 0.1 * Math.min(1, lift)})`;
    air.beginPath();
    air.ellipse(x + side / 2, y + side * 0.9, side * (0.4 + 0.06 * lift), side * (0.13 + 0.03 * lift), 0, 0, 7);
    air.fill();
  }
  function sprite(kind, face, x, y, side) {
    const s = clear.height;
    air.drawImage(clear, tileOf(kind, face) * s, 0, s, s, x, y, side, side);
  }
  function ring(k, colour, thick, dash) {
    const m = Math.max(cell, dots ? 10 * ratio : 0), x = (columnOf(k) + 0.5) * cell - m / 2, y = (rowOf(k) + 0.5) * cell - m / 2;
    air.beginPath();
    air.roundRect(x + thick / 2, y + thick / 2, m - thick, m - thick, 0.16 * m);
    air.setLineDash(dash ?? []);
    air.lineWidth = thick + 2 * ratio;
    air.strokeStyle = ink.paper;
    air.stroke();
    air.lineWidth = thick;
    air.strokeStyle = colour;
    air.stroke();
    air.setLineDash([]);
  }

  function hover(now) {
    if (lifted) air.clearRect(-brim, -brim, width + 2 * brim, height + 2 * brim);
    lifted = false;
    const thick = Math.max(2 * ratio, 0.09 * cell);
    if (held && held.over >= 0 && (held.over === held.cell || !world.cells[held.over])) {
      ring(held.over, ink.ink, thick);
      lifted = true;
    }
    if (byKeys && !held && document.activeElement === board) {
      ring(cursor, ink.ink, thick);
      lifted = true;
    }
    for (const flight of flights) {
      if (!flight.on) continue;
      const t = (now - flight.began) / flight.lasts;
      if (t >= 1) {
        flight.on = false;
        flying--;
        hidden[flight.to] = 0;
        world.mark(flight.to);
        continue;
      }
      whereabouts(flight, now);
      const up = Math.sin(Math.PI * clamp(t, 0, 1)) * flight.high, grown = cell * (1 + flight.big * Math.sin(Math.PI * clamp(t, 0, 1)));
      const x = spot.x - (grown - cell) / 2, y = spot.y - (grown - cell) / 2;
      shadow(spot.x, spot.y, cell, up);
      sprite(flight.kind, t < 0.5 ? UNHAPPY : world.faces[flight.to] || CONTENT, x, y - up * cell * 0.55, grown);
      lifted = true;
    }
    if (held) {
      const side = Math.max(cell, 22 * ratio), grown = side * 1.22;
      shadow(held.x - side / 2, held.y - side / 2 + 0.1 * side, side, 1);
      sprite(held.kind, held.face, held.x - grown / 2, held.y - grown / 2 - 0.12 * side, grown);
      lifted = true;
    }
    if (world.stale) paint();
  }

  // --- time: a frame is asked for only while something moves
  let request = 0, clock = 0, shookAt = 0, onScreen = false, toldAt = 0, drawnAt = 0, saidAt = 0, untold = false, undrawn = false;
  const asleep = () => !onScreen || document.hidden || !world || !cell;
  function wake() {
    if (!request && !asleep()) request = requestAnimationFrame(turn);
  }
  function turn(now) {
    request = 0;
    if (asleep()) {
      clock = 0;
      return;
    }
    const time = performance.now();
    if (!playing && !flying && !held && !world.stale && shaking && time - shookAt < 28) { // shivering alone makes do with half the frames
      request = requestAnimationFrame(turn);
      return;
    }
    shookAt = time;
    const passed = clock ? Math.min(100, now - clock) : 0;
    clock = now;
    if (playing && !held && !scrubbing) advance(passed, time);
    paint();
    if (!dots) shake(time);
    hover(time);
    if (untold && time - toldAt >= 100) tell();
    if (undrawn && time - drawnAt >= 75) curve();
    if (playing && time - saidAt >= 1000) report();
    if (playing && time - newsAt >= 4000) tellNews("news");
    if (playing || flying || shaking || untold || undrawn || stirring(time)) request = requestAnimationFrame(turn);
    else clock = 0;
  }

  let newsAt = 0;
  function tellNews(key) {
    newsAt = performance.now();
    news.textContent = key ? word(key, { at: whole(at), unhappy: whole(world.unhappy) }) : "";
    speakAnew();
  }
  const want = () => Math.max(600, Math.ceil(2 * speed));
  function advance(passed, now) {
    budget += (passed * speed) / 1000;
    if (calm.matches && budget < speed / 4) return; // with less motion: a new state four times a second
    let steps = Math.floor(budget);
    budget -= steps;
    const lasts = calm.matches || dots ? 0 : hop(speed);
    while (steps > 0 && at < tale.count) {
      forward(lasts, now, speed < 12);
      steps--;
    }
    if (steps > 0) budget = 0; // nothing left to play: no debt is run up while waiting
    if (at > furthest) furthest = at;
    untold = undrawn = true;
    if (at === tale.count && ended) finish();
    else refill(now);
  }
  function refill(now) {
    if (waiting || changing || ended || (asked && now - askedAt < 5000) || tale.count - at >= want() / 2) return;
    asked = want();
    askedAt = now;
    send("more", { have: tale.count, want: asked });
  }
  function forward(lasts, now, pops) {
    swap(tale.start(at), tale.end(at), lasts, now, pops);
    at++;
    if (since.length > 1) world.wish(tables[holding(since, at)]);
  }
  function backward(lasts, now) {
    at--;
    swap(tale.end(at), tale.start(at), lasts, now, false);
    if (since.length > 1) world.wish(tables[holding(since, at)]);
  }
  function swap(a, b, lasts, now, pops) {
    const kind = world.cells[a], other = world.cells[b];
    if (lasts && !asleep()) {
      let x = 0, y = 0, x2 = 0, y2 = 0;
      ({ x, y } = seen(a, now));
      if (other) ({ x: x2, y: y2 } = seen(b, now));
      world.exchange(a, b);
      if (kind) fly(kind, x, y, b, lasts);
      if (other) fly(other, x2, y2, a, lasts);
      if (pops) for (let k = 0; k < world.altered; k++) if (world.cells[world.changed[k]] && world.changed[k] !== a && world.changed[k] !== b) pop(world.changed[k], now);
    } else {
      if (hidden[a]) seen(a, now);
      if (hidden[b]) seen(b, now);
      world.exchange(a, b);
    }
    if (panelOf === "table") tableStale = true;
  }
  function travel(to, lasts = 0) {
    const now = performance.now();
    if (calm.matches || dots) lasts = 0;
    to = clamp(to, 0, tale.count);
    if (!lasts) landAll();
    while (at < to) forward(lasts, now, lasts > 0);
    while (at > to) backward(lasts, now);
    furthest = Math.max(furthest, at);
    untold = undrawn = true;
    wake();
  }

  function play() {
    stir();
    if (at === tale.count && ended) {
      if (!tale.count) return finish();
      travel(0);
    }
    playing = true;
    saidAbout = -1;
    saidHold = 0;
    budget = calm.matches ? speed / 4 : 1; // the first move is made at once
    saidAt = performance.now();
    tellNews("news.run");
    moveOn();
    wake();
  }
  function pause() {
    if (!playing) return;
    playing = false;
    tellNews("news");
    moveOn();
    report();
  }
  function finish() {
    playing = false;
    tellNews("");
    touched = true;
    furthest = Math.max(furthest, at);
    moveOn();
    report();
  }
  function report() {
    saidAt = performance.now();
    send("at");
    if (!playing && panelOf === "table" && tableStale) {
      tableStale = false;
      send("table");
    }
  }
  function moveOn() {
    go?.name(playing ? "pause" : at === tale.count && ended && tale.count ? "again" : "run");
    speakAnew();
    tell();
    curve();
    wake();
  }
  function oneStep() {
    stir();
    if (playing) pause();
    if (at < tale.count) {
      travel(at + 1, 380);
      moveOn();
      report();
    } else if (ended) finish();
    else {
      stepWanted = true;
      refill(performance.now());
    }
  }
  let stepWanted = false;
  function afresh(what, more) {
    if (playing) pause();
    drop(false);
    stir();
    send(what, more);
  }

  // --- a slider moves: one question on its way at a time, and the last place always arrives
  function choose(name, value) {
    stir();
    send("set", { name, value });
  }

  // --- what is written: at most ten times a second
  const minus = words.minus ?? "−", none = words.none ?? "–";
  const { whole, tenths, written } = figures(stage.lang, minus, none);
  const shownValue = (line) => written(tale.value(at, line));
  const chanceOf = (line) => {
    const value = expected[line.name];
    return value === undefined || value === null || Number.isNaN(value) ? none : written(Math.round(value * 10000));
  };
  const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  /** How it ended, where the reader stands there; on a board that nobody has touched nothing has ended. */
  const endText = () => (at === tale.count && ended && (at || touched) ? word(ended) : "");
  let moralWait = 0;
  let saidAbout = -1, saidHold = 0, moralAt = 0, touched = false;
  function announce(text, loud = false) {
    said.setAttribute("aria-live", loud ? "assertive" : "polite");
    put(said, bound(text));
    saidAbout = at;
    saidHold = playing ? performance.now() + 1500 : 0; // what is said during a run may be read first
    if (world) tell();
  }
  /** Where the reader stands, once what was last said is no longer true of it. */
  function sayPlace() {
    const stale = at !== saidAbout && performance.now() >= saidHold;
    if (stale) put(said, "");
    const values = { at: whole(at), of: whole(furthest), unhappy: whole(world.unhappy) };
    const which = !at ? "placed.start" : at < furthest ? "placed.of" : "placed";
    put(placed, said.textContent || !furthest ? "" : word(which, values));
    moral.classList.toggle("past", at < moralAt);
  }
  function tell() {
    if (!world) return;
    untold = false;
    toldAt = performance.now();
    put(counted[0], whole(at));
    put(counted[1], whole(world.unhappy));
    lines.forEach((line, k) => {
      put(readouts[k][0], shownValue(k));
      put(readouts[k][1], chanceOf(line));
    });
    if (values.length) put(values[0], shownValue(0)), put(values[1], chanceOf(lines[0]));
    if (scrub && !scrubbing) {
      const top = plot ? plot.top : Math.max(1, furthest);
      if (Number(scrub.max) !== top) scrub.max = top;
      place(scrub, at);
    }
    sayPlace();
    if (looked >= 0 && !held) see(looked);
    settled.classList.toggle("place", at < furthest);
    if (!playing) {
      put(settled, at < furthest ? word("placed.pill", { at: whole(at), of: whole(furthest) }) : endText());
      scrub?.setAttribute("aria-valuetext", word("scrub.value", { at: whole(at), of: whole(furthest), unhappy: whole(world.unhappy) }));
      chart?.setAttribute("aria-label", word("chart", {
        at: whole(at), values: lines.map((line, k) => word("chart.value", { name: line.label, value: shownValue(k), chance: chanceOf(line) })).join(words.comma),
      }));
    } else put(settled, "");
    const data = root.dataset;
    data.columns = world.columns;
    data.epoch = epoch;
    data.at = at;
    data.count = tale.count;
    data.ended = ended;
    data.playing = playing;
    data.unhappy = world.unhappy;
    data.waiting = waiting > 0;
  }
  const sayPace = () => {
    if (!speedSaid) return;
    put(speedSaid, word("speed.value", { n: whole(speed) }));
    speedSlider.setAttribute("aria-valuetext", speedSaid.textContent);
  };

  // --- the curve
  /** How much of the window is not under the page's own bar, in pixels. */
  function sight() {
    return (window.innerHeight || 800) - (parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0);
  }

  function layChart() {
    if (!chart) return;
    const room = right.clientWidth;
    if (!room) return;
    const type = parseFloat(getComputedStyle(frame).fontSize) * 0.92;
    let tall = root.classList.contains("pair") ? clamp(sight() * 0.3 - 115, 100, type * 12) : clamp(room * 0.5, 170, type * 17);
    if (root.classList.contains("wide")) { // beside the board: as high as the board leaves it
      const others = [...right.children].reduce((sum, child) => (child === chart ? sum : sum + child.offsetHeight), 0);
      tall = clamp(left.offsetHeight - others - 14, 160, type * 22);
    }
    chart.style.width = `${room}px`;
    chart.style.height = `${tall}px`;
    chart.width = Math.round(room * ratio);
    chart.height = Math.round(tall * ratio);
    const c = chart.getContext("2d");
    const letters = getComputedStyle(frame).fontFamily;
    const font = (weight) => `${weight} ${type}px ${letters}`;
    c.font = font(650);
    const names = lines.map((line) => c.measureText(line.symbol || line.label).width);
    c.font = font(400);
    const axis = c.measureText(word("axis")).width;
    plot = { c, room, tall, type, font, names, top: 0, low: 0, left: type * 2.5, right: axis + type * 2.1, up: type * 0.7, down: type * 1.6 };
    if (track) {
      track.style.marginLeft = `${plot.left - 14}px`;
      track.style.width = `${room - plot.left - plot.right + 28}px`;
    }
    curve();
  }
  function curve() {
    undrawn = false;
    drawnAt = performance.now();
    if (!plot || !world) return;
    const { c, room, tall, type, font } = plot;
    const L = plot.left, R = room - plot.right, T = plot.up, B = tall - plot.down;
    const top = reach(furthest, world.size >= 300 ? 100 : 20);
    if (top !== plot.top) {
      plot.top = top;
      if (scrub && !scrubbing) tell();
    }
    const each = stride(furthest, Math.max(60, (R - L) / 1.5));
    let low = 0;
    for (let k = 0; k < lines.length; k++)
      for (let s = 0; s <= furthest; s += each) {
        const value = tale.value(s, k);
        if (value !== NOTHING && value < low) low = value;
      }
    if (low < -200) plot.low = Math.min(plot.low, Math.floor(low / 1000) / 10);
    const x = (step) => L + ((R - L) * step) / top;
    const y = (share) => B - ((B - T) * (share - plot.low)) / (1 - plot.low);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = ink.paper;
    c.fillRect(0, 0, room, tall);
    c.setLineDash([]);
    c.lineJoin = "round";
    c.lineCap = "butt";
    c.font = font(400);
    c.lineWidth = 1;
    c.textAlign = "right";
    c.textBaseline = "middle";
    const apartY = ((B - T) * 0.2) / (1 - plot.low) < type * 1.25 ? 2 : 1;
    for (let n = Math.ceil(plot.low * 5); n <= 5; n++) {
      const line = Math.round(y(n / 5)) + 0.5;
      c.strokeStyle = n === 0 ? ink.hair : ink.track;
      c.beginPath();
      c.moveTo(L, line);
      c.lineTo(R, line);
      c.stroke();
      c.fillStyle = ink.quiet;
      if (n % apartY === 0) c.fillText(tenths(n / 5), L - 6, line);
    }
    c.textAlign = "center";
    c.textBaseline = "top";
    for (const tick of ticks(top, clamp(Math.floor((R - L) / (type * 4)), 2, 6))) {
      c.strokeStyle = ink.hair;
      c.beginPath();
      c.moveTo(x(tick), B);
      c.lineTo(x(tick), B + 4);
      c.stroke();
      c.fillText(whole(tick), x(tick), B + 6);
    }
    c.textAlign = "left";
    c.fillText(word("axis"), R + c.measureText(whole(top)).width / 2 + type * 0.7, B + 6);
    c.strokeStyle = ink.hair;
    c.beginPath();
    c.moveTo(Math.round(x(at)) + 0.5, T);
    c.lineTo(Math.round(x(at)) + 0.5, B);
    c.stroke();
    lines.forEach((line, k) => { // what chance alone would give
      const value = expected[line.name];
      if (value === undefined || value === null || Number.isNaN(value)) return;
      c.strokeStyle = ink[`line-${lookOf(line.name)}`];
      c.lineWidth = 1.5;
      c.setLineDash([1.5, 7]);
      c.lineDashOffset = 2 * k;
      c.beginPath();
      c.moveTo(L, y(value));
      c.lineTo(R, y(value));
      c.stroke();
    });
    c.lineDashOffset = 0;
    lines.forEach((line, k) => {
      c.strokeStyle = ink[`line-${lookOf(line.name)}`];
      c.lineWidth = 3;
      c.setLineDash(DASHES[lookOf(line.name)]);
      c.beginPath();
      let pen = false;
      for (let s = 0; s <= furthest; s = s === furthest ? s + 1 : Math.min(s + each, furthest)) {
        const value = tale.value(s, k);
        if (value === NOTHING) pen = false;
        else if (pen) c.lineTo(x(s), y(value / 10000));
        else c.moveTo(x(s), y(value / 10000)), (pen = true);
      }
      c.stroke();
    });
    c.setLineDash([]);
    const heights = lines.map((_, k) => y(tale.value(at, k) === NOTHING ? 0 : tale.value(at, k) / 10000));
    const beside = apart(heights, type * 1.12, T, B - 2);
    c.font = font(650);
    c.textBaseline = "middle";
    const flip = x(at) + type * 0.65 + Math.max(...plot.names) > room - 2;
    c.textAlign = flip ? "right" : "left";
    lines.forEach((line, k) => {
      c.fillStyle = ink[`line-${lookOf(line.name)}`];
      c.strokeStyle = ink.paper;
      c.lineWidth = 2;
      c.beginPath();
      c.arc(x(at), heights[k], type * 0.34, 0, 7);
      c.fill();
      c.stroke();
      c.lineWidth = 7; // an edge, for it may lie on other lines
      const side = x(at) + (flip ? -1 : 1) * type * 0.65;
      c.strokeText(line.symbol || line.label, side, beside[k]);
      c.fillText(line.symbol || line.label, side, beside[k]);
    });
  }

  if (scrub) {
    on(scrub, "input", () => {
      scrubbing = true;
      stir();
      const to = Math.min(Number(scrub.value), furthest);
      travel(to, Math.abs(to - at) === 1 && !playing ? 260 : 0);
      place(scrub, at);
      if (!playing) tell();
      curve();
    });
    on(scrub, "change", () => {
      scrubbing = false;
      moveOn();
      report();
    });
  }

  // --- by hand
  let cursor = 0, byKeys = false, pointing = false;
  const movable = (k) => world.cells[k] !== EMPTY && (stage.drag === "any" || (stage.drag === "unhappy" && world.faces[k] === UNHAPPY));
  const kindWord = (kind) => word(kind === TRIANGLE ? "kind.triangle" : "kind.square");
  const faceWord = (face) => word(["", "face.unhappy", "face.content", "face.meh"][face] || "face.content");
  const placeOfCell = (k) => ({ row: rowOf(k) + 1, column: columnOf(k) + 1 });

  let looked = -1; // the cell under the pointer, or the cursor
  /** What the eye may know of a cell; while one is carried, how it would be there. */
  function seeing(k) {
    if (held && k < 0) return word("see.outside");
    if (k < 0) return "";
    const going = held && k !== held.cell, kind = going ? held.kind : world.cells[k];
    if (going && world.cells[k]) return word("see.taken");
    if (!kind) return word("see.empty");
    const { face, neighbours, same } = world.visit(k, kind, going ? held.cell : -1);
    return word(`see.${going ? "over" : "polygon"}${neighbours ? "" : ".alone"}`, { kind: kindWord(kind), face: faceWord(face), same, neighbours });
  }
  const tooFast = () => playing && !held && speed > 20;
  function see(k) {
    looked = k;
    put(here, !world || tooFast() ? "" : seeing(k));
  }

  function pick(k, x, y) {
    stir();
    held = { cell: k, kind: world.cells[k], face: world.faces[k], over: k, x, y, keys: false, tapped: false, strayed: false };
    const now = performance.now();
    if (hidden[k]) seen(k, now);
    lots();
    board.classList.add("held");
    wake();
  }
  /** Empty cells are drawn anew: they open while something is held, and close afterwards. */
  function lots() {
    for (let k = 0; k < world.size; k++) if (!world.cells[k]) world.mark(k);
    world.mark(held.cell);
  }
  function over(k) {
    held.over = k;
    held.face = k >= 0 && !world.cells[k] ? world.visit(k, held.kind, held.cell).face : world.faces[held.cell];
    see(k);
    wake();
  }
  /** Lets go: on an empty cell it stays, anywhere else it goes back. */
  function drop(here = true) {
    if (!held) return;
    const { cell: from, kind, over: to, x, y } = held;
    lots();
    held = null;
    board.classList.remove("held");
    stir();
    const lands = here && to >= 0 && !world.cells[to];
    const now = performance.now();
    if (lands) {
      world.exchange(from, to);
      if (!calm.matches && !dots) {
        fly(kind, x - cell / 2, y - cell / 2, to, 170, 0, 0.22);
        for (let k = 0; k < world.altered; k++) if (world.cells[world.changed[k]] && world.changed[k] !== to) pop(world.changed[k], now);
      }
      handed(from, to);
    } else if (!calm.matches && !dots) fly(kind, x - cell / 2, y - cell / 2, from, 240, 0, 0.22);
    wake();
    return lands;
  }
  /** A drop is a move like any other: everything after it is forgotten, and Python is told. */
  function handed(start, end) {
    const before = at;
    if (!changing) unanswered.push([before, start, end]);
    while (since[since.length - 1] > at) since.pop(), tables.pop();
    tale.cut(at);
    tale.push(start, end, world.unhappy);
    at++;
    furthest = at;
    ended = "";
    asked = 0;
    if (waiting) later.push([start, end]);
    else if (!changing) {
      waiting = 1;
      model.send({ do: "drag", epoch, at: before, start, end });
    }
    if (panelOf === "table") tableStale = true;
    moveOn();
  }

  const point = { x: 0, y: 0 };
  function pointed(event) { // in pixels of the board
    const b = board.getBoundingClientRect();
    point.x = ((event.clientX - b.left) / b.width) * width;
    point.y = ((event.clientY - b.top) / b.height) * height;
    return point;
  }
  function cellAt(x, y) {
    const c = Math.floor(x / cell), r = Math.floor(y / cell);
    return c < 0 || r < 0 || c >= world.columns || r >= world.rows ? -1 : r * world.columns + c;
  }
  /** A finger is thicker than a small cell: the nearest movable one within its reach. */
  function under(event) {
    const { x, y } = pointed(event);
    const k = cellAt(x, y);
    return k >= 0 && movable(k) ? k : -1;
  }
  /** The pointer lets go of what it holds. */
  function letGo() {
    const { over: to, cell: from } = held;
    if (drop()) cursor = to;
    else if (to !== from) announce(word(to < 0 ? "back.outside" : "back.taken"));
    else if (byTap) announce(word("back"));
    see(to);
  }
  let byTap = false; // nobody has to drag: pressed once it is picked up, pressed again elsewhere it is put down
  on(board, "pointerdown", (event) => {
    if (world && held?.tapped && event.button === 0) {
      event.preventDefault();
      pointed(event);
      over(cellAt(point.x, point.y));
      byTap = true;
      letGo();
      byTap = false;
      return;
    }
    if (!world || event.button !== 0 || held || cell < 4) return;
    keyed(false);
    stir();
    const k = under(event);
    see(cellAt(point.x, point.y));
    if (k < 0) {
      const there = cellAt(point.x, point.y);
      if (there >= 0 && world.cells[there]) refuse(there);
      wake();
      return;
    }
    event.preventDefault();
    pointing = true;
    board.focus({ preventScroll: true });
    pointing = false;
    try { board.setPointerCapture(event.pointerId); } catch { /* a pointer made up by a test cannot be captured */ }
    const raise = event.pointerType === "touch" ? 0.5 * cell + 26 * ratio : 0; // so that the finger hides nothing
    pick(k, point.x, point.y - raise);
    held.pointer = event.pointerId;
    held.raise = raise;
    held.began = [event.clientX, event.clientY];
    cursor = k;
  });
  // a touch on what can be moved is a drag; a touch anywhere else scrolls the page
  on(board, "touchstart", (event) => {
    if (world && event.touches.length === 1 && cell >= 4 && under(event.touches[0]) >= 0) event.preventDefault();
  }, { passive: false });
  on(board, "pointermove", (event) => {
    if (!world) return;
    if (!held) {
      if (restAt - performance.now() < 8000) stir(), wake();
      board.classList.toggle("movable", event.pointerType !== "touch" && under(event) >= 0 && cell >= 4);
      const k = cellAt(pointed(event).x, point.y);
      if (k !== looked) see(k);
      return;
    }
    if (held.tapped ? event.pointerType === "touch" : held.keys || event.pointerId !== held.pointer) return;
    if (!held.tapped && !held.strayed) { // a hand that presses trembles
      held.strayed = Math.hypot(event.clientX - held.began[0], event.clientY - held.began[1]) > Math.min(6, cell / ratio / 2);
      if (!held.strayed) return;
    }
    pointed(event);
    const k = cellAt(point.x, point.y - held.raise);
    held.x = clamp(point.x, 0, width); // outside, it waits at the edge
    held.y = clamp(point.y - held.raise, 0, height);
    if (k !== held.over) over(k);
    wake();
  });
  on(board, "pointerup", (event) => {
    if (!held || held.keys || event.pointerId !== held.pointer) return;
    if (held.strayed) return letGo();
    held.keys = held.tapped = true; // from here on the keyboard may carry it, too
    announce(word("picked.tap", { kind: kindWord(held.kind) }));
  });
  on(board, "pointerleave", (event) => !held && event.pointerType !== "touch" && see(-1));
  for (const lost of ["pointercancel", "lostpointercapture"])
    on(board, lost, (event) => held && !held.keys && event.pointerId === held.pointer && drop(false));
  on(board, "contextmenu", (event) => held && event.preventDefault());

  function refuse(k) {
    if (!calm.matches && !dots) pop(k, performance.now());
    const why = stage.drag === "none" ? word("never") : word("fixed", { kind: kindWord(world.cells[k]), ...placeOfCell(k) });
    announce(why);
    wake();
  }
  let spokenAt = 0, spokenOf = null; // of which step, and which board
  function speak(text) {
    see(cursor);
    put(spoken, text);
    spokenAt = at;
    spokenOf = world;
  }
  /** What was said of the cursor's cell holds no longer once the story has moved. */
  function speakAnew() {
    if (held || (spokenAt === at && spokenOf === world)) return;
    if (!playing && byKeys && document.activeElement === board) return speakCell();
    put(spoken, "");
    spokenAt = at;
    spokenOf = world;
  }
  function speakCell() {
    const where = placeOfCell(cursor), kind = world.cells[cursor];
    if (held) {
      if (cursor === held.cell) return speak(word("over.home", where));
      if (kind) return speak(word("over.taken", where));
      const { face, neighbours, same } = world.visit(cursor, held.kind, held.cell);
      return speak(word(neighbours ? "over.empty" : "over.alone", { ...where, face: faceWord(face), same, neighbours }));
    }
    if (!kind) return speak(word("at.empty", where));
    const { neighbours, same } = world.visit(cursor, kind);
    speak(word(neighbours ? "at.polygon" : "at.alone", { kind: kindWord(kind), face: faceWord(world.faces[cursor]), ...where, same, neighbours }));
  }
  const whatIs = (k) => (world.cells[k] ? word("is.polygon", { kind: word(world.cells[k] === TRIANGLE ? "legend.triangle" : "legend.square"), face: faceWord(world.faces[k]) }) : word("is.empty"));
  function speakRow() {
    const first = rowOf(cursor) * world.columns, all = Array.from({ length: world.columns }, (_, c) => whatIs(first + c));
    const told = stretches(all).map(([from, to, what]) => word(from === to ? "row.one" : "row.many", { from: from + 1, to: to + 1, what }));
    speak(word("row", { row: rowOf(cursor) + 1, cells: told.join(words.semicolon) }));
  }
  function speakAround() {
    const told = sides(cursor, world.rows, world.columns, world.torus).map((k, side) => (k < 0 ? "" : word("around.one", { side: word(`side.${side}`), what: whatIs(k) })));
    speak(word("around", { ...placeOfCell(cursor), cells: told.filter(Boolean).join(words.semicolon) }));
  }
  function centre(k) {
    held.x = (columnOf(k) + 0.5) * cell;
    held.y = (rowOf(k) + 0.5) * cell;
  }
  function press(event) {
    if (event.altKey || event.metaKey || (held && !held.keys)) return false;
    const to = carried(event.key, cursor, world.rows, world.columns, event.ctrlKey);
    const letter = event.ctrlKey ? "" : event.key.toLowerCase();
    if (to !== null) {
      cursor = to;
    } else if (letter === "u") {
      const found = held ? cursor : next(cursor, world.size, (k) => world.faces[k] === UNHAPPY);
      if (found < 0) return speak(word("nobody")), true;
      cursor = found;
    } else if (letter === "e") {
      const found = next(cursor, world.size, (k) => world.cells[k] === EMPTY);
      if (found < 0) return speak(word("full")), true;
      cursor = found;
    } else if (letter === "r") return speakRow(), true;
    else if (letter === "n") return speakAround(), true;
    else if (event.key === "Enter" || event.key === " ") {
      if (event.repeat) return true;
      if (!held) {
        if (!world.cells[cursor]) return speakCell(), true;
        if (!movable(cursor)) return refuse(cursor), true;
        pick(cursor, (columnOf(cursor) + 0.5) * cell, (rowOf(cursor) + 0.5) * cell);
        held.keys = true;
        speak(word("picked", { kind: kindWord(held.kind) }));
        return true;
      }
      if (world.cells[cursor] && cursor !== held.cell) return speakCell(), true;
      if (!drop()) speak(word("back")); // what a drop did, Python says
      return true;
    } else if (event.key === "Escape" && held) {
      cursor = held.cell;
      drop(false);
      speak(word("back"));
      return true;
    } else return false;
    if (held) {
      centre(cursor);
      over(cursor);
    }
    speakCell();
    return true;
  }
  on(board, "keydown", (event) => {
    if (!world) return;
    if (event.key !== "Tab") event.stopPropagation(); // none of Lab's business
    keyed(true);
    stir();
    if (event.key !== "Tab" && press(event)) event.preventDefault();
    wake();
  });
  on(board, "focus", () => {
    keyed(board.matches(":focus-visible") && !pointing);
    stir();
    if (byKeys && world) speakCell();
    wake();
  });
  function keyed(now) {
    byKeys = now;
    board.classList.toggle("keyed", now);
  }
  on(board, "blur", () => {
    if (held?.keys) {
      drop(false);
      speak(word("back"));
    }
    keyed(false);
    lifted = true;
    wake();
  });

  // --- to keep and to show
  let tableStale = false;
  function open(name) {
    panelOf = name;
    panel.replaceChildren();
    panel.hidden = false;
    for (const made of keep?.querySelectorAll("[aria-expanded]") ?? []) made.setAttribute("aria-expanded", made.dataset.name === name);
    const shut = make("button", "segkit-parable-close", panel, "×");
    shut.type = "button";
    ownKeys(shut);
    shut.setAttribute("aria-label", word("close"));
    on(shut, "click", () => { close(); panelFrom?.focus(); });
    return panel;
  }
  function close() {
    panelOf = "";
    panel.hidden = true;
    panel.replaceChildren();
    for (const made of keep?.querySelectorAll("[aria-expanded]") ?? []) made.setAttribute("aria-expanded", "false");
  }
  function showLine(text) {
    open("share");
    const row = make("div", "segkit-parable-line", panel);
    make("label", "", row, word("line")).htmlFor = `${id}-line`;
    const field = make("textarea", "", row);
    field.id = `${id}-line`;
    field.readOnly = true;
    field.value = text;
    field.rows = 1;
    ownKeys(field);
    on(field, "keydown", (event) => event.stopPropagation());
    const copy = make("button", "segkit-parable-plain", row, word("copy"));
    copy.type = "button";
    ownKeys(copy);
    on(copy, "click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        document.execCommand?.("copy"); // without https a page may copy only what is selected
      }
      copy.textContent = word("copied");
    });
    make("label", "", row, word("replay")).htmlFor = `${id}-replay`;
    const pasted = make("input", "", row);
    Object.assign(pasted, { type: "text", id: `${id}-replay`, autocomplete: "off", spellcheck: false });
    ownKeys(pasted);
    const again = make("button", "segkit-parable-plain", row, word("replay.go"));
    again.type = "button";
    ownKeys(again);
    const replay = () => {
      replaying = true;
      afresh("replay", { line: pasted.value });
    };
    on(again, "click", replay);
    on(pasted, "keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") replay();
    });
    field.style.height = `${Math.min(field.scrollHeight + 6, 0.5 * (window.innerHeight || 800))}px`; // the line is seen whole
    field.focus({ preventScroll: true });
    field.select();
  }
  function showTable({ caption, head, rows }) {
    open("table");
    const scroll = make("div", "segkit-parable-scroll", panel);
    scroll.tabIndex = 0;
    scroll.setAttribute("role", "region");
    scroll.setAttribute("aria-label", caption);
    ownKeys(scroll);
    const table = make("table", "", scroll);
    make("caption", "", table, caption);
    const top = make("tr", "", make("thead", "", table));
    for (const text of head) make("th", "", top, text).scope = "col";
    const content = make("tbody", "", table);
    for (const row of rows) {
      const line = make("tr", "", content);
      row.forEach((text, k) => {
        const made = make(k ? "td" : "th", "", line, String(text));
        if (!k) made.scope = "row";
      });
    }
  }
  function save(blob, name) {
    const link = make("a", "", root);
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    announce(word("saved", { name }));
  }
  /** The board with its key and its numbers, on paper. */
  function savePicture() {
    const { rows, columns } = world, letters = getComputedStyle(frame).fontFamily;
    root.classList.add("on-paper"); // a picture is on white paper, whatever the page is on
    const ink = inksOf(root);
    root.classList.remove("on-paper");
    const s = Math.max(1, Math.round(Math.min(64, 900 / Math.max(rows, columns)))), pad = 40, type = 24;
    const wide = Math.max(columns * s, 620), across = wide + 2 * pad;
    const texts = [
      `${word("moves")} ${whole(at)} · ${word("unhappy")} ${whole(world.unhappy)}${seed === "" ? "" : ` · ${word("seed")} ${seed}`}`,
      ...lines.map((line, k) => `${line.label}${adds(line) ? ` (${line.symbol})` : ""} ${shownValue(k)}${words.comma}${word("chance")} ${chanceOf(line)}`),
      endText(),
    ].filter(Boolean);
    const faces = dots || s < 11 ? [] : [["unhappy", UNHAPPY], ["content", CONTENT], ["meh", MEH]];
    const canvas = document.createElement("canvas");
    canvas.width = across;
    canvas.height = 2 * pad + type * 2 + rows * s + (faces.length + texts.length) * type * 1.5 + type;
    const c = canvas.getContext("2d");
    c.fillStyle = ink.paper;
    c.fillRect(0, 0, canvas.width, canvas.height);
    c.fillStyle = ink.ink;
    c.font = `650 ${type * 1.15}px ${letters}`;
    c.textBaseline = "middle";
    c.fillText(stage.title ?? "", pad, pad + type * 0.6, wide);
    const top = pad + type * 2;
    if (dots) {
      const colours = dotsOf(ink);
      for (let k = 0; k < world.size; k++) {
        c.fillStyle = colours[tileOf(world.cells[k], world.faces[k])];
        c.fillRect(pad + columnOf(k) * s, top + rowOf(k) * s, s, s);
      }
    } else {
      const sheet = atlas(s, true, ink);
      for (let k = 0; k < world.size; k++)
        c.drawImage(sheet, tileOf(world.cells[k], world.faces[k]) * s, 0, s, s, pad + columnOf(k) * s, top + rowOf(k) * s, s, s);
    }
    if (bordered) {
      c.lineWidth = Math.max(2, 0.1 * s);
      c.strokeStyle = ink.ink;
      c.beginPath();
      for (const [r, q, r2, q2] of borders(labels, rows, columns)) c.moveTo(pad + q * s, top + r * s), c.lineTo(pad + q2 * s, top + r2 * s);
      c.stroke();
    }
    c.font = `400 ${type}px ${letters}`;
    let y = top + rows * s + type * 1.6;
    for (const [name, face] of faces) {
      c.save();
      c.translate(pad, y - type * 0.65);
      polygon(c, TRIANGLE, face, type * 1.3, ink);
      c.translate(type * 1.4, 0);
      polygon(c, SQUARE, face, type * 1.3, ink);
      c.restore();
      c.fillStyle = ink.ink;
      c.fillText(word(`legend.${name}`), pad + type * 3.1, y, wide - type * 3.1);
      y += type * 1.5;
    }
    c.fillStyle = ink.ink;
    for (const text of texts) {
      c.fillText(text, pad, y, wide);
      y += type * 1.5;
    }
    canvas.toBlob((blob) => blob && save(blob, `${word("file", { at })}.png`), "image/png");
  }

  // --- Python speaks
  const wide = () => (world.size > 65536 ? Uint32Array : Uint16Array);
  function begin(message, buffers) {
    const again = world && message.rows === world.rows && message.columns === world.columns;
    const before = again ? world.cells.slice() : null;
    drop(false);
    landAllIfAny();
    epoch = message.epoch;
    waiting = asked = 0;
    changing = false;
    later.length = unanswered.length = 0;
    const first = !world;
    line = message.keep;
    const faces = numbers(buffers[1], Uint8Array);
    since = message.since ?? [0];
    tables = since.map((_, k) => faces.subarray(162 * k, 162 * (k + 1)));
    const size = message.rows * message.columns;
    world = crowd(message.rows, message.columns, message.torus, tables[0]);
    world.load(numbers(buffers[0], Uint8Array));
    labels = numbers(buffers[2], Uint16Array);
    bordered = stage.units === true;
    tale = story(lines.length);
    tale.begin(numbers(buffers[3], wide()), numbers(buffers[4], wide()), numbers(buffers[5], Int16Array));
    hidden = new Uint8Array(size);
    expected = message.expected ?? {};
    ended = message.ended ?? "";
    seed = message.seed ?? "";
    at = 0;
    touched = false;
    while (at < Math.min(message.at, tale.count)) forward(0, 0, false);
    furthest = at;
    budget = 0;
    if (plot) plot.low = 0;
    if (seedField && document.activeElement !== seedField) seedField.value = seed;
    for (const [name, index] of Object.entries(message.slider ?? {})) if (!asking.some(([what, more]) => what === "set" && more.name === name)) sliders.get(name)?.show(index);
    for (const radio of cutters) radio.checked = radio.value === message.cut;
    board.setAttribute("aria-label", word("board", { rows: message.rows, columns: message.columns }));
    const fresh = speeds(size);
    if (!pace || pace.usual !== fresh.usual) {
      pace = fresh;
      speed = pace.usual;
      if (speedSlider) place(speedSlider, Math.round(placeOf(speed, pace)));
      sayPace();
    }
    cursor = Math.min(cursor, size - 1);
    if (!again) cursor = next(size - 1, size, (k) => world.faces[k] === UNHAPPY);
    if (!again) looked = -1;
    if (cursor < 0) cursor = 0;
    if (!again || !before.every((kind, k) => kind === world.cells[k])) playing = false;
    if (panelOf === "table") tableStale = true;
    stir();
    if (!again || !cell) lay();
    else {
      fence();
      key();
    }
    moveOn();
    if (panelOf === "table") report();
    if (replaying) { // the line above was of another board
      replaying = false;
      close();
      panelFrom?.focus({ preventScroll: true });
    }
    askNext();
    if (first) greet(root);
  }
  const landAllIfAny = () => world && landAll();

  /** The answer to a drop: what it was worth, and what follows. */
  function answered(message, buffers) {
    const moves = numbers(buffers[0], wide()), unhappy = numbers(buffers[1], wide()), values = numbers(buffers[2], Int16Array);
    epoch = message.epoch;
    line = message.keep;
    if (message.ok) unanswered.shift();
    else unanswered.length = 0;
    ended = message.ok ? message.ended : ""; // a refusal says nothing about what was to come
    expected = message.expected ?? expected;
    asked = 0;
    waiting = 0;
    if (!message.ok) {
      drop(false);
      if (at > message.at) travel(message.at);
      later.length = 0;
    }
    const queued = later.splice(0);
    const keepAt = at;
    if (queued.length) { // drops made meanwhile: the story goes on from the first answer, then they follow
      tale.cut(message.at + 1);
      const [start, end] = queued.shift();
      tale.cut(message.at);
      tale.append(moves.subarray(0, 2), unhappy.subarray(0, 1), values.subarray(0, lines.length));
      tale.push(start, end, world.unhappy);
      for (const [s, e] of queued) {
        tale.push(s, e, world.unhappy);
        later.push([s, e]);
      }
      waiting = 1;
      model.send({ do: "drag", epoch, at: message.at + 1, start, end });
      ended = "";
    } else {
      tale.cut(message.at);
      tale.append(moves, unhappy, values);
      furthest = Math.max(at, Math.min(furthest, message.at + (message.ok ? 1 : 0)));
    }
    at = Math.min(keepAt, tale.count);
    if (playing && at === tale.count && ended) finish();
    else moveOn();
    if (!waiting) report();
    askNext();
  }

  function hear(message, buffers) {
    switch (message.do) {
      case "board":
        if (world && message.epoch === epoch && !waiting && !changing) return; // an answer to another view of this board
        return begin(message, buffers);
      case "chunk": {
        if (!world || waiting || message.epoch !== epoch) return; // of a story that is no more
        asked = 0;
        if (message.from !== tale.count) return;
        tale.append(numbers(buffers[0], wide()), numbers(buffers[1], wide()), numbers(buffers[2], Int16Array));
        ended = message.ended ?? "";
        expected = message.expected ?? expected;
        untold = true;
        if (stepWanted) {
          stepWanted = false;
          oneStep();
        } else if (!playing) moveOn();
        return wake();
      }
      case "epoch":
        if (!world) return;
        if (!waiting) return model.send({ do: "hello" }); // another view of this board was played with
        return answered(message, buffers);
      case "said":
        return announce(message.text, message.loud);
      case "moral":
        moralAt = message.at ?? 0;
        clearTimeout(moralWait);
        if (!message.text) put(moral, "");
        else moralWait = setTimeout(() => { // how it ended is heard first
          put(moral, bound(message.text));
          layChart();
          tell();
        }, 300);
        return tell();
      case "table":
        if (panelOf === "table" || panelFrom?.dataset.name === "table") showTable(message);
        return;
      case "file":
        return save(new Blob([message.text], { type: message.type ?? "text/plain" }), message.name);
      case "line":
        return showLine(message.text);
      case "kept": // the pasted line cannot be played: all stays as it was
        changing = replaying = false;
        return askNext();
    }
  }

  // --- asleep when nobody can see it
  const seenBy = new IntersectionObserver((entries) => {
    onScreen = entries[entries.length - 1].isIntersecting;
    if (onScreen && world) {
      stir();
      if (!cell || stale) lay();
      wake();
    }
  });
  seenBy.observe(root);
  on(document, "visibilitychange", () => { clock = 0; wake(); });
  let laidFor = 0;
  const resized = new ResizeObserver(() => {
    if (frame.clientWidth === laidFor) return;
    laidFor = frame.clientWidth;
    lay();
  });
  resized.observe(frame);
  // another theme, or larger letters; JupyterLab hides everything while it changes its theme
  const dress = (tries = 50) => {
    stale = true;
    if (scene.clientWidth) lay();
    else if (tries && !listeners.signal.aborted) setTimeout(() => dress(tries - 1), 100);
  };
  const looks = new MutationObserver(() => dress());
  looks.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  looks.observe(document.documentElement, { attributeFilter: ["data-segkit-size"] });

  // --- what a page may ask of its widgets
  on(root, "segkit:start", (event) => afresh("link", { asked: event.detail }));
  on(root, "segkit:reset", () => afresh("start"));
  on(root, "segkit:resume", (event) => afresh("resume", { kept: event.detail }));
  on(root, "segkit:keep", (event) => {
    const kept = { ...line, at, drags: unanswered };
    if (line && !(line.own && !at && !unanswered.length)) event.detail.keep(kept);
  });
  // what is on the board, for who asks: a copy of the cells and of the faces
  on(root, "segkit-parable-state", (event) => {
    if (world && event.detail) Object.assign(event.detail, { cells: [...world.cells], faces: [...world.faces], at, count: tale.count, epoch, furthest });
  });

  return {
    hear,
    stop() {
      clearTimeout(moralWait);
      cancelAnimationFrame(request);
      playing = false;
      onScreen = false;
      seenBy.disconnect();
      resized.disconnect();
      looks.disconnect();
      listeners.abort();
    },
  };
}

function render({ model, el }) {
  let view = null;
  const hear = (message, buffers) => {
    if (message.do === "stage") view ??= perform(model, el, message);
    else view?.hear(message, buffers ?? []);
  };
  model.on("msg:custom", hear);
  model.send({ do: "hello" });
  return () => {
    view?.stop();
    model.off("msg:custom", hear);
  };
}

export default { render };
