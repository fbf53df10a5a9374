// One line of the chat as elements. What people wrote is always text, never HTML.
import { request } from "./api.js";

export function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
  return made;
}

const shapes = {
  calendar: "M7 3v3M17 3v3M4.5 9.5h15M6 5h12a1.5 1.5 0 0 1 1.5 1.5v12A1.5 1.5 0 0 1 18 20H6a1.5 1.5 0 0 1-1.5-1.5v-12A1.5 1.5 0 0 1 6 5zM9 14.5l2.2 2L15 12.5",
  sheet: "M13.5 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5zM13.5 3.5v5h5M9 13h6M9 16.5h4",
  pin: "M12 21c-4.3-4.2-6.5-7.7-6.5-10.5a6.5 6.5 0 0 1 13 0C18.5 13.3 16.3 16.8 12 21zM12 13a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
};

function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const made = document.createElementNS(space, "svg");
  made.setAttribute("viewBox", "0 0 24 24");
  made.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", shapes[name]);
  made.append(path);
  return made;
}

const address = /https?:\/\/[^\s<>"«»]+|\+\d[\d\u00a0 ()-]{8,16}\d/g;

// linked makes web addresses and phone numbers in a text pressable.
export function linked(text) {
  const made = document.createDocumentFragment();
  let end = 0;
  for (const found of text.matchAll(address)) {
    const words = found[0].replace(/[.,;:!?)\]…]+$/, "");
    const phone = words.startsWith("+");
    const link = element("a", { href: phone ? "tel:" + words.replace(/[^+\d]/g, "") : words, textContent: words });
    if (!phone) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    made.append(text.slice(end, found.index), link);
    end = found.index + words.length;
  }
  made.append(text.slice(end));
  return made;
}

export class Bubbles {
  constructor(words, press) {
    this.words = words;
    this.press = press; // (button, element) when a choice is made
    const lang = document.documentElement.lang;
    this.clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }

  // line makes the elements of a line from the stream, or of one that is still on its way.
  line(l, mine) {
    const made = element("article", { className: mine ? "message mine" : "message theirs" });
    made.append(element("span", { className: "quiet", textContent: (mine ? this.words.you : l.author || this.words.bot) + ": " }));
    if (l.author) made.append(element("p", { className: "author", textContent: l.author, ariaHidden: "true" }));
    for (const shown of l.shown) {
      if (shown.text || shown.file || shown.place) made.append(this.bubble(shown, l.at));
      if (shown.rows) made.append(this.choices(shown.rows, l.ask));
    }
    return made;
  }

  bubble(shown, at) {
    const made = element("div", { className: "bubble" });
    if (shown.file) made.append(this.file(shown.file));
    if (shown.place) made.append(this.place(shown.place));
    if (shown.text) made.append(element("p", { className: "text", dir: "auto" }, linked(shown.text)));
    const when = new Date(at);
    made.append(element("span", { className: "foot" }, element("time", { dateTime: when.toISOString(), textContent: this.clock.format(when) })));
    return made;
  }

  choices(rows, ask) {
    const made = element("div", { className: ask === "rating" ? "choices rating" : "choices", role: "group" });
    for (const row of rows) {
      made.append(element("div", { className: "row" }, ...row.map((b) => this.button(b, made))));
    }
    return made;
  }

  button(b, group) {
    if (b.link) {
      if (!/^(https?|tel|mailto):/i.test(b.link)) return element("span", { textContent: b.label });
      return element("a", { className: "choice", href: b.link, target: "_blank", rel: "noopener noreferrer", textContent: b.label });
    }
    const made = element("button", { type: "button", className: "choice" });
    made.textContent = b.toggle ? b.label.replace(/^[☑☐] /, "") : b.label;
    made.dataset.choice = b.data;
    if (b.toggle) {
      made.classList.add("toggle");
      made.ariaPressed = String(Boolean(b.chosen));
    }
    made.addEventListener("click", (e) => this.press(b, made, group, e.detail === 0));
    return made;
  }

  file(f) {
    if (f.kind === "photo" && !/hei[cf]|svg|tiff/.test(f.mime)) return this.photo(f);
    const calendar = f.mime.startsWith("text/calendar");
    const made = element(
      "button",
      { type: "button", className: "file" },
      element("span", { className: "sheet" }, icon(calendar ? "calendar" : "sheet")),
      element("span", {}, element("b", { textContent: calendar ? this.words.calendar : f.name || this.words.download }), element("small", { textContent: size(f) || this.words.download })),
    );
    made.addEventListener("click", async () => {
      const url = URL.createObjectURL(await content(f));
      element("a", { href: url, download: f.name || "file" }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    });
    return made;
  }

  photo(f) {
    const image = element("img", { alt: f.name || this.words.photo, loading: "lazy" });
    const made = element("a", { className: "photo", target: "_blank", rel: "noopener" }, image);
    const broken = () => made.replaceWith(element("span", { textContent: f.name || this.words.photo }));
    image.addEventListener("error", broken);
    content(f).then((blob) => (image.src = made.href = URL.createObjectURL(blob)), broken);
    return made;
  }

  place(p) {
    if (!/^https?:/i.test(p.url)) return element("p", { textContent: [p.title, p.address].filter(Boolean).join(", ") });
    return element(
      "a",
      { className: "place", href: p.url, target: "_blank", rel: "noopener noreferrer" },
      element("span", { className: "pin" }, icon("pin")),
      element("span", {}, element("b", { textContent: p.title || p.address || this.words.map }), element("small", { textContent: p.title ? p.address || "" : "" }), element("small", { className: "go", textContent: this.words.map })),
    );
  }
}

// content of a file: a small one travels with its line, the others are asked for; one of ours is at hand.
async function content(f) {
  if (f.blob) return f.blob;
  if (f.data) return new Blob([Uint8Array.from(atob(f.data), (c) => c.charCodeAt(0))], { type: f.mime });
  return (await request("file?ref=" + encodeURIComponent(f.ref))).blob();
}

function size(f) {
  if (!f.size) return "";
  const [value, unit] = f.size < 1e6 ? [Math.max(f.size / 1e3, 1), "kilobyte"] : [f.size / 1e6, "megabyte"];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
