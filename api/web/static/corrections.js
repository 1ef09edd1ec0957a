// The corrections of a document: those that count, and the form that replaces them.

import { Problem, api, el, problemBox } from "./common.js";
import { tokenLine, withToken } from "./token.js";

const FIELDS = { title: "标题", kind: "文种", region: "地区", level: "层级", issuer: "发文机关", number: "文号", issued: "发文时间" };
const lines = document.getElementById("lines");
const saved = document.getElementById("saved");

// A correction as it stands in its file: one line of JSON, set wide enough to be read.
export function asLine(correction) {
  const pairs = Object.entries(correction).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{${pairs.join(", ")}}`;
}

export function addLine(line) {
  const kept = lines.value.trimEnd();
  lines.value = kept ? `${kept}\n${line}\n` : `${line}\n`;
  lines.scrollIntoView({ block: "center" });
  lines.focus();
  // What people must fill in is chosen, so that typing replaces it.
  const begin = lines.value.lastIndexOf(line);
  const blank = /此处[^"]*/.exec(line);
  lines.setSelectionRange(begin + (blank?.index ?? line.length), begin + (blank ? blank.index + blank[0].length : line.length));
}

function inWords({ do: what, before, line, heading, field, value, nth, note }) {
  const place = `“${before ?? line}”${nth ? `（第 ${nth} 处）` : ""}`;
  const words = {
    insert: () => `在${place}之前补标题“${heading}”`,
    heading: () => `${place}是标题“${heading}”`,
    text: () => `${place}不是标题`,
    meta: () => (value ? `${FIELDS[field] ?? field}改为“${value}”` : `没有${FIELDS[field] ?? field}`),
  }[what]();
  return el("li", {}, words, note ? el("span", { class: "soft" }, `　${note}`) : null);
}

function show({ corrections }) {
  const kept = document.getElementById("kept");
  kept.replaceChildren(...corrections.map(inWords));
  kept.hidden = !corrections.length;
  document.getElementById("none").hidden = corrections.length > 0;
  lines.value = corrections.map((each) => `${asLine(each)}\n`).join("");
}

function read() {
  const found = [];
  for (const [at, line] of lines.value.split("\n").entries()) {
    if (!line.trim()) continue;
    try {
      found.push(JSON.parse(line));
    } catch {
      throw new Problem({ title: "没有保存", detail: `第 ${at + 1} 行不是完整的 JSON。请检查引号、逗号和括号；引号要用半角的 "。` });
    }
  }
  return found;
}

function outcome({ corrections, unfit }) {
  const said = `已保存，现有 ${corrections.length} 条，体检单已更新；问答稍后换用新的结果。`;
  if (!unfit.length) return el("p", { class: "notice" }, said);
  return el("div", { class: "notice" }, el("p", {}, said, `其中 ${unfit.length} 条用不上：`), el("ul", {}, unfit.map((each) => el("li", {}, each.message))));
}

export function startEditor(path, kept, changed) {
  const form = document.getElementById("editor");
  document.getElementById("file").textContent = kept.file;
  document.getElementById("off").hidden = kept.writable;
  form.hidden = !kept.writable;
  form.querySelector(".saving").append(tokenLine());
  show(kept);
  document.getElementById("corrections").hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    saved.replaceChildren("正在保存…");
    try {
      const body = { corrections: read() };
      const answer = await withToken((token) => api(path, { method: "PUT", token, body }));
      show(answer);
      await changed();
      document.dispatchEvent(new Event("zhangjie:changed"));
      saved.replaceChildren(outcome(answer));
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem({ detail: "页面出错，请刷新后重试。" });
      saved.replaceChildren(problemBox(problem));
    }
    button.disabled = false;
  });
}
