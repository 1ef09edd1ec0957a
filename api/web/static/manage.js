// The page for those who look after the documents: upload, put right, replace, delete and restore.

import { lookAgain, watchBackground } from "./background.js";
import { Problem, api, copyTextButton, el, problemBox } from "./common.js";
import { startDeleted } from "./deleted.js";
import { Shelf } from "./shelf.js";
import { toast } from "./toast.js";
import { tokenLine, withToken } from "./token.js";
import { startUploading } from "./uploading.js";

const find = (id) => document.getElementById(id);
const fresh = find("fresh");
let shelf;
let loadDeleted;
let shownFresh = 0; // of the documents stored by this page, how many the list shows

function address(change) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(change)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
}

async function reload() {
  const { documents } = await api("/v1/documents");
  const regions = [...new Set(documents.map(({ region }) => region).filter(Boolean))];
  find("regions").replaceChildren(...regions.map((value) => el("option", { value })));
  shelf.set(documents.reverse());
}

async function showFresh(documents) {
  await reload();
  shownFresh = documents.length;
  fresh.replaceChildren();
}

function stored(documents) {
  const more = documents.length - shownFresh;
  if (more <= 0) return;
  const button = el("button", { type: "button", class: "quiet" }, "放进列表");
  button.addEventListener("click", async () => {
    await showFresh(documents);
    shelf.list.querySelector("a")?.focus();
  });
  fresh.replaceChildren(`新入库 ${more} 份 `, button);
  lookAgain();
}

async function correct(docId) {
  await reload();
  shelf.reveal(docId);
}

function sayProblem(problem) {
  if (!(problem instanceof Problem)) throw problem;
  toast(`${problem.title}。${problem.detail}`);
}

async function restore(each) {
  try {
    const back = await withToken((token) => api(`/v1/deleted/${encodeURIComponent(each.key)}/restore`, { method: "POST", token }));
    await Promise.all([reload(), loadDeleted()]);
    toast(each.replaced ? `《${back.title}》换回了原来的文件。` : `《${back.title}》恢复了。`, { after: () => shelf.rows.get(back.doc_id)?.node.querySelector("a"), focus: true });
    lookAgain();
  } catch (problem) {
    sayProblem(problem);
  }
}

async function remove(row) {
  const { doc_id: docId, title } = row.document;
  row.remove.disabled = true;
  try {
    const gone = await withToken((token) => api(`/v1/documents/${encodeURIComponent(docId)}`, { method: "DELETE", token }));
    const next = shelf.drop(row);
    toast(`《${title}》删除了，文件还留着。`, { label: "撤销", act: () => restore(gone), after: () => (next?.isConnected ? next.querySelector("a") : find("q")), focus: true });
    loadDeleted();
    lookAgain();
  } catch (problem) {
    sayProblem(problem);
  }
  row.remove.disabled = false;
}

function changed(document, words) {
  toast(`《${document.title}》的${words}。`);
  loadDeleted(); // where a file was replaced
  lookAgain();
}

function showHow() {
  for (const code of document.querySelectorAll("#off code[data-copy]")) code.after(" ", copyTextButton(code.textContent, "复制"));
  find("off").hidden = false;
}

function open(writable) {
  const query = new URLSearchParams(location.search);
  shelf = new Shelf({ list: find("shelf"), count: find("count"), field: find("q"), more: find("more"), writable, remove, changed, address, q: query.get("q") ?? "" });
  if (!writable) return showHow();
  find("token-state").append(tokenLine());
  loadDeleted = startDeleted(restore);
  startUploading({ stored, correct });
  for (const id of ["upload", "deleted"]) find(id).hidden = false;
  return null;
}

try {
  const status = await watchBackground();
  const asked = new URLSearchParams(location.search).get("doc");
  open(status?.writable ?? true);
  find("documents-part").hidden = false;
  await reload();
  if (asked && !shelf.reveal(asked)) address({ doc: null });
} catch (problem) {
  if (!(problem instanceof Problem)) throw problem;
  find("documents-part").hidden = false;
  find("documents-part").append(problemBox(problem));
}
