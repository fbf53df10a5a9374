// The keyboard. Keys are taken by their place, so that they work in a Russian layout too; nothing happens while one types.
const help = document.getElementById("keys");
const chosen = document.querySelector("[data-keys-switch]");
const isOn = () => localStorage.getItem("careline.keys") !== "off";
const seen = e => e.checkVisibility() && !e.disabled;
const find = selector => [...document.querySelectorAll(selector)].find(seen);
const typing = e => e.matches("input:not([type=checkbox]):not([type=radio]), textarea, select") || e.isContentEditable;

let going = 0; // when g was pressed
function name(event) {
	if (event.key === "?" || event.code === "Slash" && event.shiftKey) return "?";
	if (event.key === "/" || event.code === "Slash") return "/";
	return event.code.startsWith("Key") && !event.shiftKey ? event.code.slice(3).toLowerCase() : "";
}

function move(by) {
	const rows = [...document.querySelectorAll("[data-list] [data-row]")].filter(seen).map(r => r.matches("a, button") ? r : r.querySelector("a, button")).filter(Boolean);
	let at = rows.indexOf(document.activeElement);
	if (at < 0) at = rows.findIndex(r => r.getAttribute("aria-current") === "true");
	else at += by;
	rows[Math.max(0, Math.min(at, rows.length - 1))]?.focus();
}

function press(key) {
	const e = find(`[data-key="${CSS.escape(key)}"]`);
	if (!e) return false;
	if (e.matches("input, textarea, select")) e.focus();
	else e.click();
	return true;
}

document.addEventListener("keydown", event => {
	const at = event.target;
	if (event.key === "Escape") {
		const menu = document.querySelector("details.menu[open]");
		if (menu) {
			menu.open = false;
			menu.querySelector("summary").focus();
			event.stopImmediatePropagation(); // the page's own Escape is the next one
		} else if (typing(at)) at.blur();
		return;
	}
	if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && at.form && at.matches("textarea")) {
		event.preventDefault();
		at.form.requestSubmit();
		return;
	}
	if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || event.repeat && !"jk".includes(name(event)) || typing(at) || document.querySelector("dialog[open]")) return;
	const key = name(event), went = event.timeStamp - going < 1500;
	going = 0;
	let done = true;
	if (key === "") return;
	else if (went && find(`[data-go="${key}"]`)) find(`[data-go="${key}"]`).click();
	else if (key === "g") going = event.timeStamp;
	else if (key === "?") help?.showModal();
	else if (key === "j") move(1);
	else if (key === "k") move(-1);
	else done = press(key);
	if (done) event.preventDefault();
});

// On a phone the section of the page is in the middle of the bar; the page itself, and one that frames it, stays where it is.
const bar = document.querySelector(".bar nav"), here = bar?.querySelector("[aria-current=page]");
if (here) {
	const whole = bar.getBoundingClientRect(), part = here.getBoundingClientRect();
	bar.scrollLeft += part.left + part.width / 2 - whole.left - whole.width / 2;
}

document.addEventListener("click", event => {
	const open = event.target.closest("[data-open]");
	if (open) document.getElementById(open.dataset.open)?.showModal();
	for (const menu of document.querySelectorAll("details.menu[open]")) if (open || !menu.contains(event.target)) menu.open = false;
});
if (chosen) {
	chosen.checked = isOn();
	chosen.addEventListener("change", () => localStorage.setItem("careline.keys", chosen.checked ? "on" : "off"));
}
