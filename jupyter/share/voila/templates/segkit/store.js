// What the browser keeps: how far somebody has come, under one key that the questions of a page write to as well.
const PROGRESS = "segkit/progress";
const AGAIN = "segkit/again";

function kept(store, key) {
  try {
    const found = JSON.parse(window[store].getItem(key));
    return found && typeof found === "object" && !Array.isArray(found) ? found : {};
  } catch {
    return {};
  }
}

function keep(store, key, value) {
  try {
    window[store].setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function forget(store, key) {
  try {
    window[store].removeItem(key);
  } catch {
    // nothing was kept
  }
}

/** What is known of this page, among what else is there; rubbish in the store counts as nothing. */
function reached(page, news) {
  const all = kept("localStorage", PROGRESS);
  const pages = all.pages && typeof all.pages === "object" ? all.pages : {};
  keep("localStorage", PROGRESS, { ...all, version: 1, pages: { ...pages, [page]: news } });
}

/** A sentence with its blanks filled in. */
const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (blank, name) => values[name] ?? blank);
