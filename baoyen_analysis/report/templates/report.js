"use strict";
// The page reads whole without this. It adds: one language at a time, light or dark, the panel of a number, downloads, and sliders.
const root = document.documentElement;
root.classList.add("js");

// ---- Numbers, as Python's `Language.number` and `numbers.humanised` write them.

function grouped(text, lang) {
  const [whole, rest] = text.split(".");
  const sign = whole.startsWith("-") ? "−" : "";
  const decimals = (rest || "").replace(/0+$/, "");
  const groups = whole.replace("-", "").replace(/\B(?=(\d{3})+$)/g, lang === "vi" ? "." : ",");
  const zero = !/[1-9]/.test(whole + decimals);
  return (zero ? "" : sign) + groups + (decimals && (lang === "vi" ? "," : ".") + decimals);
}

function humanised(value, lang, scales) {
  const size = Math.abs(value);
  for (const [scale, name] of [[1e9, "billion"], [1e6, "million"]]) {
    if (size >= scale * 0.9995) return grouped((value / scale).toFixed(2), lang) + " " + scales[lang][name];
  }
  return grouped(value.toFixed(size >= 10000 ? 0 : size >= 1000 ? 1 : 2), lang);
}

function percent(rate, lang) {
  const text = rate.toFixed(1);
  return (lang === "vi" ? text.replace(".", ",") : text).replace("-", "−") + "%";
}

// ---- The arithmetic of the sliders: value(year) = last × (1 + growth)^(year − last year). Growth is a fraction.

function answer(known, growth, year, within) {
  const years = year - known.year;
  const ends = ["value", "low", "high"];
  const each = (reckon) => Object.fromEntries(ends.map((end) => [end, reckon(known[end])]));
  return {
    value: each((last) => last * (1 + growth) ** years),
    // The growth in per cent that leads to the plan's level by the year; 0 where it is met.
    needed: each((last) => (last >= known.plan ? 0 : 100 * ((known.plan / last) ** (1 / years) - 1))),
    // The first year at the plan's level, or null within so many years.
    reached: each((last) => {
      for (let n = 0; n <= within; n++) if (last * (1 + growth) ** n >= known.plan) return known.year + n;
      return null;
    }),
  };
}

// ---- A CSV that no spreadsheet takes for formulas: a cell that begins with = + - @ and is no number gets an apostrophe.

function csvCell(text) {
  const risky = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d[\d.,]*%?$/.test(text);
  return '"' + ((risky ? "'" : "") + text).replace(/"/g, '""') + '"';
}

function csv(table) {
  const lines = [...table.rows].map((row) => [...row.cells].map((cell) => csvCell(cell.textContent.trim())).join(","));
  return "\ufeff" + lines.join("\r\n") + "\r\n"; // the mark at the start tells Excel that it is UTF-8
}

function download(button) {
  const file = new Blob([csv(button.closest("details").querySelector("table"))], { type: "text/csv;charset=utf-8" });
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: button.dataset.name + ".csv" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// ---- One language at a time, at the same place.

function show(lang) {
  const before = root.dataset.show;
  root.dataset.show = root.lang = lang;
  document.title = document.getElementById(lang).dataset.title;
  drawForms(); // a path is drawn as wide as it is shown, and the one of a hidden form was not
  for (const link of document.querySelectorAll("[data-language]")) {
    if (link.dataset.language === lang) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  return before;
}

function place(lang) {
  // The last part of the page that begins above the middle of the screen, and how far in the screen's top is.
  const parts = [...document.getElementById(lang).querySelectorAll('[id$="-' + lang + '"]')].filter((part) => part.matches("section, figure, .opening"));
  const above = parts.filter((part) => part.getBoundingClientRect().top < innerHeight / 3).pop();
  if (!above || scrollY === 0) return null;
  const box = above.getBoundingClientRect();
  return { key: above.id.slice(0, -lang.length), share: -box.top / box.height };
}

function changeLanguage(lang) {
  const from = root.dataset.show;
  if (lang === from) return;
  const at = document.getElementById(from).getBoundingClientRect().bottom < 0 ? null : place(from);
  for (const open of document.querySelectorAll("#" + from + " details")) {
    document.getElementById(open.id.slice(0, -from.length) + lang).open = open.open;
  }
  show(lang);
  if (at) {
    const box = document.getElementById(at.key + lang).getBoundingClientRect();
    scrollBy({ top: box.top + at.share * box.height, behavior: "instant" });
  }
}

function followAddress() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const article = target && target.closest("article");
  if (article && article.lang !== root.dataset.show) {
    show(article.lang);
    target.scrollIntoView();
  }
}

// ---- The panel of a number: the printed words and their source, copied from the list of sources.

function openPanel(link) {
  const article = link.closest("article");
  const panel = document.querySelector('[data-panel="' + article.lang + '"]');
  const shown = link.dataset.n.split(",").map((number) => {
    const line = document.getElementById(article.lang + "-" + number);
    const source = line.closest(".source").cloneNode(true);
    for (const item of source.querySelectorAll("li")) if (item.id !== line.id) item.remove();
    for (const item of source.querySelectorAll("[id]")) item.removeAttribute("id");
    return source;
  });
  const how = Object.assign(document.createElement("p"), { className: "formula", textContent: link.dataset.f });
  panel.querySelector(".evidence").replaceChildren(...(link.dataset.f ? [how] : []), ...shown);
  panel.showModal();
  panel.querySelector("h2").focus();
}

// ---- Light or dark: as the system says until the reader says otherwise.

function isDark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

// ---- The sliders, alike in both languages.

const state = { indicator: 0, growth: 0, year: 0 };
let given;

function choose(indicator) {
  const known = given.indicators[indicator];
  Object.assign(state, { indicator, growth: known.start, year: known.plan_year });
}

function fill(text, parts) {
  return text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
}

function drawForms() {
  if (!given.indicators.length) return;
  for (const form of document.querySelectorAll("form[data-lang]")) draw(form, form.dataset.lang);
}

function draw(form, lang) {
  const known = given.indicators[state.indicator], text = known.texts[lang], say = given.words[lang];
  const number = (value) => humanised(value, lang, given.scales), rate = (value) => percent(value, lang);
  const word = (flag) => (flag ? given.flags[lang][flag] + " " : "");
  const range = (parts, write) => (parts.low === parts.high ? "" : fill(say.from_to, { low: write(parts.low), high: write(parts.high) }));
  const set = (selector, value) => { form.querySelector(selector).textContent = value; };
  // Where sources print two figures to start from, the answers from both stand side by side.
  const each = known.starts.map((start, place) => ({
    ...start, ...answer({ ...start, plan: known.plan }, state.growth / 100, state.year, given.reach_within),
    head: known.starts.length > 1 ? fill(say.from, { value: text.values[place] }) + " " : "",
  }));
  const big = (write) => [...new Set(each.map(write))].join(" / ");
  const small = (write) => each.map((one) => [one.head, write(one)]).filter((pair) => pair[1]).map((pair) => pair.join("")).join("; ");

  form.querySelectorAll("[type=radio]")[state.indicator].checked = true;
  const year = form.querySelector("[name=year]"), growth = form.querySelector("[name=growth]");
  const since = Math.max(...known.starts.map((start) => start.year));
  year.min = since + 1;
  year.max = known.until;
  year.value = state.year;
  growth.value = state.growth;
  growth.setAttribute("aria-valuetext", rate(state.growth));
  set("output.growth", rate(state.growth));
  set("output.year", state.year);
  const plan = { plan: text.plan, plan_year: known.plan_year, year: state.year };
  set(".starts", fill(say.starts, { ...plan, value: text.value, unit: text.unit, since }));

  set(".value h3", fill(say.value_head, plan));
  set(".value .big", big((one) => word(one.flag) + number(one.value.value)) + " " + text.unit);
  const share = (one) => fill(say.value_share, { share: word(one.flag) + rate((100 * one.value.value) / known.plan), plan_year: known.plan_year });
  set(".value .small", small((one) => [range(one.value, number), share(one)].filter(Boolean).join(", ")));

  const when = (one, reached) => (reached ? String(reached) : fill(say.reach_after, { year: one.year + given.reach_within }));
  // The higher the last figure was, the earlier the plan's level is reached.
  const span = (one) => (one.reached.high === one.reached.low ? "" : fill(say.from_to, { low: when(one, one.reached.high), high: when(one, one.reached.low) }));
  set(".reach h3", say.reach_head);
  set(".reach .big", big((one) => fill(one.reached.value ? say.reach_year : say.reach_never, { year: one.reached.value, years: given.reach_within })));
  set(".reach .small", small(span));

  const turned = { at_least: "at_most", at_most: "at_least" };
  set(".needed h3", fill(say.needed_head, plan));
  set(".needed .big", fill(say.needed_rate, { rate: big((one) => (one.needed.value ? word(turned[one.flag]) : "") + rate(one.needed.value)) }));
  set(".needed .small", small((one) => range({ low: one.needed.high, high: one.needed.low }, rate)));
  drawPath(form.querySelector("svg.path"), known, since, number, fill(say.plan_line, { year: known.plan_year, plan: text.plan }));
}

function drawPath(svg, known, since, number, planText) {
  // Years across, values upward from 0, from the last printed figures to the chosen year; drawn as wide as it is shown.
  const width = svg.clientWidth, right = width - 20;
  if (!width) return; // the other language's, hidden
  const first = Math.min(...known.starts.map((start) => start.year));
  const years = Array.from({ length: known.until - first + 1 }, (_, n) => first + n);
  const at = (start, end, year) => start[end] * (1 + state.growth / 100) ** (year - start.year);
  const top = Math.max(known.plan, ...known.starts.flatMap((start) => [at(start, "high", state.year), start.high])) * 1.15;
  const x = (year) => 20 + ((year - first) / (known.until - first)) * (right - 20), y = (value) => 190 - (value / top) * 180;
  const made = (name, attributes, content = "") => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.textContent = content;
    return node;
  };
  const atEnd = x(state.year) > right - 120, highest = Math.max(...known.starts.map((start) => start.value));
  const ways = known.starts.flatMap((start) => {
    const until = years.filter((year) => year >= start.year && year <= state.year), value = at(start, "value", state.year);
    const points = (end) => until.map((year) => x(year).toFixed(1) + "," + y(at(start, end, year)).toFixed(1));
    const above = known.starts.length > 1 ? start.value === highest : value > known.plan;
    return [
      made("polygon", { class: "band", points: [...points("high"), ...points("low").reverse()].join(" ") }),
      made("polyline", { class: "way", points: points("value").join(" ") }),
      made("circle", { class: "dot", cx: x(state.year), cy: y(value), r: 6 }),
      made("text", { x: x(state.year) + (atEnd ? -10 : 10), y: y(value) + (above ? -12 : 24), "text-anchor": atEnd ? "end" : "start", "font-weight": 600 }, number(value)),
    ];
  });
  svg.replaceChildren(
    made("path", { class: "grid", d: "M20 190H" + right }),
    made("path", { class: "plan", d: "M20 " + y(known.plan) + "H" + right }),
    made("text", { class: "aim", x: 20, y: y(known.plan) - 7 }, planText),
    ...ways,
    ...years.map((year) => made("text", { class: "axis", x: x(year), y: 210, "text-anchor": "middle" }, year)),
  );
}

// ---- When the page is read.

document.addEventListener("DOMContentLoaded", () => {
  given = JSON.parse(document.getElementById("coefficients").textContent);
  if (given.indicators.length) choose(0);
  show(root.dataset.show);
  followAddress();
  addEventListener("hashchange", followAddress);
  const theme = document.getElementById("theme");
  theme.setAttribute("aria-pressed", isDark());
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    theme.setAttribute("aria-pressed", isDark());
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (event.target.matches("dialog")) event.target.close(); // beside the panel
    else if (event.target.closest(".close")) event.target.closest("dialog").close();
    else if (event.target.closest(".csv")) download(event.target.closest(".csv"));
    else if (link?.dataset.language) changeLanguage(link.dataset.language);
    else if (link?.dataset.n) openPanel(link);
    else return;
    event.preventDefault();
  });

  // On paper every picture is seen, also one that was not opened.
  addEventListener("beforeprint", () => {
    for (const closed of document.querySelectorAll("details.beside:not([open])")) closed.open = closed.dataset.printed = true;
  });
  addEventListener("afterprint", () => {
    for (const opened of document.querySelectorAll("details[data-printed]")) {
      opened.open = false;
      delete opened.dataset.printed;
    }
  });

  addEventListener("resize", drawForms);
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.closest("form[data-lang]")) return;
    if (field.type === "radio") choose(Number(field.value));
    else state[field.name] = Number(field.value);
    drawForms();
  });
});
