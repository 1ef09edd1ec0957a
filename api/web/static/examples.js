// Questions to try: those of the API, or else those that the page came with.
import { api, el } from "./common.js";
import { linkTo } from "./state.js";

const place = document.getElementById("try");
const list = place.querySelector("ul");
const SHOWN = 6;

export async function showExamples(state, signal) {
  if (!place.classList.contains("unsettled")) return;
  try {
    const { questions } = await api("/v1/examples", { signal });
    const items = questions.slice(0, SHOWN).map((question) => el("li", {}, el("a", { href: linkTo({ ...state, question }) }, question)));
    list.replaceChildren(...items);
  } catch (problem) {
    if (signal.aborted) return;
  }
  place.hidden = !list.children.length;
  place.classList.remove("unsettled");
}
