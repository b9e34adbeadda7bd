// On the front page: where one left, and how far one has come with each page. From the browser's own store.
{
  const { pages } = kept("localStorage", PROGRESS);
  const links = new Map([...document.querySelectorAll("[data-page]:not(body)")].map((link) => [link.dataset.page, link]));
  const known = Object.entries(pages && typeof pages === "object" ? pages : {})
    .filter(([name, page]) => links.has(name) && /^s\d+$/.test(page?.section) && typeof page.title === "string")
    .sort(([, a], [, b]) => String(b.at).localeCompare(String(a.at)));
  for (const [name, page] of known) {
    const told = document.createElement("p");
    const { reached, answered } = document.querySelector("main").dataset;
    told.className = "segkit-so-far";
    told.textContent = filled(reached, { section: page.title });
    if (page.of > 0) told.textContent += ` · ${filled(answered, { done: page.done, of: page.of })}`;
    links.get(name).closest("li").append(told);
  }
  if (known.length) {
    const [name, page] = known[0];
    const box = byId("segkit-continue");
    const link = box.querySelector("a");
    link.href = `${links.get(name).getAttribute("href")}#${page.section}`;
    link.textContent = filled(box.dataset.reached, { title: links.get(name).textContent, section: page.title });
    box.hidden = false;
  }
}
watchBar();
