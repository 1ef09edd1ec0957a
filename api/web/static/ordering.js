// The order of the list of documents, and where it falls into groups.

const LEVELS = ["nation", "province", "city", "county", "township"];
const NO_REGION = "没有写明地区";
const COLLATOR = new Intl.Collator("zh-CN", { numeric: true });

function byText(first, second) {
  return COLLATOR.compare(first, second);
}

function levelRank({ level }) {
  const at = LEVELS.indexOf(level);
  return at < 0 ? LEVELS.length : at;
}

// What is not known comes last.
function byKnown(first, second, compare) {
  if (!first || !second) return Boolean(second) - Boolean(first);
  return compare(first, second);
}

// The whole country before its parts.
function byNation(first, second) {
  return (second.level === "nation") - (first.level === "nation");
}

function byRegion(first, second) {
  return byKnown(first.region, second.region, byText);
}

function byNewest(first, second) {
  return byKnown(first.issued, second.issued, (one, other) => byText(other, one));
}

function byTitle(first, second) {
  return byText(first.title, second.title);
}

const ORDERS = {
  region: [byNation, byRegion, (first, second) => levelRank(first) - levelRank(second), byNewest, byTitle],
  level: [(first, second) => levelRank(first) - levelRank(second), byRegion, byNewest, byTitle],
  year: [byNewest, byRegion, byTitle],
  title: [byTitle],
};

export function ordered(documents, sort) {
  if (sort === "added") return [...documents].reverse();
  const rules = ORDERS[sort] ?? ORDERS.region;
  return [...documents].sort((first, second) => rules.reduce((result, rule) => result || rule(first, second), 0));
}

// 贵州省 of 贵州省铜仁市; what names no province stands for itself.
function province({ region }) {
  return region?.match(/^[^省市区县]{2,7}(?:省|自治区|特别行政区|市)/u)?.[0] ?? region ?? NO_REGION;
}

function levelName(document) {
  return document.level_name ?? document.level ?? "没有写明层级";
}

function yearName({ year }) {
  return year ? `${year}年` : "没有写明时间";
}

function cut(documents, name) {
  const groups = new Map();
  for (const each of documents) {
    const key = name(each);
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(each);
  }
  return [...groups].map(([title, members]) => ({ title, documents: members }));
}

// How a sort may cut the list, the coarser cut first.
const CUTS = {
  region: [province, (each) => each.region ?? NO_REGION],
  level: [levelName],
  year: [yearName],
};

// Headings help only where most of them head more than one document.
function worthwhile(groups) {
  const single = groups.filter((group) => group.documents.length === 1).length;
  return groups.length > 1 && single * 2 <= groups.length;
}

// Ordered documents as groups of {title, documents}; one group without a title where there is no
// cut worth its headings.
export function grouped(documents, sort) {
  const cuts = CUTS[sort] ?? [];
  return cuts.map((name) => cut(documents, name)).find(worthwhile) ?? [{ title: null, documents }];
}
