// Countdowns run by the server's clock: a browser whose clock differs, or is set meanwhile, shows the same.
const words = JSON.parse(document.body.dataset.words);
let ahead = Number(document.body.dataset.now) - performance.now(); // ms

function left(ms) {
	const whole = Math.floor(Math.abs(ms) / 60000);
	if (whole === 0) return words.now;
	const parts = [[Math.floor(whole / 1440), words.day], [Math.floor(whole / 60) % 24, words.hour]];
	if (whole < 1440) parts.push([whole % 60, words.minute]);
	const text = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n} ${unit}`).join(" ");
	return ms < 0 ? `${words.late} ${text}` : text;
}

function tick() {
	const now = performance.now() + ahead;
	for (const e of document.querySelectorAll("[data-deadline]")) {
		const ms = Date.parse(e.dataset.deadline) - now, text = left(ms);
		if (e.textContent !== text) e.textContent = text;
		e.classList.toggle("late", ms < 0);
	}
}

document.addEventListener("careline:clock", event => { ahead = Number(event.detail) - performance.now(); });
document.addEventListener("htmx:load", tick);
setInterval(tick, 1000);
tick();
