// What the page says while it is made, and when the program behind it has gone. The words come from Python.
(() => {
  const words = JSON.parse(document.getElementById("segkit-words").textContent);
  const byId = (id) => document.getElementById(id);
  let made = false;

  window.voila_process = (step, steps) => {
    byId("loading_text").textContent = words.step.replace("{step}", step).replace("{steps}", steps);
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
    if (!made) arrive();
    if (!made) window.addEventListener("load", watch, { once: true });
    if (!made && document.readyState === "complete") watch();
    made = true;
  };
  window.voila_finish = window.display_cells;

  // The place that an address names may be drawn late, and move while what stands above it is drawn: stay with it
  // until somebody takes over.
  function arrive() {
    const place = decodeURIComponent(location.hash.slice(1));
    if (!place) return;
    const following = new ResizeObserver(() => byId(place)?.scrollIntoView());
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
      const link = event.target.closest?.("a[href][target=_blank]");
      if (link && !/^[a-z]+:|^\/\//i.test(link.getAttribute("href"))) link.removeAttribute("target");
    },
    true,
  );

  const notice = (text, again) => {
    const box = byId("segkit-notice");
    box.hidden = !text;
    box.querySelector("p").textContent = text;
    box.querySelector("button").hidden = !again;
  };
  byId("segkit-notice").querySelector("button").addEventListener("click", () => location.reload());

  // A program that crashes says so. One that the server ended, because it was long idle, say, leaves silently: so the
  // page asks after it, now and then, and at once when somebody comes back or touches anything.
  let watching = false;
  let voilaEndsIt = false;
  async function watch() {
    if (watching) return;
    watching = true;
    while (!window.jupyterapp) await new Promise((later) => setTimeout(later, 100));
    const { kernel } = await window.jupyterapp.widgetManagerPromise.promise;
    voilaEndsIt = true;
    const address = `${document.body.dataset.baseUrl.replace(/voila\/$/, "")}api/kernels/${kernel.id}`;
    let ended = false;
    let asked = Date.now();

    const end = () => {
      ended = true;
      notice(words.ended, true);
    };
    const ask = async () => {
      if (ended) return;
      asked = Date.now();
      const answer = await fetch(address, { cache: "no-store" }).catch(() => null);
      if (ended) return;
      if (answer?.status === 404) end();
      else notice(answer && kernel.connectionStatus === "connected" ? "" : words.lost);
    };
    const askNow = () => !document.hidden && Date.now() - asked > 2000 && ask();

    kernel.statusChanged.connect((_, now) => /dead|restarting|terminating/.test(now) && end());
    kernel.connectionStatusChanged.connect((_, now) => (now === "disconnected" ? end() : ask()));
    setInterval(() => document.hidden || ask(), 20000);
    for (const touch of ["pointerdown", "keydown", "visibilitychange"]) document.addEventListener(touch, askNow, true);
    window.addEventListener("beforeunload", () => (ended = true));
  }

  // A page that is left ends its program: Voila sees to that once it is up; before, we do.
  window.addEventListener("pagehide", () => {
    const config = byId("jupyter-config-data");
    if (voilaEndsIt || !config) return;
    const form = new FormData();
    form.append("_xsrf", document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "");
    navigator.sendBeacon(`${document.body.dataset.baseUrl}api/shutdown/${JSON.parse(config.textContent).kernelId}`, form);
  });
})();
