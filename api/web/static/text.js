// A document as it is read: headings, paragraphs of clauses, boxes, tables, page marks, residue.

import { el } from "./common.js";
import { clauseElement, headingElement, pageMark, Pages, residueElement } from "./blocks.js";
import { tableElement } from "./tables.js";

// Returns the element and the clauses in text order: { block, parts }, parts being what shows it.
export function textElement({ blocks, tables, pages }) {
  const writer = new Writer(tables, new Pages(pages));
  for (let at = 0; at < blocks.length; ) at += writer.take(blocks, at);
  return { root: writer.root, clauses: writer.clauses };
}

class Writer {
  constructor(tables, pages) {
    Object.assign(this, { tables, pages, clauses: [], box: null, paragraph: null, turned: null });
    this.root = this.frame = el("div", { class: "text" });
  }

  // Write the block at a place, with those that make one table with it; returns how many.
  take(blocks, at) {
    const block = blocks[at];
    this.enter(boxOf(blocks, at));
    if (block.kind === "heading") this.put(block, headingElement(block));
    else if (block.table !== null) return this.table(blocks, at);
    else if (block.kind === "residue") this.put(block, residueElement(block));
    else this.clause(block);
    return 1;
  }

  enter(box) {
    if (box === this.box) return;
    this.box = box;
    this.paragraph = null;
    this.frame = box ? this.root.appendChild(el("div", { class: "policy-box", role: "group", "aria-label": box })) : this.root;
  }

  put(block, element) {
    this.turn(block);
    this.frame.append(element);
    this.paragraph = null;
    if (block.kind !== "residue") this.turned = null;
  }

  // Mark the page that has begun before a block. A page that holds residue alone is marked as such.
  turn(block) {
    for (const number of this.pages.upTo(block.start)) {
      this.turned?.classList.add("residue");
      this.turned = pageMark(number, "div");
      this.frame.append(this.turned);
    }
  }

  // Clauses of one paragraph stay in one.
  clause(block) {
    if (!this.paragraph || block.new_line) {
      const paragraph = el("p", { class: "paragraph" });
      this.put(block, paragraph);
      this.paragraph = paragraph;
    }
    const element = clauseElement("span", block, this.pages.cut(block));
    this.paragraph.append(element);
    this.clauses.push({ block, parts: [element] });
  }

  table(blocks, at) {
    const { table } = blocks[at];
    const box = this.box;
    let end = at + 1;
    while (end < blocks.length && blocks[end].table === table && boxOf(blocks, end) === box) end++;
    this.turn(blocks[at]);
    const drawn = tableElement(this.tables[table], blocks.slice(at, end), this.pages);
    this.put(blocks[at], drawn.element);
    this.clauses.push(...drawn.clauses);
    return end - at;
  }
}

// Residue is in the box that goes on after it.
function boxOf(blocks, at) {
  while (at < blocks.length && blocks[at].kind === "residue") at++;
  return blocks[at]?.box ?? null;
}
