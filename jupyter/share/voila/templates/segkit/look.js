// Light or dark, large or not: decided in the head, before anything is drawn. What one chooses stays in this browser,
// what an address asks for (?theme=dark&size=large) in this tab.
(() => {
  const CHOICES = { theme: ["light", "dark", "system"], size: ["large", "normal"], slides: ["on", "off"], present: ["on", "off"] };
  const KEY = "segkit/look";
  const read = (store) => {
    try {
      return JSON.parse(window[store].getItem(KEY)) || {};
    } catch {
      return {};
    }
  };
  const write = (store, changes) => {
    try {
      window[store].setItem(KEY, JSON.stringify({ ...read(store), ...changes }));
    } catch {
      // a browser that keeps nothing still shows the page
    }
  };
  const address = new URLSearchParams(location.search);
  const asked = {};
  for (const name of Object.keys(CHOICES)) if (address.has(name)) asked[name] = address.get(name) || "on";
  write("sessionStorage", asked);
  const look = { theme: "system", size: "normal", slides: "off", present: "off" };
  for (const [name, value] of Object.entries({ ...read("localStorage"), ...read("sessionStorage"), ...asked }))
    if (CHOICES[name]?.includes(value)) look[name] = value;

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const paper = matchMedia("print");
  const root = document.documentElement;
  function dress() {
    const light = paper.matches || (look.theme === "system" ? !dark.matches : look.theme === "light");
    for (const [name, value] of Object.entries({ ...look, theme: light ? "light" : "dark" }))
      if (root.getAttribute(`data-segkit-${name}`) !== value) root.setAttribute(`data-segkit-${name}`, value);
    const body = document.body;
    if (body && body.dataset.jpThemeLight !== String(light)) body.dataset.jpThemeLight = light;
  }
  // Voila's own script puts on a theme when it arrives: ours goes back on, before the next picture.
  const watching = new MutationObserver(() => {
    if (document.body) watching.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
    dress();
  });
  watching.observe(root, { childList: true });
  for (const medium of [dark, paper]) medium.addEventListener("change", dress);
  dress();

  window.segkitLook = {
    of: (name) => look[name],
    choose(name, value) {
      look[name] = value;
      write("sessionStorage", { [name]: value });
      if (name !== "present") write("localStorage", { [name]: value });
      dress();
    },
  };
})();
