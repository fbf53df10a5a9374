// What was looked for is there again when somebody comes back from a card: it stays in this tab, and in no address.
const find = document.querySelector("input[data-kept]");
if (find) {
	const key = find.dataset.kept, way = performance.getEntriesByType("navigation")[0]?.type;
	const from = document.referrer && new URL(document.referrer);
	const returns = way === "back_forward" || way === "reload" || from && from.origin === location.origin && /^\/desk\/(patients|chats|schedule)\/./.test(from.pathname);
	const text = sessionStorage.getItem(key);
	if (!find.value && text && returns) {
		find.value = text;
		const ask = () => find.form.requestSubmit();
		if (document.readyState === "complete") ask();
		else addEventListener("load", ask); // htmx listens by then
	} else if (!find.value) sessionStorage.removeItem(key);
	find.addEventListener("input", () => sessionStorage.setItem(key, find.value));
}

// A form whose session ended while it was filled in is filled in again after the login. Any other page of patients is an answer to it.
const outlives = `careline.draft.${document.body.dataset.account}.form`;
const form = document.querySelector("form[data-outlives]");
const fields = () => [...form.elements].filter(e => e.name && e.type !== "hidden" && e.type !== "submit");
const sent = sessionStorage.getItem(outlives);
sessionStorage.removeItem(outlives);
if (form && sent && !form.querySelector(".error")) {
	const { path, values } = JSON.parse(sent);
	if (path === location.pathname) for (const e of fields()) e.type === "checkbox" ? e.checked = values[e.name] : e.value = values[e.name] ?? "";
}
if (form) {
	const keep = () => sessionStorage.setItem(outlives, JSON.stringify({
		path: location.pathname, values: Object.fromEntries(fields().map(e => [e.name, e.type === "checkbox" ? e.checked : e.value])) }));
	form.addEventListener("submit", keep);
	document.addEventListener("careline:expired", keep, true); // the page is about to leave by itself
}
