// Errors are marked in the text: words, what is wrong, how bad it is. The rows of the form
// hold them, so that no mark is more than what could have been typed.
"use strict";

(() => {
  const box = () => document.querySelector("[data-spans]");
  const part = (name) => box().querySelector(`[data-span-${name}]`);
  const rows = () => [...box().querySelectorAll("[data-span]")];
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const words = (row) => field(row, "words").value.trim();
  const texts = () => [...document.querySelectorAll("form [data-place]")];
  const buttons = () => [...part("bar").querySelectorAll("[data-step]:not([hidden]) button")];
  const EMPTY = { words: "", nth: 1, category: "", severity: "", x: "", y: "", width: "", height: "" };
  let asked = {}; // what the bar asks about: place, words, nth, and then category
  let walk = null; // where the arrow keys are: all words, the first and the last chosen

  // [text node, from, to] for all between two offsets of a text.
  function pieces(text, start, end) {
    const found = [];
    const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let passed = 0; nodes.nextNode(); passed += nodes.currentNode.length) {
      const [from, to] = [start, end].map((n) => Math.min(Math.max(n - passed, 0), nodes.currentNode.length));
      if (from < to) found.push([nodes.currentNode, from, to]);
    }
    return found;
  }

  function places(text, wanted) {
    const found = [];
    for (let n = text.indexOf(wanted); n >= 0; n = text.indexOf(wanted, n + 1)) found.push(n);
    return found;
  }

  function show(row, label) {
    const text = texts().find((el) => el.dataset.place === field(row, "place").value);
    const start = places(text?.textContent ?? "", words(row))[(field(row, "nth").value || 1) - 1] ?? NaN;
    pieces(text ?? box(), start, start + words(row).length).forEach(([node, from, to], n, all) => {
      const mark = Object.assign(document.createElement("mark"), { className: `span ${field(row, "severity").value}` });
      node.splitText(to);
      const own = node.splitText(from);
      own.replaceWith(mark);
      mark.append(own);
      if (n === all.length - 1) mark.dataset.label = label;
    });
  }

  function draw() {
    if (!box()) return;
    part("begin").hidden = false;
    document.querySelectorAll("mark.span").forEach((old) => old.replaceWith(...old.childNodes));
    texts().forEach((text) => text.normalize());
    const lines = rows().filter(words).map((row, n) => {
      const label = ["category", "severity"].map((name) => field(row, name).selectedOptions[0].text).join(", ");
      show(row, `${n + 1} ${label}`);
      const line = part("line").content.firstElementChild.cloneNode(true);
      line.querySelector("q").textContent = words(row);
      line.querySelector("span").textContent = label;
      line.querySelectorAll("button").forEach((button) => (button.value = rows().indexOf(row)));
      return line;
    });
    part("list").replaceChildren(...lines);
  }

  function freeRow() {
    const free = rows().find((row) => !words(row));
    if (free) return free;
    const row = rows().at(-1).cloneNode(true);
    row.querySelectorAll("[name]").forEach((el) => (el.name = el.name.replace(/\d+/, rows().length)));
    rows().at(-1).after(row);
    return row;
  }

  function fill(row, values) {
    for (const [name, value] of Object.entries(values)) field(row, name).value = value;
    row.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // What is selected, without the blanks around it, and which of its like in the text.
  function selected() {
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0).cloneRange() : null;
    const text = range && texts().find((el) => el.contains(range.startContainer));
    if (!text) return null;
    if (!text.contains(range.endContainer)) range.setEndAfter(text.lastChild);
    const said = range.toString();
    range.setEnd(range.startContainer, range.startOffset);
    range.setStart(text, 0);
    const start = range.toString().length + said.length - said.trimStart().length;
    const nth = places(text.textContent, said.trim()).indexOf(start) + 1;
    return said.trim() && { place: text.dataset.place, words: said.trim(), nth };
  }

  function offer(found) {
    if (!found || Object.entries(found).every(([name, value]) => asked[name] === value)) return;
    asked = found;
    part("quote").textContent = found.words;
    part("bar").hidden = false;
    if (found.place.startsWith("source")) asked.category = "omission";
    step(asked.category ? "severity" : "category");
    texts().find((text) => text.dataset.place === found.place).scrollIntoView({ block: "nearest" });
  }

  function step(name) {
    const hasFocus = part("bar").contains(document.activeElement);
    for (const el of part("bar").querySelectorAll("[data-step]")) el.hidden = el.dataset.step !== name;
    if (hasFocus) buttons()[0].focus();
  }

  function press(button) {
    const kind = button.closest("[data-step]")?.dataset.step;
    if (kind === "severity") fill(freeRow(), { ...EMPTY, ...asked, severity: button.value });
    if (!kind || kind === "severity") return close();
    if (button.value) asked.category = button.value;
    step(button.value ? "severity" : "image");
  }

  function close() {
    document.activeElement.blur();
    walk?.back.focus({ preventScroll: true });
    [asked, walk] = [{}, null];
    part("bar").hidden = true;
    getSelection().removeAllRanges();
  }

  function begin() {
    const all = texts().flatMap((text) => {
      const cut = new Intl.Segmenter(text.lang, { granularity: "word" }).segment(text.textContent);
      const own = [...cut].filter(({ segment }) => segment.trim());
      return own.map(({ index, segment }) => ({ text, start: index, end: index + segment.length }));
    });
    walk = { all, back: document.activeElement };
    go(all.findIndex(({ text }) => text.dataset.place.startsWith("candidate")));
  }

  function go(to, isMore) {
    const word = walk.all[to];
    if (!word || (isMore && word.text !== walk.all[walk.from].text)) return;
    walk.to = to;
    if (!isMore) walk.from = to;
    const [first, last] = [walk.from, to].sort((a, b) => a - b).map((n) => walk.all[n]);
    const own = pieces(word.text, first.start, last.end);
    word.text.tabIndex = -1;
    word.text.focus();
    getSelection().setBaseAndExtent(own[0][0], own[0][1], own.at(-1)[0], own.at(-1)[2]);
    offer(selected());
  }

  function turn({ key, shiftKey }) {
    const { all, to } = walk;
    const isOther = ({ text }) => text !== all[to].text;
    const ahead = getComputedStyle(all[to].text).direction === "rtl" ? -1 : 1;
    if (key === "ArrowRight") go(to + ahead, shiftKey);
    else if (key === "ArrowLeft") go(to - ahead, shiftKey);
    else if (key === "ArrowDown") go(all.findIndex((word, n) => n > to && isOther(word)));
    else if (key === "ArrowUp") go(all.findLastIndex((word, n) => n < to && isOther(word)));
    else if (key === "Enter") buttons()[0].focus();
    else return false;
    return true;
  }

  function isOurs(event) {
    if (event.key === "Escape") return close() ?? true;
    const inText = walk?.all[walk.to].text === event.target;
    if (inText && turn(event)) return true;
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const isTyping = event.target.matches("input:not([type=radio]), textarea, select");
    const hasKeys = inText || part("bar").contains(event.target) || document.body.dataset.keys === "on";
    if (!digit || isTyping || !hasKeys) return false;
    buttons()[digit - 1]?.click();
    return true;
  }
  // Before the keys of the page, which would answer a question instead.
  document.addEventListener("keydown", (event) => {
    if (!box() || part("bar").hidden || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey || !isOurs(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("click", ({ target, detail }) => {
    const button = target.closest("[data-spans] button");
    if (button?.closest("[data-span-bar]")) press(button);
    else if (button?.matches("[data-span-begin]")) begin();
    else if (button?.name === "remove") {
      fill(rows()[button.value], EMPTY);
      if (!detail) part("begin").focus();
    }
  });
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => box() && offer(selected()), 250);
  });
  document.addEventListener("change", ({ target }) => target.closest("[data-span]") && draw());
  for (const name of ["htmx:load", "shown", "restored"]) document.addEventListener(name, draw);
  draw();
})();
