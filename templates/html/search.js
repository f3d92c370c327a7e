// Search in what is shown: text and notes. Matches are painted, not marked up, so that the page stays what it was.
const query = find("#query");
const found = find("#found");
const stepButtons = [find("#previous"), find("#next")];
const painter = window.CSS && CSS.highlights && window.Highlight ? CSS.highlights : null;
let matches = [];
let at = -1;

/** The text of a block as one string, and the text node behind each stretch of it. */
function textOf(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest("button, form, .back, [hidden]") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const pieces = [];
  let text = "";
  while (walker.nextNode()) {
    pieces.push([text.length, walker.currentNode]);
    text += walker.currentNode.data;
  }
  return [text.replace(/\s/g, " ").toLowerCase(), pieces];
}

function rangeOf(pieces, start, end) {
  const range = document.createRange();
  let set = false;
  for (const [from, node] of pieces) {
    if (!set && start < from + node.length) { range.setStart(node, start - from); set = true; }
    if (end <= from + node.length) { range.setEnd(node, end - from); return range; }
  }
  return null;
}

function search() {
  const words = query.value.trim().replace(/\s+/g, " ").toLowerCase();
  matches = [];
  at = -1;
  if (words.length > 1) {
    for (const block of all("article :is(p, h1, h2, h3, h4, h5, h6, li, th, td)")) {
      if (block.offsetParent === null || block.closest("form")) continue;
      const [text, pieces] = textOf(block);
      for (let from = text.indexOf(words); from >= 0; from = text.indexOf(words, from + words.length)) {
        const range = rangeOf(pieces, from, from + words.length);
        if (range) matches.push(range);
      }
    }
  }
  if (painter) painter.set("ak-found", new Highlight(...matches));
  for (const button of stepButtons) button.disabled = matches.length === 0;
  if (matches.length) {
    const line = find(".bar").offsetHeight;
    const next = matches.findIndex((range) => range.getBoundingClientRect().top >= line);
    step(Math.max(next, 0), false);
  } else {
    if (painter) painter.delete("ak-found-now");
    found.textContent = words.length > 1 ? "none" : "";
  }
}

function step(to, move = true) {
  if (!matches.length) return;
  at = (to + matches.length) % matches.length;
  const range = matches[at];
  if (painter) painter.set("ak-found-now", new Highlight(range));
  found.textContent = `${at + 1} of ${matches.length}`;
  const note = range.startContainer.parentElement.closest(".note.clamped");
  if (note && move) { note.dataset.opened = "yes"; clamp(); layOut(); }
  const place = range.getBoundingClientRect();
  if (place.top < find(".bar").offsetHeight + 20 || place.bottom > innerHeight - 40) {
    scrollTo({ top: scrollY + place.top - innerHeight / 3, behavior: "instant" });
  }
  if (!painter && move) { getSelection().removeAllRanges(); getSelection().addRange(range); }
}

let typing = 0;
query.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(search, 150); });
find("#search").addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  if (at < 0) search();
  else step(at + 1);
});
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); step(at - 1); }
  if (event.key === "Escape") {
    event.preventDefault();
    query.value = "";
    search();
    find("#agreement").focus({ preventScroll: true });
  }
});
stepButtons[0].addEventListener("click", () => step(at - 1));
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    query.focus();
    query.select();
  }
});
