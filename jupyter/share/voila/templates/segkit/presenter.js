// The bar below a page, for whoever presents it, and the list of its sections above.
const presenter = byId("segkit-presenter");

/** Says something to those who cannot see it, and shows it for a while to whoever presents. */
function aloud(text) {
  const said = byId("segkit-said");
  said.textContent = "";
  setTimeout(() => (said.textContent = text), 50); // the same sentence twice is said twice
  const shown = byId("segkit-shown");
  shown.textContent = text;
  clearTimeout(aloud.until);
  aloud.until = setTimeout(() => (shown.textContent = ""), 6000);
}

// --- presenting

function present(on) {
  window.segkitLook.choose("present", on ? "on" : "off");
  showChoices();
  (on ? presenter.querySelector("[data-do=next]") : byId("segkit-present")).focus();
}

function step(by) {
  if (!sections[current + by]) return;
  const button = document.activeElement;
  goTo(current + by);
  button.focus({ preventScroll: true });
  sayWhere();
}

// sections are counted as their headings are: what stands before the first is the beginning
const sayWhere = () => {
  const { title } = sections[current];
  aloud(current ? filled(words.said_section, { title, at: current, of: sections.length - 1 }) : title);
};

function copy(text) {
  const field = document.createElement("textarea"); // navigator.clipboard is only there on https and on this machine
  const before = document.activeElement;
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus({ preventScroll: true });
  return done;
}

const DO = {
  previous: () => step(-1),
  next: () => step(1),
  slides() {
    showSlides(!slides());
    showChoices();
  },
  reset() {
    const root = meant();
    if (root) tell(root, "reset");
    aloud(root ? words.said_reset : words.said_no_widget);
  },
  aside() {
    const aside = asideOf(sections[current]);
    if (!aside) return aloud(words.said_no_aside);
    aside.open = !aside.open;
    if (aside.open) aside.scrollIntoView({ block: "nearest" });
    aloud(aside.open ? words.said_aside : words.said_aside_close);
    showAside();
  },
  link() {
    const { address, whole } = addressOfThis();
    history.replaceState(null, "", address);
    const said = filled(copy(address) ? words.said_copied : words.said_copy, { address });
    aloud(whole ? said : `${said} ${words.said_in_part}`);
  },
  close: () => present(false),
};

function showAside() {
  const button = presenter.querySelector("[data-do=aside]");
  const aside = asideOf(sections[current]);
  button.setAttribute("aria-expanded", Boolean(aside?.open));
  button.textContent = aside?.open ? words.aside_close : words.aside;
}

// --- where one is

function listSections() {
  const list = byId("segkit-sections");
  sections.forEach((section, index) => {
    const link = document.createElement("a");
    link.href = index ? `#${encodeURI(section.heading.id)}` : "#";
    link.textContent = section.title;
    if (section.heading?.querySelector("[lang]")) link.lang = section.heading.querySelector("[lang]").lang;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      each(".segkit-menu[open]", (menu) => (menu.open = false));
      byId("segkit-fold").setAttribute("aria-expanded", "false");
      goTo(index);
    });
    list.append(document.createElement("li"));
    list.lastChild.append(link);
  });
}

onSection = (section, index, news) => {
  each("#segkit-sections a", (link, n) => (n === index ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  each(".segkit-languages a", (link) => (link.hash = index ? section.id : ""));
  byId("segkit-at").textContent = `${index || "–"} / ${sections.length - 1}`;
  presenter.querySelector("[data-do=previous]").disabled = index === 0;
  presenter.querySelector("[data-do=next]").disabled = index === sections.length - 1;
  showAside();
  if (news) noteProgress();
};

/** How far one has come: the section, and how many of the page's questions are answered. */
function noteProgress() {
  if (!current) return; // who only opens a page has not left the place of last time
  const { answers = {}, guesses = {} } = kept("localStorage", PROGRESS);
  const ids = widgets().map((root) => root.dataset.segkitId);
  const asks = ids.filter((id) => /^(quiz|guess)-/.test(id));
  const done = asks.filter((id) => (id.startsWith("quiz-") ? answers : guesses)?.[id.replace(/^\w+?-/, "")]);
  const { id, title } = sections[current];
  const at = new Date().toISOString();
  reached(document.body.dataset.page, { section: id, title, done: done.length, of: asks.length, at });
}

function watchPresenter() {
  document.addEventListener("segkit:progress", noteProgress); // a question was answered
  byId("segkit-present").addEventListener("click", () => present(presenter.hidden));
  presenter.addEventListener("click", ({ target }) => DO[target.closest("[data-do]")?.dataset.do]?.());
}
