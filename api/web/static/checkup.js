import { api, clauseLink, compact, copyTextButton, documentLink, el, problemBox } from "./common.js";
import { addLine, asLine, startEditor } from "./corrections.js";

const root = document.getElementById("report");
const docId = root.dataset.id;
const base = `/v1/documents/${encodeURIComponent(docId)}`;
const SHOWN = 20; // doubts that are shown unasked
const FEW = 5; // doubts whose suggestions are
let writable = false;

function section(id, title, ...content) {
  return el("section", { "aria-labelledby": id }, el("h2", { id }, title), ...content);
}

function number(value) {
  return value.toLocaleString("zh-CN");
}

function verdict(report) {
  return el("div", { class: `verdict ${report.verdict}` }, el("p", { class: "words" }, report.words), el("p", {}, `${report.reason}。`));
}

function placeLink(doubt) {
  if (!doubt.address) return null;
  const href = doubt.clause_id ? clauseLink(docId, doubt.clause_id) : `${documentLink(docId)}#at-${doubt.start}`;
  return el("a", { href }, doubt.address);
}

function suggestion({ what, complete, correction }) {
  const line = asLine(correction);
  return el(
    "li",
    {},
    el("p", { class: "soft" }, complete ? what : `${what}（还要填写“此处……”）`),
    el("code", {}, line),
    el("p", { class: "tools" }, copyTextButton(line, "复制这一行"), writable ? el("button", { type: "button", class: "quiet", onclick: () => addLine(line) }, "加到更正") : null),
  );
}

function doubtItem(doubt, open) {
  const { suggestions } = doubt;
  const where = [placeLink(doubt), doubt.page ? `第 ${doubt.page} 页` : null].filter(Boolean);
  return el(
    "li",
    {},
    el("p", {}, compact(doubt.message)),
    where.length ? el("p", { class: "soft where" }, where.flatMap((each, at) => (at ? [" · ", each] : [each]))) : null,
    suggestions.length ? el("details", { class: "suggestions", open }, el("summary", {}, "可以这样更正"), el("ul", {}, suggestions.map(suggestion))) : null,
  );
}

function doubts(report) {
  if (!report.doubts.length) return null;
  const items = report.doubts.map((doubt) => doubtItem(doubt, report.doubts.length <= FEW));
  const rest = items.slice(SHOWN);
  const more = rest.length ? el("details", {}, el("summary", {}, `其余 ${rest.length} 个`), el("ol", { class: "doubt-list", start: SHOWN + 1 }, rest)) : null;
  return section("doubts", `疑点（${items.length}）`, el("ol", { class: "doubt-list" }, items.slice(0, SHOWN)), more);
}

// Where the characters went: kind of place, name, how many.
function shares({ clauses, headings, residues, dropped, lost }) {
  const apart = (kind, list) => list.map(({ name, characters }) => [kind, name, characters]);
  return [["clauses", "条款", clauses], ["headings", "标题", headings], ...apart("residue", residues), ...apart("dropped", dropped), ["lost", "去向不明", lost]];
}

function percent(part, whole) {
  if (!part) return "";
  return part / whole < 0.001 ? "不到 0.1%" : `${((100 * part) / whole).toFixed(1)}%`;
}

function bar(parts) {
  const pieces = parts.filter(([, , count]) => count).map(([kind, name, count]) => {
    const piece = el("span", { class: `in-${kind}`, title: `${name} ${number(count)}` });
    piece.style.flexGrow = count;
    return piece;
  });
  return el("div", { class: "bar", "aria-hidden": "true" }, pieces);
}

function whereabouts(report) {
  const parts = shares(report.whereabouts);
  const notes = { residue: "不属正文", dropped: "清洗去掉" };
  const rows = parts.map(([kind, name, count]) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, el("i", { class: `swatch in-${kind}${count ? "" : " none"}`, "aria-hidden": "true" }), name, notes[kind] ? el("span", { class: "soft" }, notes[kind]) : null),
      el("td", {}, number(count)),
      el("td", {}, percent(count, report.characters)),
    ),
  );
  const whole = el("tr", {}, el("th", { scope: "row" }, "共读到"), el("td", {}, number(report.characters)), el("td", {}));
  return section(
    "whereabouts",
    "每个字的去处",
    bar(parts),
    el("table", { class: "shares" }, el("caption", { class: "unseen" }, "字数，不计空白"), el("tbody", {}, rows), el("tfoot", {}, whole)),
  );
}

function counts(report) {
  const figures = [["页", report.pages], ...report.levels.map(({ name, count }) => [name, count]), ["条款", report.clauses], ["表格", report.tables], ["目录行", report.contents]];
  const shown = figures.filter(([, count]) => count).map(([name, count]) => el("div", {}, el("dt", {}, name), el("dd", {}, number(count))));
  return section("outline-counts", "大纲", el("dl", { class: "figures" }, shown));
}

function boxes(report) {
  if (!report.boxes.length) return null;
  const items = report.boxes.map(({ address, title, start }) => el("li", {}, el("a", { href: `${documentLink(docId)}#at-${start}` }, address), ` ${title}`));
  return section("boxes", `专栏（${items.length}）`, el("ul", { class: "boxes" }, items));
}

function metadata(report) {
  const rows = report.metadata.map(({ name, shown, origin }) =>
    el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, shown ?? el("span", { class: "soft" }, "没有找到")), el("td", { class: "soft" }, origin ? `见于${origin}` : "")),
  );
  return section("metadata", "文件信息", el("table", { class: "metadata" }, el("tbody", {}, rows)));
}

function show(report) {
  document.title = `体检单：${report.title} · 章节`;
  const header = el("header", {}, el("p", { class: "soft" }, "体检单 · ", el("a", { href: documentLink(docId) }, "读这份文件"), " · ", el("a", { href: `/manage?doc=${encodeURIComponent(docId)}` }, "改信息、换文件")), el("h1", {}, report.title));
  const parts = [header, verdict(report), doubts(report), whereabouts(report), counts(report), boxes(report), metadata(report)];
  root.replaceChildren(...parts.filter(Boolean));
}

try {
  const [report, corrections] = await Promise.all([api(`${base}/checkup`), api(`${base}/corrections`)]);
  writable = corrections.writable;
  show(report);
  startEditor(`${base}/corrections`, corrections, async () => show(await api(`${base}/checkup`)));
} catch (problem) {
  root.replaceChildren(el("h1", { class: "unseen" }, "体检单"), problemBox(problem, el("p", {}, el("a", { href: "/documents" }, "看库中的文件"))));
}
