// What is typed into [data-draft] stays in this tab until it is sent: also over a session that ended and the login after it.
const words = JSON.parse(document.body.dataset.words);
const account = document.body.dataset.account;
const prefix = "careline.draft.";
const key = field => `${prefix}${account}.${field.dataset.draft}`;
const fields = root => [...root.querySelectorAll("[data-draft]"), ...(root.matches?.("[data-draft]") ? [root] : [])];

function restore(root) {
	for (const field of fields(root)) {
		const text = sessionStorage.getItem(key(field));
		if (!text || field.value) continue;
		field.value = text;
		field.dispatchEvent(new Event("input", { bubbles: true }));
		document.dispatchEvent(new CustomEvent("careline:toasts", { detail: { toasts: [{ text: words.draft }] } }));
	}
}

document.addEventListener("input", event => {
	if (!event.target.matches("[data-draft]")) return;
	if (event.target.value.trim()) sessionStorage.setItem(key(event.target), event.target.value);
	else sessionStorage.removeItem(key(event.target));
});
document.addEventListener("htmx:beforeSwap", event => { // the answer is here, and the form not replaced yet
	const { elt, requestConfig, xhr } = event.detail, form = (requestConfig?.elt ?? elt).closest("form"); // that was sent
	if (form && xhr.status < 300) for (const field of fields(form)) sessionStorage.removeItem(key(field));
});
document.addEventListener("submit", event => { // whoever signs out leaves nothing behind
	if (!event.target.matches("form[action='/desk/logout']")) return;
	for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name);
});
document.addEventListener("htmx:load", event => { if (account) restore(event.detail.elt); });
