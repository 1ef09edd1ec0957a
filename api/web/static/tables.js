// Tables of a document: a clause is a row, or a part of one.

import { anchor, headingElement } from "./blocks.js";
import { el } from "./common.js";

// Draw the rows in which some blocks stand; returns the element and the clauses, as textElement does.
export function tableElement(table, blocks, pages) {
  const clauses = [];
  const body = el("tbody", {});
  const waiting = [...blocks];
  for (const row of table.rows) {
    const inside = [];
    while (waiting.length && waiting[0].start < row.end) inside.push(waiting.shift());
    if (inside.length) body.append(rowElement(row, inside, table.columns, pages, clauses));
  }
  const drawn = el("table", {}, body);
  // Wider than the window, a table is scrolled by itself: with the keyboard too.
  return { element: el("div", { class: "table", tabindex: "0", role: "group", "aria-label": `表格，${table.columns} 列` }, drawn), clauses };
}

function rowElement(row, blocks, columns, pages, clauses) {
  if (blocks.every((block) => block.kind === "residue")) return lone(columns, { class: "residue" }, texts(blocks));
  if (blocks[0].kind === "heading") return lone(columns, {}, [headingElement(blocks[0])]);
  const alone = row.cells.length === 1;
  const cells = row.cells.map(([start, end]) => {
    const attributes = { colspan: alone && columns };
    if (row.head) return el("th", { scope: "col", ...attributes }, pieces(blocks, start, end, pages));
    return el("td", { class: alone ? "wide" : null, ...attributes }, pieces(blocks, start, end, pages));
  });
  const drawn = el("tr", {}, cells);
  mark(drawn, blocks, clauses);
  return drawn;
}

function lone(columns, attributes, children) {
  return el("tr", attributes, el("td", { class: "wide", colspan: columns }, children));
}

function texts(blocks) {
  return blocks.map((block) => block.text).join("\n");
}

// What of the blocks stands between two offsets, each in a span of its own where there are several.
function pieces(blocks, start, end, pages) {
  return blocks
    .filter((block) => block.start < end && block.end > start)
    .map((block) => {
      const nodes = pages.cut(block, Math.max(start, block.start), Math.min(end, block.end));
      return blocks.length > 1 ? el("span", { "data-of": block.start }, nodes) : el("span", {}, nodes);
    });
}

// A row that is one clause is its element; of several each has its pieces.
function mark(row, blocks, clauses) {
  for (const block of blocks.filter((each) => each.kind === "clause")) {
    const parts = blocks.length > 1 ? [...row.querySelectorAll(`[data-of="${block.start}"]`)] : [row];
    const last = parts.at(-1);
    for (const part of parts) part.classList.add("clause");
    parts[0].id = block.clause_id;
    parts[0].tabIndex = -1;
    const cell = last === row ? [...row.cells].findLast((each) => each.textContent) : last;
    cell.append(anchor(block));
    clauses.push({ block, parts });
  }
}
