import { api, checkupLink, documentLink, el, problemBox } from "./common.js";
import { about } from "./about.js";

const list = document.getElementById("documents");
const status = document.getElementById("status");

function item(each) {
  const { counts } = each;
  const sizes = [`${counts.clauses} 个条款`, `${counts.characters.toLocaleString("zh-CN")} 字`];
  if (counts.problems) sizes.push(`${counts.problems} 处疑点`);
  return el(
    "li",
    {},
    el("h2", {}, el("a", { href: documentLink(each.doc_id) }, each.title)),
    el("p", {}, about(each)),
    el("p", { class: "soft" }, sizes.join(" · "), " · ", el("a", { href: checkupLink(each.doc_id), "aria-label": `${each.title}的体检单` }, "体检单"), each.restated ? el("span", { class: "tag" }, "摘编，非原文") : null),
  );
}

try {
  const { documents } = await api("/v1/documents");
  list.replaceChildren(...documents.map(item));
  status.textContent = `共 ${documents.length} 份`;
} catch (problem) {
  status.textContent = "";
  list.replaceWith(problemBox(problem));
}
