// The doubts of the check-up, each at its place in the text and all of them in a list.

import { api, el } from "./common.js";

// A switch that shows them; they are asked for when it is first turned on.
export function doubtSwitch(article, docId, elementOf) {
  const list = el("ol", { class: "doubts", id: "doubts", hidden: true });
  const toggle = el("input", { type: "checkbox", "aria-controls": "doubts", onchange: change });
  const label = document.createTextNode("标出疑点");
  let asked = false;
  async function change() {
    article.classList.toggle("with-doubts", toggle.checked);
    list.hidden = !toggle.checked;
    if (!toggle.checked || asked) return;
    asked = true;
    try {
      const { doubts } = await api(`/v1/documents/${encodeURIComponent(docId)}/checkup`);
      label.data = `标出疑点（${doubts.length}）`;
      list.replaceChildren(...doubts.map((doubt, at) => item(doubt, at, place(doubt, at, elementOf))));
    } catch (problem) {
      asked = false;
      list.replaceChildren(el("li", {}, problem.detail));
    }
  }
  return { toggle: el("label", { class: "switch" }, toggle, label), list };
}

function item(doubt, at, placed) {
  const where = doubt.address || (doubt.page ? `第 ${doubt.page} 页` : null);
  const begins = `${where}：`; // many messages say it themselves
  const message = doubt.message.startsWith(begins) ? doubt.message.slice(begins.length) : doubt.message;
  return el("li", {}, placed ? el("a", { href: `#doubt-${at + 1}` }, where ?? "文中") : where, placed || where ? "　" : null, message);
}

// Put the message after the paragraph, heading or row that it is about; false where it has no place.
function place(doubt, at, elementOf) {
  const element = doubt.start === null ? null : elementOf(doubt);
  if (!element) return false;
  const words = [el("span", { class: "unseen" }, "疑点："), doubt.message];
  const note = { class: "doubt", id: `doubt-${at + 1}`, role: "note", tabindex: "-1" };
  const row = element.closest("tr");
  const columns = row && [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);
  const after = row ?? element.closest(".paragraph") ?? element;
  let last = after;
  while (last.nextElementSibling?.matches(".doubt, .doubt-row")) last = last.nextElementSibling;
  last.after(row ? el("tr", { class: "doubt-row" }, el("td", { colspan: columns }, el("div", note, words))) : el("p", note, words));
  return true;
}
