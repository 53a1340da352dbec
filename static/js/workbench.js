// The judging screen: what is typed is kept, and the next items are there before they
// are asked for.
"use strict";

(() => {
  const ready = new Map(); // address to page, of the items ahead
  const elsewhere = new Set(); // answered in another tab
  let form;
  let here;
  let since; // when this item came on the screen
  let spent; // seconds on it before that
  let isTouched;
  let isBusy = false;
  let isOut = false; // of items
  let looking = null;
  let isWanted = false;
  let judged = 0;

  function start() {
    form = document.querySelector("form[data-ahead]");
    here = location.pathname;
    since = performance.now();
    isTouched = false;
    const count = document.querySelector("[data-judged]");
    judged = Math.max(judged, Number(count.dataset.judged));
    count.textContent = count.dataset.words.replace("%n", judged);
    document.querySelector("[data-undo]").hidden = judged === 0;
    resume(outbox.of(here));
    spent = Number(form.elements.spent.value) || 0;
    look();
  }

  async function resume(kept) {
    if (kept?.order && !kept.refused) {
      await outbox.send();
      if (!outbox.of(kept.at)?.refused) advance();
    } else if (kept && kept.counter > Number(form.dataset.counter)) {
      fill(kept.fields);
      if (kept.refused) outbox.keep(here, kept.fields);
    } else if (kept) {
      outbox.drop(here);
    }
  }

  function fill(pairs) {
    for (const field of form.elements) {
      const values = pairs.filter(([name]) => name === field.name).map((pair) => pair[1]);
      if (["radio", "checkbox"].includes(field.type)) {
        field.checked = values.includes(field.value);
      } else if (values.length) field.value = values[0];
    }
    form.dispatchEvent(new Event("restored", { bubbles: true }));
  }

  function typed() {
    const now = Math.round((performance.now() - since) / 1000);
    form.elements.spent.value = spent + now;
    const pairs = [...new FormData(form)];
    return pairs.filter(([name]) => name !== "csrfmiddlewaretoken");
  }

  function change(event) {
    if (!form.contains(event.target)) return;
    isTouched = true;
    if (outbox.keep(here, typed()) === "waits") outbox.remark(outbox.words.waits);
  }

  async function answer() {
    const isOpen = (group) =>
      group.querySelector("[type=radio]") && !group.querySelector(":checked");
    const open = [...form.querySelectorAll("fieldset")].filter(isOpen);
    // The second half of a double click falls on the next item.
    if (isBusy || (!isTouched && open.length && performance.now() - since < 500)) return;
    if (elsewhere.has(here)) return outbox.remark(outbox.words.waits);
    if (outbox.isOffline() && open.some((group) => "needed" in group.dataset)) {
      open[0].focus();
      return outbox.remark(outbox.words.open);
    }
    if (outbox.keep(here, typed(), true) === "full") return form.submit();
    busy(true);
    const sending = outbox.send();
    // What may be refused is waited for; the rest is as good as taken.
    if (open.length) await sending;
    if (!outbox.of(here)?.refused) {
      judged += 1;
      await advance();
    }
    busy(false);
  }

  function busy(is) {
    isBusy = is;
    form.setAttribute("aria-busy", is);
  }

  const next = () =>
    [...ready.keys()].find((at) => !elsewhere.has(at) && !outbox.of(at)?.order);

  async function advance() {
    if (!next()) await looking;
    if (next()) return swap(next());
    await outbox.send();
    if (!outbox.isOffline()) return outbox.go(form.dataset.queue, []);
    isOut = true;
    const none = document.querySelector("[data-none-left]").content.cloneNode(true);
    const region = none.firstElementChild;
    document.getElementById("main").replaceChildren(region);
    region.focus();
  }

  function swap(at) {
    const page = ready.get(at);
    ready.delete(at);
    document.getElementById("main").replaceWith(page.main);
    document.title = page.title;
    history.pushState(null, "", at);
    scrollTo(0, 0);
    start();
    document.dispatchEvent(new Event("shown"));
    const legend = form.querySelector(".criterion > legend, #field-verdict > legend");
    legend.tabIndex = -1;
    legend.focus({ preventScroll: true });
    outbox.tell(document.querySelector("[data-judged]").textContent);
  }

  // One look at a time; whoever asks meanwhile gets another one after it.
  function look() {
    isWanted = true;
    const work = async () => {
      while (isWanted) {
        isWanted = false;
        await lookAhead().catch(() => {}); // offline: the next answer looks again
      }
      form.dataset.ready = ready.size;
      looking = null;
    };
    looking ??= work();
  }

  async function lookAhead() {
    await outbox.send();
    if (outbox.isOffline()) return;
    const body = new URLSearchParams({ csrfmiddlewaretoken: outbox.token() });
    const response = await outbox.ask(form.dataset.ahead, body);
    if (!response.ok || response.redirected) return;
    const { items } = await response.json();
    for (const at of ready.keys()) if (!items.includes(at)) ready.delete(at);
    for (const at of items) {
      const isKnown = at === here || ready.has(at) || elsewhere.has(at);
      const page = isKnown || outbox.of(at)?.order ? null : await load(at);
      if (page && at !== here) ready.set(at, page);
    }
  }

  async function load(at) {
    const response = await fetch(at);
    if (!response.ok || response.redirected) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (page.body.dataset.user !== document.body.dataset.user) return null;
    for (const unused of page.querySelectorAll("noscript")) unused.remove();
    // In this document, so that its pictures are there, and decoded, when it is shown.
    const main = document.importNode(page.getElementById("main"), true);
    const pictures = [...main.querySelectorAll("img")];
    await Promise.allSettled(pictures.map((picture) => picture.decode()));
    return { main, title: page.title };
  }

  document.addEventListener("input", change);
  document.addEventListener("change", change);
  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form) return;
      event.preventDefault();
      answer();
    },
    true,
  );
  document.addEventListener("refused", ({ detail }) => {
    if (detail.order) outbox.go(detail.at, detail.fields);
  });
  document.addEventListener("sent", async ({ detail }) => {
    if (!isOut) return detail.order && !looking && look();
    await outbox.send();
    if (!outbox.isOffline()) outbox.go(form.dataset.queue, []);
  });
  // Links of an item wait for what is under way: undo corrects the last answer sent.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest(".actions a");
    if (!link || !(outbox.all().length || outbox.isOffline())) return;
    event.preventDefault();
    await outbox.send();
    if (!outbox.isOffline()) location.assign(link.href);
  });
  addEventListener("storage", ({ key, newValue }) => {
    const one = key?.startsWith(outbox.prefix) && JSON.parse(newValue);
    if (!one?.order) return;
    if (one.refused) elsewhere.delete(one.at);
    else elsewhere.add(one.at);
    if (one.at === here && !one.refused && !isTouched) advance();
  });
  // Back leads to the server's page of an item; offline there is none.
  addEventListener("popstate", () => {
    if (!outbox.isOffline()) location.reload();
    else history.pushState(null, "", here);
  });
  start();
})();
