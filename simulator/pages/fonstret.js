"use strict";
// Shows a list (fetched) or an ad (embedded in the page). Text is only ever set as text.
const FIELDS = ["posted_at", "name", "age", "city", "address", "venue", "price", "account", "phones", "emails", "handles", "payment", "comments"];
const app = document.getElementById("app");

function add(parent, tag, text, field) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (field) node.dataset.falt = field;
  parent.append(node);
  return node;
}

function showAd(ad) {
  const section = add(app, "section");
  section.className = "visning";
  section.dataset.slag = ad.category;
  add(section, "h1", ad.title);
  for (const path of ad.images) add(section, "img").src = path;
  if (ad.body) add(section, "div", ad.body).className = "beskrivning text";
  for (const field of FIELDS) {
    for (const value of [ad[field]].flat()) if (value) add(section, "p", value, field);
  }
  app.className = "klar";
}

async function showList() {
  const page = new URLSearchParams(location.search).get("sida") || "1";
  const answer = await fetch("/api/lista?sida=" + encodeURIComponent(page));
  const list = await answer.json();
  add(app, "h2", "I fönstret nu");
  for (const ad of list.annonser) {
    const row = add(app, "div");
    row.className = "rad";
    const link = add(row, "a", ad.title);
    link.className = "kort";
    link.href = ad.path;
    add(row, "span", " " + ad.city).className = "dim";
  }
  if (list.nasta) {
    const more = add(app, "a", "Fler");
    more.className = "fler";
    more.href = list.nasta;
  }
  app.className = "klar";
}

const embedded = document.getElementById("annons");
if (embedded) showAd(JSON.parse(embedded.textContent));
else showList();
