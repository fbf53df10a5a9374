// The page is drawn by the server; this keeps it live and sends its forms.
const $ = (id) => document.getElementById(id);
const said = $("said");
const choose = $("choose");
const lang = document.documentElement.lang;
const still = matchMedia("(prefers-reduced-motion: reduce)");

let stream;
let ahead = 0; // the clinic's clock before this machine's, ms

function listen() {
  stream?.close();
  const query = new URLSearchParams({ lang });
  if (choose.value) query.set("dialog", choose.value);
  stream = new EventSource("events?" + query);
  for (const part of ["clock", "next", "standing", "picture", "tickets", "visits", "plans"]) {
    stream.addEventListener(part, (e) => draw(part, JSON.parse(e.data).html));
  }
  stream.onopen = () => say("");
  stream.onerror = () => {
    say(said.dataset.lost);
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 1500);
  };
}

function draw(part, html) {
  const place = $(part);
  const focus = place.contains(document.activeElement) && document.activeElement.id;
  const shown = place.dataset.dialog;
  place.innerHTML = html; // the server's own, escaped there
  if (focus) ($(focus) ?? place).focus(); // what had it may be gone
  if (part === "clock") readClock();
  if (part === "picture") show(shown !== (place.dataset.dialog = place.querySelector("h3").textContent));
}

// show brings the lit state into view.
function show(another) {
  const canvas = $("picture");
  const lit = canvas.querySelector(".current .box");
  if (!lit) return another && canvas.scrollTo(0, 0);
  const box = lit.getBoundingClientRect();
  const view = canvas.getBoundingClientRect();
  canvas.scrollTo({
    top: canvas.scrollTop + box.top - view.top - (view.height - box.height) / 2,
    left: canvas.scrollLeft + box.left - view.left - (view.width - box.width) / 2,
    behavior: another || still.matches ? "instant" : "smooth",
  });
}

function readClock() {
  ahead = Number(document.querySelector("time[data-now]").dataset.now) - Date.now();
  tick();
}

function tick() {
  const time = document.querySelector("time[data-now]");
  const parts = { weekday: "short", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: time.dataset.zone };
  time.textContent = new Intl.DateTimeFormat(lang, parts).format(Date.now() + ahead);
}

function say(text) {
  said.textContent = text;
  said.hidden = !text;
}

async function send(e) {
  e.preventDefault();
  const form = e.target;
  const body = new URLSearchParams(new FormData(form, e.submitter));
  try {
    const answer = await fetch(form.action, { method: "POST", body });
    say(answer.ok ? "" : await answer.text());
  } catch {
    say(said.dataset.lost);
  }
}

document.addEventListener("submit", send);
choose.addEventListener("change", listen);
$("standing").addEventListener("click", (e) => {
  const dialog = e.target.closest("[data-dialog]")?.dataset.dialog;
  if (dialog === undefined) return;
  choose.value = dialog;
  listen();
});
readClock();
show(true);
setInterval(tick, 1000);
listen();
