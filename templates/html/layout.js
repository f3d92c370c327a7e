// The margin: notes and comments of a clause stand one below the other, each as near to its words as there is room.
const margin = matchMedia("screen and (min-width: 70rem)");
const blocks = all("article .block");
const GAP = 10;
let planned = 0;

function layOut() {
  planned = 0;
  root.classList.toggle("laid", margin.matches);
  for (const block of blocks) block.style.minHeight = "";
  if (!margin.matches) {
    for (const side of all("article .beside")) side.style.top = "";
    markCurrent();
    return;
  }
  // First everything is measured, then everything is moved: the browser lays out once and not for every note.
  const moves = [];
  for (const block of blocks) {
    if (block.offsetParent === null) continue;
    const top = block.getBoundingClientRect().top;
    const height = block.offsetHeight;
    let free = 0;
    for (const side of all(".beside", block)) {
      const unit = side.parentElement;
      const wanted = find(".text", unit).getBoundingClientRect().top - top + (unit.classList.contains("headed") ? 30 : 8);
      if (!side.offsetHeight) continue;
      const at = Math.max(wanted, free);
      moves.push(() => { side.style.top = `${at}px`; });
      free = at + side.offsetHeight + GAP;
    }
    if (free > height) moves.push(() => { block.style.minHeight = `${free}px`; });
  }
  for (const move of moves) move();
  markCurrent();
}
/** Lay out again soon, once, however many things have changed. */
function plan() { planned ||= requestAnimationFrame(layOut); }

// ----------------------------------------------------------------------------- long notes, cut to a few lines
const notes = all(".note");
let inFull = false;
function clamp() {
  const cutting = margin.matches && !inFull;
  for (const note of notes) note.classList.toggle("clamped", cutting && note.dataset.opened !== "yes");
  const said = notes.map((note) => find(".said", note));
  const cut = said.map((one) => one.scrollHeight > one.clientHeight + 4);
  notes.forEach((note, index) => {
    const opened = note.dataset.opened === "yes";
    const long = cutting && (opened || cut[index]);
    if (!long) note.classList.remove("clamped");
    let button = find(".more", note);
    if (!long) { if (button) button.remove(); return; }
    if (!button) {
      button = make("button", { type: "button", class: "plain more" });
      button.addEventListener("click", () => { note.dataset.opened = note.dataset.opened === "yes" ? "no" : "yes"; clamp(); });
      note.append(button);
    }
    button.textContent = opened ? "Show less" : "Show all";
    button.setAttribute("aria-expanded", String(opened));
    button.setAttribute("aria-label", `${button.textContent} of note ${note.id.slice(1)}`);
  });
  plan();
}
for (const matching of [margin, roomy]) matching.addEventListener("change", clamp);
new ResizeObserver(plan).observe(find("article"));
document.addEventListener("ak:moved", plan);

// -------------------------------------------------------------- words and notes light up together
const phrases = new Map();
for (const phrase of all("[data-notes]")) for (const number of phrase.dataset.notes.split(" ")) phrases.set(number, phrase);
function wordsOf(note) {
  return phrases.get(note.id.slice(1)) || note.closest(".unit");
}
function light(element, on) {
  const phrase = element.closest(".phrase");
  const mark = element.closest(".mark");
  const note = element.closest(".note");
  const numbers = mark ? [mark.dataset.note] : phrase && !note ? phrase.dataset.notes.split(" ") : note ? [note.id.slice(1)] : [];
  for (const number of numbers) {
    const card = document.getElementById(`n${number}`);
    if (!card) continue;
    if (card !== note) card.classList.toggle("lit", on);
    wordsOf(card).classList.toggle("lit", on);
  }
}
for (const [over, out] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
  find("article").addEventListener(over, (event) => light(event.target, true));
  find("article").addEventListener(out, (event) => light(event.target, false));
}
clamp();
