// The field at the bottom: grows with its text, Enter sends, files are picked, dropped or pasted.
import { element } from "./bubble.js";

export class Composer {
  #form = document.getElementById("composer");
  #text = document.getElementById("text");
  #list = document.getElementById("attached");
  #problem = document.getElementById("problem");
  #files = [];
  #words;
  #settings;

  constructor(words, settings, send) {
    this.#words = words;
    this.#settings = settings;
    this.#form.addEventListener("submit", (e) => {
      e.preventDefault();
      const text = this.#text.value.trim();
      if (!text && !this.#files.length) return;
      send(text, this.#files);
      this.#files = [];
      this.#text.value = "";
      this.#grow();
      this.#show();
      this.problem("");
      this.#text.focus();
    });
    this.#text.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" || e.shiftKey || e.isComposing) return;
      e.preventDefault();
      this.#form.requestSubmit();
    });
    this.#text.addEventListener("input", () => this.#grow());
    if (settings.files) this.#attachments();
    this.#show();
  }

  #attachments() {
    const input = document.getElementById("files");
    document.getElementById("attach").addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      this.#add(input.files);
      input.value = "";
    });
    this.#text.addEventListener("paste", (e) => {
      if (e.clipboardData.files.length) this.#add(e.clipboardData.files);
    });
    document.addEventListener("dragover", (e) => e.preventDefault());
    document.addEventListener("drop", (e) => {
      e.preventDefault();
      this.#add(e.dataTransfer.files);
    });
  }

  #add(files) {
    this.problem("");
    for (const file of files) {
      if (file.size > this.#settings.maxUpload) this.problem(this.#words.file_too_large);
      else this.#files.push(file);
    }
    this.#show();
    this.#text.focus();
  }

  #show() {
    this.#list.hidden = !this.#files.length;
    this.#list.replaceChildren(
      ...this.#files.map((file) => {
        const remove = element("button", { type: "button", ariaLabel: `${this.#words.remove}: ${file.name}`, textContent: "×" });
        remove.addEventListener("click", () => {
          this.#files = this.#files.filter((f) => f !== file);
          this.#show();
          this.#text.focus();
        });
        return element("li", {}, element("span", { textContent: file.name }), remove);
      }),
    );
    this.#form.classList.toggle("full", Boolean(this.#text.value.trim() || this.#files.length));
  }

  #grow() {
    this.#text.style.height = "auto";
    this.#text.style.height = Math.min(this.#text.scrollHeight, 160) + "px";
    this.#form.classList.toggle("full", Boolean(this.#text.value.trim() || this.#files.length));
  }

  problem(text) {
    this.#problem.textContent = text;
    this.#problem.hidden = !text;
  }

  // ask fits the field to the open question.
  ask(kind) {
    const phone = kind === "phone";
    this.#text.inputMode = phone ? "tel" : "";
    this.#text.autocomplete = phone ? "tel" : "off";
    this.#text.placeholder = phone ? this.#words.phone_placeholder : this.#words.placeholder;
  }

  focus() {
    this.#text.focus();
  }
}
