// What the page and its widgets tell each other. A widget says that it is here (segkit:here); the page may tell it to
// begin as the address asks (start), to go back (reset), to hand over what it has (keep), to take it up again (resume).
const OURS = ["theme", "size", "slides", "present", "aside"];
const STATE = ["seed", "wish", "most", "full", "share", "town", "line"];
const MOST_KEPT = 100_000; // characters of one widget's state

const asked = Object.fromEntries([...new URLSearchParams(location.search)].filter(([name]) => !OURS.includes(name)));
const askedPlace = location.hash;
const again = kept("sessionStorage", AGAIN);
forget("sessionStorage", AGAIN);
const resuming = again.page === document.body.dataset.page ? again : null;

let welcomed = null; // once the page is made: the widgets that have been told where to begin
const early = [];
let touched = null;

const widgets = () => [...document.querySelectorAll("[data-segkit][data-segkit-id]")];
const tell = (root, what, detail) => root.dispatchEvent(new CustomEvent(`segkit:${what}`, { detail }));

addEventListener("segkit:here", ({ target }) => (welcomed ? welcome(target) : early.push(target)));
for (const touch of ["pointerdown", "focusin"])
  addEventListener(touch, ({ target }) => (touched = target.closest?.("[data-segkit]") ?? touched), true);

function welcomeAll() {
  welcomed = new Set();
  early.forEach(welcome);
}

function welcome(root) {
  const id = root.dataset.segkitId;
  if (welcomed.has(id)) return; // a widget that is drawn anew goes on where it is
  welcomed.add(id);
  const state = resuming?.states?.[id];
  if (state) tell(root, "resume", state);
  else if (Object.keys(asked).length && isMeant(root)) tell(root, "start", { ...asked });
}

/** An address with a place in it speaks to the widgets of that section, one without to all. */
function isMeant(root) {
  const place = placed(askedPlace);
  return !place || sectionOf(place) === sectionOf(root);
}

/** What a widget can hand over at once, and whether something of the reader's own stays behind. */
function stateOf(root) {
  let state = null;
  tell(root, "keep", { keep: (given) => (state = given) });
  if (JSON.stringify(state) === '{"own":true}') return { own: true };
  const fits = state && typeof state === "object" && JSON.stringify(state).length <= MOST_KEPT;
  return { state: fits ? state : null, own: Boolean(state) && !fits };
}

/** Everything there is goes into the store that outlives one loading of the page, with the place one is at. */
function keepForAgain() {
  const states = {};
  let own = false;
  for (const root of widgets()) {
    const found = stateOf(root);
    if (found.state) states[root.dataset.segkitId] = found.state;
    own ||= found.own;
  }
  const at = { section: sections[current].id, top: topOf(sections[current]) };
  const folds = [...document.querySelectorAll("#segkit-content details")];
  const open = folds.flatMap((fold, n) => (fold.open ? [n] : []));
  const all = { page: document.body.dataset.page, states, own, at, open };
  if (!keep("sessionStorage", AGAIN, all)) keep("sessionStorage", AGAIN, { ...all, states: {}, own: true });
}

const inSight = (root) => {
  const { top, bottom, height } = root.getBoundingClientRect();
  return height ? Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0)) : 0;
};

/** The widget one means: the one touched last while one sees it, otherwise the one one sees most of. */
function meant() {
  if (touched?.isConnected && inSight(touched) > 0) return touched;
  return widgets().filter(inSight).sort((a, b) => inSight(b) - inSight(a))[0] ?? null;
}

/** What a link can say of a state: what it names, and of a board's line its seed, its polygons and the wish of now. */
function saidOf(state) {
  const said = Object.fromEntries(STATE.filter((name) => /string|number/.test(typeof state[name])).map((name) => [name, state[name]]));
  if (!/^segkit: size=/.test(said.line)) return said;
  const last = (name) => [...said.line.matchAll(new RegExp(`\\b${name}[= ](\\S+?)(?=[\\s;]|$)`, "g"))].at(-1)?.[1];
  const [wish, most] = last("wish")?.split("..") ?? [];
  const told = { seed: last("seed"), wish, most, full: last("full"), share: last("composition") };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value));
}

/** The address of this page at this section, with what it can say of the widget in sight; and is that the whole? */
function addressOfThis() {
  const root = meant();
  const { state, own } = root && sectionOf(root) === current ? stateOf(root) : {};
  const said = saidOf(state ?? {});
  const whole = !own && !state?.drags?.length && (!state || (Object.keys(said).length > 0 && !/ drag /.test(state.line)));
  const address = new URL(location.href);
  address.search = new URLSearchParams({ ...asked, ...said });
  address.hash = current ? encodeURI(sections[current].heading.id) : "";
  return { address: address.href, whole };
}
