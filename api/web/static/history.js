// The questions asked on this machine: kept by the browser, never sent anywhere.
import { el } from "./common.js";

const KEPT = "zhangjie.asked";
const OFF = "zhangjie.asked.off";
const MOST = 50;
const SHOWN = 10;

const place = document.getElementById("recent");

// A browser may refuse to keep anything; then there is no history.
function stored(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function store(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Full or forbidden.
  }
}

export function remember(question, link) {
  if (stored(OFF, false)) return;
  const others = kept().filter((each) => each.link !== link);
  store(KEPT, [{ question, link }, ...others].slice(0, MOST));
}

function kept() {
  const found = stored(KEPT, []);
  return Array.isArray(found) ? found.filter((each) => typeof each?.question === "string" && each.link?.startsWith?.("/?")) : [];
}

export function showHistory({ all = false } = {}) {
  place.hidden = false;
  const found = kept();
  const shown = all ? found : found.slice(0, SHOWN);
  const rest = found.length - shown.length;
  const more = el("button", { type: "button", class: "quiet", onclick: () => showHistory({ all: true }) }, `还有 ${rest} 个`);
  place.replaceChildren(
    el("h2", {}, "最近问过"),
    shown.length ? el("ul", {}, shown.map(item)) : el("p", { class: "soft" }, "问过的问题会列在这里，只存在这台电脑的浏览器里。"),
    el("p", { class: "tools" }, rest ? more : null, found.length ? clearing() : null, switching()),
  );
}

function item({ question, link }) {
  const drop = el("button", { type: "button", class: "quiet drop", "aria-label": `从记录里删去：${question}`, onclick: () => forget(link) }, "删去");
  return el("li", {}, el("a", { href: link }, question), drop);
}

function forget(link) {
  store(KEPT, kept().filter((each) => each.link !== link));
  showHistory();
}

function clearing() {
  return el("button", { type: "button", class: "quiet", onclick: clear }, "清空");
  function clear() {
    store(KEPT, null);
    showHistory();
    place.querySelector("input").focus();
  }
}

function switching() {
  const box = el("input", { type: "checkbox", checked: !stored(OFF, false) });
  box.addEventListener("change", () => {
    store(OFF, box.checked ? null : true);
    if (!box.checked) store(KEPT, null);
    showHistory();
    place.querySelector("input").focus();
  });
  return el("label", {}, box, "在这台电脑上保留记录");
}
