// What was deleted or replaced lately, with the way back. Only those who may write are told of it.

import { Problem, api, el, problemBox } from "./common.js";
import { forget, kept, onToken, withToken } from "./token.js";

const section = document.getElementById("deleted");
const list = document.getElementById("deleted-list");
const state = document.getElementById("deleted-state");
const look = document.getElementById("deleted-look");
const TIME = new Intl.DateTimeFormat("zh-CN", { year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" });

function row(each, restore) {
  const what = each.replaced ? "换下来的文件" : "删除的文件";
  const words = each.replaced ? "换回" : "恢复";
  const button = el("button", { type: "button", "aria-label": `${words}：${each.title}` }, words);
  button.addEventListener("click", async () => {
    button.disabled = true;
    await restore(each);
    button.disabled = false;
  });
  return el("li", {}, el("div", {}, el("p", { class: "title" }, each.title), el("p", { class: "soft" }, `${what} · ${each.doc_id} · `, el("time", { datetime: each.deleted }, TIME.format(new Date(each.deleted))))), button);
}

function show(deleted, restore) {
  list.replaceChildren(...deleted.map((each) => row(each, restore)));
  state.textContent = deleted.length ? "什么都没有丢，随时可以恢复。" : "没有删除过文件。";
  look.hidden = true;
}

// `restore(each)` brings one back; it calls what this returns to show the list anew.
export function startDeleted(restore) {
  // Unasked, nobody is asked for a token either: one that no longer counts is forgotten.
  async function load() {
    try {
      const { deleted } = await api("/v1/deleted", { token: kept() });
      show(deleted, restore);
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      if (problem.status === 401) forget();
      else if (problem.status === 404) section.hidden = true;
      else if (kept()) list.replaceChildren(el("li", {}, problemBox(problem)));
    }
  }
  const follow = () => {
    if (kept()) return load();
    list.replaceChildren();
    state.textContent = "删除和换下来的文件都留着，可以恢复。看有哪些，要用令牌。";
    look.hidden = false;
    return null;
  };
  look.addEventListener("click", async () => {
    try {
      await withToken(load);
      list.querySelector("button")?.focus();
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem; // nobody gave one: nothing is shown
    }
  });
  onToken(follow);
  follow();
  return () => (kept() ? load() : null);
}
