// An open chat: it stays at its newest line, tells that one is writing, and shows a phone one pane at a time.
const said = document.getElementById("said-here");
const work = document.getElementById("work");

let atEnd = true;
const toEnd = () => { said.scrollTop = said.scrollHeight; };
if (said && !("fromStart" in said.dataset)) {
	const down = document.getElementById("to-end"), lines = document.getElementById("chat-lines");
	const last = () => [...lines.querySelectorAll(".said-line")].at(-1)?.id;
	let seen = last();
	const news = document.getElementById("news");
	const begin = () => { // at the first unread line, when it does not fit with the last one
		if (atEnd) toEnd();
		if (news && news.getBoundingClientRect().top < said.getBoundingClientRect().top) news.scrollIntoView({ block: "start" });
	};
	begin();
	addEventListener("load", begin, { once: true });
	said.addEventListener("scroll", () => {
		atEnd = said.scrollHeight - said.scrollTop - said.clientHeight < 80;
		if (atEnd) { seen = last(); down.classList.remove("has-new"); }
		down.hidden = atEnd;
	}, { passive: true });
	down.addEventListener("click", () => { toEnd(); said.focus(); });
	new ResizeObserver(() => { if (atEnd) toEnd(); }).observe(said);
	new MutationObserver(() => {
		if (atEnd) { seen = last(); return toEnd(); }
		if (last() !== seen) down.classList.add("has-new");
	}).observe(lines, { childList: true, subtree: true });
	// Older lines push nothing away from under the reader.
	let height = 0;
	document.addEventListener("htmx:beforeSwap", event => { if (event.detail.target?.matches?.(".older")) height = said.scrollHeight - said.scrollTop; });
	document.addEventListener("htmx:afterSwap", () => { if (height) said.scrollTop = said.scrollHeight - height; height = 0; });
} else if (said) {
	said.querySelector(".earlier")?.scrollIntoView({ block: "start" });
}

// Somebody who was erased while the chat is open: what was written to them goes too.
document.addEventListener("htmx:sseBeforeMessage", event => {
	if (event.detail.type !== "chat-gone") return;
	const patient = document.getElementById("chat").dataset.patient;
	for (const name of Object.keys(sessionStorage)) if (patient && name.endsWith(`.chat-${patient}`)) sessionStorage.removeItem(name);
});

document.addEventListener("click", event => {
	if (event.target.closest("[data-side]")) {
		work.classList.toggle("at-side");
		work.classList.toggle("at-detail");
	}
	const mode = event.target.closest(".modes label");
	if (mode) document.getElementById("words").focus();
});

// For whom one writes stands in the empty field too.
function whom() {
	const words = document.getElementById("words");
	if (!words) return;
	words.dataset.reply ??= words.placeholder;
	words.placeholder = words.form.querySelector("[value=note]:checked") ? words.dataset.note : words.dataset.reply;
}
whom();
document.addEventListener("htmx:load", whom);
document.addEventListener("change", event => { if (event.target.matches(".modes input")) whom(); });
document.addEventListener("keydown", event => {
	if (event.key !== "Escape" || event.target.matches("textarea, input, select") || document.querySelector("dialog[open]")) return;
	const back = document.querySelector("[data-back]");
	if (back?.checkVisibility()) back.click();
});

// Writing: told at most every few seconds, and when it has stopped.
const every = 3000; // ms
let told = 0, stop = 0;
function typing(field, stopped) {
	told = stopped ? 0 : Date.now();
	clearTimeout(stop);
	if (!stopped) stop = setTimeout(() => typing(field, true), 2 * every);
	fetch(field.dataset.typing, { method: "POST", body: new URLSearchParams(stopped ? { stopped: "1" } : {}), headers: { "HX-Request": "true" } }).catch(() => {});
}
document.addEventListener("input", event => {
	const field = event.target;
	if (!field.matches("[data-typing]") || field.form.querySelector("[value=note]:checked")) return;
	if (field.value && Date.now() - told > every) typing(field, false);
	else if (!field.value && told) typing(field, true);
});

// Files go to the server as soon as they are chosen, or dropped or pasted into the words.
document.addEventListener("change", event => {
	const field = event.target;
	if (!field.matches("[data-files]")) return;
	const large = [...field.files].filter(f => f.size > Number(field.dataset.most));
	if (!large.length) return;
	document.dispatchEvent(new CustomEvent("careline:toasts", { detail: { toasts: large.map(f => ({ text: `${f.name}: ${field.dataset.tooBig}`, bad: true })) } }));
	field.files = only([...field.files].filter(f => !large.includes(f)));
	if (!field.files.length) event.stopPropagation();
}, true);
function only(files) {
	const list = new DataTransfer();
	for (const f of files) list.items.add(f);
	return list.files;
}
function bring(files) {
	const field = document.getElementById("attach");
	field.files = only(files);
	field.dispatchEvent(new Event("change", { bubbles: true }));
}
for (const type of ["paste", "drop"]) document.addEventListener(type, event => {
	const files = (event.clipboardData ?? event.dataTransfer)?.files;
	if (!files?.length || !event.target.closest?.("#compose")) return;
	event.preventDefault();
	bring(files);
});
document.addEventListener("dragover", event => { if (event.target.closest?.("#compose")) event.preventDefault(); });
document.addEventListener("htmx:afterRequest", event => { if (event.target.matches?.("[data-files]")) event.target.value = ""; });
document.addEventListener("click", event => {
	const button = event.target.closest("[data-remove]");
	if (button) htmx.ajax("POST", button.dataset.remove, { target: "#chosen", swap: "outerHTML", values: { remove: button.value } });
});
document.addEventListener("htmx:afterSwap", event => { // what was sent is seen
	if (event.detail.target?.id !== "compose") return;
	document.getElementById("words")?.focus();
	if (event.detail.xhr.status < 300) { clearTimeout(stop); told = 0; atEnd = true; toEnd(); }
});

// Ready answers: «/» opens them, words find one, Enter takes it.
const ready = () => document.querySelector(".ready");
document.addEventListener("toggle", event => {
	if (!event.target.matches?.(".ready") || !event.target.open) return;
	const find = event.target.querySelector("[data-find]");
	find.value = "";
	look(find);
	find.focus();
}, true);
function look(find) {
	const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
	for (const li of find.closest(".ready").querySelectorAll("li")) li.hidden = !words.every(w => li.textContent.toLowerCase().includes(w));
}
function take(button) {
	const field = document.getElementById("words");
	field.value = field.value ? `${field.value.trimEnd()}\n${button.dataset.ready}` : button.dataset.ready;
	button.closest(".ready").open = false;
	field.focus();
	field.dispatchEvent(new Event("input", { bubbles: true }));
}
document.addEventListener("input", event => { if (event.target.matches("[data-find]")) look(event.target); });
document.addEventListener("click", event => {
	const button = event.target.closest("[data-ready]");
	if (button) take(button);
});
document.addEventListener("keydown", event => {
	const at = event.target;
	if (at.id === "words" && at.value === "" && event.key === "/" && ready()) {
		event.preventDefault();
		ready().open = true;
	} else if (at.matches("[data-find]") && event.key === "Enter") {
		event.preventDefault();
		const first = at.closest(".ready").querySelector("li:not([hidden]) button");
		if (first) take(first);
	} else if (at.closest(".ready") && event.key === "Escape") {
		ready().open = false;
		document.getElementById("words").focus();
	}
});
