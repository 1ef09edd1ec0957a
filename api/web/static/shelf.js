// The documents as those see them who look after them: what is known of each, and what can be done.

import { checkupLink, documentLink, el } from "./common.js";
import { named } from "./criteria.js";
import { describe } from "./describing.js";
import { fileLink, known, namedLink, restatedTag, sizes, verdictTag } from "./entry.js";
import { replace } from "./replacing.js";

const PORTION = 50; // documents shown at first and with each “more”

function facts(each) {
  const links = [namedLink(checkupLink(each.doc_id), "体检单", each.title), each.format ? namedLink(fileLink(each.doc_id), "原文件", each.title) : null].filter(Boolean);
  return [
    el("h3", {}, el("a", { href: documentLink(each.doc_id) }, each.title)),
    el("p", { class: "known" }, known(each)),
    el("p", { class: "soft" }, verdictTag(each), ` · ${sizes(each)}`, links.flatMap((link) => [" · ", link]), restatedTag(each)),
  ];
}

// One document of the shelf; its panel holds the form that is open.
class Row {
  constructor(each, shelf) {
    this.shelf = shelf;
    this.facts = el("div", { class: "facts" });
    this.doing = el("div", { class: "doing" });
    this.panel = el("div", { class: "panel", hidden: true });
    this.node = el("li", { class: "holding" }, this.facts, this.doing, this.panel);
    this.open = null;
    this.update(each);
  }

  update(each) {
    this.document = each;
    this.facts.replaceChildren(...facts(each));
    if (!this.shelf.writable) return;
    if (!this.doing.firstChild) this.doing.append(...this.buttons());
    this.exchange.textContent = each.restated ? "换成原文" : "换文件";
    for (const button of this.doing.children) button.setAttribute("aria-label", `${button.textContent}：${each.title}`);
  }

  buttons() {
    this.correct = el("button", { type: "button", "aria-expanded": "false", onclick: () => this.toggle("describe") }, "改信息");
    this.exchange = el("button", { type: "button", "aria-expanded": "false", onclick: () => this.toggle("replace") });
    this.remove = el("button", { type: "button", onclick: () => this.shelf.remove(this) }, "删除");
    return [this.correct, this.exchange, this.remove];
  }

  toggle(what) {
    if (this.open === what) return this.close();
    this.open = what;
    this.mark();
    const closed = () => this.close();
    if (what === "replace") replace(this.panel, this.document, { closed, replaced: (answer) => this.shelf.changed(answer.document, "文件换好了") });
    else describe(this.panel, this.document.doc_id, { closed, saved: (detail) => this.shelf.changed(detail, "信息保存了", () => this.close()) });
    return null;
  }

  close() {
    const button = this.open === "replace" ? this.exchange : this.correct;
    this.open = null;
    this.mark();
    this.panel.replaceChildren();
    button.focus();
  }

  mark() {
    this.panel.hidden = !this.open;
    this.correct.setAttribute("aria-expanded", this.open === "describe");
    this.exchange.setAttribute("aria-expanded", this.open === "replace");
    this.shelf.opened(this.open === "describe" ? this.document.doc_id : null);
  }
}

export class Shelf {
  // `remove(row)` deletes; `changed(document, words)` is told of what was saved; `address(change)`
  // keeps {q, doc} in the address of the page.
  constructor({ list, count, field, more, writable, remove, changed, address, q }) {
    Object.assign(this, { list, count, field, more, writable, remove, address, told: changed, shown: PORTION });
    this.rows = new Map();
    field.value = q;
    field.addEventListener("input", () => {
      this.shown = PORTION;
      this.address({ q: field.value.trim() });
      this.show();
    });
    more.firstElementChild.addEventListener("click", () => this.showMore());
  }

  // All documents, newest first. Rows stay where they are known, with the forms open in them.
  set(documents) {
    const before = this.rows;
    this.rows = new Map(documents.map((each) => [each.doc_id, before.get(each.doc_id) ?? new Row(each, this)]));
    for (const each of documents) if (before.has(each.doc_id)) this.rows.get(each.doc_id).update(each);
    this.show();
  }

  show() {
    const fitting = [...this.rows.values()].filter((row) => row.open || named(row.document, this.field.value.trim()));
    const shown = fitting.slice(0, this.shown);
    const now = new Set(shown.map(({ node }) => node));
    for (const node of [...this.list.children]) if (!now.has(node)) node.remove();
    // Moving a node takes the focus from it: only what is out of place is moved.
    shown.forEach(({ node }, at) => this.list.children[at] === node || this.list.insertBefore(node, this.list.children[at] ?? null));
    const rest = fitting.length - shown.length;
    this.more.hidden = !rest;
    this.more.firstElementChild.textContent = `再显示 ${Math.min(rest, PORTION)} 份（还有 ${rest} 份）`;
    const whole = this.rows.size;
    this.count.textContent = fitting.length === whole ? `共 ${whole} 份` : `${whole} 份里的 ${fitting.length} 份`;
  }

  showMore() {
    const before = this.list.children.length;
    this.shown += PORTION;
    this.show();
    this.list.children[before]?.querySelector("a").focus();
  }

  opened(docId) {
    this.address({ doc: docId });
  }

  changed(document, words, then = () => {}) {
    this.rows.get(document.doc_id)?.update(document);
    then();
    this.told(document, words);
  }

  // Take a row off; returns the row that stands there now.
  drop(row) {
    const { node } = row;
    const next = node.nextElementSibling ?? node.previousElementSibling;
    this.rows.delete(row.document.doc_id);
    this.show();
    return next;
  }

  // Show a document with its form open; false where there is none.
  reveal(docId) {
    const row = this.rows.get(docId);
    if (!row || !this.writable) return false;
    if (row.open !== "describe") row.toggle("describe");
    this.shown = Math.max(this.shown, [...this.rows.keys()].indexOf(docId) + 1);
    this.show();
    row.node.scrollIntoView({ block: "center" });
    return true;
  }
}
