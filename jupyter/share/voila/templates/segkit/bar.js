// The bar above every page: how the page looks.
const each = (selector, what) => document.querySelectorAll(selector).forEach(what);

function showChoices() {
  const look = window.segkitLook;
  each("[name=segkit-theme]", (input) => (input.checked = look.of("theme") === input.value));
  each("[data-look]", (input) => (input.checked = look.of(input.dataset.look) === input.value));
  byId("segkit-present")?.setAttribute("aria-pressed", look.of("present") === "on");
  each("#segkit-presenter", (presenter) => (presenter.hidden = look.of("present") !== "on"));
  each("[data-do=slides]", (button) => button.setAttribute("aria-pressed", look.of("slides") === "on"));
}

function watchBar() {
  each("[name=segkit-theme]", (input) => input.addEventListener("change", () => window.segkitLook.choose("theme", input.value)));
  each("[data-look]", (input) =>
    input.addEventListener("change", () => {
      const value = input.checked ? input.value : { size: "normal", slides: "off" }[input.dataset.look];
      if (input.dataset.look === "slides") showSlides(input.checked);
      else window.segkitLook.choose(input.dataset.look, value);
      showChoices();
    }),
  );
  byId("segkit-print").addEventListener("click", () => print());
  byId("segkit-fold").addEventListener("click", ({ currentTarget }) => {
    const open = currentTarget.getAttribute("aria-expanded") !== "true";
    currentTarget.setAttribute("aria-expanded", open);
  });
  // a menu closes when one presses Escape, or does something else
  addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".segkit-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  addEventListener("pointerdown", ({ target }) => each(".segkit-menu[open]", (menu) => menu.contains(target) || (menu.open = false)));
  each(".segkit-menu", (menu) =>
    menu.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !menu.contains(relatedTarget) && (menu.open = false)),
  );
  showChoices();
}
