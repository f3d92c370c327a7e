// Small helpers, the theme, the contents, and the panels under the bar.
const root = document.documentElement;
const body = document.body;
const find = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const info = JSON.parse(find("#agreement-data").textContent);
root.classList.add("js");

/** Make an element. Text only ever becomes text. */
function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...content);
  return element;
}

/** Say something to everybody: it is shown for a while and read out. */
let saying = 0;
function say(text) {
  clearTimeout(saying);
  find("#said").textContent = text;
  saying = setTimeout(() => { find("#said").textContent = ""; }, 10000);
}

/** Keep a value in this browser, if it keeps values at all. */
const store = {
  get(key) { try { return localStorage.getItem(key); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, value); return true; } catch { return false; } },
};

// ---------------------------------------------------------------------------------------------- theme
const themeButton = find("#theme");
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : prefersDark.matches);
const nameTheme = () => { themeButton.textContent = isDark() ? "Light" : "Dark"; themeButton.title = isDark() ? "Light colours" : "Dark colours"; };
const kept = store.get("agreementkit-theme");
if (kept === "dark" || kept === "light") root.dataset.theme = kept;
themeButton.addEventListener("click", () => {
  root.dataset.theme = isDark() ? "light" : "dark";
  store.set("agreementkit-theme", root.dataset.theme);
  nameTheme();
});
prefersDark.addEventListener("change", nameTheme);
nameTheme();

// ------------------------------------------------------------------------------------------- contents
const contentsButton = find("#contents-button");
const roomy = matchMedia("(min-width: 86rem)");
function showContents(shown) {
  root.classList.toggle("with-contents", shown && !roomy.matches);
  root.classList.toggle("without-contents", !shown && roomy.matches);
  contentsButton.setAttribute("aria-expanded", String(shown));
  document.dispatchEvent(new Event("ak:moved"));
}
contentsButton.addEventListener("click", () => {
  const shown = contentsButton.getAttribute("aria-expanded") !== "true";
  showContents(shown);
  if (shown && !roomy.matches) find("#contents a").focus();
});
find("#contents").addEventListener("click", (event) => { if (event.target.closest("a") && !roomy.matches) showContents(false); });
roomy.addEventListener("change", () => showContents(roomy.matches));
showContents(roomy.matches);

/** Mark in the contents what is being read. */
const entries = new Map(all("#contents ol a[href^='#']").map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
const places = all("article section, article .division").filter((one) => entries.has(one.id));
let current = null;
function markCurrent() {
  const line = find(".bar").offsetHeight + 48;
  let here = null;
  for (const place of places) {
    if (place.offsetParent === null) continue;
    if (place.getBoundingClientRect().top <= line) here = place;
    else break;
  }
  const link = here && entries.get(here.id);
  if (link === current) return;
  if (current) current.removeAttribute("aria-current");
  current = link;
  if (!link) return;
  link.setAttribute("aria-current", "location");
  const list = find("#contents");
  if (list.scrollHeight > list.clientHeight) {
    const at = link.offsetTop - list.clientHeight / 2;
    if (Math.abs(list.scrollTop - at) > list.clientHeight / 3) list.scrollTop = at;
  }
}
let waiting = 0;
addEventListener("scroll", () => { waiting ||= requestAnimationFrame(() => { waiting = 0; markCurrent(); }); }, { passive: true });

// --------------------------------------------------------------------------------------------- panels
const panels = all(".menu > button").map((button) => [button, document.getElementById(button.getAttribute("aria-controls"))]);
function openPanel(wanted) {
  for (const [button, panel] of panels) {
    panel.hidden = panel !== wanted;
    button.setAttribute("aria-expanded", String(panel === wanted));
  }
}
for (const [button, panel] of panels) button.addEventListener("click", () => openPanel(panel.hidden ? panel : null));
document.addEventListener("click", (event) => { if (!event.target.closest(".menu") && event.target.isConnected) openPanel(null); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const open = panels.find(([, panel]) => !panel.hidden);
  if (open) {
    openPanel(null);
    open[0].focus();
  } else if (root.classList.contains("with-contents")) {
    showContents(false);
    contentsButton.focus();
  }
});
