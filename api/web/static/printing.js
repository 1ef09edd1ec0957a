// What stands at the foot of each printed page: the citation of the document, and the page.

export function printFooter(reference) {
  const sheet = new CSSStyleSheet();
  const font = "font: 9pt serif; color: #444;";
  sheet.replaceSync(`@page { margin: 18mm 17mm 20mm; @bottom-left { content: ${quoted(reference)}; ${font} } @bottom-right { content: counter(page) " / " counter(pages); ${font} } }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

// A string of CSS; whatever could end it early is written by its code.
function quoted(text) {
  return `"${text.replace(/["\\\p{Cc}]/gu, (one) => `\\${one.codePointAt(0).toString(16)} `)}"`;
}
