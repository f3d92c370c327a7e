// Comments out of the page and into it again: what was kept in the browser, files that are saved and loaded.
function fit(one) {
  if (typeof one !== "object" || one === null || typeof one.paragraph !== "string") return null;
  const text = (name, most = 300) => (typeof one[name] === "string" ? clean(one[name], most) : "");
  const made = {
    id: /^[\w-]{1,64}$/.test(one.id) ? one.id : newId(), clause: text("clause"), paragraph: text("paragraph"), number: text("number"),
    ...(text("term") ? { term: text("term") } : {}), quote: text("quote", LIMITS.quote), kind: one.kind in KINDS ? one.kind : "comment",
    text: text("text", LIMITS.text), proposed: text("proposed", LIMITS.proposed), name: text("name", LIMITS.name),
    side: one.side in SIDES ? one.side : "other", when: text("when", 40),
  };
  return made.text || made.proposed ? made : null;
}
function takeIn(list) {
  const known = new Map(comments.map((one) => [one.id, one]));
  let taken = 0;
  for (const one of list.map(fit).filter(Boolean)) {
    const before = known.get(one.id);
    if (before && before.when >= one.when) continue;
    known.set(one.id, one);
    taken += 1;
  }
  comments = [...known.values()];
  return taken;
}
const textOfFile = () => `${JSON.stringify({
  format: info.format, document: info.document, reviewer, saved: new Date().toISOString().replace(/\.\d+/, ""), comments,
}, null, 2)}\n`;

function save() {
  const name = reviewer.name.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 40) || "comments";
  const address = URL.createObjectURL(new Blob([textOfFile()], { type: "application/json" }));
  const link = make("a", { href: address, download: `${info.stem}-${name}.json` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  unsaved = false;
  keep();
  say(`Saved as ${link.download}. Send this file back.`);
}
async function load(file) {
  if (file.size > 2000000) { say("The file is too large for comments."); return; }
  let data;
  try { data = JSON.parse(await file.text()); } catch { say(`${file.name} is no file of comments.`); return; }
  if (!data || data.format !== info.format || !Array.isArray(data.comments)) { say(`${file.name} is no file of comments.`); return; }
  const other = data.document || {};
  if (other.precedent !== info.document.precedent) { say(`${file.name} has comments on another agreement: ${clean(other.title, 100)}.`); return; }
  const taken = takeIn(data.comments.slice(0, 5000));
  if (!reviewer.name && data.reviewer && typeof data.reviewer.name === "string") {
    reviewer = { name: clean(data.reviewer.name, LIMITS.name), side: data.reviewer.side in SIDES ? data.reviewer.side : "" };
  }
  draw();
  const version = other.words === info.document.words ? "" : " They were made on another version of this agreement.";
  say(`${taken} ${taken === 1 ? "comment was" : "comments were"} loaded from ${file.name}.${version}`);
}

if (reviewing) {
  for (const division of all("article .division")) {
    const units = all(":scope > .unit", division);
    for (const unit of units) if (unit === units[0] || unit.dataset.term) find(".text", unit).append(bubbleFor(unit));
  }
  let before = null;
  try { before = JSON.parse(store.get(key)); } catch { /* what was kept is not ours */ }
  if (before && Array.isArray(before.comments)) {
    takeIn(before.comments);
    unsaved = Boolean(before.unsaved);
    const { name, side } = before.reviewer || {};
    reviewer = { name: clean(name, LIMITS.name), side: side in SIDES ? side : "" };
  }
  draw();
  find("#save-comments").addEventListener("click", save);
  const chooser = find("#comment-file");
  find("#load-comments").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", async () => { if (chooser.files[0]) await load(chooser.files[0]); chooser.value = ""; });
  addEventListener("beforeunload", (event) => { if (unsaved || find(".comment-form")) event.preventDefault(); });
}
