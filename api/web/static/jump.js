// The field in which an address is typed: 五章三节, 专栏7, 二（三）2.

import { api, el } from "./common.js";

const form = document.getElementById("jump");
const field = document.getElementById("address");
const found = document.getElementById("places");

// `go` leads to a place: { address, clause_ids }; `titles` are those of the outline by address.
export function jumpField(docId, titles, go) {
  field.disabled = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const citation = field.value.trim();
    if (citation) show(await resolve(docId, citation), titles, leave(go));
  });
  field.addEventListener("input", clear);
  for (const part of [form, found]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      clear();
      field.focus();
    });
  }
}

export function focusJump() {
  field.focus();
  field.select();
  return true;
}

function leave(go) {
  return (place) => {
    clear();
    field.blur();
    go(place);
  };
}

function clear() {
  found.replaceChildren();
  field.removeAttribute("aria-invalid");
}

async function resolve(docId, citation) {
  const waiting = setTimeout(() => found.replaceChildren(el("p", { class: "soft" }, "正在找…")), 700);
  try {
    return await api(`/v1/resolve?${new URLSearchParams({ citation, doc_id: docId })}`);
  } catch (problem) {
    return { problem };
  } finally {
    clearTimeout(waiting);
  }
}

function show({ problem, places }, titles, go) {
  if (problem) {
    field.setAttribute("aria-invalid", "true");
    found.replaceChildren(el("p", { class: "refusal" }, problem.detail));
  } else if (places.length === 1) {
    go(places[0]);
  } else {
    const choices = places.map((place) => el("li", {}, el("button", { type: "button", class: "choice", onclick: () => go(place) }, el("span", { class: "address" }, place.address), " ", titles.get(place.address))));
    found.replaceChildren(el("p", { class: "soft" }, `有 ${places.length} 处，请选：`), el("ul", {}, choices));
    found.querySelector("button").focus();
  }
}
