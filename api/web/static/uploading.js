// The files on their way as the page shows them: a row each, and one line for all of them.

import { checkupLink, documentLink, el } from "./common.js";
import { namedLink } from "./entry.js";
import { acceptDrops } from "./dropping.js";
import { Queue } from "./queue.js";

const zone = document.getElementById("zone");
const input = document.getElementById("files");
const list = document.getElementById("queue");
const tally = document.getElementById("tally");
const ended = document.getElementById("ended");
const tools = { cancel: document.getElementById("cancel-all"), again: document.getElementById("again-all"), go: document.getElementById("go-on"), clear: document.getElementById("clear") };
const rows = new Map();

function size(bytes) {
  return bytes < 2 ** 20 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

function storedWords({ answer: { document: added, checkup } }) {
  const doubts = checkup.doubts ? `（${checkup.doubts} 处）` : "";
  const correct = el("button", { type: "button", class: "quiet", "aria-label": `改信息：${added.title}`, onclick: () => correctIt(added.doc_id) }, "改信息");
  return [el("a", { href: documentLink(added.doc_id) }, added.title), " 已入库：", el("strong", { class: checkup.verdict }, checkup.words), `${doubts}。`, el("span", { class: "leads" }, namedLink(checkupLink(added.doc_id), "看体检单", added.title), correct)];
}

function knownWords({ problem }) {
  const link = problem.docId ? el("span", { class: "leads" }, namedLink(documentLink(problem.docId), "看已有的那份", problem.docId)) : null;
  return [el("strong", {}, "库里已有。"), problem.detail, link];
}

const WORDS = {
  waiting: () => "等着传",
  sending: ({ part }) => `正在传 ${Math.round(100 * part)}%`,
  reading: () => "传到了，正在拆分、体检…",
  pacing: ({ wait }) => `服务要求慢一点，${wait} 秒后接着传`,
  stored: storedWords,
  known: knownWords,
  refused: ({ problem }) => [el("strong", {}, "没有收下。"), problem.detail],
  lost: ({ problem }) => [el("strong", {}, `${problem.title}。`), problem.detail],
  cancelled: ({ late }) => (late ? "已取消。文件已经传到，可能仍会入库。" : "已取消"),
};

function makeRow(item) {
  const bar = el("progress", { max: 1, "aria-label": `${item.file.name} 的进度` });
  const outcome = el("p", { class: "outcome" });
  const button = el("button", { type: "button", class: "quiet" });
  button.addEventListener("click", () => (["cancelled", "lost", "refused"].includes(item.state) ? queue.again(item) : queue.cancel(item)));
  const row = el("li", { class: "upload" }, el("p", { class: "name" }, item.file.name, el("span", { class: "soft" }, size(item.file.size))), bar, outcome, button);
  rows.set(item, { row, bar, outcome, button });
  list.append(row);
  return rows.get(item);
}

function changed(item) {
  const { row, bar, outcome, button } = rows.get(item) ?? makeRow(item);
  const before = row.dataset.state;
  row.dataset.state = item.state;
  outcome.replaceChildren(...[WORDS[item.state](item)].flat().filter(Boolean));
  if (item.state === "sending") bar.value = item.part;
  else bar.removeAttribute("value"); // going on, without a measure
  bar.classList.toggle("idle", !["sending", "reading", "pacing"].includes(item.state));
  const label = { cancelled: "再传", lost: "再传", refused: "再试" }[item.state] ?? "取消";
  button.textContent = label;
  button.setAttribute("aria-label", `${label}：${item.file.name}`);
  button.hidden = ["stored", "known"].includes(item.state);
  if (before !== "sending" && item.state === "sending") keepInView(row);
}

// Within the list alone, and never while somebody is in it.
function keepInView(row) {
  if (list.contains(document.activeElement) || list.matches(":hover")) return;
  list.scrollTop = Math.max(0, row.offsetTop - list.offsetTop - list.clientHeight / 2);
}

function counted() {
  const names = [["stored", "入库"], ["known", "库里已有"], ["refused", "没收"], ["lost", "没传完"], ["cancelled", "取消"]];
  const found = names.map(([state, name]) => [name, queue.count(state)]).filter(([, count]) => count);
  return found.map(([name, count]) => `${name} ${count} 个`).join("，");
}

function show() {
  const { items, over, running, stopped } = queue;
  for (const [item, { row }] of rows) {
    if (items.includes(item)) continue;
    row.remove();
    rows.delete(item);
  }
  list.hidden = !items.length;
  const waiting = items.length - over;
  const all = running ? `${items.length} 个文件，处理完 ${over} 个` : `${items.length} 个文件：${counted()}`;
  tally.textContent = items.length ? all : "";
  if (stopped && waiting && !running) tally.textContent = `停下了：${stopped.title}。还有 ${waiting} 个没有传。`;
  tools.cancel.hidden = waiting < 2 || !running;
  tools.go.hidden = running || !waiting;
  const lost = queue.count("lost", "cancelled");
  tools.again.hidden = running || lost < 2;
  tools.again.textContent = `再传没传完的 ${lost} 个`;
  tools.clear.hidden = running || !items.length;
  ended.textContent = running ? "" : tally.textContent;
}

let told;
let correctIt;
const queue = new Queue({
  changed,
  moved() {
    show();
    told(queue.items.filter(({ state }) => state === "stored").map(({ answer }) => answer.document));
  },
});

// `stored(documents)` is called as the queue moves on, with all that were stored so far, `correct(doc_id)`
// where somebody wants to put right what is known of one.
export function startUploading({ stored, correct }) {
  told = stored;
  correctIt = correct;
  document.getElementById("choose").addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    queue.add(input.files);
    input.value = ""; // the same file may be chosen again
  });
  acceptDrops(zone, (files) => queue.add(files));
  tools.cancel.addEventListener("click", () => queue.cancelAll());
  tools.go.addEventListener("click", () => queue.run());
  tools.again.addEventListener("click", () => queue.again(...queue.items.filter(({ state }) => ["lost", "cancelled"].includes(state))));
  tools.clear.addEventListener("click", () => {
    queue.clear();
    document.getElementById("choose").focus();
  });
  addEventListener("beforeunload", (event) => {
    if (queue.running) event.preventDefault();
  });
}
