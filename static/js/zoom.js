// Zoom by layout: one number, the width of the picture; scrolling pans.
"use strict";

const startZoom = () => {
  const viewport = document.querySelector("[data-zoom]");
  const image = viewport?.querySelector("img");
  if (!image) return;
  const controls = document.querySelector(".zoom");
  const STEP = 1.25;
  const natural = () => image.naturalWidth || image.width;
  let scale = null; // null: fit

  function show(next) {
    const before = image.clientWidth || 1;
    const x = (viewport.scrollLeft + viewport.clientWidth / 2) / before;
    const y = (viewport.scrollTop + viewport.clientHeight / 2) / (image.clientHeight || 1);
    scale = next === null ? null : Math.min(8, Math.max(0.1, next));
    viewport.classList.toggle("zoomed", scale !== null);
    image.style.width = scale === null ? "" : `${Math.round(natural() * scale)}px`;
    // What was in the middle stays in the middle.
    viewport.scrollLeft = x * image.clientWidth - viewport.clientWidth / 2;
    viewport.scrollTop = y * image.clientHeight - viewport.clientHeight / 2;
    for (const button of controls.querySelectorAll("[aria-pressed]")) {
      button.setAttribute("aria-pressed", String((button.value === "fit") === (scale === null)));
    }
  }

  const current = () => scale ?? image.clientWidth / natural();
  const actions = {
    fit: () => show(null),
    full: () => show(1),
    in: () => show(current() * STEP),
    out: () => show(current() / STEP),
    step: () => show(scale === null ? 1 : scale < 2 ? 2 : null),
  };
  for (const button of controls.querySelectorAll("button")) {
    button.hidden = false;
    button.addEventListener("click", () => actions[button.value]());
  }
};

// "shown" tells that another item has come into this page.
document.addEventListener("shown", startZoom);
startZoom();
