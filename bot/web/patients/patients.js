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
