// A section is what stands between two headings of the second rank. `s7` is the seventh, whatever the language.
let sections = [];
let current = 0;
let onSection = () => {};

function findSections() {
  sections = [{ id: "s0", title: words.beginning, cells: [] }];
  for (const cell of document.querySelectorAll("#segkit-content > [cell-index]")) {
    const heading = cell.querySelector(".jp-RenderedMarkdown h2");
    if (heading) {
      const title = heading.cloneNode(true);
      title.querySelector(".anchor-link")?.remove();
      sections.push({ id: `s${sections.length}`, title: title.textContent.trim(), heading, cells: [] });
    }
    const section = sections.at(-1);
    if (!section.cells.length) cell.id = section.id;
    section.cells.push(cell);
  }
  sections = sections.filter((section) => section.cells.length);
  for (const details of document.querySelectorAll("#segkit-content details"))
    if (isAside(details)) details.classList.add("segkit-aside");
}

const isAside = (details) => words.asides.includes(details.querySelector("summary")?.textContent.trim());
const slides = () => window.segkitLook.of("slides") === "on";
const sectionOf = (node) => sections.findIndex((section) => section.cells.some((cell) => cell.contains(node)));
const asideOf = (section) => section.cells.flatMap((cell) => [...cell.querySelectorAll(".segkit-aside")]).at(-1);
const topOf = (section) => section.cells[0].getBoundingClientRect().top;

/** What an address names: a place on this page, or nothing. */
function placed(hash) {
  try {
    return byId(decodeURIComponent(hash.slice(1)));
  } catch {
    return null;
  }
}

/** The section one looks at: the last one that begins in the upper third of the window; at the top, the beginning. */
function look() {
  if (slides()) return;
  const line = innerHeight / 3;
  const atEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2 && scrollY > 0;
  const began = scrollY <= 0 ? 0 : sections.findLastIndex((section) => topOf(section) <= (atEnd ? innerHeight : line));
  enter(Math.max(0, began));
}

function enter(index) {
  const news = index !== current;
  current = index;
  document.querySelectorAll(".segkit-now").forEach((cell) => cell.classList.remove("segkit-now"));
  sections[index].cells.forEach((cell) => cell.classList.add("segkit-now"));
  onSection(sections[index], index, news);
}

/** Goes to a section, or to a place in it, and takes the keyboard along. */
function goTo(index, place) {
  const section = sections[index];
  if (!section) return;
  enter(index);
  const goal = place ?? section.heading ?? section.cells[0];
  if (!place && index === 0) scrollTo(0, 0);
  else goal.scrollIntoView();
  if (!goal.matches("a, button, input, select, textarea, [tabindex]")) goal.tabIndex = -1;
  goal.focus({ preventScroll: true });
  history.replaceState(null, "", index === 0 && !place ? location.pathname + location.search : `#${place?.id || section.heading.id}`);
}

/** A page shown section by section keeps to the one it is at; a page shown whole keeps its place. */
function showSlides(on) {
  const before = topOf(sections[current]);
  window.segkitLook.choose("slides", on ? "on" : "off");
  enter(current);
  scrollTo(0, Math.max(0, scrollY + topOf(sections[current]) - (on ? innerHeight : before)));
}

// The keys of a presenter's remote: a screen on; at the end of a section shown alone, the next one.
function page(event) {
  const step = { PageDown: 1, PageUp: -1 }[event.key];
  if (!step || !slides() || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable=true], [role=slider], [role=grid], [role=application]")) return;
  const bottom = document.documentElement.scrollHeight - innerHeight;
  if (step > 0 ? scrollY < bottom - 4 : scrollY > 4) return; // the browser's own way: a screen on
  event.preventDefault();
  if (sections[current + step]) goTo(current + step);
}

function watchSections() {
  let waiting = false;
  addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        look();
      });
    },
    { passive: true },
  );
  addEventListener("resize", look);
  addEventListener("keydown", page);
  addEventListener("hashchange", () => {
    const place = placed(location.hash);
    const index = place ? sectionOf(place) : -1;
    if (index >= 0) {
      enter(index);
      place.scrollIntoView();
    }
  });
}
