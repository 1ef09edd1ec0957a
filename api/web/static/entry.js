// A document as an entry of a list: what is known of it, and where it leads.

import { about } from "./about.js";
import { checkupLink, documentLink, el } from "./common.js";

const FORMATS = { txt: "纯文本", md: "Markdown", markdown: "Markdown", html: "网页", htm: "网页", shtml: "网页", docx: "Word", doc: "Word", wps: "WPS", rtf: "RTF", pdf: "PDF", ofd: "OFD" };
const IMAGES = new Set(["png", "jpg", "jpeg", "tif", "tiff", "bmp"]);

export function formatName(format) {
  if (!format) return null;
  return FORMATS[format] ?? (IMAGES.has(format) ? "图片" : format.toUpperCase());
}

export function fileLink(docId) {
  return `/v1/documents/${encodeURIComponent(docId)}/file`;
}

// The verdict in a word or two; doubts are counted.
export function verdictWords({ verdict, counts }) {
  return (verdict ?? (counts.problems ? "doubts" : "good")) === "good" ? "可用" : `${counts.problems} 处疑点`;
}

export function verdictTag(each) {
  const words = verdictWords(each);
  return el("span", { class: words === "可用" ? "sound" : "doubtful" }, words);
}

export function restatedTag({ restated }) {
  return restated ? el("span", { class: "tag" }, "摘编，非原文") : null;
}

// A link whose name says which document it is of, to those who hear links by themselves.
export function namedLink(href, words, title) {
  return el("a", { href, class: "whole", "aria-label": `${words}：${title}` }, words);
}

export function sizes({ format, counts }) {
  return [formatName(format), counts.pages ? `${counts.pages} 页` : null, `${counts.clauses} 个条款`, `${counts.characters.toLocaleString("zh-CN")} 字`].filter(Boolean).join(" · ");
}

// What is known, numbers and dates in one piece.
export function known(each) {
  return about(each).split(" · ").flatMap((part, at) => [at ? " · " : null, el("span", { class: /\d/.test(part) && part.length < 24 ? "whole" : null }, part)]);
}

export function entry(each, heading) {
  const { doc_id: docId, title } = each;
  const links = el("p", { class: "links" }, namedLink(checkupLink(docId), "体检单", title), each.format ? namedLink(fileLink(docId), "原文件", title) : null);
  const figures = el("p", { class: "soft" }, verdictTag(each), ` · ${sizes(each)}`, restatedTag(each));
  return el("li", { class: "entry" }, el(heading, {}, el("a", { href: documentLink(docId) }, title)), el("p", { class: "known" }, known(each)), figures, links);
}
