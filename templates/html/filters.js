// Which notes are shown: by voice, main or further, and the clauses of one topic.
const voiceBoxes = all("#voices input");
const topic = find("#topic");
const further = find("#details input[name='more']");

if (further) {
  const count = notes.filter((note) => note.dataset.detail === "more").length;
  further.closest("label").hidden = count === 0;
  find(".count", further.closest("label")).textContent = count;
}

function filterNotes() {
  const voices = new Set(voiceBoxes.filter((box) => box.checked).map((box) => box.value));
  let shown = 0;
  for (const note of notes) {
    const wanted = voices.has(note.dataset.voice) && (further.checked || note.dataset.detail === "main");
    note.hidden = !wanted;
    shown += wanted;
    for (const mark of all(`.mark[data-note="${note.id.slice(1)}"]`)) mark.hidden = !wanted;
  }
  for (const words of all("[data-notes]")) {
    const some = words.dataset.notes.split(" ").some((number) => !document.getElementById(`n${number}`).hidden);
    words.classList.toggle("phrase", some);
  }
  say(shown === notes.length ? "" : `${shown} of ${notes.length} notes are shown.`);
  clamp();
}

function filterTopic() {
  const chosen = topic.value && document.getElementById(topic.value);
  const narrowed = find("#narrowed");
  for (const one of all("article > *, article .division")) {
    const away = chosen && !one.contains(chosen) && !chosen.contains(one);
    one.classList.toggle("topic-hidden", Boolean(away));
  }
  find("article").classList.toggle("only", Boolean(chosen));
  narrowed.replaceChildren();
  narrowed.hidden = !chosen;
  if (chosen) {
    const name = topic.selectedOptions[0].textContent;
    const button = make("button", { type: "button", class: "plain" }, "Show everything");
    button.addEventListener("click", () => { topic.value = ""; filterTopic(); topicLinks(null); find("#agreement").focus(); });
    narrowed.append(`Only this is shown: ${name}. `, button);
    scrollTo({ top: 0 });
  }
  topicLinks(chosen);
  clamp();
}

/** A link to what the topic hides shows everything again before it is followed. */
function topicLinks(chosen) {
  root.classList.toggle("has-topic", Boolean(chosen));
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const target = link && topic && topic.value && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (target && target.closest(".topic-hidden")) { topic.value = ""; filterTopic(); }
}, true);

if (topic) {
  for (const box of [...voiceBoxes, further]) box.addEventListener("change", filterNotes);
  find("#details input[name='full']").addEventListener("change", (event) => { inFull = event.target.checked; clamp(); });
  topic.addEventListener("change", filterTopic);
}
