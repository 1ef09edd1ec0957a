// The token that writing needs: asked for once a tab, kept in sessionStorage alone, which ends with
// the tab, and forgotten on request or where the server says that it is wrong.

import { Problem, api, el } from "./common.js";

const KEY = "zhangjie-token";
const CHECK = "/v1/deleted"; // reads, and only for those who may write
const changes = new EventTarget();
let asking = null;

export function kept() {
  return sessionStorage.getItem(KEY);
}

function keep(token) {
  if (token) sessionStorage.setItem(KEY, token);
  else sessionStorage.removeItem(KEY);
  changes.dispatchEvent(new Event("change"));
}

export function forget() {
  keep(null);
}

export function onToken(listener) {
  changes.addEventListener("change", listener);
}

// Nobody gave a token: what was to be done waits.
export class Declined extends Problem {
  constructor() {
    super({ title: "没有给出令牌", detail: "这一步要用令牌，什么都还没有改；再点一次就会再问。" });
  }
}

// Do `act(token)`, asking for the token where there is none or the server knows it no longer.
export async function withToken(act) {
  for (let again = false; ; again = true) {
    const token = kept() ?? (await (asking ??= ask(again)));
    if (!token) throw new Declined();
    try {
      return await act(token);
    } catch (problem) {
      if (problem.status !== 401) throw problem;
      if (kept() === token) keep(null);
    }
  }
}

async function isWrong(token) {
  try {
    await api(CHECK, { token });
    return false;
  } catch (problem) {
    if (problem.status === 401) return true;
    if (problem.status === 404) return false; // what is done with it will tell
    throw problem;
  }
}

function dialog(again) {
  const field = el("input", { id: "token", type: "password", autocomplete: "off", required: true, "aria-describedby": "token-wrong" });
  const wrong = el("p", { id: "token-wrong", role: "alert" }, again ? "服务不再认原来的令牌，请给出现在的。" : "");
  const words = "启动服务的人设的令牌。只记在这个标签页里，关掉就忘。";
  const submit = el("button", { type: "submit", class: "primary" }, "继续");
  const cancel = el("button", { type: "button" }, "取消");
  const form = el("form", { autocomplete: "off" }, el("h2", { id: "token-title" }, "改动文件要用令牌"), el("p", { class: "soft" }, words), el("label", { for: "token" }, "令牌"), field, wrong, el("div", { class: "buttons" }, submit, cancel));
  return { box: el("dialog", { class: "token", "aria-labelledby": "token-title" }, form), form, field, wrong, submit, cancel };
}

// Resolves to a token that the server knows, null where nobody gives one.
async function ask(again) {
  const { box, form, field, wrong, submit, cancel } = dialog(again);
  document.body.append(box);
  box.showModal();
  field.focus();
  const token = await new Promise((resolve) => {
    box.addEventListener("close", () => resolve(null));
    cancel.addEventListener("click", () => resolve(null));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      submit.disabled = true;
      wrong.textContent = "";
      try {
        if (!(await isWrong(field.value))) return resolve(field.value.trim());
        wrong.textContent = "令牌不对，请再试一次。";
      } catch (problem) {
        wrong.textContent = `${problem.title}。${problem.detail}`;
      } finally {
        submit.disabled = false;
      }
      field.select();
      field.focus();
    });
  });
  box.close();
  box.remove();
  asking = null;
  if (token) keep(token);
  return token;
}

// A line that says whether there is a token, with the way to forget it.
export function tokenLine() {
  const words = el("span");
  const out = el("button", { type: "button", class: "quiet", onclick: forget }, "退出");
  const line = el("p", { class: "token-line soft" }, words, " ", out);
  const show = () => {
    words.textContent = kept() ? "已给出令牌，只记在这个标签页里。" : "改动时会问令牌，每个标签页问一次。";
    out.hidden = !kept();
  };
  onToken(show);
  show();
  return line;
}
