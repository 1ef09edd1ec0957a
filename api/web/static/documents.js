// The list of documents: what is picked stands in the address, so that a link shows the same and
// “back” undoes. All documents are fetched once; narrowing asks for nothing.

import { api, el, problemBox } from "./common.js";
import { FIELDS, PORTION, fitting, readCriteria, writeCriteria } from "./criteria.js";
import { entry } from "./entry.js";
import { Facets } from "./facets.js";
import { grouped, ordered } from "./ordering.js";

const PAUSE = 150; // milliseconds without a key before what was typed counts

const list = document.getElementById("list");
const count = document.getElementById("count");
const chips = document.getElementById("chips");
const more = document.getElementById("more");
const field = document.getElementById("q");
const sort = document.getElementById("sort");
const filters = document.getElementById("filters");
const wide = matchMedia("(min-width: 60rem)");

let documents = [];
let facets;
let criteria = readCriteria(location.search);
let typing = false; // whether the newest entry of the history is what is being typed

function nothing() {
  return Object.fromEntries(FIELDS.map(([name]) => [name, []]));
}

function clear() {
  go({ picked: nothing(), q: "" }, { gone: true });
}

function emptyBox() {
  if (!documents.length) return el("div", { class: "empty" }, el("h2", {}, "库里还没有文件"), el("p", {}, el("a", { href: "/manage" }, "到“管理”里上传")));
  const words = "这些条件合在一起，库里没有一份符合。去掉一个条件，或换个词再找。";
  return el("div", { class: "empty" }, el("h2", {}, "没有符合的文件"), el("p", {}, words), el("p", {}, el("button", { type: "button", onclick: clear }, "去掉全部条件")));
}

function groupSection({ title, documents: members }, at, found) {
  const items = members.map((each) => entry(each, title ? "h3" : "h2"));
  if (!title) return el("ul", { class: "entries" }, items);
  const whole = found.find((group) => group.title === title).documents.length;
  const heading = el("h2", { id: `group-${at}` }, title, " ", el("span", { class: "count" }, `${whole} 份`));
  return el("section", { class: "group", "aria-labelledby": `group-${at}` }, heading, el("ul", { class: "entries" }, items));
}

// The first `most` documents of all groups together.
function portion(groups, most) {
  let left = most;
  return groups.map(({ title, documents: members }) => {
    const shown = members.slice(0, Math.max(left, 0));
    left -= members.length;
    return { title, documents: shown };
  }).filter((group) => group.documents.length);
}

function showList(found, most = criteria.shown) {
  const groups = grouped(ordered(found, criteria.sort), criteria.sort);
  const shown = portion(groups, most).map((group, at) => groupSection(group, at, groups));
  list.replaceChildren(...(found.length ? shown : [emptyBox()]));
  const rest = found.length - most;
  more.hidden = rest <= 0;
  more.firstChild.textContent = `再显示 ${Math.min(rest, PORTION)} 份（还有 ${rest} 份）`;
}

function chip(words, without) {
  const button = el("button", { type: "button", class: "chip", "aria-label": `去掉条件：${words}`, onclick: () => go(without, { gone: true }) }, words);
  return el("li", {}, button);
}

function showChips({ picked, q }) {
  const chosen = FIELDS.flatMap(([name]) => picked[name].map((value) => [name, value]));
  const items = chosen.map(([name, value]) => chip(facets.name(name, value), { picked: { ...picked, [name]: picked[name].filter((each) => each !== value) } }));
  if (q.trim()) items.push(chip(`“${q.trim()}”`, { q: "" }));
  if (items.length > 1) items.push(el("li", {}, el("button", { type: "button", class: "quiet", onclick: clear }, "全部去掉")));
  chips.replaceChildren(...items);
  document.getElementById("picked").textContent = chosen.length ? `（已选 ${chosen.length} 项）` : "";
}

function show() {
  const found = fitting(documents, criteria);
  sort.value = criteria.sort;
  facets.show(criteria);
  showChips(criteria);
  showList(found);
  count.textContent = found.length === documents.length ? `共 ${documents.length} 份` : `${documents.length} 份里的 ${found.length} 份`;
}

// Another view of the list: a new entry of the history unless `instead` of the newest one. `gone`
// says that what had the focus is no more.
function go(change, { instead = false, gone = false } = {}) {
  criteria = { ...criteria, shown: PORTION, ...change };
  const address = writeCriteria(criteria);
  if (address !== location.pathname + location.search) history[instead ? "replaceState" : "pushState"](null, "", address);
  typing = false;
  if (gone) field.value = criteria.q;
  show();
  if (gone) (chips.querySelector("button") ?? field).focus();
}

// While somebody types, the address follows, and “back” undoes all of it at once.
function typed() {
  go({ q: field.value }, { instead: typing });
  typing = true;
}

function tick(name, value, ticked) {
  const others = criteria.picked[name].filter((each) => each !== value);
  go({ picked: { ...criteria.picked, [name]: ticked ? [...others, value] : others } });
}

function showMore() {
  const before = list.querySelectorAll(".entry").length;
  go({ shown: criteria.shown + PORTION }, { instead: true });
  list.querySelectorAll(".entry > :first-child > a")[before]?.focus();
}

function listenToTyping() {
  let waiting;
  const soon = (event) => {
    clearTimeout(waiting);
    if (!event.isComposing) waiting = setTimeout(typed, PAUSE);
  };
  field.addEventListener("input", soon);
  field.addEventListener("compositionend", soon);
  field.addEventListener("blur", () => (typing = false));
  document.getElementById("find").addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    typed();
    typing = false;
  });
}

function listen() {
  listenToTyping();
  sort.addEventListener("change", () => go({ sort: sort.value }));
  more.firstChild.addEventListener("click", showMore);
  addEventListener("beforeprint", () => showList(fitting(documents, criteria), documents.length));
  addEventListener("afterprint", show);
  addEventListener("popstate", () => {
    typing = false;
    criteria = readCriteria(location.search);
    field.value = criteria.q;
    show();
  });
}

function openWhereWide() {
  filters.open = wide.matches;
}

openWhereWide();
wide.addEventListener("change", openWhereWide);
field.value = criteria.q;
sort.value = criteria.sort;
try {
  const answer = await api("/v1/documents");
  documents = answer.documents;
  filters.hidden = !answer.facets;
  facets = new Facets(document.getElementById("facets"), answer.facets ?? {}, documents, tick);
  listen();
  show();
} catch (problem) {
  count.textContent = "";
  list.replaceChildren(problemBox(problem));
}
