// The margin: notes and comments of a clause stand one below the other, each as near to its words as there is room.
const margin = matchMedia("screen and (min-width: 70rem)");
const blocks = all("article .block");
const GAP = 10;
let planned = 0;

function layOut() {
  planned = 0;
  root.classList.toggle("laid", margin.matches);
  for (const block of blocks) {
    block.style.minHeight = "";
    if (block.offsetParent === null) continue;
    const sides = all(".beside", block);
    if (!margin.matches) {
      for (const side of sides) side.style.top = "";
      continue;
    }
    const top = block.getBoundingClientRect().top;
    let free = 0;
    for (const side of sides) {
      const text = find(".text", side.parentElement);
      const wanted = text.getBoundingClientRect().top - top + (side.parentElement.classList.contains("headed") ? 30 : 8);
      const height = side.offsetHeight;
      if (!height) continue;
      const at = Math.max(wanted, free);
      side.style.top = `${at}px`;
      free = at + height + GAP;
    }
    if (free > block.offsetHeight) block.style.minHeight = `${free}px`;
  }
  markCurrent();
}
/** Lay out again soon, once, however many things have changed. */
function plan() { planned ||= requestAnimationFrame(layOut); }

// ----------------------------------------------------------------------------- long notes, cut to a few lines
const notes = all(".note");
let inFull = false;
function clamp() {
  for (const note of notes) {
    const said = find(".said", note);
    const opened = note.dataset.opened === "yes";
    note.classList.toggle("clamped", margin.matches && !inFull && !opened);
    let button = find(".more", note);
    const cut = note.classList.contains("clamped") && said.scrollHeight > said.clientHeight + 4;
    if (!cut && !opened) {
      note.classList.remove("clamped");
      if (button) button.remove();
      continue;
    }
    if (inFull || !margin.matches) { if (button) button.remove(); continue; }
    if (!button) {
      button = make("button", { type: "button", class: "plain more" });
      button.addEventListener("click", () => { note.dataset.opened = note.dataset.opened === "yes" ? "no" : "yes"; clamp(); });
      note.append(button);
    }
    button.textContent = opened ? "Show less" : "Show all";
    button.setAttribute("aria-expanded", String(opened));
    button.setAttribute("aria-label", `${button.textContent} of note ${note.id.slice(1)}`);
  }
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
