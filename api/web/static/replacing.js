// Another file in the place of a document's: an original for a restated text, a newer version.

import { Problem, checkupLink, el, problemBox } from "./common.js";
import { Cancelled, send } from "./sending.js";
import { withToken } from "./token.js";

function outcome({ document: now, checkup }) {
  const doubts = checkup.doubts ? `（${checkup.doubts} 处）` : "";
  return el("p", { role: "status" }, "换好了：", el("strong", {}, checkup.words), `${doubts}。`, el("a", { href: checkupLink(now.doc_id) }, "看体检单"));
}

// Fill `panel` with the form. `replaced(answer)` is called with the server's, `closed()` where the
// file stays.
export function replace(panel, { doc_id: docId, title }, { replaced, closed }) {
  const id = `${docId}-file`;
  const input = el("input", { type: "file", id, required: true });
  const submit = el("button", { type: "submit", class: "primary" }, "换上");
  const cancel = el("button", { type: "button" }, "取消");
  const bar = el("progress", { max: 1, class: "idle", "aria-label": "上传的进度" });
  const said = el("div", { class: "trouble" });
  const words = `新文件取代现在的文字。文件编号 ${docId} 不变，由人填写的信息和更正都保留；换下来的文件在“最近删除”里，可以换回。`;
  const form = el("form", { class: "replacing", "aria-label": `换《${title}》的文件` }, el("p", { class: "soft" }, words), el("label", { for: id }, "新文件"), input, bar, said, el("div", { class: "buttons" }, submit, cancel));
  let control = null;
  cancel.addEventListener("click", () => (control ? control.abort() : closed()));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    said.replaceChildren();
    bar.classList.remove("idle");
    control = new AbortController();
    const { signal } = control;
    const options = { signal, onPart: (part) => (bar.value = part), onSent: () => bar.removeAttribute("value") };
    try {
      const answer = await withToken((token) => send("PUT", `/v1/documents/${encodeURIComponent(docId)}/file`, input.files[0], { ...options, token }));
      replaced(answer);
      cancel.textContent = "关上";
      said.replaceChildren(outcome(answer));
      form.reset();
    } catch (problem) {
      if (problem instanceof Problem) said.replaceChildren(problemBox(problem));
      else if (!(problem instanceof Cancelled)) throw problem;
    } finally {
      control = null;
      submit.disabled = false;
      bar.classList.add("idle");
    }
  });
  panel.replaceChildren(form);
  input.focus();
}
