// Put a question: clauses first, then the answer, as the server streams them; at once where it does not.
import { Problem, api, request, sleep } from "./common.js";

const PATIENCE = 1500; // milliseconds between two tries while the index is being built

// Wait until the index is ready, telling of the progress; other problems are thrown.
export async function whenReady(attempt, signal, waiting) {
  for (;;) {
    try {
      return await attempt();
    } catch (problem) {
      if (!problem.notReady) throw problem;
      waiting(problem.progress);
      await sleep(PATIENCE);
      signal.throwIfAborted();
    }
  }
}

// Return the answer; `found` gets the clauses where they come before it.
export async function answered(body, signal, found) {
  const response = await request("/v1/ask", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream, application/json;q=0.9" },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) return response.json();
  for await (const { name, data } of events(response.body)) {
    if (name === "clauses") found(data);
    if (name === "answer") return data;
    if (name === "problem") throw new Problem(data);
  }
  throw new Problem({ title: "回答中断了", detail: "连接在回答之前断开，请再试一次。" });
}

export function alike(clauseId, body, signal) {
  return api("/v1/precedents", { body: { clause_id: clauseId, ...body }, signal });
}

// https://html.spec.whatwg.org/multipage/server-sent-events.html, as far as the server uses it.
async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n").map((line) => line.split(/: ?(.*)/s));
      const of = (field) => lines.filter(([name]) => name === field).map(([, content]) => content).join("\n");
      if (of("data")) yield { name: of("event") || "message", data: JSON.parse(of("data")) };
    }
  }
}
