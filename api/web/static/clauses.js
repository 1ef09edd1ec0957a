// The clauses found, grouped by document: groups by their best rank, clauses inside of a group by rank.
import { clauseLink, compact, copyButton, documentLink, el } from "./common.js";
import { linkTo, plain } from "./state.js";
import { wordsMarked } from "./words.js";

const LONG = 260; // characters from which on a clause is shown in part

export function groups(hits) {
  const found = new Map();
  for (const hit of hits) {
    if (!found.has(hit.doc_id)) found.set(hit.doc_id, []);
    found.get(hit.doc_id).push(hit);
  }
  return [...found.values()];
}

export function clauseGroups(hits, state, level = 3) {
  return groups(hits).map((group) => groupBlock(group, state, level));
}

function groupBlock(group, state, level) {
  const [{ doc_id: docId, title }] = group;
  const alone = linkTo({ ...plain(state), docIds: [docId] });
  const narrow = state.question && !(state.docIds.length === 1 && state.docIds[0] === docId);
  return el(
    "section",
    { class: "group" },
    el(
      "header",
      {},
      el(`h${level}`, {}, el("a", { href: documentLink(docId) }, title)),
      el("p", { class: "soft" }, `${group.length} 条`, narrow ? el("a", { href: alone, "aria-label": `只在《${title}》里查` }, "只在这份里查") : null),
    ),
    el("ul", { class: "clauses" }, group.map((hit) => clauseItem(hit, state, level + 1))),
  );
}

function clauseItem(hit, state, level) {
  const link = clauseLink(hit.doc_id, hit.clause_id);
  return el(
    "li",
    { class: "clause", tabindex: "-1", "data-clause": hit.clause_id },
    el(`h${level}`, {}, rank(hit), el("a", { class: "open", href: link }, hit.address || hit.title)),
    heads(hit),
    quote(hit, state.question),
    tools(hit, state, link),
  );
}

function rank(hit) {
  const similar = hit.similarity !== undefined;
  const words = similar ? `相似度 ${Math.round(hit.similarity * 100)}%` : String(hit.rank);
  return el("span", { class: similar ? "rank likeness" : "rank" }, similar ? "" : el("span", { class: "unseen" }, "第"), words, similar ? "" : el("span", { class: "unseen" }, "名"));
}

function heads(clause) {
  const titles = clause.heads.map((title) => el("li", {}, title));
  return titles.length ? el("ol", { class: "heads", "aria-label": "所在标题" }, titles) : null;
}

function quote(hit, question) {
  const text = compact(hit.text);
  const block = el("blockquote", {}, wordsMarked(text, question));
  if (text.length <= LONG) return block;
  block.classList.add("cut");
  return [block, unfold(block, `显示全文（${text.length} 字）`)];
}

function unfold(block, label) {
  const button = el("button", { type: "button", class: "quiet unfold", "aria-expanded": "false", onclick: toggle }, label);
  function toggle() {
    const cut = block.classList.toggle("cut");
    button.textContent = cut ? label : "收起";
    button.setAttribute("aria-expanded", String(!cut));
  }
  return button;
}

function tools(hit, state, link) {
  const open = state.similar === hit.clause_id;
  const similar = linkTo({ ...state, compare: [], similar: hit.clause_id });
  return el(
    "p",
    { class: "tools" },
    copyButton(hit.text, hit.reference ?? hit.citation),
    el("a", { href: link }, "在文件中查看"),
    el("a", { class: "similar-link", href: similar, "aria-expanded": state.question ? String(open) : null }, "别处相似的条款"),
  );
}
