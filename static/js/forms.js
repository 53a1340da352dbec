// Small courtesies of forms: one submit at a time, edits that open, answers taken back.
"use strict";

(() => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    form.setAttribute("aria-busy", "true");
    // After this turn, or the pressed button's own value would not be sent.
    setTimeout(() => setDisabled(form, true));
  });

  function setDisabled(form, isDisabled) {
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      button.disabled = isDisabled;
    }
  }

  // A page that comes back from the browser's memory must not stay asleep.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[aria-busy=true]")) {
      form.removeAttribute("aria-busy");
      setDisabled(form, false);
    }
  });

  function openEdits() {
    const edits = document.querySelector("details.edits");
    const chosen = "[name=verdict][value=accept_with_edits]:checked";
    if (edits && document.querySelector(chosen)) edits.open = true;
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches("[name=verdict]")) openEdits();
    showTakingBack();
  });

  // One button takes back the last criterion that was answered.
  const answered = () => document.querySelectorAll("fieldset.criterion :checked");
  function showTakingBack() {
    const takeBack = document.querySelector("[data-take-back]");
    if (takeBack) takeBack.hidden = answered().length === 0;
  }
  document.addEventListener("click", (event) => {
    const last = event.target.closest("[data-take-back]") && [...answered()].at(-1);
    if (!last) return;
    last.checked = false;
    last.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // "shown": another item has come into this page; "restored": so has what was typed.
  document.addEventListener("shown", showTakingBack);
  document.addEventListener("restored", () => {
    openEdits();
    showTakingBack();
  });
  showTakingBack();
  document.querySelector("[data-focus-first]")?.focus();
})();
