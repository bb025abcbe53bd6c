"use strict";
// The keyboard, the copy buttons, the hiding of what was revealed, and the next cluster in place of this one. Everything works without this file.
(() => {
  const typing = (node) => node instanceof HTMLInputElement && node.type !== "checkbox" || node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement;
  let rows = [], at = -1;

  const select = (number) => {
    if (!rows.length) return;
    at = Math.max(0, Math.min(rows.length - 1, number));
    rows.forEach((row, index) => row.toggleAttribute("data-selected", index === at));
    rows[at].querySelector("a.name").focus();
  };

  const press = (key) => {
    const target = document.querySelector(`[data-key="${key}"]`);
    if (!target) return false;
    const form = target.form;
    const missing = form && [...form.elements].find((field) => field.required && !field.value.trim());
    if (missing) { missing.focus(); missing.reportValidity(); return true; }
    if (form) form.requestSubmit(target); else target.click();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
    if (typing(event.target) || event.target.closest?.("summary")) return;
    const key = event.key.toLowerCase();
    let done = true;
    if (key === "j" || (key === "arrowdown" && rows.length && at >= 0)) select(at + 1);
    else if (key === "k" || (key === "arrowup" && rows.length && at >= 0)) select(at - 1);
    else if (key === "arrowright") done = press("n");
    else if (key === "arrowleft") history.back();
    else if (key === "n") { if (!press("n")) location.assign("/ko/nasta"); }
    else if (key === "z") { const undo = document.querySelector('form[action="/beslut"] button'); if (undo) undo.form.requestSubmit(undo); else done = false; }
    else if ("adus".includes(key) && key.length === 1) done = press(key);
    else done = false;
    if (done) event.preventDefault();
  });

  // One decision is sent once, however often the key is pressed.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    if (event.target.id === "beslut") event.target.dataset.sent = "1";
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  const furnish = () => {
    rows = [...document.querySelectorAll("tr[data-row]")];
    at = -1;
    for (const button of document.querySelectorAll("button[data-copy]")) {
      button.hidden = !navigator.clipboard;
      button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.copy));
    }
    for (const item of document.querySelectorAll("[data-hide-after]")) {
      setTimeout(() => item.replaceChildren("•••"), Number(item.dataset.hideAfter) * 1000);
    }
    for (const button of document.querySelectorAll("button[data-print]")) { button.hidden = false; button.addEventListener("click", () => print()); }
  };
  furnish();

  // The next cluster takes this one's place without a new document, which a browser takes three times as long to show.
  let here = location.pathname + location.search;
  const show = (page, address) => {
    history.pushState(null, "", address);
    here = location.pathname + location.search;
    document.title = page.title;
    document.body.replaceWith(document.adoptNode(page.body));
    furnish();
    scrollTo(0, 0);
    const heading = document.querySelector("main h1") ?? document.querySelector("main");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };
  const turn = (method, address, fields, failed) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.responseType = "document";
    request.onload = () => { if (request.response?.querySelector("#main")) show(request.response, request.responseURL); else failed(); };
    request.onerror = failed;
    request.send(fields);
  };
  addEventListener("popstate", () => { if (location.pathname + location.search !== here) location.reload(); });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !("turn" in form.dataset)) return;
    event.preventDefault();
    const told = form.querySelector("[data-failed]");
    if (told) told.hidden = true;
    turn("POST", form.action, new URLSearchParams(new FormData(form, event.submitter)), () => {
      delete form.dataset.sent;
      if (told) told.hidden = false; else location.reload();
    });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-turn]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    turn("GET", link.href, null, () => location.assign(link.href));
  });
})();
