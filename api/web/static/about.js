// What is known of a document, in one line.

const KINDS = {
  plan: "规划",
  opinion: "意见",
  article: "文章",
  page: "网页",
  law: "法律",
  regulation: "法规",
  rule: "规章",
  notice: "通知",
  measure: "办法",
  report: "报告",
};

export function about({ kind, issuer, region, number, issued }) {
  return [KINDS[kind] ?? kind, issuer ?? region, number, issued].filter(Boolean).join(" · ");
}
