// What a term means, where a reference leads, which setting a value comes from: on pointing, on focus, and to stay on Enter.
const popover = make("div", { id: "popover", role: "tooltip", hidden: true });
find("main").append(popover);
let owner = null;
let pinned = false;
let quiet = false;
let closing = 0;

const plain = (element) => {
  const copy = element.cloneNode(true);
  for (const one of all("button, .beside, .mark", copy)) one.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
};
const shorten = (text, most = 220) => (text.length <= most ? text : `${text.slice(0, text.lastIndexOf(" ", most))} …`);
const targetOf = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

/** Title and text for what is pointed at, or nothing. */
function about(element) {
  if (element.matches(".term")) {
    const definition = targetOf(element);
    if (!definition) return null;
    const title = plain(find("dfn", definition));
    return { kind: "Defined term", title, text: plain(find(".definition", definition)).slice(title.length), link: element.hash };
  }
  if (element.matches(".ref")) {
    if (element.matches(".other")) return { kind: "Other agreement", title: "In the other agreement", text: `Opens ${decodeURIComponent(element.getAttribute("href").split("#")[0])}` };
    const target = targetOf(element);
    if (!target) return null;
    const units = all(".unit > .text", target);
    const headed = units[0] && units[0].parentElement.matches(".headed");
    const inside = !headed && target.closest(".clause") !== target && target.closest(".clause");
    const title = headed ? plain(units[0]) : inside ? plain(find(".headed > .text", inside) || inside) : "";
    const text = headed ? (units[1] ? plain(units[1]) : "") : units[0] ? plain(units[0]) : "";
    return { kind: "Reference", title, text: shorten(text) };
  }
  if (element.matches(".blank")) return { kind: "Blank", title: element.dataset.label || "Not yet given", text: element.dataset.path ? `Setting: ${element.dataset.path}` : "" };
  if (element.matches(".value[data-path]")) return { kind: "Value", title: "", text: `Setting: ${element.dataset.path}` };
  return null;
}

function show(element, pin = false) {
  const said = about(element);
  if (!said) return;
  hide();
  owner = element;
  pinned = pin;
  popover.replaceChildren();
  const title = make("strong", {}, said.title);
  if (said.kind === "Defined term") popover.append(make("p", {}, title, said.text));
  else popover.append(...(said.title ? [make("p", {}, title)] : []), ...(said.text ? [make("p", {}, said.text)] : []));
  popover.setAttribute("role", pin ? "dialog" : "tooltip");
  if (pin) {
    popover.setAttribute("aria-label", `${said.kind}: ${said.title}`);
    const close = make("button", { type: "button", class: "plain" }, "Close");
    close.addEventListener("click", goBack);
    const go = make("a", { href: said.link }, "Go to the definition");
    go.addEventListener("click", hide);
    popover.append(make("p", { class: "does" }, go, close));
  } else {
    popover.removeAttribute("aria-label");
    element.setAttribute("aria-describedby", "popover");
  }
  popover.hidden = false;
  place(element);
  if (pin) find("a", popover).focus();
}

function place(element) {
  const [first] = element.getClientRects();
  if (!first) return;
  const base = popover.offsetParent ? popover.offsetParent.getBoundingClientRect() : { left: 0, top: 0 };
  const width = popover.offsetWidth;
  const height = popover.offsetHeight;
  const left = Math.max(8, Math.min(first.left, document.documentElement.clientWidth - width - 8));
  const above = first.bottom + height + 16 > innerHeight && first.top - height - 10 > find(".bar").offsetHeight;
  popover.style.left = `${left - base.left}px`;
  popover.style.top = `${(above ? first.top - height - 6 : first.bottom + 6) - base.top}px`;
}

function hide() {
  clearTimeout(closing);
  if (owner) owner.removeAttribute("aria-describedby");
  owner = null;
  pinned = false;
  popover.hidden = true;
}
/** Close what stays, and go back to the words it was about, without showing it again. */
function goBack() {
  const back = owner;
  hide();
  quiet = true;
  back.focus();
  quiet = false;
}
const hideSoon = () => { clearTimeout(closing); closing = setTimeout(() => { if (!pinned) hide(); }, 200); };
const POINTED = ".term, .ref, .blank, .value[data-path]";

document.addEventListener("mouseover", (event) => {
  if (popover.contains(event.target)) { clearTimeout(closing); return; }
  const element = event.target.closest && event.target.closest(POINTED);
  if (element && element.closest("article") && !pinned) {
    clearTimeout(closing);
    if (element !== owner) show(element);
  }
});
document.addEventListener("mouseout", (event) => { if (owner && !pinned && (owner.contains(event.target) || popover.contains(event.target))) hideSoon(); });
find("article").addEventListener("focusin", (event) => { const element = event.target.closest(".term, .ref"); if (element && !quiet && element.matches(":focus-visible")) show(element); });
find("article").addEventListener("focusout", (event) => { if (owner === event.target && !pinned) hide(); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && owner) {
    event.preventDefault();
    if (pinned) goBack();
    else hide();
  }
}, true);
document.addEventListener("click", (event) => {
  const term = event.target.closest("article a.term");
  if (term && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    show(term, true);
  } else if (pinned && !popover.contains(event.target)) {
    hide();
  }
});
popover.addEventListener("focusout", (event) => { if (pinned && event.relatedTarget && !popover.contains(event.relatedTarget)) hide(); });
addEventListener("resize", hide);
