// What the list of documents is narrowed by, and how that is written into the address of the page.

export const FIELDS = [
  ["region", "地区"],
  ["level", "层级"],
  ["kind", "文种"],
  ["year", "年份"],
  ["issuer", "发文机关"],
];
export const SORT = "region"; // unless the address says otherwise
const SORTS = [SORT, "level", "year", "title", "added"];
export const PORTION = 100; // documents shown at first and with each “more”

export function readCriteria(address) {
  const query = new URLSearchParams(address);
  const picked = Object.fromEntries(FIELDS.map(([field]) => [field, query.getAll(field)]));
  const sort = SORTS.includes(query.get("sort")) ? query.get("sort") : SORT;
  return { picked, q: query.get("q") ?? "", sort, shown: Math.max(PORTION, Number(query.get("shown")) || 0) };
}

export function writeCriteria({ picked, q, sort, shown }) {
  const query = new URLSearchParams();
  for (const [field] of FIELDS) for (const value of picked[field]) query.append(field, value);
  if (q.trim()) query.set("q", q.trim());
  if (sort !== SORT) query.set("sort", sort);
  if (shown > PORTION) query.set("shown", shown);
  return query.size ? `/documents?${query}` : "/documents";
}

// As the filters of the API: a region takes in what lies in it, of several issuers any counts.
export function has(document, field, value) {
  if (field === "region") return (document.region ?? "").startsWith(value);
  if (field === "issuer") return (document.issuer ?? "").split(/[、，,;；]/).some((each) => each.trim() === value);
  return String(document[field]) === value;
}

// Whether title, number or doc_id of a document have each of the words.
export function named({ title, doc_id: docId, number }, words) {
  const text = `${title} ${number ?? ""} ${docId}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

// The documents that fit all fields but the one left out: what that one may choose from.
export function fitting(documents, { picked, q }, leftOut = null) {
  const fields = FIELDS.map(([field]) => field).filter((field) => field !== leftOut && picked[field].length);
  return documents.filter((each) => named(each, q.trim()) && fields.every((field) => picked[field].some((value) => has(each, field, value))));
}
