// The page: lines come by the stream, words leave by the outbox.
import { Bubbles, element } from "./bubble.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { Outbox, newID } from "./outbox.js";
import { listen } from "./stream.js";

const words = JSON.parse(document.getElementById("words").textContent);
const settings = JSON.parse(document.getElementById("settings").textContent);
const start = "/start";
const lang = document.documentElement.lang;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const typing = document.getElementById("typing");
const banner = document.getElementById("banner");
const own = new Map(); // id → element of a message from this page

paint(settings.color);
const bubbles = new Bubbles(words, press);
const log = new Log();
const composer = new Composer(words, settings, send);
const outbox = new Outbox(delivery);
let ready = false;

listen({ line, typing: () => showTyping(true), ready: opened, state: connection });
if (matchMedia("(pointer: fine)").matches) composer.focus();
addEventListener("keydown", (e) => {
  if (e.key === "Escape" && parent !== window) parent.postMessage({ careline: "close" }, "*");
});

function post(message, file) {
  outbox.add({ id: newID(), language: lang, zone, ...message }, file);
}

// send: the words go with the first file, each file is a message.
function send(text, files) {
  if (!files.length) return post({ text });
  files.forEach((file, i) => post({ text: i ? "" : text }, file));
}

function press(button, made, group, byKeyboard) {
  if (made.ariaDisabled === "true") return;
  made.classList.add("picked");
  post({ text: made.textContent, choice: button.data });
  close(group);
  if (byKeyboard && !button.toggle) composer.focus();
}

// close: aria-disabled, so that the keyboard's focus is not lost.
function close(group) {
  group.classList.add("closed");
  for (const b of group.querySelectorAll("button")) b.ariaDisabled = "true";
}

function line(l) {
  if (log.has(l.seq)) return;
  if (l.mine) return mine(l);
  if (l.closes) of(l.closes)?.querySelectorAll(".choices").forEach(close);
  if (l.clears) log.clear(l.seq);
  if (l.redraws) redraw(l);
  if (l.redraws || !l.shown?.length) return log.note(l.seq);
  showTyping(false);
  const made = bubbles.line(l, false);
  made.dataset.key = l.key || "";
  made.classList.toggle("fresh", ready);
  const below = log.put(made, l.at, l.seq);
  if (ready) log.arrived(below);
  composer.ask(l.ask);
}

// of finds a message of the clinic by its key.
function of(key) {
  return [...document.querySelectorAll(".message")].findLast((m) => m.dataset.key === key);
}

// redraw gives a message its buttons anew, marks changed; the keyboard stays on the button it was on.
function redraw(l) {
  const [first, ...more] = of(l.redraws)?.querySelectorAll(".choices") || [];
  if (!first) return;
  const at = first.contains(document.activeElement) ? document.activeElement.dataset.choice : "";
  const made = bubbles.choices(l.shown.flatMap((s) => s.rows || []), l.ask);
  first.replaceWith(made);
  more.forEach((m) => m.remove());
  if (at) [...made.querySelectorAll("button")].find((b) => b.dataset.choice === at)?.focus();
}

// mine: a message of this chat, from here or from another window, is stored.
function mine(l) {
  outbox.confirm(l.mine);
  own.get(l.mine)?.remove();
  own.delete(l.mine);
  const made = bubbles.line(l, true);
  const pressed = l.choice && pressedOf(l.choice);
  if (pressed) {
    pressed.classList.add("picked");
    close(pressed.closest(".choices"));
    made.hidden = pressed.classList.contains("toggle"); // the marks tell it
  }
  log.put(made, l.at, l.seq);
  mark(made, "sent");
}

function pressedOf(choice) {
  return [...document.querySelectorAll(".choice")].findLast((b) => b.dataset.choice === choice);
}

// delivery shows where a message of this page is.
function delivery(item) {
  if (item.message.text === start) return;
  let made = own.get(item.id);
  if (!made && item.state === "waiting") {
    const kind = item.file?.type.startsWith("image/") ? "photo" : "document";
    const file = item.file && { kind, name: item.file.name, mime: item.file.type, size: item.file.size, blob: item.file };
    made = bubbles.line({ at: item.at, shown: [{ text: item.message.text, file }] }, true);
    made.hidden = Boolean(item.message.choice && pressedOf(item.message.choice)?.classList.contains("toggle")); // the marks tell it
    own.set(item.id, made);
    log.put(made, item.at);
  }
  if (!made) return;
  mark(made, item.state);
  if (item.state === "failed") failed(item, made);
}

const said = { waiting: words.sending, sending: words.sending, sent: words.sent, failed: words.failed };
const marks = { waiting: "◷", sending: "◷", sent: "✓", failed: "!" };

function mark(made, state) {
  const foot = [...made.querySelectorAll(".foot")].at(-1);
  if (!foot) return;
  foot.querySelector(".mark")?.remove();
  foot.append(element("span", { className: "mark " + state, textContent: marks[state], role: "img", ariaLabel: said[state], title: said[state] }));
}

function failed(item, made) {
  const reason = { too_long: words.too_long, too_big: words.file_too_large, file_type: words.file_refused }[item.error];
  made.hidden = false;
  const note = element("p", { className: "undelivered", textContent: (reason || words.failed) + " " });
  if (!reason) {
    const again = element("button", { type: "button", textContent: words.retry });
    again.addEventListener("click", () => {
      note.remove();
      outbox.retry(item);
    });
    note.append(again);
  }
  made.append(note);
}

let hush;

function showTyping(on) {
  clearTimeout(hush);
  if (typing.hidden === on) {
    const near = log.near;
    typing.hidden = !on;
    if (near) log.bottom();
  }
  if (on) hush = setTimeout(() => showTyping(false), 8000);
}

function opened() {
  if (ready) return;
  ready = true;
  log.bottom();
  document.getElementById("log").ariaBusy = "false"; // from here on new lines are read out
  outbox.restore();
  if (!log.empty && !settings.source) return;
  const id = settings.source ? "start-" + settings.source.replace(/[^\w-]/g, "-").slice(0, 50) : "start";
  post({ id, text: start, source: settings.source });
}

let alarm;

// connection tells of a break that lasts; a blink is nobody's business.
function connection(state) {
  clearTimeout(alarm);
  if (state === "online") {
    banner.hidden = true;
    return;
  }
  alarm = setTimeout(() => {
    banner.textContent = navigator.onLine ? words.connecting : words.offline;
    banner.hidden = false;
  }, 1500);
}

// paint takes the clinic's colour, with letters on it that can be read.
function paint(color) {
  if (!color) return;
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16) / 255).map((c) => (c <= 0.04 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  const root = document.documentElement.style;
  root.setProperty("--accent", color);
  root.setProperty("--on-accent", 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.4 ? "#1c1917" : "#fff");
}
