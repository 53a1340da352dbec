// Small courtesies of forms: one submit at a time, edits that open, answers taken back.
"use strict";

(() => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
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

  const edits = document.querySelector("details.edits");
  document.addEventListener("change", (event) => {
    if (edits && event.target.matches("[name=verdict][value=accept_with_edits]")) {
      edits.open = true;
    }
    showTakingBack();
  });

  // One button takes back the last criterion that was answered.
  const takeBack = document.querySelector("[data-take-back]");
  const answered = () => document.querySelectorAll("fieldset.criterion :checked");
  function showTakingBack() {
    if (takeBack) takeBack.hidden = answered().length === 0;
  }
  takeBack?.addEventListener("click", () => {
    const last = [...answered()].at(-1);
    if (last) last.checked = false;
    showTakingBack();
  });
  showTakingBack();

  document.querySelector("[data-focus-first]")?.focus();
})();
