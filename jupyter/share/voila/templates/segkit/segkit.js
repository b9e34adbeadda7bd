// What the page says while it is made, and when the program behind it has gone. The words come from Python.
let made = false;

window.voila_process = (step, steps) => {
  byId("loading_text").textContent = filled(words.step, { step, steps });
  byId("segkit-bar").style.width = `${(100 * step) / steps}%`;
};
window.voila_heartbeat = () => {
  if (byId("loading_text")) byId("loading_text").textContent = words.slow;
};
// Voila's own script asks for the page twice: when the last cell has come, and when the theme is there.
window.display_cells = () => {
  if (!window.themeLoaded) {
    window.cellLoaded = true;
    return;
  }
  byId("loading")?.remove();
  byId("rendered_cells").style.display = "";
  if (made) return;
  made = true;
  arrive();
  if (document.readyState === "complete") watch();
  else window.addEventListener("load", watch, { once: true });
};
window.voila_finish = window.display_cells;

// A table or a picture wider than a phone scrolls by itself, and by keyboard; the page and its text stay where they are.
const widths = new ResizeObserver((boxes) => {
  for (const { target: box } of boxes) {
    const wide = box.scrollWidth > box.clientWidth + 1;
    for (const [name, value] of Object.entries({ tabindex: 0, role: "group", "aria-label": sections[sectionOf(box)]?.title }))
      if (wide) box.setAttribute(name, value);
      else box.removeAttribute(name);
  }
});

function boxTables() {
  for (const table of document.querySelectorAll("#segkit-content table")) {
    if (table.closest("[data-segkit], .segkit-wide")) continue;
    const box = document.createElement("div");
    box.className = "segkit-wide";
    table.replaceWith(box);
    box.append(table);
    widths.observe(box);
  }
  for (const picture of document.querySelectorAll("#segkit-content figure > .segkit-wide")) widths.observe(picture);
}

function arrive() {
  findSections();
  new ResizeObserver(boxTables).observe(byId("segkit-content")); // what cells show is drawn later than what is written
  listSections();
  watchSections();
  const place = placed(location.hash);
  const before = resuming && sections.findIndex((section) => section.id === resuming.at?.section);
  const index = resuming ? before : place ? sectionOf(place) : 0;
  enter(Math.max(0, index));
  if (resuming) {
    const folds = document.querySelectorAll("#segkit-content details");
    for (const n of resuming.open ?? []) if (folds[n]) folds[n].open = true;
    const section = sections[current]; // while things are drawn above it, one may seem to be at another
    follow(() => scrollBy(0, topOf(section) - resuming.at.top));
    aloud(words.resumed);
    if (resuming.own) notice(words.own);
  } else if (place) follow(() => place.scrollIntoView());
  if (new URLSearchParams(location.search).has("aside") && asideOf(sections[current])) {
    asideOf(sections[current]).open = true;
    showAside();
  }
  welcomeAll();
}

// The place that an address names may be drawn late, and move while what stands above it is drawn: stay with it
// until somebody takes over.
function follow(go) {
  const following = new ResizeObserver(() => {
    go();
    look();
  });
  const stop = () => following.disconnect();
  following.observe(document.body);
  for (const touch of ["wheel", "touchmove", "pointerdown", "keydown"])
    window.addEventListener(touch, stop, { once: true, passive: true, capture: true });
  setTimeout(stop, 10000);
}

// Links in what a cell shows would open a window of their own, each with a program of its own behind it. A link to
// another place of ours stays in this one.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link) return;
    if (link.target === "_blank" && !/^[a-z]+:|^\/\//i.test(link.getAttribute("href"))) link.removeAttribute("target");
    const place = slides() && link.getAttribute("href").startsWith("#") && placed(link.hash);
    if (!place || sectionOf(place) < 0) return;
    event.preventDefault(); // the browser would not go to a section that is put away
    goTo(sectionOf(place), place);
  },
  true,
);

function notice(text, restart) {
  const box = byId("segkit-notice");
  box.hidden = !text;
  box.querySelector("p").textContent = text;
  box.querySelector("button").hidden = !restart;
}

// A program that crashes says so. One that the server ended, because it was long idle, say, leaves silently: so the
// page asks after it, now and then, and at once when somebody comes back or touches anything.
let watching = false;
let voilaEndsIt = false;
async function watch() {
  if (watching) return;
  watching = true;
  const { kernelId } = JSON.parse(byId("jupyter-config-data").textContent);
  const address = `${document.body.dataset.baseUrl.replace(/voila\/$/, "")}api/kernels/${kernelId}`;
  const ofKernel = () => fetch(address, { cache: "no-store" }).catch(() => null);
  // With the server gone as well, loading the page again would lose it: first ask whether anybody is there.
  byId("segkit-notice").querySelector("button").addEventListener("click", async () => {
    const answer = await ofKernel();
    if (!answer || answer.status >= 500) return notice(words.gone, true);
    keepForAgain();
    location.reload();
  });
  if ((await ofKernel())?.status === 404) return notice(words.ended, true); // before its widgets came: they never will
  while (!window.jupyterapp) await new Promise((later) => setTimeout(later, 100));
  const { kernel } = await window.jupyterapp.widgetManagerPromise.promise;
  voilaEndsIt = true;
  let ended = false;
  let lost = false;
  let seen = Date.now();

  const end = () => {
    ended = true;
    notice(`${words.ended} ${words.keeps}`, true);
  };
  const ask = async () => {
    if (ended) return;
    seen = Date.now();
    const answer = await ofKernel();
    if (ended) return;
    if (answer?.status === 404) return end();
    const now = !(answer && kernel.connectionStatus === "connected");
    if (now !== lost) notice(now ? words.lost : "");
    lost = now;
  };
  // Where the machine is very busy, a widget may have come too late for Voila, which then writes a line of its own.
  const missing = () => {
    const gone = [...document.querySelectorAll(".jp-OutputArea-output.jupyter-widgets")].some((output) => !output.children.length && output.textContent);
    if (gone && !ended) notice(words.broken, true);
  };
  setTimeout(missing, 3000);
  const askNow = () => !document.hidden && Date.now() - seen > 2000 && ask();

  kernel.statusChanged.connect((_, now) => /dead|restarting|terminating/.test(now) && end());
  kernel.connectionStatusChanged.connect((_, now) => (now === "disconnected" ? end() : ask()));
  setInterval(() => document.hidden || ask(), 20000);
  for (const touch of ["pointerdown", "keydown", "visibilitychange"]) document.addEventListener(touch, askNow, true);
  window.addEventListener("beforeunload", () => (ended = true));
}

// A page that is left ends its program: Voila sees to that once it is up; before, we do.
window.addEventListener("pagehide", () => {
  if (made) noteProgress();
  const config = byId("jupyter-config-data");
  if (voilaEndsIt || !config) return;
  const form = new FormData();
  form.append("_xsrf", document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "");
  navigator.sendBeacon(`${document.body.dataset.baseUrl}api/shutdown/${JSON.parse(config.textContent).kernelId}`, form);
});

watchBar();
watchPresenter();
