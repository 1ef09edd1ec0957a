// The reading page by keys; none of it while typing, and none of it where people turned it off.

const OFF = "zhangjie.keys.off"; // shared with the page that asks
const dialog = document.getElementById("keys");
const switcher = document.getElementById("keys-on");

function isOn() {
  try {
    return localStorage.getItem(OFF) === null;
  } catch {
    return true;
  }
}

function turn(on) {
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } catch {
    // A browser that keeps nothing: they stay on.
  }
}

export function showKeys() {
  switcher.checked = isOn();
  dialog.showModal();
  return true;
}

// `actions` by key; one that returns something falsy leaves the key to the browser.
export function readKeys(actions) {
  const all = { ...actions, "?": showKeys };
  switcher.addEventListener("change", () => turn(switcher.checked));
  addEventListener("keydown", (event) => {
    const other = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented;
    if (other || dialog.open || typing(event.target) || !isOn()) return;
    if (all[event.key]?.()) event.preventDefault();
  });
}

function typing(target) {
  return target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
}
