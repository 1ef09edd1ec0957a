import { about } from "./about.js";
import { api, checkupLink, citation, compact, copyButton, el, problemBox } from "./common.js";
import { buildOutline } from "./outline.js";

const article = document.getElementById("document");
const docId = article.dataset.id;
const base = `/v1/documents/${encodeURIComponent(docId)}`;
const clauses = new Map(); // clause_id -> { block, element }
let tools = null;

function clauseElement(block) {
  const anchor = el(
    "a",
    {
      class: "anchor",
      href: `?clause=${encodeURIComponent(block.clause_id)}`,
      "aria-label": `引用${block.address}`,
      title: block.address,
      onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        history.pushState(null, "", anchor.href);
        choose(block.clause_id, false);
      },
    },
    "¶",
  );
  const element = el("span", { class: "clause", id: block.clause_id, tabindex: "-1" }, compact(block.text), anchor);
  clauses.set(block.clause_id, { block, element });
  return element;
}

function headingElement(block) {
  return el(`h${Math.min(block.depth + 1, 6)}`, { id: `at-${block.start}`, class: `level-${block.level}` }, block.text);
}

// Put the blocks one after another; a box gets a frame, clauses of one paragraph stay in one.
function body(blocks) {
  const root = el("div", { class: "text" });
  let frame = root;
  let inBox = null;
  let paragraph = null;
  for (const block of blocks) {
    if (block.kind === "residue") {
      root.append(el("p", { class: "residue" }, block.text));
      paragraph = null;
      continue;
    }
    if (block.box !== inBox) {
      inBox = block.box;
      paragraph = null;
      frame = inBox ? root.appendChild(el("div", { class: "policy-box", role: "group", "aria-label": inBox })) : root;
    }
    if (block.kind === "heading") {
      frame.append(headingElement(block));
      paragraph = null;
      continue;
    }
    if (!paragraph || block.new_line) paragraph = frame.appendChild(el("p", { class: "paragraph" }));
    paragraph.append(clauseElement(block));
  }
  return root;
}

function unchoose() {
  for (const element of article.querySelectorAll(".chosen")) element.classList.remove("chosen");
  tools?.remove();
}

function choose(clauseId, scroll) {
  unchoose();
  const found = clauses.get(clauseId);
  if (!found) return false;
  const { block, element } = found;
  const paragraph = element.closest(".paragraph");
  const alone = paragraph.querySelectorAll(".clause").length === 1;
  (alone ? paragraph : element).classList.add("chosen");
  const [title] = block.citation.slice(1).split(`》${block.address}`);
  tools = el("p", { class: "tools" }, el("cite", {}, citation(title, block.address)), copyButton(block.text, block.citation));
  paragraph.after(tools);
  if (scroll) {
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
  }
  return true;
}

function anchorInAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return location.hash.slice(1);
  }
}

// #at-123 is where a heading begins, or any place in a clause.
function clauseAt(anchor) {
  const at = Number(/^at-(\d+)$/.exec(anchor)?.[1] ?? -1);
  return [...clauses.values()].find(({ block }) => block.start <= at && at < block.end)?.block.clause_id;
}

function sayMissing(what) {
  const words = `这份文件里没有条款 ${what}，可能文件已更新。请从大纲里找。`;
  article.querySelector("header").append(el("p", { id: "missing", class: "notice", role: "alert" }, words));
}

// #anchor leads to a clause or a heading, ?clause= to a clause; the anchor was clicked last.
function followAddress() {
  const anchor = anchorInAddress();
  const clause = new URLSearchParams(location.search).get("clause");
  document.getElementById("missing")?.remove();
  unchoose();
  if (clause && !choose(clause, !anchor)) sayMissing(clause);
  if (!anchor || (clauses.has(anchor) && choose(anchor, true))) return;
  const target = document.getElementById(anchor);
  if (target) target.scrollIntoView();
  else if (choose(clauseAt(anchor), true)) return;
  else sayMissing(anchor);
}

function doubts(problems) {
  if (!problems.length) return null;
  const items = problems.map((each) => el("li", {}, each.message));
  return el("details", { class: "doubts" }, el("summary", {}, `解析时有 ${problems.length} 处疑点，请核对原件`), el("ul", {}, items));
}

function residueSwitch(blocks) {
  if (!blocks.some((block) => block.kind === "residue")) return null;
  const toggle = el("input", { type: "checkbox", onchange: () => article.classList.toggle("with-residue", toggle.checked) });
  return el("label", { class: "soft switch" }, toggle, "也显示目录、页码、署名等不属正文的文字");
}

function header(detail, blocks) {
  return el(
    "header",
    {},
    el("h1", {}, detail.title),
    el("p", { class: "soft" }, about(detail), about(detail) ? " · " : null, el("a", { href: checkupLink(docId) }, "体检单")),
    detail.restated ? el("p", { class: "notice" }, "摘编，非原文：文字经过改写，只作演示，正式引用请核对原件。") : null,
    doubts(detail.problems),
    residueSwitch(blocks),
  );
}

try {
  const [detail, outline, text] = await Promise.all([api(base), api(`${base}/outline`), api(`${base}/text?residue=true`)]);
  document.title = `${detail.title} · 章节`;
  article.replaceChildren(header(detail, text.blocks), body(text.blocks));
  buildOutline(outline.nodes, text.blocks);
  followAddress();
  addEventListener("popstate", followAddress);
} catch (problem) {
  article.replaceChildren(el("h1", { class: "unseen" }, "文件"), problemBox(problem, el("p", {}, el("a", { href: "/documents" }, "看库中的文件"))));
}
