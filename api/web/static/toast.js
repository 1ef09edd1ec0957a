// One bar at the bottom for what was just done and how to take it back; it stays until dismissed.

import { el } from "./common.js";

const bar = document.getElementById("toast");
const words = el("p", { role: "status" });
const buttons = el("div", { class: "buttons" });
bar.append(words, buttons);

function hide(focused) {
  bar.hidden = true;
  focused?.focus();
}

// `act` takes back under the name `label`; `after()` gives what gets the focus when the bar goes.
export function toast(said, { label = null, act = null, after = () => null, focus = false } = {}) {
  const undo = act ? el("button", { type: "button", onclick: act }, label) : null;
  const close = el("button", { type: "button", class: "quiet", onclick: () => hide(after()) }, "知道了");
  buttons.replaceChildren(...[undo, close].filter(Boolean));
  bar.hidden = false;
  words.textContent = said;
  if (focus) (undo ?? close).focus();
}
