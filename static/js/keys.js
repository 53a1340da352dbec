// Single keys press what is on the page: data-key holds the event.code of a key.
"use strict";

(() => {
  const isOff = () => document.body.dataset.keys === "off";
  const inText = (el) =>
    el.isContentEditable ||
    el.matches("textarea, select") ||
    (el.matches("input") && !["radio", "checkbox", "submit", "button"].includes(el.type));
  const isShown = (el) => el.getClientRects().length > 0 && !el.disabled;
  const openQuestion = () =>
    [...document.querySelectorAll("fieldset.criterion")].find(
      (group) => "again" in group.dataset || !group.querySelector(":checked"),
    );

  function press(el) {
    if (inText(el)) {
      el.focus();
      return;
    }
    el.click();
    const next = document.getElementById(el.dataset.focus || "");
    if (next) next.focus();
    else if (el.matches("[type=radio]")) el.focus();
  }

  // Digits answer the first question that is still open.
  function chooseDigit(digit) {
    const point = openQuestion()?.querySelectorAll("input[type=radio]")[digit - 1];
    if (point) press(point);
    return Boolean(point);
  }

  function labelOf(el) {
    if (el.dataset.keyLabel) return el.dataset.keyLabel;
    const text = (el.closest("label") || el.labels?.[0] || el).cloneNode(true);
    text.querySelectorAll("kbd").forEach((kbd) => kbd.remove());
    return text.textContent.trim().replace(/\s+/g, " ");
  }

  function keyName(code) {
    return code.replace(/^(Key|Digit)/, "").toLowerCase().replace("enter", "Enter");
  }

  function row(list, key, words) {
    const dt = document.createElement("dt");
    dt.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    list.append(dt, Object.assign(document.createElement("dd"), { textContent: words }));
  }

  // The sheet is made from the page, so it cannot promise a key that is not there.
  function showSheet() {
    const sheet = document.getElementById("keys");
    const list = sheet.querySelector("dl");
    list.replaceChildren();
    if (document.querySelector("fieldset.criterion")) {
      row(list, "1–9", sheet.dataset.digits);
    }
    const told = new Set();
    for (const el of document.querySelectorAll("[data-key]")) {
      if (!isShown(el) || told.has(el.dataset.key)) continue;
      told.add(el.dataset.key);
      row(list, keyName(el.dataset.key), labelOf(el));
    }
    row(list, "Esc", sheet.dataset.escape);
    row(list, "?", sheet.dataset.list);
    sheet.showModal();
  }

  function actOn(event) {
    if (event.key === "?") {
      showSheet();
      return true;
    }
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (digit && !event.shiftKey && chooseDigit(Number(digit[1]))) return true;
    if (event.shiftKey) return false;
    const code = event.code === "NumpadEnter" ? "Enter" : event.code;
    if (code === "Enter" && event.target.matches("a, button, summary")) return false;
    const all = [...document.querySelectorAll(`[data-key="${CSS.escape(code)}"]`)].filter(isShown);
    // What each question has is pressed at the one that is open.
    const el = all.find((one) => openQuestion()?.contains(one)) || all[0];
    if (el) press(el);
    return Boolean(el);
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!(event.target instanceof Element) || document.querySelector("dialog[open]")) return;
    if (inText(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    // A key held down keeps an open item from being answered by accident.
    if (event.repeat || isOff()) return;
    if (actOn(event)) event.preventDefault();
  });

  for (const button of document.querySelectorAll("[data-sheet]")) {
    button.hidden = false;
    button.addEventListener("click", showSheet);
  }
})();
