// What the answer area shows: sentences with their citations, or that there is no basis and what to do.
import { citation, clauseLink, copyButton, el, marked, quotation } from "./common.js";
import { isFiltered, linkTo, plain, unfiltered } from "./state.js";
import { core, wordsMarked } from "./words.js";

const CONFLICT = "原文前后不一"; // how the note begins that tells of two figures for one thing

// The value asked for is marked; where none was, the words of the question are.
function sentenceBlock(sentence, kind, question) {
  const text = sentence.marks.length ? marked(sentence.text, sentence.marks) : wordsMarked(sentence.text, question);
  return el(
    "figure",
    { class: kind },
    el("blockquote", {}, text),
    el(
      "figcaption",
      {},
      el("a", { href: clauseLink(sentence.doc_id, sentence.clause_id) }, citation(sentence.title, sentence.address)),
      copyButton(sentence.text, sentence.reference ?? sentence.citation),
    ),
  );
}

function certainty({ certainty: degree, certainty_words: words }) {
  return words ? el("p", { class: `certainty ${degree}` }, words) : null;
}

function notices(notes) {
  return notes.map((note) => el("p", { class: "notice" }, note));
}

// `folded`: the room is measured out already, so further sentences must not push what is below.
export function answerBlocks(answer, state, folded = false) {
  if (answer.abstained) return [nothing(answer, state), ...notices(answer.notes)];
  const conflict = answer.sentences.length > 1 && answer.notes.find((note) => note.startsWith(CONFLICT));
  const [best, ...further] = answer.sentences;
  const first = conflict ? contrary(best, further.shift(), conflict) : sentenceBlock(best, "best", state.question);
  const notes = answer.notes.filter((note) => note !== conflict);
  return [certainty(answer), first, more(further, folded, state.question), ...notices(notes)].filter(Boolean);
}

function contrary(one, other, note) {
  return el(
    "div",
    { class: "conflict" },
    el("h3", {}, "原文前后不一，请核对"),
    el("div", { class: "pair" }, sentenceBlock(one, "best"), sentenceBlock(other, "best")),
    el("p", { class: "soft" }, note),
  );
}

function more(sentences, folded, question) {
  if (!sentences.length) return null;
  const blocks = sentences.map((one) => sentenceBlock(one, "further", question));
  const title = "也讲到这件事的句子";
  if (folded) return el("details", { class: "more" }, el("summary", {}, `${title}（${sentences.length}）`), blocks);
  return el("div", { class: "more" }, el("h3", { class: "minor" }, title), blocks);
}

function nothing(answer, state) {
  const nearest = answer.hits[0];
  return el(
    "div",
    { class: "abstained" },
    el("h3", {}, "库中没有依据"),
    el("p", {}, answer.reason),
    nearest
      ? el("p", {}, "最接近的是 ", el("a", { href: clauseLink(nearest.doc_id, nearest.clause_id) }, citation(nearest.title, nearest.address)), "，供参考，不是答案。")
      : null,
    el("h4", {}, "可以试试"),
    el("ul", {}, advice(state).map((each) => el("li", {}, each))),
  );
}

function advice(state) {
  const words = core(state.question);
  const ask = (question) => el("a", { href: linkTo({ ...plain(state), question }) }, `“${question}”`);
  return [
    isFiltered(state) ? [el("a", { href: linkTo(unfiltered(plain(state))) }, "去掉筛选"), "，在全部文件里再查一次"] : null,
    words !== state.question ? ["只查关键的词：", ask(words)] : null,
    ["换成文件里的说法，或者问得短一些"],
    [el("a", { href: "/documents" }, "翻看库里有哪些文件"), "，也许还没有收这一份"],
  ].filter(Boolean);
}

// The whole answer as text for a document or a message.
export function answerText(answer, address) {
  const lines = answer.abstained
    ? [`库中没有依据：${answer.reason}`]
    : answer.sentences.map((one) => quotation(one.text, one.reference ?? one.citation));
  const notes = answer.abstained ? [] : [answer.certainty_words, ...answer.notes].filter(Boolean).map((note) => `（${note}）`);
  return [`问：${answer.question}`, "", ...lines, ...notes, "", address].join("\n");
}

