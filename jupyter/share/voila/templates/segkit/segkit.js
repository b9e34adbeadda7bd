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
    if (!made) window.addEventListener("load", watch, { once: true });
    if (!made && document.readyState === "complete") watch();
    made = true;
  };
  window.voila_finish = window.display_cells;

  const notice = (text, again) => {
    const box = byId("segkit-notice");
    box.hidden = !text;
    box.querySelector("p").textContent = text;
    box.querySelector("button").hidden = !again;
  };
  byId("segkit-notice").querySelector("button").addEventListener("click", () => location.reload());

  let watching = false;
  async function watch() {
    if (watching) return;
    watching = true;
    while (!window.jupyterapp) await new Promise((later) => setTimeout(later, 100));
    const { kernel } = await window.jupyterapp.widgetManagerPromise.promise;
    const model = `${document.body.dataset.baseUrl.replace(/voila\/$/, "")}api/kernels/${kernel.id}`;
    let ended = false;
    const end = () => {
      ended = true;
      notice(words.ended, true);
    };
    const status = (now) => {
      if (["dead", "restarting", "autorestarting", "terminating"].includes(now)) end();
    };
    const connection = async (now) => {
      if (ended) return;
      if (now === "connected") return notice("");
      if (now === "disconnected") return end();
      notice(words.lost);
      const answer = await fetch(model).catch(() => null);
      if (answer?.status === 404) end();
    };
    kernel.statusChanged.connect((_, now) => status(now));
    kernel.connectionStatusChanged.connect((_, now) => connection(now));
    window.addEventListener("beforeunload", () => (ended = true));
  }
})();
