// The day: a choice is shown at once, and paper is asked for with a button.
for (const form of document.querySelectorAll("form[data-choose]")) {
	form.querySelector("button").hidden = true;
	form.addEventListener("change", () => form.requestSubmit());
}
document.querySelector("[data-print]")?.addEventListener("click", () => print());
