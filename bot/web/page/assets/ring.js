// Nobody misses a new ticket: the title counts those who wait, and a newer one than before rings.
const words = JSON.parse(document.body.dataset.words);
const said = document.getElementById("said");
const buttons = document.querySelectorAll("[data-notify]");
const isOn = () => localStorage.getItem("careline.ring") !== "off";

const say = toast => document.dispatchEvent(new CustomEvent("careline:toasts", { detail: { toasts: [toast] } }));

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
	setTimeout(() => { if (audio.state === "suspended") audio.close(); }, 500); // nobody has pressed anything here: not now, then never
	for (const [at, pitch] of [[0, 660], [0.16, 880]]) {
		const tone = audio.createOscillator(), loud = audio.createGain(), start = audio.currentTime + at;
		tone.frequency.value = pitch;
		loud.gain.setValueAtTime(0, start);
		loud.gain.linearRampToValueAtTime(0.15, start + 0.02);
		loud.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
		tone.connect(loud).connect(audio.destination);
		tone.start(start);
		tone.stop(start + 0.32);
		if (at > 0) tone.onended = () => audio.close();
	}
}

function ring() {
	said.textContent = "";
	setTimeout(() => { said.textContent = words.ring; });
	if (!document.hidden) say({ text: words.ring, quiet: true });
	if (!isOn()) return;
	beep();
	if (document.hidden && window.Notification?.permission === "granted") {
		try {
			const note = new Notification(words.ring, { tag: "careline", renotify: true }); // no names: others see the screen
			note.onclick = () => { window.focus(); note.close(); location.href = "/desk/inbox"; };
		} catch { /* Android shows none that a page makes; it has sounded */ }
	}
}

// heard is told when the newest ticket was made; of several tabs one rings.
const last = `careline.newest.${document.body.dataset.account}`;
function heard(newest) {
	const before = Number(localStorage.getItem(last) ?? -1);
	if (newest <= before) return;
	localStorage.setItem(last, newest);
	if (before >= 0) ring();
}
document.addEventListener("careline:ring", event => {
	const newest = Number(event.detail);
	const tell = () => navigator.locks.request("careline.ring", () => heard(newest));
	setTimeout(tell, document.hidden ? 400 : 0); // a tab that is seen goes first
});

function show() { // who has not been asked yet is invited to press
	for (const b of buttons) b.setAttribute("aria-pressed", isOn() && window.Notification?.permission !== "default");
}
for (const b of buttons) b.addEventListener("click", async () => {
	const on = b.getAttribute("aria-pressed") !== "true";
	localStorage.setItem("careline.ring", on ? "on" : "off");
	const allowed = !on || !window.Notification || await Notification.requestPermission() === "granted";
	if (on) beep();
	const text = !on ? words.notify_quiet : allowed ? words.notify_on : words.notify_off;
	say({ text, bad: !allowed });
	show();
});
show();
count();
