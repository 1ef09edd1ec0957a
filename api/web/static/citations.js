// A question that is a citation, 铜仁规划第六章第二节: what stands there, to be read; where it may mean several
// places they are listed, none is guessed.
import { api, citation, clauseLink, compact, copyButton, el } from "./common.js";
import { linkTo, plain } from "./state.js";

const NUMBER = "[\\d〇零一二三四五六七八九十百千]+";
const PIECE = `第?${NUMBER}\\s*[编篇章节条款项目点]|第${NUMBER}\\s*(?:部分|段|分编)|专栏\\s*${NUMBER}|附[件表]\\s*${NUMBER}|${NUMBER}、|[（(]${NUMBER}[）)]|前言|总则|附则|结语`;
const ENDS_IN_ADDRESS = new RegExp(`(?:${PIECE})(?:\\s*${NUMBER})?$`);
const ASKS_WHAT_IT_SAYS = /(?:的?(?:主要)?内容)?(?:讲|说|写|规定|提到|包括)?(?:了|的是|的)?(?:什么|哪些内容|啥|怎么(?:说|写|讲)的?)(?:内容)?(?:呢|吗|呀)?[？?。\s]*$|的?(?:原文|全文|内容)[？?。\s]*$/;
const LONGEST = 120;
const SHOWN = 12; // clauses of a place; what is more is read in the document

// Return the citation that a question consists of, "" where it asks for something else.
export function citationIn(question) {
  const cited = question.replace(ASKS_WHAT_IT_SAYS, "").replace(/[，。？?\s]+$/, "");
  return cited.length <= LONGEST && ENDS_IN_ADDRESS.test(cited) ? cited : "";
}

// Return what a citation means; null where it is none or no document has such a place: the answer says so.
export async function resolved(cited, { docIds }, signal) {
  const asked = new URLSearchParams([["citation", cited], ...(docIds.length === 1 ? [["doc_id", docIds[0]]] : [])]);
  try {
    return await api(`/v1/resolve?${asked}`, { signal });
  } catch (problem) {
    if (problem.status === 404 || problem.status === 422) return null;
    throw problem;
  }
}

export function placeBlock(place) {
  const { clauses } = place;
  const shown = clauses.slice(0, SHOWN);
  const rest = clauses.length - shown.length;
  const open = clauseLink(place.doc_id, place.clause_ids[0]);
  const more = el("p", {}, el("a", { href: open }, `这里共 ${clauses.length} 条，到文件里接着读`));
  return el(
    "article",
    { class: "place" },
    el("p", { class: "soft" }, "按出处找到这一处"),
    el("h3", {}, el("a", { href: open }, citation(place.title, place.address))),
    el("div", { class: "quoted" }, paragraphs(shown)),
    rest ? more : null,
    el("p", { class: "tools" }, copyButton(clauses.map((one) => one.text).join("\n"), reference(place)), el("a", { href: open }, "在文件中查看")),
  );
}

// The texts, with the titles above them where they change; not those that the text begins with.
function paragraphs(clauses) {
  const common = shared(clauses.map((clause) => clause.heads));
  let before = "";
  return clauses.flatMap((clause, at) => {
    const above = at ? clause.heads.slice(common) : clause.heads;
    const heads = above.filter((title) => !clause.text.includes(title)).join(" › ");
    const title = heads && heads !== before ? [el("p", { class: "heads" }, heads)] : [];
    before = heads;
    return [...title, el("blockquote", {}, compact(clause.text))];
  });
}

// How many titles all have above them.
function shared([first, ...others]) {
  const differs = first.findIndex((title, at) => others.some((heads) => heads[at] !== title));
  return differs < 0 ? first.length : differs;
}

// The reference of the whole place, from that of its first clause.
function reference(place) {
  const [{ reference: whole, address }] = place.clauses;
  return whole.endsWith(address) ? whole.slice(0, whole.length - address.length) + place.address : place.citation;
}

export function placesList(found, state) {
  const links = found.places.map((place) => {
    const question = `《${place.title}》${place.address}`;
    return el("li", {}, el("a", { href: linkTo({ ...plain(state), question }) }, citation(place.title, place.address)), el("span", { class: "soft" }, ` ${place.clause_ids.length} 条`));
  });
  return el(
    "div",
    { class: "unclear" },
    el("h3", {}, `“${found.citation}”可能指 ${found.places.length} 处`),
    el("p", { class: "soft" }, "没有写明是哪份文件，这里不猜。请选一处，或在前面写上文件名。"),
    el("ul", {}, links),
  );
}
