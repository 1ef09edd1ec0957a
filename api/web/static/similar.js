// Clauses elsewhere that are like one: in place beneath it, or a view of its own.
import { citation, clauseLink, compact, copyButton, el, problemBox } from "./common.js";
import { alike } from "./asking.js";
import { clauseGroups } from "./clauses.js";
import { linkTo, plain, restriction } from "./state.js";

const MOST = 10;
const IN_PLACE = 5;

// What is like the clause that the address names, to be waited for before it is shown in place.
export function similarOf(state, signal) {
  const like = state.similar ? found(state, signal, IN_PLACE) : null;
  like?.catch(() => {}); // whoever shows it says what is wrong
  return like;
}

// Show what is like a clause beneath it, close any other; where the address names none close only.
// Returns the clause.
export function openSimilar(place, state, signal, like = similarOf(state, signal)) {
  for (const panel of place.querySelectorAll(".similar")) close(panel, state);
  const item = state.similar && place.querySelector(`[data-clause="${CSS.escape(state.similar)}"]`);
  if (!item) return null;
  const switcher = item.querySelector(".similar-link");
  switcher.href = linkTo(plain(state));
  switcher.textContent = "收起相似条款";
  switcher.setAttribute("aria-expanded", "true");
  const panel = el("section", { class: "similar", "aria-label": "别处相似的条款", "aria-busy": "true" }, el("p", { class: "soft" }, "正在找相似的条款…"));
  item.append(panel);
  fill(panel, state, signal, like);
  return item;
}

function close(panel, state) {
  const item = panel.closest(".clause");
  const switcher = item.querySelector(".similar-link");
  switcher.href = linkTo({ ...plain(state), similar: item.dataset.clause });
  switcher.textContent = "别处相似的条款";
  switcher.setAttribute("aria-expanded", "false");
  panel.remove();
}

async function fill(panel, state, signal, like) {
  const own = linkTo({ ...plain(state), question: "", similar: state.similar });
  try {
    const { hits } = await like;
    const link = el("a", { href: own }, hits.length < IN_PLACE ? "单独打开" : "看更多");
    panel.replaceChildren(el("p", { class: "tools" }, hits.length ? "别处相似的条款" : nowhere(), link), ...listed(hits, state, 5));
  } catch (problem) {
    if (signal.aborted) return;
    panel.replaceChildren(problemBox(problem));
  }
  panel.removeAttribute("aria-busy");
}

function found(state, signal, most = MOST) {
  return alike(state.similar, { top_k: most, ...restriction(state) }, signal);
}

function listed(hits, state, level) {
  return clauseGroups(hits, { ...state, question: "" }, level);
}

function nowhere() {
  return "在别的文件里没有找到相似的条款。";
}

// The view of its own: the clause, then what is like it. Returns the text that the page is named by.
export async function similarPage(answerPlace, clausesPlace, state, signal) {
  const { clause, hits } = await found(state, signal);
  answerPlace.replaceChildren(source(clause));
  const title = hits.length ? `别处相似的条款（${hits.length}）` : "别处相似的条款";
  clausesPlace.replaceChildren(el("h2", { class: "minor" }, title), ...(hits.length ? listed(hits, state, 3) : [el("p", {}, nowhere())]));
  return `与《${clause.title}》${clause.address}相似的条款`;
}

function source(clause) {
  const open = clauseLink(clause.doc_id, clause.clause_id);
  return el(
    "figure",
    { class: "further source" },
    el("p", { class: "soft" }, "与这一条相似的"),
    el("blockquote", {}, compact(clause.text)),
    el("figcaption", {}, el("a", { href: open }, citation(clause.title, clause.address)), copyButton(clause.text, clause.reference ?? clause.citation)),
  );
}
