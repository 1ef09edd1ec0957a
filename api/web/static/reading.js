import { about } from "./about.js";
import { Chosen, originalOrDownload } from "./chosen.js";
import { divide, land, reserve } from "./chunks.js";
import { api, checkupLink, el, problemBox } from "./common.js";
import { doubtSwitch } from "./doubts.js";
import { focusJump, jumpField } from "./jump.js";
import { buildOutline, focusOutline, targets } from "./outline.js";
import { printFooter } from "./printing.js";
import { readKeys, showKeys } from "./reading-keys.js";
import { textElement } from "./text.js";

const article = document.getElementById("document");
const docId = article.dataset.id;
const base = `/v1/documents/${encodeURIComponent(docId)}`;

let chosen = null;

function anchorInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return location.hash.slice(1);
  }
}

function sayMissing(what) {
  const words = `这份文件里没有条款 ${what}，可能文件已更新。请从大纲里找，或写地址跳过去。`;
  article.querySelector("header").append(el("p", { id: "missing", class: "notice", role: "alert" }, words));
}

// #at-123 is where a heading begins, or any place in a clause.
function clauseAt(anchor) {
  return chosen.idAt(Number(/^at-(\d+)$/.exec(anchor)?.[1] ?? -1));
}

// #anchor leads to a clause or a heading, ?clause= to a clause; the anchor was clicked last.
function followAddress() {
  const anchor = anchorInAddress();
  const clause = new URLSearchParams(location.search).get("clause");
  document.getElementById("missing")?.remove();
  chosen.none();
  if (clause && !chosen.choose(clause, anchor ? "" : "center")) sayMissing(clause);
  if (!anchor || chosen.choose(anchor, "center")) return;
  const target = document.getElementById(anchor);
  if (target) {
    land(target, "start");
    target.focus({ preventScroll: true });
  } else if (!chosen.choose(clauseAt(anchor), "center")) sayMissing(anchor);
}

function choose(clauseId, block, keep) {
  if (!clauseId) return false;
  const link = `?clause=${clauseId.split("/").map(encodeURIComponent).join("/")}`;
  if (keep) history.pushState(null, "", link);
  else history.replaceState(null, "", link);
  return chosen.choose(clauseId, block);
}

function step(by) {
  return choose(chosen.neighbour(by), "nearest", chosen.at < 0);
}

function goTo(id) {
  if (!id) return;
  if (chosen.has(id)) choose(id, "center", true);
  else {
    history.pushState(null, "", `#${encodeURIComponent(id)}`);
    followAddress();
  }
}

function listen() {
  article.addEventListener("click", (event) => {
    const anchor = event.target.closest(".anchor");
    if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(new URLSearchParams(anchor.search).get("clause"), "", true);
  });
  document.getElementById("clause").addEventListener("click", (event) => {
    const by = Number(event.target.closest("[data-step]")?.dataset.step ?? 0);
    if (!by || !choose(chosen.neighbour(by), "nearest", false)) return;
    const again = document.querySelector(`#clause [data-step="${by}"]`);
    if (!again.disabled) again.focus({ preventScroll: true });
  });
  const copy = () => {
    const button = document.querySelector("#clause .tools button");
    button?.click();
    return button;
  };
  readKeys({ j: () => step(1), k: () => step(-1), g: focusJump, c: copy, o: focusOutline });
  addEventListener("popstate", followAddress);
}

function residueSwitch(blocks) {
  if (!blocks.some((block) => block.kind === "residue")) return null;
  const toggle = el("input", { type: "checkbox", onchange: () => article.classList.toggle("with-residue", toggle.checked) });
  return el("label", { class: "switch" }, toggle, "也显示目录、页码、署名等");
}

function header(detail, blocks, doubts) {
  return el(
    "header",
    {},
    el("h1", {}, detail.title),
    about(detail) ? el("p", { class: "soft" }, about(detail)) : null,
    el("p", { class: "links" }, originalOrDownload(detail), el("a", { href: checkupLink(docId) }, "体检单"), el("button", { type: "button", class: "quiet", "aria-haspopup": "dialog", onclick: showKeys }, "快捷键")),
    detail.restated ? el("p", { class: "notice" }, "摘编，非原文：文字经过改写，只作演示，正式引用请核对原件。") : null,
    el("p", { class: "switches soft" }, doubts?.toggle, residueSwitch(blocks)),
    doubts?.list,
  );
}

function elementOf({ clause_id: clauseId, heading, start }) {
  return document.getElementById(clauseId ?? `at-${heading ?? start}`);
}

function titlesOf(nodes) {
  return new Map(nodes.map((node) => [node.address, node.title]));
}

function show(detail, outline, text) {
  document.title = `${detail.title} · 章节`;
  const { root, clauses } = textElement(text);
  const doubts = detail.verdict === "good" ? null : doubtSwitch(article, docId, elementOf);
  divide(root);
  article.replaceChildren(header(detail, text.blocks, doubts), root);
  reserve(root);
  chosen = new Chosen(detail, clauses);
  const ids = targets(text.blocks);
  const starts = new Map(outline.nodes.map((node) => [node.address, node.start]));
  buildOutline(outline.nodes, ids, text.blocks);
  jumpField(docId, titlesOf(outline.nodes), (place) => goTo(ids.get(starts.get(place.address)) ?? place.clause_ids[0]));
  printFooter(detail.reference ?? `《${detail.title}》`);
  listen();
  followAddress();
}

try {
  show(...(await Promise.all([api(base), api(`${base}/outline`), api(`${base}/text?residue=true`)])));
} catch (problem) {
  document.body.classList.add("unread");
  article.replaceChildren(el("h1", { class: "unseen" }, "文件"), problemBox(problem, el("p", {}, el("a", { href: "/documents" }, "看库中的文件"))));
}
