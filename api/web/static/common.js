// What every page needs. Text from documents only ever goes in as text nodes.

export class Problem extends Error {
  constructor({ type = "", title = "出错了", detail = "", status = 0, progress = null }) {
    super(detail);
    Object.assign(this, { type, title, detail, status, progress });
  }

  get notReady() {
    return this.type.endsWith(":not-ready");
  }
}

// Fetch; throws a Problem where there is no connection or the answer is a refusal.
export async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem({ title: "连不上服务", detail: "请确认 zhangjie serve 还在运行，然后重试。" });
  }
  if (!response.ok) throw new Problem(await content(response));
  return response;
}

export async function api(path, { body, method = body ? "POST" : "GET", token, signal } = {}) {
  const options = { method, signal, headers: {} };
  if (body) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  if (token !== undefined) options.headers.Authorization = bearer(token);
  return content(await request(path, options));
}

function content(response) {
  return response.json().catch(() => ({ status: response.status, detail: "服务的回应读不懂，请重试。" }));
}

// A header holds bytes; browsers want each of them as a character.
export function bearer(token) {
  return `Bearer ${String.fromCharCode(...new TextEncoder().encode(token.trim()))}`;
}

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

// The API counts Unicode characters, JavaScript UTF-16 units: cut by characters.
export function marked(text, spans) {
  const characters = Array.from(text);
  const parts = [];
  let at = 0;
  for (const [start, end] of spans) {
    parts.push(characters.slice(at, start).join(""), el("mark", {}, characters.slice(start, end).join("")));
    at = end;
  }
  parts.push(characters.slice(at).join(""));
  return parts;
}

// What is shown of a text: empty lines inside of a clause only tear it apart.
export function compact(text) {
  return text.replace(/\n\s*\n/g, "\n");
}

export function documentLink(docId) {
  return `/documents/${encodeURIComponent(docId)}`;
}

export function checkupLink(docId) {
  return `${documentLink(docId)}/checkup`;
}

export function clauseLink(docId, clauseId) {
  return `${documentLink(docId)}?clause=${clauseId.split("/").map(encodeURIComponent).join("/")}`;
}

export function problemBox(problem, ...more) {
  return el("div", { class: "problem", role: "alert" }, el("h2", {}, problem.title), el("p", {}, problem.detail), ...more);
}

// 《title》address: a short address stays in one piece.
export function citation(title, address) {
  return [`《${title}》`, el("span", { class: address.length > 12 ? "address" : "address short" }, address)];
}

// A quote as official documents write it: “……”——《title》（number）address. Inside of “ ” stand ‘ ’.
export function quotation(text, reference) {
  const inner = compact(text).trim().replace(/[“”]/g, (mark) => (mark === "“" ? "‘" : "’"));
  return `“${inner}”——${reference}`;
}

export function copyButton(text, reference) {
  return copyTextButton(quotation(text, reference), "复制引文");
}

export function copyTextButton(text, label) {
  const button = el("button", { type: "button", class: "quiet", onclick: copy }, label);
  async function copy() {
    button.textContent = (await copied(text)) ? "已复制" : "复制不了，请手动选取";
    setTimeout(() => (button.textContent = label), 2000);
  }
  return button;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard outside of https and localhost.
    const area = el("textarea", { class: "unseen" });
    area.value = text;
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    focused?.focus();
    return done;
  }
}

export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
