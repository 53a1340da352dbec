// What was typed and is not yet on the server: kept in this browser, sent in order.
// A record has the address `at` of its item, its `fields` as pairs, a `counter` that
// rises, for an answer its `order`, and why it was `refused`, if it was.
"use strict";

const outbox = (() => {
  const place = document.querySelector("[data-outbox]");
  const [state, told] = place.querySelectorAll("p");
  const [login, see] = place.querySelectorAll("[data-login], [data-see]");
  const words = place.dataset;
  // By person: whoever logs in next on this browser neither sees nor sends these.
  const prefix = `concord:${document.body.dataset.user}:`;
  const LONGEST_WAIT = 15_000;
  let latest = 0;
  let line = ""; // or "offline", or "stranger": somebody else, or nobody, is logged in
  let wasDown = false;
  let note = "";
  let wait = 0;
  let timer = 0;
  let running = null;
  let isLeaving = false;

  function of(at) {
    try {
      return JSON.parse(localStorage.getItem(prefix + at));
    } catch {
      return null;
    }
  }
  function all() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    const found = keys.map((key) => of(key.slice(prefix.length))).filter(Boolean);
    return found.sort((a, b) => (a.order || Infinity) - (b.order || Infinity));
  }
  const write = (one) => localStorage.setItem(prefix + one.at, JSON.stringify(one));
  const drop = (at) => localStorage.removeItem(prefix + at);
  const isSame = (one) => of(one.at)?.counter === one.counter;

  // "kept"; "waits": an answer is never written over before it is sent; or "full".
  function keep(at, fields, isAnswer = false) {
    const before = of(at);
    if (before?.order && !before.refused) return "waits";
    latest = Math.max(latest + 1, Date.now());
    note = "";
    try {
      write({ at, fields, counter: latest, order: isAnswer ? latest : 0, refused: "" });
    } catch {
      note = words.full;
      show();
      return "full";
    }
    timer ||= setTimeout(send, 1000);
    show();
    return "kept";
  }

  // One tab sends at a time, so that answers go in order.
  function send() {
    clearTimeout(timer);
    timer = 0;
    const work = async () => {
      try {
        await sendAll();
      } finally {
        running = null;
        show();
      }
    };
    running ??= navigator.locks ? navigator.locks.request(prefix, work) : work();
    return running;
  }

  async function sendAll() {
    const due = () => all().find((one) => !one.refused);
    for (let one = due(); one; one = due()) {
      if (!(await sendOne(one))) return;
    }
    if (navigator.onLine) line = "";
  }

  async function sendOne(one, isSecondTry = false) {
    const body = new URLSearchParams(one.fields);
    body.set("csrfmiddlewaretoken", token());
    if (!one.order) body.set("counter", one.counter);
    const at = one.order ? one.at : `${one.at}draft/`;
    let response;
    let said = {};
    try {
      response = await ask(at, body);
      if (response.status >= 500 || response.status === 429) throw new Error("later");
      if (response.redirected || [403, 404].includes(response.status)) {
        if (!(await isMe())) return isDown("stranger");
        if (!isSecondTry) return sendOne(one, true);
      }
      if (response.headers.get("Content-Type") === "application/json") {
        said = await response.json();
      }
    } catch {
      return isDown("offline");
    }
    line = "";
    wait = 0;
    latest = Math.max(latest, said.counter || 0);
    if (said.told) note = said.told;
    if (!response.ok) refuse(one, said.detail || String(response.status), response.status);
    else if (isSame(one)) drop(one.at);
    document.dispatchEvent(new CustomEvent("sent", { detail: one }));
    return true;
  }

  const ask = (at, body) =>
    fetch(at, {
      method: "POST",
      body,
      headers: { Prefer: "return=minimal" },
      signal: AbortSignal.timeout(20_000),
    });

  function refuse(one, reason, status) {
    if (!isSame(one)) return;
    // A draft that came too late: what replaced it is on the server.
    if (!one.order && status === 409) {
      drop(one.at);
      note = reason;
      return;
    }
    write({ ...one, refused: reason });
    document.dispatchEvent(new CustomEvent("refused", { detail: one }));
  }

  function isDown(how) {
    line = how;
    wait = Math.min(LONGEST_WAIT, 2 * (wait || 1000));
    timer ||= setTimeout(send, wait);
    return false;
  }

  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

  // Logging in anew changes the form token too, so take it along.
  async function isMe() {
    const html = await (await fetch(words.check)).text();
    const page = new DOMParser().parseFromString(html, "text/html");
    if (page.body.dataset.user !== document.body.dataset.user) return false;
    const fresh = page.querySelector("[name=csrfmiddlewaretoken]").value;
    const fields = document.querySelectorAll("[name=csrfmiddlewaretoken]");
    for (const field of fields) field.value = fresh;
    return true;
  }

  function show() {
    const kept = all();
    const refused = kept.find((one) => one.refused);
    const saved = words.state ? "saved" : "";
    const usual = kept.length ? "saving" : saved;
    const now = note ? "note" : line || (refused ? "refused" : usual);
    const text = now === "note" ? note : words[now] || "";
    state.textContent = text
      .replace("%n", kept.length)
      .replace("%s", () => refused?.refused);
    login.hidden = line !== "stranger";
    login.search = `?next=${encodeURIComponent(location.pathname)}`;
    see.hidden = !refused;
    // Saving and saved come and go all day; only what is out of the ordinary is read out.
    const isPlain = ["", "saving", "saved"].includes(now);
    if (!isPlain || (wasDown && now === "saved")) tell(state.textContent);
    wasDown = line !== "" || (wasDown && now === "saving");
    words.state = now;
  }

  function tell(text) {
    if (told.textContent !== text) told.textContent = text;
  }

  function remark(text) {
    note = text;
    show();
  }

  // The server's own page shows what is wrong with an answer, with all that was typed.
  function go(at, fields) {
    if (isLeaving) return;
    isLeaving = true;
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: at, hidden: true });
    for (const [name, value] of [...fields, ["csrfmiddlewaretoken", token()]]) {
      const field = document.createElement("textarea");
      form.append(Object.assign(field, { name, value }));
    }
    document.body.append(form);
    form.submit();
  }

  see.addEventListener("click", () => {
    const one = all().find((one) => one.refused);
    if (one?.order) go(one.at, one.fields);
    else if (one) location.assign(one.at);
  });
  addEventListener("storage", show);
  addEventListener("online", send);
  addEventListener("offline", () => {
    line = "offline";
    show();
  });
  document.addEventListener("visibilitychange", () => all().length && send());
  addEventListener("pageshow", () => {
    isLeaving = false;
    if (all().length) send();
  });
  const isOffline = () => line !== "";
  return { all, of, keep, drop, send, ask, token, tell, remark, go, isOffline, words, prefix };
})();
