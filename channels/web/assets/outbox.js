// What was written and not yet taken. One message travels at a time, so their order holds; every try carries
// the same id, so nothing is taken twice. Unsent words outlive a reload of the tab.
import { request } from "./api.js";
import { pause } from "./stream.js";

const slot = "careline-outbox";

export class Outbox {
  #queue = [];
  #busy = false;
  #changed;

  // changed(item) is called when item.state becomes waiting, sending, sent or failed (item.error tells why).
  constructor(changed) {
    this.#changed = changed;
  }

  restore() {
    try {
      for (const message of JSON.parse(sessionStorage.getItem(slot) || "[]")) this.add(message);
    } catch {
      // nothing was kept
    }
  }

  add(message, file) {
    const item = { id: message.id, message, file, state: "waiting", at: new Date() };
    this.#queue.push(item);
    this.#keep();
    this.#changed(item);
    this.#run();
    return item;
  }

  retry(item) {
    if (this.#queue.includes(item)) return;
    this.#queue.push(item);
    this.#set(item, "waiting");
    this.#run();
  }

  // confirm: the stream shows the message, whatever became of our request.
  confirm(id) {
    const item = this.#queue.find((i) => i.id === id);
    if (item) this.#done(item, "sent");
  }

  async #run() {
    if (this.#busy) return;
    this.#busy = true;
    for (let failures = 0; this.#queue.length; ) {
      const item = this.#queue[0];
      try {
        this.#set(item, "sending");
        await request("messages", { method: "POST", ...body(item) });
        failures = 0;
        this.#done(item, "sent");
      } catch (e) {
        if (e.status && !e.passing) {
          item.error = e.code;
          this.#done(item, "failed");
          continue;
        }
        failures++;
        this.#set(item, "waiting");
        await pause(e.after ? e.after * 1000 : Math.min(1000 * 2 ** failures, 15_000));
      }
    }
    this.#busy = false;
  }

  #done(item, state) {
    this.#queue = this.#queue.filter((i) => i !== item);
    this.#keep();
    this.#set(item, state);
  }

  #set(item, state) {
    if (item.state === "sent") return;
    item.state = state;
    this.#changed(item);
  }

  #keep() {
    try {
      sessionStorage.setItem(slot, JSON.stringify(this.#queue.filter((i) => !i.file).map((i) => i.message)));
    } catch {
      // the queue lives as long as the page
    }
  }
}

function body(item) {
  const message = JSON.stringify(item.message);
  if (!item.file) return { body: message, headers: { "Content-Type": "application/json" } };
  const form = new FormData();
  form.append("message", message);
  form.append("file", item.file, item.file.name);
  return { body: form };
}

// newID is the same for every try of one message.
export function newID() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
}
