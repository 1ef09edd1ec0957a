// The page by keys; none of it while typing, and none of it where people turned it off.

const OFF = "zhangjie.keys.off";
const dialog = document.getElementById("keys");
const switcher = document.getElementById("keys-on");
let on = true;

try {
  on = localStorage.getItem(OFF) === null;
} catch {
  // A browser that keeps nothing: on.
}
switcher.checked = on;
switcher.addEventListener("change", () => {
  on = switcher.checked;
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } catch {
    // Then it holds for this page alone.
  }
});
document.getElementById("show-keys").addEventListener("click", () => dialog.showModal());

const BY_KEY = {
  "/": () => focusBox(),
  "?": () => dialog.showModal(),
  j: () => step(1),
  k: () => step(-1),
  ArrowDown: () => current() && step(1),
  ArrowUp: () => current() && step(-1),
  c: () => press("button:not(.unfold)", "#answer .best button"),
  o: () => press("a.open", "#answer figcaption a, #answer .place h3 a"),
  s: () => press(".similar-link"),
};

addEventListener("keydown", (event) => {
  if (!on || dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (BY_KEY[event.key]?.()) event.preventDefault();
});

function typing(target) {
  return target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

function focusBox() {
  const box = document.getElementById("question");
  box.focus();
  box.select();
  return true;
}

function current() {
  return document.activeElement?.closest(".clause");
}

function step(by) {
  const items = [...document.querySelectorAll("#main .clause")].filter((item) => item.offsetParent);
  const at = items.indexOf(current());
  const next = at < 0 && by < 0 ? null : items[at + by];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
  return next;
}

// Press what a clause has, or the answer where no clause is chosen.
function press(ofClause, ofAnswer) {
  const chosen = current();
  const found = chosen ? chosen.querySelector(`:scope > :not(.similar) ${ofClause}, :scope > ${ofClause}`) : ofAnswer && document.querySelector(ofAnswer);
  found?.click();
  return found;
}
