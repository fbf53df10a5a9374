// The lines in their order, days between them, and the reader's place: who reads above is not pulled down.
import { element } from "./bubble.js";

export class Log {
  #log = document.getElementById("log");
  #scroll = document.getElementById("scroll");
  #down = document.getElementById("down");
  #title = document.title;
  #unread = 0;
  #lines = new Map(); // seq → element

  constructor() {
    this.#scroll.addEventListener("scroll", () => this.near && this.read(), { passive: true });
    this.#down.addEventListener("click", () => this.bottom(true));
    document.addEventListener("visibilitychange", () => this.near && this.read());
    // The keyboard of a phone makes the room smaller: the last words stay in sight.
    let stuck = true;
    this.#scroll.addEventListener("scroll", () => (stuck = this.near), { passive: true });
    new ResizeObserver(() => stuck && this.bottom()).observe(this.#scroll);
    new ResizeObserver(() => stuck && this.bottom()).observe(this.#log);
  }

  has(seq) {
    return this.#lines.has(seq);
  }

  // note a line that shows nothing new.
  note(seq) {
    this.#lines.set(seq, null);
  }

  // clear what stands above a line: it was erased at the person's wish.
  clear(seq) {
    for (const [above, made] of this.#lines) if (above < seq) made?.remove();
    this.#days();
  }

  get empty() {
    return this.#lines.size === 0;
  }

  get near() {
    const s = this.#scroll;
    return s.scrollHeight - s.scrollTop - s.clientHeight < 80;
  }

  // away: another tab, or a frame that is folded up.
  get away() {
    return document.hidden || !this.#scroll.clientHeight;
  }

  // put shows a line at its place; one without seq is still on its way and stands at the end.
  put(made, at, seq) {
    const stay = !this.near;
    if (seq) {
      this.#lines.set(seq, made);
      made.dataset.seq = seq;
    }
    made.dataset.at = at;
    this.#log.insertBefore(made, this.#after(seq));
    this.#days();
    if (!stay || !seq) this.bottom();
    return stay;
  }

  #after(seq) {
    if (!seq) return null;
    return [...this.#log.querySelectorAll(".message")].find((m) => !m.dataset.seq || Number(m.dataset.seq) > seq) || null;
  }

  #days() {
    let day = "";
    for (const node of [...this.#log.children]) {
      if (node.className === "day") {
        node.remove();
        continue;
      }
      const next = new Date(node.dataset.at).toDateString();
      if (next !== day) node.before(element("p", { className: "day" }, element("span", { textContent: this.#day(node.dataset.at) })));
      day = next;
    }
  }

  #day(at) {
    const date = new Date(at);
    const now = new Date();
    const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 864e5);
    if (days === 0 || days === 1) return sentence(new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" }).format(-days, "day"));
    const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
    return new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long", year }).format(date);
  }

  bottom(smooth) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#scroll.scrollTo({ top: this.#scroll.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
    this.read();
  }

  // arrived counts a message of the clinic that nobody has seen.
  arrived(below) {
    if (!this.away && !below) return;
    this.#unread++;
    this.#down.hidden = !below;
    this.#tell();
  }

  read() {
    this.#down.hidden = true;
    if (this.away || this.#unread === 0) return;
    this.#unread = 0;
    this.#tell();
  }

  #tell() {
    document.title = this.#unread ? `(${this.#unread}) ${this.#title}` : this.#title;
    if (parent !== window) parent.postMessage({ careline: "unread", count: this.#unread }, "*");
  }
}

function sentence(s) {
  return s.charAt(0).toLocaleUpperCase() + s.slice(1);
}
