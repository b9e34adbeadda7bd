// Asks the program behind the page three times whether it is there, and says so. The words come from Python.

/** What to say after an answer: on a slow line the pages still work, only a little later. */
export const verdict = (kind, ms) => (kind === "works" && ms > 400 ? "slow" : kind);

/** A sentence with its number of milliseconds, never 0. */
export const filled = (sentence, ms) => sentence.replace("{ms}", String(Math.max(1, Math.round(ms))));

const TIMES = 3;
const PATIENCE = 8000; // a page that is still being computed answers when it is done

/** Tells the page that a widget is there, as soon as it is. */
function here(root, tries = 200) {
  if (root.isConnected) root.dispatchEvent(new CustomEvent("segkit:here", { bubbles: true }));
  else if (tries) setTimeout(() => here(root, tries - 1), 50);
}

function render({ model, el }) {
  const words = model.get("words");
  const frame = document.createElement("section");
  frame.className = "segkit-alive";
  frame.lang = model.get("lang");
  Object.assign(frame.dataset, { segkit: "alive", segkitId: model.get("ident") });
  const said = frame.appendChild(document.createElement("p"));
  said.setAttribute("role", "status");
  const versions = frame.appendChild(document.createElement("p"));
  versions.className = "segkit-alive-versions";
  const again = frame.appendChild(document.createElement("button"));
  again.type = "button";
  again.textContent = words.again;
  again.setAttribute("data-lm-suppress-shortcuts", "true");
  el.append(frame);

  let asked = 0, began = 0, best = Infinity, timer = 0;
  const me = Math.random(); // an answer to one view is heard by all views of this widget
  const say = (kind, ms) => {
    frame.dataset.verdict = kind;
    said.textContent = filled(words[kind], ms);
  };
  function ask() {
    asked += 1;
    began = performance.now();
    model.send({ do: "ask", n: [me, asked] });
  }
  function start() {
    best = Infinity;
    asked = 0;
    say("waiting", 0);
    clearTimeout(timer);
    timer = setTimeout(() => say("silent", 0), PATIENCE);
    ask();
  }
  function hear(message) {
    if (message.do !== "answer" || message.n?.[0] !== me || message.n[1] !== asked) return;
    best = Math.min(best, performance.now() - began);
    if (asked < TIMES) return ask();
    clearTimeout(timer);
    versions.textContent = message.versions;
    say(verdict(message.kind, best), best);
  }
  model.on("msg:custom", hear);
  again.addEventListener("click", start);
  frame.addEventListener("segkit:reset", start);
  start();
  here(frame);
  return () => {
    clearTimeout(timer);
    model.off("msg:custom", hear);
  };
}

export default { render };
