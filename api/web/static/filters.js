// Filters: closed at first, what is chosen as chips that take it away again. Both are made from the address.
import { api, el, problemBox } from "./common.js";
import { FIELDS, isFiltered, linkTo, plain, toggled, unfiltered } from "./state.js";

const MANY = 12; // values from which on a field gets a box to look for one

const panel = document.getElementById("filters");
const opener = document.getElementById("show-filters");
const chips = document.getElementById("chips");
let listing = null; // of GET /v1/documents, asked for once
let state = null;

opener.addEventListener("click", () => {
  panel.hidden = !panel.hidden;
  opener.setAttribute("aria-expanded", String(!panel.hidden));
  if (!panel.hidden && !panel.children.length) build();
});

export async function showFilters(now, signal) {
  state = now;
  for (const box of panel.querySelectorAll("input[type=checkbox]")) box.checked = state.filters[box.name].includes(box.value);
  const filtered = isFiltered(state);
  document.body.classList.toggle("filtered", filtered);
  if (!filtered) return chips.replaceChildren();
  const known = await listed().catch(() => ({ documents: [], facets: {} }));
  if (!signal.aborted) chips.replaceChildren(...allChips(known));
}

function listed() {
  listing ??= api("/v1/documents").catch((problem) => {
    listing = null;
    throw problem;
  });
  return listing;
}

function allChips({ documents, facets }) {
  const ofFields = Object.keys(FIELDS).flatMap((field) =>
    state.filters[field].map((value) => {
      const name = facets[field]?.find((each) => String(each.value) === value)?.name ?? value;
      return chip(`${FIELDS[field]}：${name}`, toggled(state, field, value));
    }),
  );
  const ofDocuments = state.docIds.map((id) => {
    const title = documents.find((each) => each.doc_id === id)?.title ?? id;
    return chip(`《${title}》`, plain({ ...state, docIds: state.docIds.filter((each) => each !== id) }));
  });
  const all = [...ofFields, ...ofDocuments];
  if (all.length > 1) all.push(el("li", {}, el("a", { href: linkTo(unfiltered(plain(state))) }, "全部去掉")));
  return all;
}

function chip(label, without) {
  const cross = el("span", { class: "cross", "aria-hidden": "true" }, "×");
  return el("li", {}, el("a", { class: "chip", href: linkTo(without), title: label, "aria-label": `去掉筛选 ${label}` }, el("span", {}, label), cross));
}

async function build() {
  panel.replaceChildren(el("p", { class: "soft" }, "正在读取…"));
  try {
    const { facets } = await listed();
    const fields = Object.keys(FIELDS).filter((field) => facets?.[field]?.length);
    panel.replaceChildren(...(fields.length ? fields.map((field) => fieldset(field, facets[field])) : [el("p", { class: "soft" }, "这些文件没有可供筛选的信息。")]));
  } catch (problem) {
    panel.replaceChildren(problemBox(problem));
  }
}

function fieldset(field, values) {
  const options = values.map((value) => option(field, value));
  const list = el("div", { class: "options" }, options);
  return el("fieldset", {}, el("legend", {}, FIELDS[field]), values.length > MANY ? seek(field, options) : null, list);
}

function option(field, { value, name, count }) {
  const box = el("input", { type: "checkbox", name: field, value, checked: state.filters[field].includes(String(value)) });
  box.addEventListener("change", () => box.dispatchEvent(new CustomEvent("go", { bubbles: true, detail: linkTo(toggled(state, field, String(value))) })));
  return el("label", {}, box, el("span", {}, String(name)), el("span", { class: "count" }, String(count)));
}

function seek(field, options) {
  const box = el("input", { type: "search", placeholder: "找", "aria-label": `找${FIELDS[field]}` });
  box.addEventListener("input", () => {
    for (const each of options) each.hidden = !each.textContent.includes(box.value.trim());
  });
  return box;
}
