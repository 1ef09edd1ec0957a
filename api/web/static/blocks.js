// The elements of a text: clauses, headings, residue, and the marks where pages begin.

import { compact, el } from "./common.js";

export function headingElement(block) {
  return el(`h${Math.min(block.depth + 1, 6)}`, { id: `at-${block.start}`, class: `level-${block.level}`, tabindex: "-1" }, block.text);
}

export function residueElement(block) {
  return el("p", { class: "residue", id: `at-${block.start}` }, block.text);
}

export function clauseElement(tag, block, nodes) {
  return el(tag, { class: "clause", id: block.clause_id, tabindex: "-1" }, nodes, anchor(block));
}

// Only one anchor is reached with Tab: the keys j and k lead to the others.
export function anchor(block) {
  const link = `?clause=${block.clause_id.split("/").map(encodeURIComponent).join("/")}`;
  return el("a", { class: "anchor", href: link, tabindex: "-1", "aria-label": `选中${block.address || "这一条"}`, title: block.address }, "¶");
}

// Its number is drawn by the style sheet: it is read out, and in no text that people mark and copy.
export function pageMark(number, tag) {
  return el(tag, { class: "page-mark", "data-page": number });
}

// Where the pages of the original begin. Blocks are cut in text order; each page is marked once.
export class Pages {
  constructor(offsets) {
    this.offsets = offsets;
    this.next = 0;
  }

  // The numbers of the pages that begin at or before an offset and are not marked; of pages
  // without text only the last.
  upTo(offset) {
    const first = this.next;
    while (this.offsets[this.next] <= offset) this.next++;
    return this.next > first ? [this.next] : [];
  }

  // The text of a block, or of a part of it, with marks where pages begin inside.
  cut(block, start = block.start, end = block.end) {
    const whole = start === block.start && end === block.end;
    const inside = () => this.offsets[this.next] < end;
    if (whole && !inside()) return [compact(block.text)];
    const characters = Array.from(block.text); // offsets count characters, not UTF-16 units
    const nodes = this.upTo(start).map((number) => pageMark(number, "span"));
    let at = start;
    while (inside()) {
      const begins = this.offsets[this.next];
      nodes.push(part(characters, block, at, begins), ...this.upTo(begins).map((number) => pageMark(number, "span")));
      at = begins;
    }
    return [...nodes, part(characters, block, at, end)];
  }
}

function part(characters, block, start, end) {
  return compact(characters.slice(start - block.start, end - block.start).join(""));
}
