// What happens when the network is lost: a banner, and forms with data-once are sent again, under the same id, until they arrive.
const words = JSON.parse(document.body.dataset.words);
const banner = document.getElementById("offline");
const say = (text, bad) => document.dispatchEvent(new CustomEvent("careline:toasts", { detail: { toasts: [{ text, bad }] } }));
const patience = 3000; // ms: a server that is started again is not worth a word

let lost = 0;
function lose() {
	if (banner && !lost) lost = setTimeout(() => { banner.hidden = false; }, patience);
}
function find() {
	clearTimeout(lost);
	lost = 0;
	if (banner) banner.hidden = true;
}

document.addEventListener("careline:found", find);
document.addEventListener("careline:lost", lose);
document.addEventListener("careline:expired", () => {
	location.replace(`/desk/login?why=ended&back=${encodeURIComponent(location.pathname + location.search)}`);
});
addEventListener("offline", lose);

// Forms on their way: form → how often it was tried.
const sending = new Map();
const freeze = (form, on) => { for (const e of form.querySelectorAll("textarea, input:not([type=hidden])")) e.readOnly = on; };

document.addEventListener("htmx:beforeRequest", event => {
	const form = event.detail.elt.closest("form[data-once]");
	if (!form) return;
	if (sending.get(form)?.busy) return event.preventDefault(); // pressed twice
	sending.set(form, { busy: true, tries: (sending.get(form)?.tries ?? 0) + 1 });
	freeze(form, true); // what is sent again is the same
});

function again(event) {
	const form = event.detail.elt.closest("form[data-once]"), state = sending.get(form);
	lose();
	if (!state) return say(words.lost, true);
	state.busy = false;
	if (state.tries === 1) say(words.resend, true);
	setTimeout(() => { if (form.isConnected) form.requestSubmit(); }, Math.min(1000 * 2 ** state.tries, 20000));
}
document.addEventListener("htmx:sendError", again);
document.addEventListener("htmx:timeout", again);

document.addEventListener("htmx:beforeOnLoad", event => { // an answer came, whatever it is
	const form = event.detail.elt.closest("form[data-once]");
	if (!form || !sending.delete(form)) return;
	freeze(form, false);
	find();
	const once = form.querySelector("input[name=once]");
	if (once && event.detail.xhr.status < 300) once.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), b => b.toString(16).padStart(2, "0")).join("");
});
document.addEventListener("htmx:responseError", event => {
	if (!event.detail.xhr.getResponseHeader("HX-Trigger")) say(words.lost, true); // nobody of ours answered
});
