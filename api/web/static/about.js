// What is known of a document, in one line.

const KINDS = {
  plan: "规划",
  opinion: "意见",
  scheme: "方案",
  measures: "办法",
  notice: "通知",
  decision: "决定",
  regulation: "条例",
  provisions: "规定",
  rules: "细则",
  law: "法律",
  interpretation: "司法解释",
  report: "报告",
  announcement: "公告",
  letter: "函",
  reply: "批复",
  order: "命令",
  explainer: "解读",
  article: "文章",
  page: "报纸版面",
};

export function about({ kind, issuer, region, number, issued }) {
  return [KINDS[kind] ?? kind, issuer ?? region, number, issued].filter(Boolean).join(" · ");
}
