// Nobody misses a new ticket: the title counts those who wait, and a newer one than before rings.
const words = JSON.parse(document.body.dataset.words);
const said = document.getElementById("said");
const buttons = document.querySelectorAll("[data-notify]");
const isOn = () => localStorage.getItem("careline.ring") !== "off";

const title = document.querySelector("title");
function count() {
	const n = document.querySelector("#waiting [data-count]")?.dataset.count;
	const bare = document.title.replace(/^\(\d+\) /, ""), now = n ? `(${n}) ${bare}` : bare;
	if (document.title !== now) document.title = now;
}
new MutationObserver(count).observe(title, { childList: true });
const waiting = document.getElementById("waiting");
if (waiting) new MutationObserver(count).observe(waiting, { childList: true });

// Two notes, made here: there is no file to load.
function beep() {
	const audio = new AudioContext();
	for (const [at, pitch] of [[0, 660], [0.16, 880]]) {
		const tone = audio.createOscillator(), loud = audio.createGain(), start = audio.currentTime + at;
		tone.frequency.value = pitch;
		loud.gain.setValueAtTime(0, start);
		loud.gain.linearRampToValueAtTime(0.15, start + 0.02);
		loud.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
		tone.connect(loud).connect(audio.destination);
		tone.start(start);
		tone.stop(start + 0.32);
		tone.onended = () => { if (at > 0) audio.close(); };
	}
}

function ring() {
	said.textContent = words.ring;
	if (!isOn()) return;
	beep();
	if (document.hidden && window.Notification?.permission === "granted") {
		const note = new Notification(words.ring, { tag: "careline" }); // no names: others see the screen
		note.onclick = () => { window.focus(); location.href = "/desk/inbox"; };
	}
}

// heard is told when the newest ticket was made; of several tabs one rings.
async function heard(newest) {
	const before = Number(localStorage.getItem("careline.newest") ?? -1);
	if (newest <= before) return;
	localStorage.setItem("careline.newest", newest);
	if (before >= 0) ring();
}
document.addEventListener("htmx:sseBeforeMessage", event => {
	if (event.detail.type !== "ring") return;
	event.preventDefault();
	const newest = Number(event.detail.data);
	if (navigator.locks) navigator.locks.request("careline.ring", () => heard(newest));
	else heard(newest);
});

function show() {
	for (const b of buttons) b.setAttribute("aria-pressed", isOn() && window.Notification?.permission === "granted");
}
for (const b of buttons) b.addEventListener("click", async () => {
	const on = b.getAttribute("aria-pressed") !== "true";
	localStorage.setItem("careline.ring", on ? "on" : "off");
	const allowed = !on || await window.Notification?.requestPermission() === "granted";
	if (on) beep();
	const text = !on ? words.notify_quiet : allowed ? words.notify_on : words.notify_off;
	document.dispatchEvent(new CustomEvent("careline:toasts", { detail: { toasts: [{ text, bad: !allowed }] } }));
	show();
});
show();
count();
