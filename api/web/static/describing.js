// What people know of a document, in a form: each value says where it came from; an empty field
// means what the text says.

import { Problem, api, el, problemBox } from "./common.js";
import { withToken } from "./token.js";

const PEOPLE = "清单"; // the origin of what people wrote
const FIELDS = [
  ["title", "标题", ""],
  ["kind", "文种", ""],
  ["region", "地区", "写全，如 贵州省铜仁市"],
  ["level", "层级", ""],
  ["issuer", "发文机关", "几个机关用、隔开"],
  ["number", "文号", "如 黔府发〔2021〕14号"],
  ["issued", "发文时间", "如 2021-12-03、2021-12 或 2021"],
];

function path(docId) {
  return `/v1/documents/${encodeURIComponent(docId)}`;
}

function choices(name, value) {
  const select = document.getElementById(`${name}s`).content.cloneNode(true).querySelector("select");
  const terms = Array.from(select.options, (option) => option.value);
  if (value && !terms.includes(value)) select.append(el("option", { value }, value));
  return select;
}

function control(name, value, attributes) {
  const node = ["kind", "level"].includes(name) ? choices(name, value) : el("input", { type: "text", autocomplete: "off", maxlength: 300, list: name === "region" ? "regions" : null });
  for (const [key, each] of Object.entries({ name, ...attributes })) node.setAttribute(key, each);
  node.value = value;
  return node;
}

function whence(value, origin) {
  if (!value) return "文件里没有找到，可以在这里填";
  if (origin === PEOPLE) return "由人填写；清空就改用文件里写的";
  return origin ? `见于${origin}` : "不知从哪里得来";
}

function field(docId, [name, title, hint], detail) {
  const value = detail[name] ?? "";
  const origin = detail.origins.find((each) => each.field === name)?.origin;
  const id = `${docId}-${name}`;
  const node = control(name, value, { id, "aria-describedby": `${id}-whence` });
  const says = el("span", { class: "whence soft", id: `${id}-whence` });
  const show = () => {
    const now = node.value.trim();
    const kept = now === value ? whence(value, origin) : now ? "改过了，保存后算由人填写" : "清空了，保存后用文件里写的";
    says.textContent = hint && now === value ? `${kept}。${hint}` : kept;
    says.classList.toggle("new", now !== value);
  };
  node.addEventListener("input", show);
  show();
  return { name, value, node, row: el("div", { class: `field of-${name}` }, el("label", { for: id }, title), node, says) };
}

// What is to be sent: the fields that differ, null for what the text says.
function changes(fields) {
  const changed = fields.filter(({ node, value }) => node.value.trim() !== value);
  return Object.fromEntries(changed.map(({ name, node }) => [name, node.value.trim() || null]));
}

function build(docId, detail, { saved, closed }) {
  const fields = FIELDS.map((each) => field(docId, each, detail));
  const submit = el("button", { type: "submit", class: "primary" }, "保存");
  const cancel = el("button", { type: "button", onclick: closed }, "取消");
  const trouble = el("div", { class: "trouble" });
  const form = el("form", { class: "describing", autocomplete: "off", "aria-label": `《${detail.title}》的信息` }, fields.map(({ row }) => row), trouble, el("div", { class: "buttons" }, submit, cancel));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = changes(fields);
    if (!Object.keys(body).length) return closed();
    submit.disabled = true;
    submit.textContent = "正在保存…";
    trouble.replaceChildren();
    try {
      saved(await withToken((token) => api(path(docId), { method: "PATCH", body, token })));
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      trouble.replaceChildren(problemBox(problem));
    } finally {
      submit.disabled = false;
      submit.textContent = "保存";
    }
  });
  return form;
}

// Fill `panel` with the form. `saved(detail)` is called with what the server then knows, `closed()`
// where nothing is to be changed.
export async function describe(panel, docId, { saved, closed }) {
  panel.replaceChildren(el("p", { class: "soft" }, "正在读取…"));
  try {
    const detail = await api(path(docId));
    panel.replaceChildren(build(docId, detail, { saved, closed }));
    panel.querySelector("input").focus();
  } catch (problem) {
    panel.replaceChildren(problemBox(problem, el("p", {}, el("button", { type: "button", onclick: closed }, "关上"))));
  }
}
