// One file in one request, with its progress, which fetch cannot tell.

import { Problem, bearer } from "./common.js";

const LARGE = 50 * 2 ** 20; // bytes; the usual limit of the server

// The connection broke: whether the server has the file, nobody knows.
export class Lost extends Problem {
  constructor({ size }) {
    const large = size > LARGE ? `文件有 ${Math.round(size / 2 ** 20)} MB，可能超过了服务的上限（upload_mb，默认 50）。` : "";
    super({ title: "没有传完", detail: `${large || "连接断了，或者文件已经移走。"}请确认 zhangjie serve 还在运行，再传一次。` });
  }
}

export class Cancelled extends Error {}

function answerOf(xhr) {
  try {
    return JSON.parse(xhr.responseText);
  } catch {
    return { status: xhr.status, detail: "服务的回应读不懂，请重试。" };
  }
}

function refusal(xhr) {
  const content = answerOf(xhr);
  const problem = new Problem({ ...content, status: xhr.status });
  return Object.assign(problem, { docId: content.doc_id ?? null, wait: Number(xhr.getResponseHeader("Retry-After")) || 1 });
}

// Resolves to the answer. `onPart(0…1)` is called while the file goes, `onSent()` when it is there.
export function send(method, path, file, { token, signal, onPart, onSent }) {
  if (signal?.aborted) return Promise.reject(new Cancelled());
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file, file.name);
    xhr.open(method, path);
    xhr.setRequestHeader("Authorization", bearer(token));
    xhr.upload.addEventListener("progress", ({ loaded, total }) => onPart(total ? loaded / total : 0));
    xhr.upload.addEventListener("load", onSent);
    xhr.addEventListener("load", () => (xhr.status < 300 ? resolve(answerOf(xhr)) : reject(refusal(xhr))));
    xhr.addEventListener("error", () => reject(new Lost(file)));
    xhr.addEventListener("abort", () => reject(new Cancelled()));
    signal?.addEventListener("abort", () => xhr.abort());
    xhr.send(form);
  });
}
