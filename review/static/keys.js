"use strict";
// The keyboard, the copy buttons and the hiding of what was revealed. Everything works without this file.
(() => {
  const typing = (node) => node instanceof HTMLInputElement && node.type !== "checkbox" || node instanceof HTMLTextAreaElement || node instanceof HTMLSelectElement;
  const rows = [...document.querySelectorAll("tr[data-row]")];
  let at = -1;

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

  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", () => navigator.clipboard.writeText(button.dataset.copy));
  }
  for (const item of document.querySelectorAll("[data-hide-after]")) {
    setTimeout(() => item.replaceChildren("•••"), Number(item.dataset.hideAfter) * 1000);
  }
  for (const button of document.querySelectorAll("button[data-print]")) { button.hidden = false; button.addEventListener("click", () => print()); }
})();
