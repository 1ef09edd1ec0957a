// The filters beside the list: a group of boxes to tick for each field, with how many documents each
// value would leave. They are made once and then only counted anew, so that nothing moves.

import { FIELDS, fitting, has } from "./criteria.js";
import { el } from "./common.js";

const FEW = 8; // values of a field that are shown unasked

// 贵州省铜仁市 under 贵州省 is 铜仁市.
function nested(values) {
  return values.map((each) => {
    const above = values.filter(({ value }) => value !== each.value && each.value.startsWith(value));
    const closest = above.sort((first, second) => second.value.length - first.value.length)[0];
    return { ...each, label: closest ? each.value.slice(closest.value.length) : each.name, depth: above.length };
  });
}

function choice(field, { value, name, label, depth = 0 }, changed) {
  const input = el("input", { type: "checkbox", name: field, value, onchange: () => changed(field, String(value), input.checked) });
  const count = el("span", { class: "count" });
  return { field, value: String(value), name, input, count, row: el("label", { class: `choice depth-${Math.min(depth, 2)}` }, input, el("span", {}, label), " ", count) };
}

function group(field, title, choices) {
  const rows = choices.map(({ row }) => row);
  const rest = rows.slice(FEW);
  const more = rest.length ? el("details", { class: "rest" }, el("summary", {}, `其余 ${rest.length} 个`), rest) : null;
  return el("fieldset", { class: "facet", "data-field": field }, el("legend", {}, title), rows.slice(0, FEW), more);
}

// `changed(field, value, ticked)` is called for each tick.
export class Facets {
  constructor(root, facets, documents, changed) {
    this.documents = documents;
    this.names = new Map();
    this.choices = [];
    for (const [field, title] of FIELDS) {
      const values = (facets[field] ?? []).map((each) => ({ ...each, value: String(each.value), name: String(each.name), label: String(each.name) }));
      for (const { value, name } of values) this.names.set(`${field}=${value}`, name);
      const choices = (field === "region" ? nested(values) : values).map((each) => choice(field, each, changed));
      if (choices.length) root.append(group(field, title, choices));
      this.choices.push(...choices);
    }
  }

  name(field, value) {
    return this.names.get(`${field}=${value}`) ?? value;
  }

  show(criteria) {
    for (const [field] of FIELDS) {
      const left = fitting(this.documents, criteria, field);
      for (const one of this.choices.filter((each) => each.field === field)) {
        const count = left.filter((each) => has(each, field, one.value)).length;
        one.input.checked = criteria.picked[field].includes(one.value);
        one.count.textContent = count;
        one.input.setAttribute("aria-label", `${one.name}，${count} 份`);
        one.row.classList.toggle("nothing", !count);
        // What is picked must be seen.
        if (one.input.checked) one.row.closest("details.rest")?.setAttribute("open", "");
      }
    }
  }
}
