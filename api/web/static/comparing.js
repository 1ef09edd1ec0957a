// The same question put to several documents, side by side.
import { api, citation, clauseLink, compact, copyButton, documentLink, el, marked } from "./common.js";
import { groups } from "./clauses.js";
import { linkTo, plain } from "./state.js";
import { wordsMarked } from "./words.js";

const FIRST = 4; // documents that a comparison begins with
const MOST = 20; // documents that the API compares at once
const NEAREST = 2; // clauses shown of each

// The link that compares the documents of an answer; null where there is but one.
export function comparison(answer, state) {
  const ids = groups(answer.hits).map(([hit]) => hit.doc_id);
  if (ids.length < 2) return null;
  return el("a", { href: linkTo({ ...plain(state), compare: ids.slice(0, FIRST) }) }, "逐份文件对照");
}

export async function comparePage(place, state, signal) {
  const asking = api("/v1/compare", { body: { question: state.question, doc_ids: state.compare }, signal });
  const [{ documents }, listing] = await Promise.all([asking, api("/v1/documents", { signal })]);
  const order = (one) => state.compare.indexOf(one.doc_id);
  const columns = documents.toSorted((one, other) => order(one) - order(other)).map((one) => column(one, state));
  place.replaceChildren(
    el("h2", { class: "minor" }, `同一个问题，逐份文件的回答（${documents.length}）`),
    el("p", { class: "tools" }, el("a", { href: linkTo(plain(state)) }, "回到合在一起的回答"), adding(listing.documents, state)),
    el("div", { class: "columns" }, columns),
  );
}

function column(one, state) {
  const others = state.compare.filter((id) => id !== one.doc_id);
  const without = el("a", { class: "without", href: linkTo({ ...state, compare: others }), "aria-label": `不看《${one.title}》` }, "移去");
  return el(
    "section",
    { class: "column" },
    el("header", {}, el("h3", {}, el("a", { href: documentLink(one.doc_id) }, one.title)), others.length ? without : null),
    el(
      "div",
      {},
      one.abstained ? silent(one) : one.sentences.map(sentence),
      el("div", { class: "near" }, el("h4", { class: "minor" }, one.abstained ? "最接近的条款" : "相关条款"), one.hits.slice(0, NEAREST).map((hit) => near(hit, state.question))),
    ),
  );
}

function silent(one) {
  return el("div", { class: "none" }, el("p", {}, el("strong", {}, "这份文件里没有依据")), el("p", { class: "soft" }, one.reason));
}

function sentence(one, at) {
  return el(
    "figure",
    { class: at ? "further" : "best" },
    el("blockquote", {}, marked(one.text, one.marks)),
    el("figcaption", {}, el("a", { href: clauseLink(one.doc_id, one.clause_id) }, one.address), copyButton(one.text, one.reference ?? one.citation)),
  );
}

function near(hit, question) {
  const name = hit.address ? hit.address : citation(hit.title, "");
  return el("div", {}, el("p", {}, el("a", { href: clauseLink(hit.doc_id, hit.clause_id) }, name)), el("blockquote", { class: "cut" }, wordsMarked(compact(hit.text), question)));
}

function adding(documents, state) {
  const rest = documents.filter((one) => !state.compare.includes(one.doc_id));
  if (!rest.length || state.compare.length >= MOST) return null;
  const options = rest.map((one) => el("option", { value: one.doc_id }, one.title));
  const choice = el("select", { id: "add-document" }, el("option", { value: "" }, "选一份文件…"), options);
  choice.addEventListener("change", () => choice.dispatchEvent(new CustomEvent("go", { bubbles: true, detail: linkTo({ ...state, compare: [...state.compare, choice.value] }) })));
  return el("span", { class: "adding" }, el("label", { for: "add-document" }, "再加一份"), choice);
}
