// Long texts are laid out in pieces, each when it comes near the window; until then a piece takes
// the room that it will need, told from its characters, so that nothing jumps.

import { el } from "./common.js";

const LONG = 600; // elements; a text of fewer is laid out at once
const SIZE = 30; // elements of a piece

// Wrap the children of a text into pieces; each begins with a heading where one is near.
export function divide(root) {
  const children = [...root.children];
  if (children.length < LONG) return;
  const chunks = [];
  for (const child of children) {
    const last = chunks.at(-1);
    const full = last && last.length >= SIZE;
    if (!last || full || (last.length > SIZE / 2 && /^H\d$/.test(child.tagName))) chunks.push([child]);
    else last.push(child);
  }
  root.replaceChildren(...chunks.map((chunk) => el("div", { class: "chunk" }, chunk)));
}

// Reserve the room of each piece, and again when the width of the text changes.
export function reserve(root) {
  const chunks = [...root.querySelectorAll(".chunk")];
  if (!chunks.length) return;
  const lengths = chunks.map((chunk) => [...chunk.children].map((child) => [child.textContent.length, /^H\d$/.test(child.tagName)]));
  let width = 0;
  const measure = () => {
    if (root.clientWidth === width) return;
    width = root.clientWidth;
    const style = getComputedStyle(root);
    const size = parseFloat(style.fontSize);
    const line = parseFloat(style.lineHeight);
    const room = Math.max(Math.floor(width / size), 1);
    chunks.forEach((chunk, at) => {
      const height = lengths[at].reduce((sum, [length, heading]) => sum + (heading ? 3.4 * size : Math.ceil((length + 1) / room) * line + 0.4 * size), 0);
      chunk.style.containIntrinsicBlockSize = `auto ${Math.round(height)}px`;
    });
  };
  measure();
  new ResizeObserver(measure).observe(root);
}

// Bring an element to its place in the window, and keep it there while what is around it is laid out.
export function land(element, block) {
  element.scrollIntoView({ block });
  if (!document.querySelector(".chunk")) return;
  let top = element.getBoundingClientRect().top;
  let frames = 6;
  const stop = () => (frames = 0);
  for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) addEventListener(kind, stop, { once: true, passive: true });
  const again = () => {
    if (frames-- <= 0) return;
    if (Math.abs(element.getBoundingClientRect().top - top) > 1) element.scrollIntoView({ block });
    top = element.getBoundingClientRect().top;
    requestAnimationFrame(again);
  };
  requestAnimationFrame(again);
}
