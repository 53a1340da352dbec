// A marked error may point into the image: a rectangle drawn with a finger or a mouse, or
// typed as four numbers. The rows of the form hold it in percent.
"use strict";

(() => {
  const rows = () => [...document.querySelectorAll("[data-span]")];
  const edges = (row) => ["x", "y", "width", "height"].map((name) => row.querySelector(`[name$="-${name}"]`));
  const canvas = () => document.querySelector(".canvas");
  let row = null; // whose region is drawn
  let corner = null; // where the drawing began

  function shape(name, attributes, text = "") {
    const el = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) el.setAttribute(key, value);
    el.textContent = text;
    return el;
  }

  function draw() {
    const marked = rows().filter((one) => one.querySelector("[name$='-words']").value.trim());
    const shapes = marked.flatMap((one, n) => {
      const [x, y, width, height] = edges(one).map((input) => input.value && `${input.value}%`);
      if (!(x && y && width && height)) return [];
      return [shape("rect", { x, y, width, height }), shape("text", { x, y, dx: 3, dy: 14 }, n + 1)];
    });
    canvas()?.querySelector("svg").replaceChildren(...shapes);
  }

  // In hundredths of a percent, so that left and width never add up to more than all.
  function point({ clientX, clientY }) {
    const { left, top, width, height } = canvas().getBoundingClientRect();
    const shares = [(clientX - left) / width, (clientY - top) / height];
    return shares.map((share) => Math.round(Math.min(Math.max(share, 0), 1) * 10000));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-spans] button[name=draw]");
    if (!button) return;
    row = rows()[button.value];
    canvas().classList.add("drawing");
    canvas().scrollIntoView({ block: "nearest" });
    if (event.detail) return;
    // Pressed by a key: there the numbers are at hand.
    row.closest("details").open = true;
    edges(row)[0].focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!row || !event.target.closest(".canvas")) return;
    event.preventDefault();
    corner = point(event);
  });
  document.addEventListener("pointermove", (event) => {
    if (!corner) return;
    const spans = point(event).map((end, n) => [Math.min(end, corner[n]), Math.abs(end - corner[n])]);
    const values = [...spans.map(([start]) => start), ...spans.map(([, size]) => size)];
    edges(row).forEach((input, n) => (input.value = (values[n] / 100).toFixed(2)));
    draw();
  });
  document.addEventListener("pointerup", () => {
    if (!corner) return;
    row.dispatchEvent(new Event("change", { bubbles: true }));
    canvas().classList.remove("drawing");
    row = corner = null;
  });
  document.addEventListener("change", ({ target }) => target.closest("[data-span]") && draw());
  for (const name of ["htmx:load", "shown", "restored"]) document.addEventListener(name, draw);
  draw();
})();
