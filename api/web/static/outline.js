// The outline at the side: every place of the document, indented, the current one marked.

import { el } from "./common.js";

const WIDE = matchMedia("(min-width: 60rem)");

// The id of the element where a place begins: its heading, or the clause its heading runs into.
function targets(blocks) {
  const ids = new Map();
  for (const block of blocks) {
    if (block.kind === "heading") ids.set(block.start, `at-${block.start}`);
    else if (block.kind === "clause" && !ids.has(block.start)) ids.set(block.start, block.clause_id);
  }
  return ids;
}

function label(node, parent) {
  if (node.number === null) return node.title || node.address;
  const step = parent && node.address.startsWith(parent.address) ? node.address.slice(parent.address.length) : node.address;
  return /[、）]$/.test(step) ? step + node.title : `${step} ${node.title}`.trim();
}

function links(nodes, ids) {
  const open = []; // the places that the present one lies in
  return nodes
    .map((node) => {
      while (open.length && open.at(-1).end <= node.start) open.pop();
      const depth = open.length;
      const text = label(node, open.at(-1));
      open.push(node);
      const id = ids.get(node.start);
      return id && el("a", { href: `#${encodeURIComponent(id)}`, class: `depth-${Math.min(depth, 4)}`, "data-at": id }, text);
    })
    .filter(Boolean);
}

// Mark the place that is being read: the last that begins above the middle of the window.
function follow(all, panel) {
  const places = all.map((link) => document.getElementById(link.dataset.at));
  let marked = null;
  let due = false;
  const update = () => {
    due = false;
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle].getBoundingClientRect().top <= innerHeight / 2) low = middle + 1;
      else high = middle;
    }
    const link = all[low - 1];
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    marked = link;
    if (link && WIDE.matches) panel.scrollTop = link.offsetTop - panel.clientHeight / 3;
  };
  addEventListener("scroll", () => {
    if (!due) requestAnimationFrame(update);
    due = true;
  });
  update();
}

export function buildOutline(nodes, blocks) {
  const panel = document.getElementById("outline");
  const all = links(nodes, targets(blocks));
  if (!all.length) return;
  panel.querySelector("nav").replaceChildren(...all);
  panel.hidden = false;
  const fit = () => (panel.open = WIDE.matches);
  WIDE.addEventListener("change", fit);
  fit();
  panel.addEventListener("click", (event) => {
    if (event.target.matches("a") && !WIDE.matches) panel.open = false;
  });
  follow(all, panel);
}
