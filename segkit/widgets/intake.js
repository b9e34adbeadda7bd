// Which territory the page is about: this shows what Python says and tells Python what was chosen. No rule and no sentence lives here.
// Everything a reader brings travels by custom messages and is put on the page as text, never as markup.
//   to Python    {do: "hello" | "town" | "choose" | "offer" | "file" | "protect" | "stop" | "back" | "download", view, ...}
//   from Python  {kind: "page" | "send" | "save" | "progress", ...}

// --- pure helpers, tested with bare node ---------------------------------------------------------------------------------------------------

/** Is this answer newer than what is drawn? */
export const newer = (version, drawn) => version > drawn;

/** Which bytes of a file are asked for, and never more than there are. */
export const piece = (at, size, whole) => [Math.min(at, whole), Math.min(at + size, whole)];

/** Which fields a way of protecting asks for. */
export function asks({ mode, preset }) {
  return { recipients: mode === "shared", k: mode === "public" && preset === "k", preset: mode === "public", special: mode === "public" };
}

/** Half a mile of faults is a wall: how many stand open before the rest waits behind a line. */
export const MOST = 12;

/** The first few, and the rest. */
export const parted = (lines, most = MOST) => (lines.length > most + 2 ? [lines.slice(0, most), lines.slice(most)] : [lines, []]);

// --- the view ---------------------------------------------------------------------------------------------------------------------------------------

const STRAYS = new WeakSet(); // files dragged beside all intakes of the page

function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const QUIET = { "data-lm-suppress-shortcuts": "true" };

function button(text, act, attributes = {}) {
  const element = h("button", { type: "button", ...QUIET, ...attributes }, text);
  element.addEventListener("click", act);
  return element;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A list to choose from whose options are rewritten only when they have changed: an open list must not close. */
function offer(select, texts, at) {
  const now = [...select.options].map((option) => option.textContent);
  if (now.length !== texts.length || now.some((text, i) => text !== texts[i])) {
    select.replaceChildren(...texts.map((text, i) => h("option", { value: i }, text)));
  }
  if (select.selectedIndex !== at) select.selectedIndex = at;
}

/** Tells the page that a widget is there, as soon as it is. */
function here(root, tries = 200) {
  if (root.isConnected) root.dispatchEvent(new CustomEvent("segkit:here", { bubbles: true }));
  else if (tries) setTimeout(() => here(root, tries - 1), 50);
}

function render({ model, el }) {
  const words = model.get("words");
  const me = `v${Math.random().toString(36).slice(2)}`;
  const state = { drawn: 0, file: null, page: null };
  const timers = {};
  const parts = {};
  const say = (message) => model.send({ view: me, ...message });
  const ask = (message) => {
    clearTimeout(timers.slow);
    timers.slow = setTimeout(() => { parts.slow.hidden = false; }, 600);
    say(message);
  };

  // -- the frame, built once

  function field(text, control, hint) {
    const label = h("label", { class: "field" }, h("span", {}, text), control);
    if (hint) label.append(h("span", { class: "hint" }, hint));
    return label;
  }

  function select(name, act) {
    const element = h("select", { ...QUIET, "data-choose": name });
    element.addEventListener("change", act);
    parts[name] = element;
    return element;
  }

  function frame() {
    parts.root = h("section", { class: "segkit-intake", "aria-label": words.region, lang: model.get("lang"), "data-segkit": "intake", "data-segkit-id": model.get("ident"), ...QUIET });
    parts.root.addEventListener("segkit:reset", () => ask({ do: "restart" }));
    parts.root.addEventListener("segkit:start", ({ detail }) => { if (detail?.town) ask({ do: "town", name: detail.town }); });
    parts.root.addEventListener("segkit:keep", ({ detail }) => {
      const page = state.page;
      if (page) detail.keep(page.own || page.town < 0 ? { own: true } : { at: page.town, ready: page.ready });
    });
    parts.root.addEventListener("segkit:resume", ({ detail }) => { if (detail && !detail.own) ask({ do: "town", at: detail.at, ready: detail.ready }); });
    parts.live = h("p", { class: "unseen", role: "status", "aria-live": "polite" });
    parts.slow = h("p", { class: "slow", hidden: true }, words.slow);
    parts.root.append(h("div", { class: "body" }, h("div", { class: "sources" }, towns(), own()), faults(), privacy(), look()), parts.live);
    const over = (on) => parts.drop.classList.toggle("over", on);
    parts.root.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
    parts.root.addEventListener("dragleave", () => over(false));
    parts.root.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      bring(event.dataTransfer?.files?.[0]);
    });
    return parts.root;
  }

  function towns() {
    const chosen = () => ask({ do: "town", at: parts.town.selectedIndex, ready: Math.max(parts.ready.selectedIndex, 0) });
    return h("div", { class: "card towns" }, h("h3", {}, words.towns),
      field(words.town, select("town", chosen)), field(words.ready, select("ready", chosen)),
      button(words.sample, () => ask({ do: "download", what: "sample" }), { "data-do": "sample", class: "quiet" }));
  }

  function own() {
    parts.file = h("input", { type: "file", accept: ".xlsx,.zip,.csv,.json", class: "unseen", tabindex: "-1", "aria-label": words.own_button, "data-do": "file" });
    parts.file.addEventListener("change", () => { bring(parts.file.files[0]); parts.file.value = ""; });
    parts.back = button(words.back, () => ask({ do: "back" }), { "data-do": "back", class: "quiet", hidden: true });
    parts.drop = h("div", { class: "drop" }, button(words.own_button, () => parts.file.click(), { "data-do": "open", class: "first" }), parts.file,
      h("p", { class: "hint" }, words.own_hint), h("p", { class: "over-hint", "aria-hidden": "true" }, words.drop_here));
    return h("div", { class: "card own" }, h("h3", {}, words.own), parts.drop,
      h("div", { class: "template" }, button(words.template, () => ask({ do: "download", what: "template" }), { "data-do": "template" }),
        h("p", { class: "hint" }, words.template_hint)), parts.back);
  }

  function faults() {
    parts.found = h("div", { class: "card found", hidden: true, tabindex: "-1" });
    return parts.found;
  }

  function privacy() {
    parts.modes = h("div", { class: "modes", role: "radiogroup", "aria-label": words.mode });
    parts.preset = h("select", { ...QUIET, "data-choose": "preset" });
    parts.k = h("input", { type: "text", inputmode: "numeric", size: "4", ...QUIET, "data-choose": "k" });
    parts.reason = h("textarea", { rows: "2", ...QUIET, "data-choose": "reason" });
    parts.recipients = h("input", { type: "text", ...QUIET, "data-choose": "recipients" });
    parts.special = h("fieldset", { class: "special" });
    parts.preset.addEventListener("change", fields);
    parts.kField = field(words.k, parts.k, words.k_hint);
    parts.presetField = field(words.preset, parts.preset);
    parts.recipientsField = field(words.recipients, parts.recipients);
    parts.reasonField = field(words.reason, parts.reason, words.reason_hint);
    parts.refused = h("p", { class: "refused", role: "alert" });
    parts.bar = h("progress", { max: "1", value: "0", "aria-label": words.protect });
    parts.how = h("p", { class: "hint", role: "status" });
    parts.going = h("div", { class: "going", hidden: true }, parts.bar, parts.how, button(words.stop, () => say({ do: "stop" }), { "data-do": "stop" }));
    parts.protect = button(words.protect, protect, { "data-do": "protect", class: "first" });
    parts.privacy = h("div", { class: "card privacy", hidden: true }, h("h3", {}, words.privacy), h("p", { class: "lead" }, words.mode), parts.modes,
      h("div", { class: "fields" }, parts.presetField, parts.kField, parts.recipientsField), parts.special, parts.reasonField, parts.refused, parts.protect, parts.going);
    return parts.privacy;
  }

  function look() {
    parts.about = h("div", { class: "about" });
    const choices = ["year", "level", "grouping", "focal"].map((what) =>
      field(words[what], select(what, () => ask({ do: "choose", what, at: parts[what].selectedIndex }))));
    return h("div", { class: "card look" }, h("h3", {}, words.look), h("div", { class: "fields" }, choices), parts.slow, parts.about);
  }

  // -- what Python says

  function hear(message, buffers) {
    if (message.kind === "page" && newer(message.version, state.drawn)) draw(message);
    if (message.kind === "progress") {
      parts.bar.value = message.share;
      write(parts.how, message.said);
    }
    if (message.view !== me) return;
    if (message.kind === "send") send(message);
    if (message.kind === "save") save(message.name, new Blob([buffers[0]], { type: message.type }));
  }

  function draw(page) {
    const before = state.page;
    state.drawn = page.version;
    state.page = page;
    clearTimeout(timers.slow);
    parts.slow.hidden = true;
    offer(parts.town, page.towns, page.town);
    offer(parts.ready, page.readies, page.town < 0 ? -1 : page.ready);
    for (const what of ["year", "level", "grouping", "focal"]) {
      offer(parts[what], page.choices[what].texts, page.choices[what].at);
      parts[what].disabled = page.choices[what].texts.length < 2;
    }
    parts.back.hidden = !page.own;
    parts.about.replaceChildren(...page.about.map((line, i) => h("p", { class: i ? "" : "now" }, line)));
    drawFound(page.own, before?.own);
    drawPrivacy(page.privacy);
    write(parts.live, page.live);
  }

  function drawFound(own, before) {
    parts.found.hidden = !own;
    if (!own || JSON.stringify(own) === JSON.stringify(before)) return;
    parts.found.classList.toggle("good", own.good);
    const lists = ["errors", "warnings", "notes"].filter((kind) => own[kind].length).map((kind) => {
      const [first, rest] = parted(own[kind]);
      const items = (lines) => h("ul", {}, lines.map((line) => h("li", {}, line)));
      return h("div", { class: kind }, h("p", { class: "head" }, own.heads[kind]), items(first),
        rest.length ? h("details", {}, h("summary", QUIET, `+ ${rest.length}`), items(rest)) : null);
    });
    parts.found.replaceChildren(...own.said.map((line, i) => h("p", { class: i ? "" : "headline" }, line)), ...lists);
    parts.found.focus({ preventScroll: false });
  }

  function drawPrivacy(privacy) {
    parts.privacy.hidden = !privacy;
    if (!privacy) { state.asked = ""; return; }
    const busy = privacy.busy;
    if (state.asked !== JSON.stringify([privacy.asked, privacy.groupings, privacy.presets])) {
      state.asked = JSON.stringify([privacy.asked, privacy.groupings, privacy.presets]);
      parts.modes.replaceChildren(...privacy.modes.map(({ value, text }) => {
        const radio = h("input", { type: "radio", name: `${me}-mode`, value, ...QUIET });
        radio.checked = value === privacy.asked.mode;
        radio.addEventListener("change", fields);
        return h("label", {}, radio, h("span", {}, text));
      }));
      parts.preset.replaceChildren(...privacy.presets.map(({ value, text }) => h("option", { value }, text)));
      parts.preset.value = privacy.asked.preset;
      for (const name of ["k", "reason", "recipients"]) parts[name].value = privacy.asked[name];
      parts.special.replaceChildren(h("legend", {}, words.special), ...privacy.groupings.map((name, i) => {
        const box = h("input", { type: "checkbox", value: i, ...QUIET });
        box.checked = privacy.asked.special.includes(i);
        return h("label", {}, box, h("span", {}, name));
      }));
      fields();
    }
    write(parts.refused, privacy.refused);
    parts.protect.disabled = busy;
    parts.going.hidden = !busy;
    if (busy && parts.bar.value === 1) parts.bar.value = 0;
    if (busy) write(parts.how, privacy.said);
    if (!busy) parts.bar.value = 0;
  }

  const mode = () => parts.modes.querySelector("input:checked")?.value ?? "public";

  function fields() {
    const wanted = asks({ mode: mode(), preset: parts.preset.value });
    parts.presetField.hidden = !wanted.preset;
    parts.kField.hidden = !wanted.k;
    parts.recipientsField.hidden = !wanted.recipients;
    parts.special.hidden = !wanted.special || parts.special.childElementCount < 2;
  }

  function protect() {
    const special = [...parts.special.querySelectorAll("input:checked")].map((box) => +box.value);
    state.asked = "";
    ask({ do: "protect", mode: mode(), preset: parts.preset.value, k: parts.k.value, reason: parts.reason.value, recipients: parts.recipients.value, special });
  }

  // -- the reader's file: Python asks for it piece by piece, once it knows its size

  function bring(file) {
    if (!file) return;
    state.file = file;
    ask({ do: "offer", name: file.name, size: file.size });
  }

  async function send({ at, size }) {
    if (!state.file) return;
    const [from, to] = piece(at, size, state.file.size);
    let data;
    try {
      data = await state.file.slice(from, to).arrayBuffer();
    } catch { // moved or changed since it was chosen
      data = new ArrayBuffer(0);
    }
    model.send({ do: "file", view: me, at: from }, undefined, [data]);
  }

  function save(name, blob) {
    const link = h("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  /** A file let go beside the box: the browser would leave the page to show it. */
  function stray(event) {
    if (STRAYS.has(event)) return;
    STRAYS.add(event);
    if ([...(event.dataTransfer?.types ?? [])].includes("Files") && !event.target.closest?.(".jp-FileBrowser, .segkit-host")) event.preventDefault();
  }

  el.classList.add("segkit-host");
  el.replaceChildren(frame());
  document.addEventListener("dragover", stray);
  document.addEventListener("drop", stray);
  model.on("msg:custom", hear);
  say({ do: "hello" });
  here(parts.root);
  return () => {
    model.off("msg:custom", hear);
    document.removeEventListener("dragover", stray);
    document.removeEventListener("drop", stray);
    Object.values(timers).forEach(clearTimeout);
  };
}

export default { render };
