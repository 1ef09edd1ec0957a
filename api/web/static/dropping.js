// Files that are dropped on the page, those in folders too.

const OF_SYSTEMS = /^(?:\.|~\$|Thumbs\.db$|desktop\.ini$)/i; // what systems and editors leave in folders

async function entriesOf(folder) {
  const reader = folder.createReader();
  const found = [];
  // A reader gives a hundred at a time, and nothing once it is through.
  for (let some; (some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))).length; ) found.push(...some);
  return found;
}

async function filesOf(entry) {
  if (entry.isFile) return OF_SYSTEMS.test(entry.name) ? [] : [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const found = [];
  for (const each of await entriesOf(entry)) found.push(...(await filesOf(each)));
  return found;
}

async function droppedFiles({ items, files }) {
  // What is dropped can only be asked for before the first pause.
  const entries = Array.from(items ?? [], (item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return Array.from(files);
  return (await Promise.all(entries.map(filesOf))).flat();
}

// Call `take(files)` for what is dropped anywhere on the page; `zone` shows that it may be.
export function acceptDrops(zone, take) {
  let depth = 0;
  const brings = (event) => event.dataTransfer?.types.includes("Files");
  const show = (change) => {
    depth = Math.max(0, depth + change);
    zone.classList.toggle("over", depth > 0);
  };
  addEventListener("dragenter", (event) => brings(event) && show(1));
  addEventListener("dragleave", (event) => brings(event) && show(-1));
  addEventListener("dragover", (event) => brings(event) && event.preventDefault());
  addEventListener("drop", async (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    show(-depth);
    take(await droppedFiles(event.dataTransfer));
  });
}
