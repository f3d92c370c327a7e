// Comments of whoever reviews the agreement: written beside a paragraph, kept in the page, changed and taken back.
const reviewing = body.classList.contains("review");
const SIDES = { employer: "Employer side", "staff-side": "Staff side", other: "Somebody else" };
const KINDS = { comment: "Comment", question: "Question", objection: "Objection", agreement: "Agreed" };
const LIMITS = { name: 200, text: 10000, proposed: 20000, quote: 400 };
const key = `agreementkit-review:${info.document.precedent}:${info.document.words}`;
let comments = [];
let reviewer = { name: "", side: "" };
let unsaved = false;
let keeps = false;

/** Characters that no file should carry become spaces or go. */
const clean = (text, most) => String(text == null ? "" : text)
  .replace(/\r\n?|[\u000b\u000c\u0085\u2028\u2029]/g, "\n")
  // eslint-disable-next-line no-control-regex
  .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g, "")
  .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
  .trim().slice(0, most);
const newId = () => [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");
const own = (comment) => comment.name === reviewer.name && comment.side === reviewer.side;

function keep() {
  keeps = store.set(key, JSON.stringify({ reviewer, comments, unsaved }));
  find("#keeping").textContent = keeps
    ? "Your comments are also kept in this browser until you come back."
    : "This browser does not keep comments: save them before you close the page.";
}

// ---------------------------------------------------------------------------------------------- places
/** The unit a comment stands beside: its paragraph, or its definition. */
function unitOf(comment) {
  const divisions = all("article .division");
  const division = divisions.find((one) => one.dataset.paragraph === comment.paragraph) || divisions.find((one) => one.dataset.paragraph === comment.clause);
  if (!division) return null;
  const units = all(":scope > .unit", division);
  return units.find((unit) => comment.term && unit.dataset.term === comment.term) || units[0] || null;
}
function placeOf(unit) {
  const division = unit.closest(".division");
  const number = division.dataset.number;
  const term = unit.dataset.term || "";
  const name = term ? `${number} “${plain(find("dfn", unit))}”` : number || plain(find(".text", unit)).slice(0, 60);
  return { clause: division.dataset.clause || division.dataset.paragraph, paragraph: division.dataset.paragraph, number: name, ...(term ? { term } : {}) };
}
function quoteOf(unit) {
  const selection = getSelection();
  const text = find(".text", unit);
  if (selection.rangeCount && !selection.isCollapsed && text.contains(selection.anchorNode) && text.contains(selection.focusNode)) {
    return clean(selection.toString().replace(/\s+/g, " "), LIMITS.quote);
  }
  const number = find(".num", text);
  return shorten(plain(text).slice(number ? number.textContent.length : 0).trim(), LIMITS.quote - 20);
}
function sideOf(unit) {
  let side = find(":scope > .beside", unit);
  if (!side) { side = make("div", { class: "beside" }); unit.append(side); }
  return side;
}
function tidy(unit) {
  const side = find(":scope > .beside", unit);
  if (side && !side.children.length) side.remove();
  plan();
}

// ------------------------------------------------------------------------------------------ the form
function field(label, control) { return make("label", { class: "field" }, label, control); }
function options(choices, chosen, empty) {
  const select = make("select", {});
  if (empty) select.append(make("option", { value: "" }, empty));
  for (const [value, name] of Object.entries(choices)) select.append(make("option", { value, selected: value === chosen }, name));
  return select;
}
function closeForm(back = true) {
  const form = find(".comment-form");
  if (!form) return true;
  const changed = all("textarea", form).some((one) => one.value !== one.defaultValue);
  if (changed && !form.dataset.done && !confirm("Leave this comment unfinished? What you have written is lost.")) { find("textarea", form).focus(); return false; }
  const unit = form.closest(".unit");
  const edited = form.dataset.id && document.getElementById(`c-${form.dataset.id}`);
  if (edited) edited.hidden = false;
  form.remove();
  tidy(unit);
  if (back) { const target = edited ? find("button", edited) : find(".bubble", unit); if (target) target.focus(); }
  return true;
}
function openForm(unit, comment = null) {
  const quote = comment ? comment.quote : quoteOf(unit);
  if (!closeForm(false)) return;
  const where = comment || placeOf(unit);
  const name = make("input", { type: "text", value: reviewer.name, maxlength: String(LIMITS.name), autocomplete: "name", required: true });
  const side = options(SIDES, reviewer.side, "Choose …");
  side.required = true;
  const kind = options(KINDS, comment ? comment.kind : "comment");
  const text = make("textarea", { maxlength: String(LIMITS.text), rows: "4" });
  const proposed = make("textarea", { maxlength: String(LIMITS.proposed), rows: "3" });
  if (comment) { text.value = text.defaultValue = comment.text; proposed.value = proposed.defaultValue = comment.proposed; }
  const wrong = make("p", { class: "wrong", role: "alert" });
  const cancel = make("button", { type: "button" }, "Cancel");
  const form = make("form", { class: "comment-form", "aria-label": `Comment on ${where.number}`, noValidate: true },
    make("p", { class: "who" }, make("strong", {}, `Comment on ${where.number}`)),
    wrong,
    make("div", { class: "pair" }, field("Your name", name), field("Side", side)),
    field("Kind", kind), field("Comment", text), field("Proposed wording, if any", proposed),
    make("p", { class: "row" }, make("button", { type: "submit", class: "main" }, comment ? "Change comment" : "Add comment"), cancel));
  if (comment) form.dataset.id = comment.id;
  cancel.addEventListener("click", () => closeForm());
  form.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.preventDefault(); closeForm(); } });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const missing = [[name, "your name"], [side, "your side"]].filter(([control]) => !control.value.trim());
    if (!clean(text.value) && !clean(proposed.value)) missing.push([text, "a comment or a proposed wording"]);
    for (const control of [name, side, text]) control.setAttribute("aria-invalid", String(missing.some(([one]) => one === control)));
    if (missing.length) {
      wrong.textContent = `Please give ${missing.map(([, what]) => what).join(" and ")}.`;
      missing[0][0].focus();
      plan();
      return;
    }
    reviewer = { name: clean(name.value, LIMITS.name), side: side.value };
    const made = {
      id: comment ? comment.id : newId(), clause: where.clause, paragraph: where.paragraph, number: where.number,
      ...(where.term ? { term: where.term } : {}), quote, kind: kind.value, text: clean(text.value, LIMITS.text),
      proposed: clean(proposed.value, LIMITS.proposed), ...reviewer, when: new Date().toISOString().replace(/\.\d+/, ""),
    };
    comments = comment ? comments.map((one) => (one.id === made.id ? made : one)) : [...comments, made];
    unsaved = true;
    form.dataset.done = "yes";
    closeForm(false);
    draw();
    say(comment ? "The comment is changed." : "The comment is added.");
    find("button", document.getElementById(`c-${made.id}`)).focus();
  });
  if (comment) document.getElementById(`c-${comment.id}`).hidden = true;
  sideOf(unit).append(form);
  layOut();
  text.setSelectionRange(text.value.length, text.value.length);
  (reviewer.name ? text : name).focus();
}

// ------------------------------------------------------------------------------------------- drawing
function card(comment) {
  const about = [SIDES[comment.side] || "", comment.when ? comment.when.slice(0, 10) : ""].filter(Boolean).join(", ");
  const article = make("div", { class: "comment", id: `c-${comment.id}`, role: "group", "aria-label": `Comment by ${comment.name} on ${comment.number}` },
    make("p", { class: "who" }, make("strong", {}, comment.name), ` ${about} · ${KINDS[comment.kind] || KINDS.comment}`));
  if (comment.quote) article.append(make("p", { class: "quoted" }, `“${comment.quote}”`));
  if (comment.text) article.append(make("p", {}, comment.text));
  if (comment.proposed) article.append(make("p", { class: "proposed" }, make("strong", {}, "Proposed: "), comment.proposed));
  if (own(comment)) {
    const change = make("button", { type: "button", class: "plain", "aria-label": `Change comment on ${comment.number}` }, "Change");
    const remove = make("button", { type: "button", class: "plain", "aria-label": `Delete comment on ${comment.number}` }, "Delete");
    change.addEventListener("click", () => openForm(article.closest(".unit"), comment));
    remove.addEventListener("click", () => {
      if (!confirm("Delete this comment?")) return;
      const unit = article.closest(".unit");
      comments = comments.filter((one) => one !== comment);
      unsaved = true;
      draw();
      say("The comment is deleted.");
      (find(".bubble", unit) || find("#comments-button")).focus();
    });
    article.append(make("p", { class: "does" }, change, remove));
  }
  return article;
}
function draw() {
  for (const old of all(".comment")) { const unit = old.closest(".unit"); old.remove(); if (unit) tidy(unit); }
  const list = find("#comment-list");
  list.replaceChildren();
  const placed = comments.map((comment) => [unitOf(comment), comment]);
  const order = (unit) => (unit ? all(".unit").indexOf(unit) : Infinity);
  placed.sort(([a], [b]) => order(a) - order(b));
  for (const [unit, comment] of placed) {
    if (unit) sideOf(unit).append(card(comment));
    const said = shorten(comment.text || comment.proposed, 90);
    const head = unit ? make("a", { href: `#c-${comment.id}` }, comment.number || comment.paragraph) : make("span", {}, `${comment.number || comment.paragraph} (not in this version)`);
    list.append(make("li", {}, head, make("span", {}, ` ${comment.name}: ${said}`)));
  }
  find("#comment-count").textContent = comments.length;
  find("#save-comments").disabled = comments.length === 0;
  keep();
  plan();
}
function bubbleFor(unit) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", "0 0 20 20");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M3 4h14v9H9l-4 4v-4H3z");
  path.setAttribute("fill", "none");
  path.setAttribute("stroke", "currentColor");
  path.setAttribute("stroke-width", "1.6");
  path.setAttribute("stroke-linejoin", "round");
  picture.append(path);
  const button = make("button", { type: "button", class: "bubble", "aria-label": `Comment on ${placeOf(unit).number}`, title: "Comment" }, picture);
  button.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the words that were selected
  button.addEventListener("click", () => openForm(unit));
  return button;
}
