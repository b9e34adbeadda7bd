// What a reader has done so far. It lives in this browser's own storage; Python counts it, and checks a file before any of it is kept.
//   to Python    {do: "count", view, store}, {do: "take", view, store, text}
//   from Python  {do: "told", view, rows, said}, {do: "keep", view, store}: what to remember from now on

const STORE = "segkit/progress";
const NAME = "segkit-progress.json";
const LARGEST = 200000; // bytes; Python says so

/** What is in the store; empty where there is nothing, or rubbish. */
export function stored(text) {
  try {
    const store = JSON.parse(text);
    return store && typeof store === "object" && !Array.isArray(store) ? store : {};
  } catch {
    return {};
  }
}

/** A file that is far too large is not even read: one letter more than may be is enough to be told so. */
export const readable = (size) => size <= LARGEST;

function make(tag, name, parent, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  if (parent) parent.append(node);
  return node;
}

/** Tells the page that a widget is there, as soon as it is. */
function here(root, tries = 200) {
  if (root.isConnected) root.dispatchEvent(new CustomEvent("segkit:here", { bubbles: true }));
  else if (tries) setTimeout(() => here(root, tries - 1), 50);
}

function render({ model, el }) {
  const words = model.get("words");
  const me = `v${Math.random().toString(36).slice(2)}`;
  const root = make("section", "segkit-progress", el);
  root.setAttribute("aria-label", words.title);
  root.lang = model.get("lang");
  Object.assign(root.dataset, { segkit: "progress", segkitId: model.get("ident") });
  const table = make("table", "", root);
  const head = make("tr", "", make("thead", "", table));
  for (const key of ["page", "answers", "right", "guesses"]) make("th", "", head, words[`head.${key}`]).scope = "col";
  const body = make("tbody", "", table);
  const row = make("div", "buttons", root);
  const file = make("input", "unseen", root);
  Object.assign(file, { type: "file", accept: ".json", tabIndex: -1 });
  file.setAttribute("aria-label", words.take);
  const sure = make("div", "sure", root);
  sure.hidden = true;
  sure.setAttribute("role", "group");
  const asks = make("p", "", sure, words.sure);
  asks.id = `${me}-sure`;
  sure.setAttribute("aria-labelledby", asks.id);
  const said = make("p", "said", root);
  said.setAttribute("role", "status");

  const read = () => {
    try {
      return stored(localStorage.getItem(STORE));
    } catch {
      said.textContent = words.nowhere;
      return {};
    }
  };
  const count = () => model.send({ do: "count", view: me, store: read() });
  const questions = (event) => document.querySelectorAll('[data-segkit="quiz"], [data-segkit="guess"]').forEach((one) => one.dispatchEvent(new CustomEvent(event)));

  function button(name, parent, act) {
    const made = make("button", "", parent, words[name]);
    made.type = "button";
    made.dataset.do = name;
    made.setAttribute("data-lm-suppress-shortcuts", "true");
    made.addEventListener("click", act);
    return made;
  }

  function download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify({ version: 1, ...read() }, null, 1)], { type: "application/json" }));
    link.download = NAME;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function take() {
    const chosen = file.files[0];
    file.value = "";
    if (!chosen) return;
    const text = readable(chosen.size) ? await chosen.text().catch(() => "") : " ".repeat(LARGEST + 1);
    model.send({ do: "take", view: me, store: read(), text });
  }

  function settle(erase) {
    sure.hidden = true;
    buttons.erase.focus();
    if (!erase) return;
    try {
      localStorage.removeItem(STORE);
    } catch { /* nothing was kept either */ }
    questions("segkit:reset");
    document.dispatchEvent(new CustomEvent("segkit:progress"));
    said.textContent = words.erased;
  }

  const buttons = {
    download: button("download", row, download),
    take: button("take", row, () => file.click()),
    erase: button("erase", row, () => { sure.hidden = false; said.textContent = ""; answers.no.focus(); }),
  };
  const choice = make("div", "buttons", sure);
  const answers = { yes: button("yes", choice, () => settle(true)), no: button("no", choice, () => settle(false)) };
  sure.addEventListener("keydown", (event) => { if (event.key === "Escape") settle(false); });
  file.addEventListener("change", take);

  function hear(message) {
    if (message.view !== me) return;
    if (message.do === "keep") {
      try {
        localStorage.setItem(STORE, JSON.stringify(message.store));
        questions("segkit:resume");
        document.dispatchEvent(new CustomEvent("segkit:progress"));
      } catch {
        said.textContent = words.nowhere;
      }
    }
    if (message.do !== "told") return;
    body.replaceChildren(...message.rows.map(([name, ...told]) => {
      const line = make("tr");
      make("th", "", line, name).scope = "row";
      for (const text of told) make("td", "", line, text);
      return line;
    }));
    if (message.said) said.textContent = message.said;
  }
  model.on("msg:custom", hear);
  document.addEventListener("segkit:progress", count);
  window.addEventListener("storage", count);
  count();
  here(root);
  return () => {
    model.off("msg:custom", hear);
    document.removeEventListener("segkit:progress", count);
    window.removeEventListener("storage", count);
  };
}

export default { render };
