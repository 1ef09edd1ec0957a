// The outline at the side: the places of the document, indented, the current one marked.

import { el } from "./common.js";

const WIDE = matchMedia("(min-width: 60rem)");
const MOST = 150; // places that are shown at once; of more, the inner ones only where one is reading
const panel = document.getElementById("outline");

// The id of the element where a place begins: its heading, or the clause its heading runs into.
export function targets(blocks) {
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

// Without a title these say nothing in an outline: 第一款, （三）.
const INNER = new Set(["paragraph", "point", "entry", "item", "subitem"]);
const FEW = 18; // characters of an article, which has no title

function words(node, parent, block) {
  if (node.title || node.level !== "article") return label(node, parent);
  const begins = Array.from(block.text.split("\n")[0]);
  return begins.length > FEW ? `${begins.slice(0, FEW).join("")}…` : begins.join("");
}

// The places that can be led to: { link, id, depth, above }, above being the places around them.
function entries(nodes, ids, blocks) {
  const begins = new Map(blocks.map((block) => [block.start, block]));
  const open = [];
  const found = [];
  for (const node of nodes) {
    while (open.length && open.at(-1).node.end <= node.start) open.pop();
    const [parent] = open.slice(-1);
    const id = ids.get(node.start);
    const entry = { node, id, depth: open.length, above: open.map((each) => each.entry) };
    open.push({ node, entry });
    if (!id || (!node.title && INNER.has(node.level))) continue;
    entry.link = el("a", { href: `#${encodeURIComponent(id)}`, class: `depth-${Math.min(entry.depth, 4)} ${node.level}` }, words(node, parent?.node, begins.get(node.start)));
    found.push(entry);
  }
  return found;
}

// How many levels are always shown: as many as keep within MOST, the outermost at least.
function levelsShown(all) {
  let levels = 1;
  while (levels < 6 && all.filter((entry) => entry.depth <= levels).length <= MOST) levels++;
  return levels;
}

// What is too much to be shown at once is shown under the place that is being read.
class Folding {
  constructor(all) {
    this.levels = levelsShown(all);
    this.inner = new Map();
    for (const entry of all.filter((each) => each.depth >= this.levels)) {
      const branch = entry.above[this.levels - 1];
      this.inner.set(branch, [...(this.inner.get(branch) ?? []), entry.link]);
      entry.link.hidden = true;
    }
  }

  open(entry) {
    const branch = [...entry.above, entry][this.levels - 1];
    if (branch === this.branch) return;
    for (const link of this.inner.get(this.branch) ?? []) link.hidden = true;
    for (const link of this.inner.get(branch) ?? []) link.hidden = false;
    this.branch = branch;
  }
}

// Mark the place that is being read: the last that begins above the middle of the window.
function follow(all) {
  const places = all.map((entry) => document.getElementById(entry.id));
  const folding = new Folding(all);
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
    const entry = all[low - 1] ?? all[0];
    if (entry.link === marked) return;
    marked?.removeAttribute("aria-current");
    folding.open(entry);
    marked = entry.link;
    marked.setAttribute("aria-current", "location");
    if (WIDE.matches) reveal(marked);
  };
  addEventListener("scroll", () => {
    if (!due) requestAnimationFrame(update);
    due = true;
  });
  panel.addEventListener("toggle", () => marked && reveal(marked));
  update();
}

// The panel is scrolled by itself: scrollIntoView would move the page too.
function reveal(link) {
  const nav = panel.querySelector("nav");
  nav.scrollTop += link.getBoundingClientRect().top - nav.getBoundingClientRect().top - nav.clientHeight / 3;
}

export function focusOutline() {
  const link = panel.querySelector("[aria-current]");
  if (!link) return false;
  panel.open = true;
  reveal(link);
  link.focus({ preventScroll: true });
  return true;
}

export function buildOutline(nodes, ids, blocks) {
  const all = entries(nodes, ids, blocks);
  panel.querySelector("nav").replaceChildren(...all.map((entry) => entry.link));
  panel.classList.toggle("none", !all.length);
  if (!all.length) return;
  const fit = () => (panel.open = WIDE.matches);
  WIDE.addEventListener("change", fit);
  fit();
  panel.addEventListener("click", (event) => {
    if (event.target.matches("a") && !WIDE.matches) panel.open = false;
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !WIDE.matches) panel.open = false;
  });
  follow(all);
}
