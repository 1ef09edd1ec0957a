// The state of the ask page is its address, so that a link reproduces every view:
//   /?q=QUESTION          the answer              &region= &level= &kind= &year= &issuer=  filters, repeatable
//   &doc_id=ID            only in this document   &similar=CLAUSE  clauses like this one, in place (without q: alone)
//   &compare=ID           the documents to put the question to side by side, repeatable

export const FIELDS = { region: "地区", level: "层级", kind: "文种", year: "年份", issuer: "机关" };
const LONGEST_LINK = 2000;

export function read(search = location.search) {
  const given = new URLSearchParams(search);
  return {
    question: given.get("q")?.trim() ?? "",
    filters: Object.fromEntries(Object.keys(FIELDS).map((field) => [field, unique(given.getAll(field))])),
    docIds: unique(given.getAll("doc_id")),
    similar: given.get("similar")?.trim() ?? "",
    compare: unique(given.getAll("compare")),
  };
}

export function linkTo({ question, filters, docIds, similar, compare }) {
  const pairs = [];
  // A question that is too long for a link is refused all the same.
  if (question && question.length <= LONGEST_LINK) pairs.push(["q", question]);
  for (const [field, values] of Object.entries(filters)) pairs.push(...values.map((value) => [field, value]));
  pairs.push(...docIds.map((id) => ["doc_id", id]));
  if (similar) pairs.push(["similar", similar]);
  pairs.push(...compare.map((id) => ["compare", id]));
  return pairs.length ? `/?${new URLSearchParams(pairs)}` : "/";
}

// The same question and filters, without what is shown beside the answer.
export function plain(state) {
  return { ...state, similar: "", compare: [] };
}

export function unfiltered(state) {
  return { ...state, filters: {}, docIds: [] };
}

export function toggled(state, field, value) {
  const before = state.filters[field] ?? [];
  const after = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
  return plain({ ...state, filters: { ...state.filters, [field]: after } });
}

export function isFiltered({ filters, docIds }) {
  return docIds.length > 0 || Object.values(filters).some((values) => values.length);
}

// Filters and documents as the bodies of the API have them.
export function restriction({ filters, docIds }) {
  const given = Object.entries(filters).filter(([, values]) => values.length);
  const asked = Object.fromEntries(given.map(([field, values]) => [field, field === "year" ? values.map(Number) : values]));
  return { doc_ids: docIds, filters: asked };
}

// What an answer depends on: where it is the same, nothing needs to be asked again.
export function key({ question, filters, docIds }) {
  return JSON.stringify([question, filters, docIds]);
}

function unique(values) {
  return [...new Set(values.map((value) => value.trim()).filter(Boolean))];
}
