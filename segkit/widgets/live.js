// What follows a territory: Python says what to show, block by block; this puts it on the page. Every text becomes text and every picture
// an image, so that nothing from a file can run here. No rule and no sentence lives here.
//   to Python    {do: "hello" | "bye", view}, {do: "near", view, near}: what is in sight, or about to be, is drawn first
//   from Python  {kind: "blocks", blocks, title} with one buffer for each picture, {kind: "stale", said}

// --- pure helpers, tested with bare node

/** Which mark stands before a need, and whether it is met. */
export const mark = (there) => (there ? "✓" : "✗");

/** Is a table long enough to wait behind its title? */
export const folds = (rows) => rows.length > 8;

// --- the page

function make(tag, name, parent, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  if (parent) parent.append(node);
  return node;
}

function picture(block, buffers, urls) {
  const figure = make("figure", "picture");
  const url = URL.createObjectURL(new Blob([buffers[block.svg]], { type: "image/svg+xml" }));
  urls.push(url);
  const pan = make("div", "pan", figure);
  new ResizeObserver(() => { // what does not fit and has to be pushed along is reached by key as well
    if (pan.scrollWidth > pan.clientWidth + 1) pan.tabIndex = 0;
    else pan.removeAttribute("tabindex");
  }).observe(pan);
  const image = make("img", "", pan);
  image.setAttribute("alt", block.alt);
  image.style.maxWidth = `${block.wide}rem`;
  image.src = url;
  const words = make("details", "", figure);
  const summary = make("summary", "", words, block.words);
  summary.setAttribute("data-lm-suppress-shortcuts", "true");
  make("p", "", words, block.alt);
  return figure;
}

function list(block, name) {
  const part = make("div", name);
  make("p", "head", part, block.head);
  const items = make("ul", "", part);
  for (const item of block.items) make("li", "", items, item);
  return part;
}

function needs(block) {
  const part = make("div", "needs");
  make("p", "head", part, block.head);
  const items = make("ul", "", part);
  for (const { there, text } of block.items) {
    const li = make("li", there ? "there" : "gone", items);
    const sign = make("span", "sign", li, mark(there));
    sign.setAttribute("aria-hidden", "true");
    make("span", "", li, ` ${text} `);
    make("span", there ? "unseen" : "tag", li, there ? block.marks.yes : block.marks.no);
  }
  return part;
}

function cannot(block) {
  const part = make("div", "cannot");
  make("p", "why", part, block.text ?? block.why);
  if (block.collect) make("p", "", part, block.collect);
  return part;
}

function table(rows, label = rows.label) {
  const holder = make(folds(rows.body) ? "details" : "div", "rows");
  if (folds(rows.body)) make("summary", "", holder, rows.label).setAttribute("data-lm-suppress-shortcuts", "true");
  const scroll = make("div", "scroll", holder);
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", label);
  const sheet = make("table", "", scroll);
  const head = make("tr", "", make("thead", "", sheet));
  rows.head.forEach((name, i) => make("th", rows.numbers[i] ? "number" : "", head, name).setAttribute("scope", "col"));
  const body = make("tbody", "", sheet);
  for (const row of rows.body) {
    const line = make("tr", "", body);
    row.forEach((cell, i) => make("td", rows.numbers[i] ? "number" : "", line, cell));
  }
  return holder;
}

function finding(block) {
  const part = make("article", "finding");
  part.dataset.finding = block.key;
  make("h3", "", part, block.title);
  if (block.why) {
    part.append(cannot(block));
    return part;
  }
  if (block.big) {
    const line = make("p", "headline", part);
    make("span", "big", line, block.big);
    for (const beside of block.beside) make("span", "beside", line, beside);
  }
  make("p", "said", part, block.text);
  if (!block.big) for (const beside of block.beside) make("p", "beside", part, beside);
  if (block.caution) make("p", "caution", part, block.caution);
  if (block.rows) part.append(table(block.rows, block.title));
  if (block.more.source || block.more.command) {
    const more = make("details", "more", part);
    make("summary", "", more, block.more.head).setAttribute("data-lm-suppress-shortcuts", "true");
    if (block.more.source) make("p", "", more, block.more.source);
    if (block.more.command) {
      make("p", "", more, block.more.again);
      make("pre", "", more, block.more.command);
    }
  }
  return part;
}

const KINDS = {
  picture, finding, needs, cannot,
  missing: (block) => list(block, "missing"),
  list: (block) => list(block, "list"),
  text: (block) => make("p", "text", null, block.text),
  heading: (block) => make("h3", "heading", null, block.text),
  table: (block) => table(block.rows),
};

/** Tells the page that a widget is there, as soon as it is. */
function here(root, tries = 200) {
  if (root.isConnected) root.dispatchEvent(new CustomEvent("segkit:here", { bubbles: true }));
  else if (tries) setTimeout(() => here(root, tries - 1), 50);
}

function render({ model, el }) {
  const me = `v${Math.random().toString(36).slice(2)}`;
  let urls = [];
  const root = make("section", "segkit-live", el);
  root.lang = model.get("lang");
  Object.assign(root.dataset, { segkit: "live", segkitId: model.get("ident") });
  const waiting = make("p", "waiting", root); // to be seen: the intake says once what all cells follow
  const body = make("div", "body", root);
  root.setAttribute("aria-busy", "true");

  function hear(message, buffers) {
    if (message.kind === "stale") {
      root.setAttribute("aria-busy", "true");
      waiting.textContent = message.said;
    }
    if (message.kind !== "blocks") return;
    const old = urls;
    urls = [];
    const open = [...body.querySelectorAll("details")].map((details) => details.open);
    body.replaceChildren(...message.blocks.map((block) => KINDS[block.kind](block, buffers, urls)));
    const now = [...body.querySelectorAll("details")];
    if (now.length === open.length) now.forEach((details, i) => { details.open = open[i]; });
    old.forEach((url) => URL.revokeObjectURL(url));
    root.setAttribute("aria-label", message.title);
    root.setAttribute("aria-busy", "false");
    waiting.textContent = "";
  }

  model.on("msg:custom", hear);
  model.send({ do: "hello", view: me });
  here(root);
  let near = false;
  const eye = new IntersectionObserver((seen) => {
    const now = seen[seen.length - 1].isIntersecting;
    if (now !== near) model.send({ do: "near", view: me, near: now });
    near = now;
  }, { rootMargin: "60%" });
  eye.observe(root);
  return () => {
    eye.disconnect();
    model.off("msg:custom", hear);
    try { model.send({ do: "bye", view: me }); } catch { /* the kernel has gone */ }
    urls.forEach((url) => URL.revokeObjectURL(url));
  };
}

export default { render };
