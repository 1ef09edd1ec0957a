import { Problem, api, citation, clauseLink, compact, copyButton, el, marked, problemBox, sleep } from "./common.js";
import { questionWords, splitAtWords } from "./words.js";

const form = document.getElementById("ask");
const box = document.getElementById("question");
const welcome = document.getElementById("welcome");
const status = document.getElementById("status");
const answerPlace = document.getElementById("answer");
const clausesPlace = document.getElementById("clauses");
const LONGEST_LINK = 2000;
let running = new AbortController();

function heads(clause) {
  const titles = clause.heads.map((title) => el("li", {}, title));
  return titles.length ? el("ol", { class: "heads", "aria-label": "所在标题" }, titles) : null;
}

function clauseItem(hit, words) {
  const text = splitAtWords(compact(hit.text), words).map(([piece, found]) => (found ? el("mark", { class: "word" }, piece) : piece));
  const link = clauseLink(hit.doc_id, hit.clause_id);
  return el(
    "li",
    { class: "clause" },
    el("h3", {}, el("span", { class: "rank", "aria-hidden": "true" }, String(hit.rank)), el("a", { href: link }, citation(hit.title, hit.address))),
    heads(hit),
    el("blockquote", {}, text),
    el("p", { class: "tools" }, copyButton(hit.text, hit.citation), el("a", { href: link }, "在文件中查看")),
  );
}

function sentenceBlock(sentence, first) {
  return el(
    "figure",
    { class: first ? "best" : "further" },
    el("blockquote", {}, marked(sentence.text, sentence.marks)),
    el(
      "figcaption",
      {},
      el("a", { href: clauseLink(sentence.doc_id, sentence.clause_id) }, citation(sentence.title, sentence.address)),
      copyButton(sentence.text, sentence.citation),
    ),
  );
}

function answerBlocks(answer) {
  const notes = answer.notes.map((note) => el("p", { class: "notice" }, note));
  if (answer.abstained) {
    return [el("div", { class: "abstained" }, el("h2", {}, "库中没有依据"), el("p", {}, answer.reason)), ...notes];
  }
  const [best, ...further] = answer.sentences;
  const more = further.length ? [el("h2", { class: "minor" }, "也讲到这件事的句子"), ...further.map((one) => sentenceBlock(one, false))] : [];
  return [sentenceBlock(best, true), ...more, ...notes];
}

function show(answer) {
  const words = questionWords(answer.question);
  answerPlace.replaceChildren(...answerBlocks(answer));
  clausesPlace.replaceChildren();
  if (answer.hits.length) {
    const title = answer.abstained ? "最接近的条款" : "相关条款";
    clausesPlace.append(el("h2", { class: "minor" }, `${title}（${answer.hits.length}）`), el("ol", { class: "clauses" }, answer.hits.map((hit) => clauseItem(hit, words))));
  }
}

function clear() {
  answerPlace.replaceChildren();
  clausesPlace.replaceChildren();
  status.textContent = "";
}

function waiting(progress) {
  const share = progress?.whole ? `：${progress.what} ${progress.done}/${progress.whole}` : "";
  return `正在建立索引${share}。第一次会久一些，建好就可以回答。`;
}

// Ask until the index is ready; other problems are thrown.
async function answered(question, signal) {
  for (;;) {
    try {
      return await api("/v1/ask", { body: { question }, signal });
    } catch (problem) {
      if (!problem.notReady) throw problem;
      status.textContent = waiting(problem.progress);
      await sleep(1500);
      signal.throwIfAborted();
    }
  }
}

async function ask(question) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  clear();
  welcome.hidden = true;
  document.title = `${question.slice(0, 40)} · 章节`;
  document.body.setAttribute("aria-busy", "true");
  status.textContent = "正在查找…";
  try {
    const answer = await answered(question, signal);
    status.textContent = "";
    show(answer);
  } catch (error) {
    if (signal.aborted) return;
    status.textContent = "";
    const problem = error instanceof Problem ? error : new Problem({ detail: "页面出错，请刷新后重试。" });
    const again = el("button", { type: "button", onclick: () => ask(question) }, "再试一次");
    answerPlace.replaceChildren(problemBox(problem, problem.status === 422 ? null : again));
  }
  if (!signal.aborted) document.body.removeAttribute("aria-busy");
}

function submit(question) {
  const wanted = question.trim();
  if (!wanted) return;
  // A question that is too long for a link is refused all the same; the link then stays as it was.
  if (wanted.length <= LONGEST_LINK && wanted !== asked()) {
    history.pushState(null, "", `/?q=${encodeURIComponent(wanted)}`);
  }
  ask(wanted);
}

function asked() {
  return new URLSearchParams(location.search).get("q")?.trim() ?? "";
}

function start() {
  box.value = asked();
  if (box.value) {
    ask(box.value);
    return;
  }
  running.abort();
  clear();
  welcome.hidden = false;
  document.title = "提问 · 章节";
  announceReadiness();
}

// On the empty page say that the index is being built, until it is.
async function announceReadiness() {
  running = new AbortController();
  const { signal } = running;
  for (;;) {
    try {
      await api("/readyz", { signal });
      status.textContent = "";
      return;
    } catch (problem) {
      if (signal.aborted) return;
      status.textContent = problem.notReady ? waiting(problem.progress) : problem.detail;
      if (!problem.notReady) return;
      await sleep(1500);
    }
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(box.value);
});
box.addEventListener("keydown", (event) => {
  // Enter that picks a word of the input method does not ask yet.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit(box.value);
  }
});
for (const button of document.querySelectorAll(".examples button")) {
  button.addEventListener("click", () => {
    box.value = button.textContent;
    submit(box.value);
  });
}
addEventListener("popstate", start);
start();
