// What the server is doing, asked again and again while the page is looked at.

import { api } from "./common.js";

const BUSY = 1000; // milliseconds between two questions while something goes on
const IDLE = 8000;

const panel = document.getElementById("state");
const words = document.getElementById("state-words");
const bar = document.getElementById("state-bar");
const figures = document.getElementById("state-figures");
let busy = false; // whether something went on when last asked
let last = ""; // what there was then: work may begin and end between two questions
let timer;

function held({ documents, clauses }) {
  return `${documents.toLocaleString("zh-CN")} 份文件、${clauses.toLocaleString("zh-CN")} 个条款`;
}

function inWords(status) {
  if (status.indexing) return status.ready ? "正在后台更新索引。这期间照常可以提问，答案出自更新前的文件。" : "正在建索引，建好后就可以提问。";
  if (status.failure) return `索引没有建成：${status.failure}`;
  if (!status.ready) return "索引还没有准备好。";
  return panel.dataset.done ? `索引更新好了：${held(status)}，都可以问。` : `库里有 ${held(status)}，都可以问。`;
}

function say(text) {
  if (words.textContent !== text) words.textContent = text; // heard once, not at every count
}

function show(status) {
  const at = status.indexing;
  if (!at && (busy || (last && last !== held(status)))) panel.dataset.done = "yes";
  say(inWords(status));
  busy = Boolean(at);
  last = held(status);
  panel.classList.toggle("busy", busy);
  panel.classList.toggle("failed", Boolean(status.failure && !at));
  figures.textContent = at ? `${at.what}${at.whole ? ` ${at.done}/${at.whole}` : "…"}` : [...(status.notes ?? []), "后台没有在做的事"].join("；");
  bar.max = at?.whole || 1;
  if (at?.whole) bar.value = at.done;
  else bar.removeAttribute("value");
}

async function look() {
  clearTimeout(timer);
  timer = null;
  if (document.hidden) return null; // asked when it is looked at again
  let status = null;
  try {
    status = await api("/v1/status");
    show(status);
  } catch (problem) {
    if (problem.status === 404) panel.hidden = true; // a server that does not tell
    else say(`${problem.title}。${problem.detail}这里会自己再连。`);
  }
  if (!panel.hidden) timer = setTimeout(look, busy ? BUSY : IDLE);
  return status;
}

// Begin; resolves to the first status, null where there is none.
export function watchBackground() {
  document.addEventListener("visibilitychange", () => document.hidden || look());
  return look();
}

// Something was changed: what follows from it is about to begin.
export function lookAgain() {
  if (!panel.hidden) look();
}
