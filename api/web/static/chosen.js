// The clause that is chosen: highlighted in the text, with its tools beside it.

import { land } from "./chunks.js";
import { copyTextButton, documentLink, el, quotation } from "./common.js";

const panel = document.getElementById("clause");

// `detail` is what is known of the document, `clauses` those of its text, in order.
export class Chosen {
  constructor(detail, clauses) {
    Object.assign(this, { detail, clauses, at: -1 });
    this.byId = new Map(clauses.map(({ block }, at) => [block.clause_id, at]));
    this.tabStop(0);
    this.show();
  }

  has(clauseId) {
    return this.byId.has(clauseId);
  }

  // The clause in which an offset of the text stands, or undefined.
  idAt(offset) {
    let [low, high] = [0, this.clauses.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.clauses[middle].block.end <= offset) low = middle + 1;
      else high = middle;
    }
    const block = this.clauses[low]?.block;
    return block && block.start <= offset ? block.clause_id : undefined;
  }

  none() {
    this.light(false);
    this.at = -1;
    this.show();
  }

  // Choose a clause; `block` says where in the window it is to stand, empty for where it is.
  choose(clauseId, block) {
    if (!this.has(clauseId)) return false;
    this.light(false);
    this.at = this.byId.get(clauseId);
    this.tabStop(this.at);
    this.light(true);
    this.show();
    if (block) {
      const [first] = this.clauses[this.at].parts;
      land(first, block);
      first.focus({ preventScroll: true });
    }
    return true;
  }

  // The id of the clause before or after; with none chosen of the first that is in the window.
  neighbour(by) {
    const at = this.at < 0 ? this.clauses.findIndex(({ parts }) => parts[0].getBoundingClientRect().bottom > 0) : this.at + by;
    return this.clauses[at]?.block.clause_id;
  }

  light(on) {
    if (this.at < 0) return;
    const { parts } = this.clauses[this.at];
    const paragraph = parts[0].closest(".paragraph");
    const alone = paragraph && paragraph.querySelectorAll(".clause").length === 1;
    for (const part of alone ? [paragraph] : parts) part.classList.toggle("chosen", on);
    if (on) parts[0].setAttribute("aria-current", "true");
    else parts[0].removeAttribute("aria-current");
  }

  tabStop(at) {
    this.stop?.setAttribute("tabindex", "-1");
    this.stop = this.clauses[at]?.parts.at(-1).querySelector(".anchor");
    this.stop?.setAttribute("tabindex", "0");
  }

  show() {
    const block = this.clauses[this.at]?.block;
    panel.classList.toggle("empty", !block);
    panel.replaceChildren(...(block ? this.tools(block) : [el("p", { class: "soft" }, "点条款后面的 ¶，或按 j、k，可选中一条：复制引文、看前后条、找别处相似的。")]));
  }

  tools(block) {
    const reference = this.reference(block);
    const link = new URL(`?clause=${block.clause_id.split("/").map(encodeURIComponent).join("/")}`, location.href).href;
    const { title } = this.detail;
    return [
      el("h2", { class: "unseen" }, "选中的条款"),
      el("p", { class: "where" }, el("cite", {}, el("span", { class: "title" }, reference.slice(0, reference.length - block.address.length)), el("span", { class: "address" }, block.address || title)), block.page ? el("span", { class: "soft" }, `第 ${block.page} 页`) : null),
      el("p", { class: "steps" }, this.step(-1, "上一条"), this.step(1, "下一条")),
      el(
        "p",
        { class: "tools" },
        copyTextButton(quotation(block.text, reference), "复制引文"),
        copyTextButton(link, "复制链接"),
        el("a", { href: `/?similar=${encodeURIComponent(block.clause_id)}` }, "找别处相似"),
        original(this.detail, block.page),
      ),
    ];
  }

  reference(block) {
    const { title, number, reference } = this.detail;
    return `${reference ?? `《${title}》${number ? `（${number}）` : ""}`}${block.address}`;
  }

  step(by, label) {
    const there = this.clauses[this.at + by]?.block;
    return el("button", { type: "button", "data-step": by, disabled: !there, title: there?.address, "aria-keyshortcuts": by < 0 ? "k" : "j" }, label);
  }
}

// The original at a page, where the browser can open it there.
export function original({ doc_id: docId, format }, page) {
  const file = `/v1${documentLink(docId)}/file`;
  if (format !== "pdf") return null;
  const words = page ? `原件第 ${page} 页` : "看原件";
  return el("a", { href: page ? `${file}#page=${page}` : file, target: "_blank", rel: "noopener", "aria-label": `${words}（新窗口）` }, words);
}

export function originalOrDownload(detail) {
  return original(detail, null) ?? el("a", { href: `/v1${documentLink(detail.doc_id)}/file`, download: "" }, "下载原件");
}
