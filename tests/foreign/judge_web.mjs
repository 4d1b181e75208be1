// Uses the web interface in Chromium, as people do: by mouse, by keyboard, on a phone, in the dark.
// Arguments: the address of a server over the samples that takes decisions, its token, the browser, web/node_modules.
// URBI_TEST_SCREENSHOTS names a folder for pictures of all views.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";

const [, , base, token, executablePath, modules] = process.argv;
const require = createRequire(path.join(modules, "/"));
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

/** What went wrong in the browser: nothing of it is allowed. */
const complaints = [];

function watched(page) {
  page.setDefaultTimeout(30_000);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.stack}`));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(base)) complaints.push(`asked the network for ${request.url()}`);
  });
  return page;
}

const api = async (question) => (await fetch(new URL(`api/${question}`, base))).json();
const iriOf = async (name) => (await api(`suggest?q=${encodeURIComponent(name)}`)).hits[0].iri;
const heading = (page, name) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const picks = async (page, label, text, name) => {
  await page.getByRole("combobox", { name: label, exact: true }).fill(text);
  await page.getByRole("option", { name }).first().click();
};

/** From a few letters to the words of a document. */
async function searchToEvidence(page) {
  await page.goto(base);
  await page.getByRole("combobox").fill("medel");
  await page.getByRole("option", { name: /Medellín/ }).first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await heading(page, "Medellín");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main", "the focus goes along");
  await page.locator(".minimap path.country").first().waitFor({ state: "attached" });
  await page.getByRole("button", { name: /^Why Colombia/ }).click();
  const quote = page.locator("blockquote a").first();
  const words = await quote.innerText();
  assert.match(words, /Medell/i);
  await quote.click();
  await page.locator("mark.chosen").first().waitFor();
  const marked = (await page.locator("mark.chosen").allInnerTexts()).join("").replace(/\s+/g, " ");
  assert.equal(marked, words.replace(/\s+/g, " "), "the sentence is marked in its document");
  assert.ok(await page.locator(".found [aria-current]").count(), "and its facts are shown");
  await page.goBack();
  await heading(page, "Medellín");
}

async function query(page) {
  await page.goto(`${base}app/query`);
  await page.getByLabel("Saved question").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.locator("td").first().waitFor();
  const rows = await page.locator("tbody tr").count();
  assert.ok(rows > 10, `${rows} rows`);
  await page.locator("th button").first().click();
  assert.equal(await page.locator("th").first().getAttribute("aria-sort"), "ascending");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download" }).click()]);
  assert.equal(download.suggestedFilename(), "answer.csv");
  // One's own words, by the keyboard; and what is wrong in them.
  await page.getByLabel("Saved question").selectOption("");
  const write = async (text) => {
    await page.locator(".CodeMirror").click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(text);
    await page.keyboard.press("Control+Enter");
  };
  await write("SELECT ?c { ?c a urbi:Country } LIMIT 3");
  await page.getByText("3 rows", { exact: true }).waitFor();
  await write("ASK { ?c a urbi:City }");
  await page.getByText("Yes", { exact: true }).waitFor();
  await write("CONSTRUCT { ?c a urbi:City } WHERE { ?c a urbi:City }");
  await page.locator("pre.statements").waitFor();
}

async function parameters(page) {
  const { queries } = await api("queries");
  const asked = queries.find(({ parameters }) => parameters.some(({ type }) => type === "City"));
  const parameter = asked.parameters.find(({ type }) => type === "City").name;
  await page.goto(`${base}app/query?name=${asked.name}`);
  await page.getByLabel(parameter, { exact: true }).fill("Cork");
  await page.keyboard.press("Enter");
  await page.locator(".answer").getByText(/Cork|city\//).first().waitFor();
}

/**
 * Waits until `question`, asked in the page, is answered with yes. It is asked anew each time: the policy of the page forbids what
 * `waitForFunction` does from its second try on, to evaluate its words there.
 */
async function becomes(page, question, given) {
  for (let tries = 0; !(await page.evaluate(question, given)); tries += 1) {
    assert.ok(tries < 300, `still not so: ${question}`);
    await page.waitForTimeout(100);
  }
}

const nodesShown = async (page) => {
  const text = await page.getByText(/^\d+ things? and \d+ links?/).innerText();
  return Number(text.split(" ")[0]);
};

/** Waits until the number of things in the picture is as it should be. */
async function nodesBecome(page, right) {
  for (let tries = 0; !right(await nodesShown(page)); tries += 1) {
    assert.ok(tries < 300, `${await nodesShown(page)} things are shown: not ${right}`);
    await page.waitForTimeout(100);
  }
}

async function graph(page) {
  await page.goto(`${base}app/entity?iri=${encodeURIComponent(await iriOf("Medellin"))}`);
  await page.getByRole("link", { name: "In the graph" }).click();
  await heading(page, "Graph");
  const few = await nodesShown(page);
  await becomes(page, () =>
    [...document.querySelectorAll(".network canvas")].some((canvas) =>
      canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data.some((byte) => byte > 0),
    ),
  );
  await page.getByText("As a list").click();
  await page.getByRole("button", { name: /^UNESCO Learning City Award 2019/ }).click();
  await page.getByRole("complementary", { name: "Chosen thing" }).getByRole("heading", { name: "UNESCO Learning City Award 2019" }).waitFor();
  await page.getByRole("button", { name: "Expand" }).click();
  await nodesBecome(page, (n) => n > few);
  const many = await nodesShown(page);
  await page.getByRole("checkbox", { name: "city", exact: true }).check();
  await nodesBecome(page, (n) => n < many);
  await page.getByRole("button", { name: "Start anew" }).click();
  await page.getByRole("checkbox", { name: "city", exact: true }).uncheck();
  await picks(page, "Path from", "medell", /Medellín/);
  await picks(page, "to", "cork", /Cork/);
  const chain = page.locator(".chain li");
  await chain.first().waitFor();
  assert.ok((await chain.first().locator("blockquote").innerText()).length > 10, "a chain has its sentences");
}

async function map(page) {
  await page.goto(`${base}app/map`);
  await page.locator("path.country").first().waitFor({ state: "attached" });
  assert.ok((await page.locator("path.country").count()) > 150, "the world has its countries");
  const places = await page.locator(".place").count();
  assert.ok(places > 10, `${places} places`);
  await page.locator('.place[title^="Cork"]').focus();
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: "Chosen place" }).getByRole("link", { name: "Cork" }).waitFor();
  await page.getByLabel("From year").fill("2024");
  await page.getByLabel("From year").press("Enter");
  await becomes(page, (all) => document.querySelectorAll(".place").length < all, places);
}

async function timeline(page) {
  await page.goto(`${base}app/timeline`);
  await page.getByRole("link", { name: /^2019: \d things/ }).click();
  await page.getByRole("heading", { name: "2019" }).waitFor();
  await page.getByRole("checkbox", { name: "conference", exact: true }).check();
  await page.waitForURL(/class=Conference/);
}

async function review(page) {
  await page.goto(`${base}app/review`);
  await page.getByLabel("Your name").fill("Ada");
  await page.getByLabel("Token").fill(token);
  const { items } = await api("review?limit=20");
  const [first] = items;
  const holds = async () => {
    const { subject, relation, value } = first;
    const search = new URLSearchParams({ s: subject.iri, p: relation.iri, o: value.iri ?? value.value, ...(value.iri ? {} : { datatype: value.datatype }) });
    return (await api(`evidence?${search}`)).statements[0].inGraph;
  };
  assert.equal(await holds(), true);
  await page.getByRole("button", { name: "Reject" }).first().click();
  await page.getByText("Rejected.", { exact: true }).waitFor();
  assert.equal(await holds(), false, "what was rejected is not in the graph");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Accept" }).first().waitFor();
  assert.equal(await holds(), true, "until that is undone");
  // Another statement is corrected: its value becomes another thing.
  const another = items.findIndex(({ value }, at) => at > 0 && value.label);
  await page.locator(".review > li").nth(another).getByRole("button", { name: /^Correct/ }).click();
  await picks(page, "What is true", "ICLC", /./);
  await page.getByText("Corrected.", { exact: true }).waitFor();
  await page.reload();
  await page.locator(".review > li").first().waitFor();
  const { subject, relation, value } = items[another];
  const left = (await api("review?limit=500")).items.filter((item) => item.subject.iri === subject.iri && item.relation.iri === relation.iri);
  assert.ok(left.every((item) => item.value.iri !== value.iri), "what was decided is not asked again");
}

/** Without a mouse: the way past the navigation, and every view by its links. */
async function keyboard(page) {
  await page.goto(base);
  await page.getByRole("combobox").waitFor();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "combobox");
  await page.goto(`${base}app/query`);
  await page.locator(".CodeMirror textarea").focus();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Ask", "Tab leaves the editor");
}

async function views() {
  const medellin = encodeURIComponent(await iriOf("Medellin"));
  const { iri, passages } = await api(`document?iri=${encodeURIComponent((await api("documents?limit=1")).documents[0].iri)}`);
  return {
    home: "",
    search: "?q=city",
    kind: "?class=Conference",
    entity: `app/entity?iri=${medellin}`,
    query: `app/query?name=${(await api("queries")).queries[0].name}`,
    graph: `app/graph?around=${medellin}`,
    map: "app/map",
    timeline: "app/timeline",
    documents: "app/documents",
    document: `app/document?iri=${encodeURIComponent(iri)}&at=${passages[0].span.join("-")}`,
    review: "app/review",
    nowhere: "app/nowhere",
  };
}

/** Rules of accessibility, and nothing wider than the window. */
async function looksWell(page, name, address, variant) {
  await page.goto(base + address);
  await page.waitForLoadState("networkidle");
  if (name === "entity") await page.locator("button.why").first().click();
  if (name === "query") await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.locator({ entity: "blockquote", query: "td", map: "path.country" }[name] ?? "h1").first().waitFor({ state: "attached" });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wider <= 0, `${name} (${variant}) is ${wider} pixels wider than the window`);
  // Through the debugger: the policy of the page forbids a script of ours.
  const { violations } = await page.evaluate(`${axeSource}; axe.run(document, { resultTypes: ["violations"] })`);
  // The editor is scrolled by its cursor, which the keyboard moves in a field that lies beside what scrolls.
  const editor = ({ id, nodes }) => id === "scrollable-region-focusable" && nodes.every(({ html }) => html.includes("CodeMirror-scroll"));
  const found = violations.filter((violation) => !editor(violation)).map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`).join("\n  ")}`);
  assert.deepEqual(found, [], `${name} (${variant})`);
  const folder = process.env.URBI_TEST_SCREENSHOTS;
  if (folder) await page.screenshot({ path: path.join(folder, `${name}-${variant}.png`), fullPage: true });
}

const { readFile } = await import("node:fs/promises");
const axeSource = await readFile(axe, "utf8");
// Containers, where tests run as root, have no sandbox to give.
const browser = await chromium.launch({ executablePath, args: process.getuid() === 0 ? ["--no-sandbox"] : [] });
try {
  for (const step of [searchToEvidence, query, parameters, graph, map, timeline, review, keyboard]) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, reducedMotion: "reduce" });
    await step(watched(await context.newPage())).catch((error) => {
      throw new Error(`${step.name}: ${error.stack}\n${complaints.join("\n")}`);
    });
    await context.close();
  }
  const variants = { light: ["light", 1280], dark: ["dark", 1280], phone: ["dark", 360] };
  for (const [variant, [colorScheme, width]] of Object.entries(variants)) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" });
    const page = watched(await context.newPage());
    for (const [name, address] of Object.entries(await views())) await looksWell(page, name, address, variant);
    await context.close();
  }
  assert.deepEqual(complaints, [], "the browser has nothing to complain of");
} finally {
  await browser.close();
}
