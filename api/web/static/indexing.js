// Says in the header that the index is being made anew while questions are answered from the one before.
import { api, sleep } from "./common.js";

const BUSY = 3000; // milliseconds until the next look while something goes on
const IDLE = 60000;

const place = document.getElementById("indexing");
const words = place.querySelector("span");
const bar = place.querySelector("progress");

function show({ indexing, failure }) {
  place.hidden = !indexing && !failure;
  place.classList.toggle("failed", Boolean(failure && !indexing));
  bar.hidden = !indexing?.whole;
  if (indexing?.whole) Object.assign(bar, { max: indexing.whole, value: indexing.done });
  words.textContent = indexing ? `正在更新索引：${indexing.what}` : failure ? "索引没有更新成" : "";
  place.title = indexing?.whole ? `${indexing.done}/${indexing.whole}` : (failure ?? "");
}

// Whoever has just changed something need not wait for the next look.
let wake = () => {};
document.addEventListener("zhangjie:changed", () => wake());

for (;;) {
  let wait = IDLE;
  if (!document.hidden) {
    try {
      const status = await api("/v1/status");
      show(status);
      if (status.indexing) wait = BUSY;
    } catch (problem) {
      if (problem.status === 404) break; // a server from before there was a status
    }
  }
  await Promise.race([sleep(wait), new Promise((resolve) => (wake = resolve))]);
}
