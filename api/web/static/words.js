import { el } from "./common.js";

// Which words of a question stand in a text: the longest pieces of two characters or more that both
// have. Runs of letters and digits count as one, so that 20 is not found in 2021.

const ASKING = /什么时候|什么样|什么|哪些方面|哪些|哪个|哪里|哪年|怎么样|怎么办|怎么|怎样|如何|多少|多久|为什么|为何|是不是|有没有|能不能|请问/g;
const EMPTY = /^[的了吗呢啊吧么\s\p{P}\p{S}]$/u;
const LONGEST = 16;

function units(text) {
  return text.match(/[A-Za-z0-9]+(?:\.[0-9]+)*|./gsu) ?? [];
}

let last = { question: "", words: new Set() };

function questionWords(question) {
  if (question !== last.question) last = { question, words: wordsOf(question) };
  return last.words;
}

function wordsOf(question) {
  const words = new Set();
  const cut = units(question.toLowerCase().replace(ASKING, "？"));
  for (let start = 0; start < cut.length; start++) {
    for (let end = start; end < Math.min(start + LONGEST, cut.length) && !EMPTY.test(cut[end]); end++) {
      const word = cut.slice(start, end + 1).join("");
      if (word.length > 1) words.add(word);
    }
  }
  return words;
}

// The text as an alternation of plain strings and the strings that are in `words`.
function splitAtWords(text, words) {
  const cut = units(text);
  const lower = cut.map((unit) => unit.toLowerCase());
  const pieces = [];
  let plain = "";
  for (let at = 0; at < cut.length; ) {
    let end = Math.min(at + LONGEST, cut.length);
    while (end > at && !words.has(lower.slice(at, end).join(""))) end--;
    if (end > at) {
      pieces.push([plain, false], [cut.slice(at, end).join(""), true]);
      plain = "";
      at = end;
    } else {
      plain += cut[at++];
    }
  }
  pieces.push([plain, false]);
  return pieces.filter(([piece]) => piece);
}

// The text with the words of the question marked, as nodes and strings.
export function wordsMarked(text, question) {
  return splitAtWords(text, questionWords(question)).map(([piece, found]) => (found ? el("mark", { class: "word" }, piece) : piece));
}

// A question without its asking words and stops: 全市有多少个合作社？ is 全市有合作社, 地铁票价是多少元？ 地铁票价.
export function core(question) {
  const stopped = question.replace(/[？?！!。\s]+$/, "");
  const told = stopped.replace(/(?:多少|几)(?:万|亿)?(?:个|家|名|亩|元|人|户|次|处|座|条|吨|公里)?$/, "").replace(ASKING, "");
  const bare = told.replace(/(?:是|有|为|要|会|达到|达|共|到)+了?$/, "").trim();
  return bare.length > 1 ? bare : question;
}
