// Files that go to the server one after another; the page shows what is told of them here.

import { api, sleep } from "./common.js";
import { Cancelled, Lost, send } from "./sending.js";
import { Declined, withToken } from "./token.js";

const PATH = "/v1/documents";
const OVER = new Set(["stored", "known", "refused", "lost", "cancelled"]);

// States of an item: waiting, sending (with its `part`, 0 to 1), reading (the server takes it apart),
// pacing (the server wants `wait` seconds first); at the end stored (`answer`), known (`problem`, with
// docId), refused or lost (`problem`), cancelled (`late` where the file had gone already).
export class Queue {
  // `changed(item)` is called at every change of an item, `moved()` when the whole goes on or stops.
  constructor({ changed, moved }) {
    Object.assign(this, { changed, moved, items: [], running: false, stopped: null });
  }

  add(files) {
    const added = Array.from(files, (file) => ({ file, state: "waiting", part: 0, wait: 0, answer: null, problem: null, control: null }));
    this.items.push(...added);
    for (const item of added) this.changed(item);
    this.run();
  }

  count(...states) {
    return this.items.filter(({ state }) => states.includes(state)).length;
  }

  get over() {
    return this.items.filter(({ state }) => OVER.has(state)).length;
  }

  cancel(item) {
    if (item.control) item.control.abort();
    else if (!OVER.has(item.state)) this.#set(item, "cancelled");
    this.moved();
  }

  cancelAll() {
    for (const item of this.items) if (!OVER.has(item.state)) this.cancel(item);
  }

  again(...items) {
    for (const item of items) this.#set(item, "waiting", { part: 0, problem: null });
    this.run();
  }

  clear() {
    this.items = this.items.filter(({ state }) => !OVER.has(state));
    this.moved();
  }

  // Go on with what waits; also after a stop, of which `stopped` holds the problem.
  async run() {
    if (this.running) return;
    this.running = true;
    this.stopped = null;
    this.moved();
    for (let item; !this.stopped && (item = this.items.find(({ state }) => state === "waiting")); ) {
      await this.#pass(item);
      this.moved();
    }
    this.running = false;
    this.moved();
  }

  #set(item, state, more = {}) {
    Object.assign(item, { state, ...more });
    this.changed(item);
  }

  async #pass(item) {
    item.control = new AbortController();
    try {
      this.#set(item, "stored", { answer: await this.#send(item) });
    } catch (problem) {
      await this.#failed(item, problem);
    } finally {
      item.control = null;
    }
  }

  async #send(item) {
    const { signal } = item.control;
    for (;;) {
      try {
        return await withToken((token) => {
          this.#set(item, "sending", { part: 0 });
          const onPart = (part) => item.state === "sending" && this.#set(item, "sending", { part });
          return send("POST", PATH, item.file, { token, signal, onPart, onSent: () => this.#set(item, "reading") });
        });
      } catch (problem) {
        if (problem.status !== 429) throw problem;
        await this.#pace(item, problem.wait);
      }
    }
  }

  async #pace(item, seconds) {
    for (let left = seconds; left > 0; left--) {
      this.#set(item, "pacing", { wait: left });
      await sleep(1000);
      if (item.control.signal.aborted) throw new Cancelled();
    }
  }

  async #failed(item, problem) {
    if (problem instanceof Cancelled) return this.#set(item, "cancelled", { late: item.state === "reading" });
    if (problem instanceof Declined || problem.status === 403) return this.#stop(item, problem);
    if (problem instanceof Lost) {
      this.#set(item, "lost", { problem });
      if (!(await reachable())) this.stopped = problem;
      return;
    }
    this.#set(item, problem.status === 409 ? "known" : "refused", { problem });
  }

  #stop(item, problem) {
    this.stopped = problem;
    this.#set(item, "waiting", { part: 0 });
  }
}

async function reachable() {
  try {
    await api("/v1/status");
    return true;
  } catch (problem) {
    return problem.status > 0; // it answers, if only to refuse
  }
}
