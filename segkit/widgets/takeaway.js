// What is taken home: the reader's own words go to Python when a report is asked for, and stay on the page otherwise.
//   to Python    {do: "hello" | "report" | "tables", view, problem}
//   from Python  {kind: "state", about, said}, {kind: "save", view, name, type} with the file

/** Which words go with a request: only the report holds the reader's. */
export const request = (what, problem, view) => (what === "report" ? { do: what, view, problem } : { do: what, view });

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
  const root = make("section", "segkit-takeaway", el);
  root.setAttribute("aria-label", words.title);
  root.lang = model.get("lang");
  Object.assign(root.dataset, { segkit: "takeaway", segkitId: model.get("ident") });
  root.addEventListener("segkit:keep", ({ detail }) => { if (box.value) detail.keep({ problem: box.value }); });
  root.addEventListener("segkit:resume", ({ detail }) => { box.value = String(detail?.problem ?? "").slice(0, box.maxLength); });
  const label = make("label", "", root);
  make("span", "head", label, words.problem);
  make("span", "hint", label, words.problem_hint);
  const box = make("textarea", "", label);
  box.rows = 5;
  box.maxLength = 4000;
  const about = make("p", "about", root);
  const row = make("div", "buttons", root);
  const said = make("p", "said", root);
  said.setAttribute("role", "status");
  make("p", "hint", root, words.hint);
  const buttons = ["report", "tables"].map((what) => {
    const button = make("button", what === "report" ? "first" : "", row, words[what]);
    button.type = "button";
    button.dataset.do = what;
    button.addEventListener("click", () => {
      said.textContent = words.wait;
      buttons.forEach((one) => { one.disabled = true; });
      model.send(request(what, box.value, me));
    });
    return button;
  });
  for (const node of [box, ...buttons]) node.setAttribute("data-lm-suppress-shortcuts", "true");

  function hear(message, buffers) {
    if (message.kind === "state") {
      about.textContent = message.about;
      said.textContent = message.said;
      buttons.forEach((one) => { one.disabled = false; });
    }
    if (message.kind === "save" && message.view === me) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([buffers[0]], { type: message.type }));
      link.download = message.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }
  }
  model.on("msg:custom", hear);
  model.send({ do: "hello", view: me });
  here(root);
  return () => model.off("msg:custom", hear);
}

export default { render };
