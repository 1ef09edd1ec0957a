// The page that asks: what the address says is shown; links and the form lead to other addresses.
import { Problem, api, copyTextButton, el, problemBox, sleep } from "./common.js";
import { answerBlocks, answerText } from "./answer.js";
import { answered, whenReady } from "./asking.js";
import { citationIn, placeBlock, placesList, resolved } from "./citations.js";
import { clauseGroups, groups } from "./clauses.js";
import { comparePage, comparison } from "./comparing.js";
import { showExamples } from "./examples.js";
import { showFilters } from "./filters.js";
import { remember, showHistory } from "./history.js";
import { openSimilar, similarOf, similarPage } from "./similar.js";
import { key, linkTo, plain, read, restriction } from "./state.js";
import "./keys.js";

const GRACE = 250; // milliseconds in which an answer may still come together with its clauses
const TOP = 10;

const form = document.getElementById("ask");
const box = document.getElementById("question");
const heading = document.getElementById("heading");
const status = document.getElementById("status");
const progress = document.getElementById("progress");
const answerPlace = document.getElementById("answer");
const toolsPlace = document.getElementById("tools");
const clausesPlace = document.getElementById("clauses");
let running = new AbortController();
let shown = ""; // key of the question whose answer is on the page

function say(words, { done = 0, whole = 0 } = {}) {
  status.textContent = words;
  progress.hidden = !whole;
  if (whole) Object.assign(progress, { max: whole, value: done });
}

function waiting(at) {
  const share = at?.whole ? `：${at.what} ${at.done}/${at.whole}` : "";
  say(`正在建立索引${share}。第一次会久一些，建好就可以回答。`, at ?? {});
}

function clear() {
  shown = "";
  for (const place of [answerPlace, toolsPlace, clausesPlace]) place.replaceChildren();
  answerPlace.classList.remove("held");
  say("");
}

// Scrolling in the frame in which the page grows would count as a jump, and looks like one.
function painted() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

// -- views -------------------------------------------------------------------------------------

function showClauses(hits, state, title) {
  const documents = groups(hits).length;
  const count = documents > 1 ? `${hits.length} 条，${documents} 份文件` : `${hits.length} 条`;
  const named = el("h2", { class: "minor" }, `${title}（${count}）`);
  clausesPlace.replaceChildren(...(hits.length ? [named, ...clauseGroups(hits, state)] : []));
}

function showTools(answer, state) {
  const asked = [["q", answer.question], ["top_k", TOP], ...state.docIds.map((id) => ["doc_id", id])];
  for (const [field, values] of Object.entries(state.filters)) asked.push(...values.map((value) => [field, value]));
  const file = (format, label) => el("a", { href: `/v1/search/export?${new URLSearchParams([...asked, ["form", format]])}`, download: true }, label);
  toolsPlace.replaceChildren(
    copyTextButton(answerText(answer, location.href), "复制整个回答"),
    comparison(answer, state) ?? "",
    file("docx", "条款存为 Word"),
    file("csv", "存为表格"),
    el("button", { type: "button", class: "quiet", onclick: () => print() }, "打印"),
  );
}

async function showAnswer(state, signal) {
  const body = { question: state.question, top_k: TOP, ...restriction(state) };
  const cited = citationIn(state.question);
  const place = cited ? resolved(cited, state, signal).catch(() => null) : null;
  const like = similarOf(state, signal);
  let early = false;
  const found = async ({ hits }) => {
    await sleep(GRACE);
    if (signal.aborted || shown || cited) return;
    early = true;
    answerPlace.classList.add("held");
    showClauses(hits, state, "找到的条款");
  };
  const answer = await whenReady(() => answered(body, signal, found), signal, waiting);
  const places = await place;
  await like?.catch(() => {});
  signal.throwIfAborted();
  shown = key(state);
  say("");
  if (places?.places.length) {
    showPlaces(places, answer, state);
  } else {
    answerPlace.replaceChildren(el("h2", { class: "unseen" }, "回答"), ...answerBlocks(answer, state, early));
    showClauses(answer.hits, state, answer.abstained ? "最接近的条款" : "相关条款");
    showTools(answer, state);
  }
  remember(state.question, linkTo(plain(state)));
  const item = openSimilar(clausesPlace, state, signal, like);
  await painted();
  item?.scrollIntoView();
}

// The clauses of the place are read above; those that only share its words are at hand, no more.
function showPlaces(found, answer, state) {
  const one = found.unclear ? null : found.places[0];
  answerPlace.replaceChildren(el("h2", { class: "unseen" }, "回答"), one ? placeBlock(one) : placesList(found, state));
  const others = answer.hits.filter((hit) => !one?.clause_ids.includes(hit.clause_id));
  if (!others.length) return;
  const open = others.some((hit) => hit.clause_id === state.similar);
  const list = el("details", { class: "more", open }, el("summary", {}, `其他相关条款（${others.length}）`), clauseGroups(others, state));
  clausesPlace.replaceChildren(el("h2", { class: "unseen" }, "条款"), list);
}

async function showSimilar(state, signal) {
  const title = await whenReady(() => similarPage(answerPlace, clausesPlace, state, signal), signal, waiting);
  say("");
  name(title);
}

async function showComparison(state, signal) {
  await whenReady(() => comparePage(clausesPlace, state, signal), signal, waiting);
  say("");
}

// On the empty page say that the index is being built, until it is.
async function showWelcome(state, signal) {
  showExamples(state, signal).finally(showHistory);
  await whenReady(() => api("/readyz", { signal }), signal, waiting);
  say("");
}

// -- the address -------------------------------------------------------------------------------

function view(state) {
  if (state.question && state.compare.length) return showComparison;
  if (state.question) return showAnswer;
  return state.similar ? showSimilar : showWelcome;
}

function name(text) {
  heading.textContent = text;
  document.title = `${text.slice(0, 40)} · 章节`;
}

async function route(from = 0) {
  const state = read();
  const chosen = view(state);
  box.value = state.question;
  if (chosen === showAnswer && key(state) === shown) return openSimilar(clausesPlace, state, running.signal);
  running.abort();
  running = new AbortController();
  const { signal } = running;
  clear();
  showFilters(state, signal);
  document.body.classList.toggle("asked", chosen !== showWelcome);
  document.body.classList.toggle("comparing", chosen === showComparison);
  if (chosen === showWelcome) {
    heading.textContent = heading.dataset.welcome;
    document.title = "提问 · 章节";
  } else {
    name(state.question || "相似的条款");
    say("正在查找…");
  }
  await shownOrRefused(chosen, state, signal);
  if (!from) return;
  await painted();
  scrollTo(0, from);
}

async function shownOrRefused(chosen, state, signal) {
  document.body.setAttribute("aria-busy", String(chosen !== showWelcome));
  try {
    await chosen(state, signal);
  } catch (error) {
    if (signal.aborted) return;
    say("");
    const problem = error instanceof Problem ? error : new Problem({ detail: "页面出错，请刷新后重试。" });
    const again = el("button", { type: "button", onclick: () => route() }, "再试一次");
    clausesPlace.replaceChildren();
    answerPlace.replaceChildren(problemBox(problem, problem.status === 422 ? null : again));
  }
  if (!signal.aborted) document.body.removeAttribute("aria-busy");
}

function go(link) {
  if (link === location.pathname + location.search) return route();
  keepPlace();
  history.pushState(null, "", link);
  return route();
}

// Where the page was scrolled to goes with its entry, since what it shows comes later than the browser scrolls.
function keepPlace() {
  history.replaceState({ from: scrollY }, "");
}

function submit() {
  const question = box.value.trim();
  if (!question) return;
  const state = { ...plain(read()), question };
  const link = linkTo(state);
  if (new URL(link, location).search.includes("q=")) go(link);
  else refuse(state);
}

// A question that no link holds is put all the same: the server says what is wrong with it.
function refuse(state) {
  running.abort();
  running = new AbortController();
  clear();
  document.body.classList.add("asked");
  shownOrRefused(showAnswer, state, running.signal);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
box.addEventListener("keydown", (event) => {
  // Enter that picks a word of the input method does not ask yet.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  }
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin || link.pathname !== "/" || link.hash) return;
  event.preventDefault();
  go(link.pathname + link.search);
});
document.addEventListener("go", (event) => go(event.detail));
addEventListener("popstate", (event) => route(event.state?.from));
addEventListener("pagehide", keepPlace);
history.scrollRestoration = "manual";
route(history.state?.from);
