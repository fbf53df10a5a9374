// The page's live parts. A browser opens six connections to a site, so not every tab has its own stream: those that are seen do,
// two of them for good, and further windows for a glance in turn; of those that are hidden one keeps its own, so that somebody
// rings, and tells the rest what all pages show. A stream comes back by itself, and then brings everything.
const seats = 2, glance = 1500, between = 6000; // ms
const silence = 50000; // ms; the server says something every twenty seconds
const shared = ["waiting", "ring", "clock", "expired"]; // parts of every page
const others = new BroadcastChannel("careline.live");
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`careline:${name}`, { detail }));

let url = "", stream = null, heardAt = 0, tries = 0, later = 0;
const heard = new Set(shared); // the names that somebody listens to

// Line is what htmx takes for its EventSource. It never closes: there is nothing for htmx to mend.
class Line extends EventTarget {
	readyState = EventSource.CONNECTING;
	constructor(at) {
		super();
		url = at;
		for (const name of shared) this.addEventListener(name, event => tell(name, event.data));
		settle();
	}
	addEventListener(name, listener) {
		super.addEventListener(name, listener);
		if (!heard.has(name)) stream?.addEventListener(name, hear);
		heard.add(name);
	}
	close() {}
}
let line = null;
htmx.createEventSource = at => line ??= new Line(at);

function hear({ type, data }) {
	heardAt = Date.now();
	line.dispatchEvent(new MessageEvent(type, { data }));
	if (shared.includes(type)) others.postMessage({ type, data });
}
others.onmessage = ({ data: { type, data } }) => {
	if (line && !stream) line.dispatchEvent(new MessageEvent(type, { data }));
};

function connect() {
	if (stream) return;
	heardAt = Date.now();
	stream = new EventSource(url);
	stream.onopen = () => { tries = 0; tell("found"); };
	stream.onerror = () => {
		tell("lost");
		if (stream.readyState !== EventSource.CLOSED) return; // the browser tries again
		disconnect();
		refused();
		later = setTimeout(settle, Math.min(1000 * 2 ** tries++, 20000));
	};
	for (const name of heard) stream.addEventListener(name, hear);
}

function disconnect() {
	stream?.close();
	stream = null;
}

// A stream that is refused: the session is over, or the page is no longer ours to see, and its address tells so.
async function refused() {
	const look = new AbortController();
	try {
		const { status } = await fetch(url, { headers: { Accept: "text/event-stream" }, cache: "no-store", signal: look.signal });
		look.abort();
		if (status === 401) tell("expired");
		if (![403, 404].includes(status) || Date.now() - Number(sessionStorage.getItem("careline.again") ?? 0) < 60000) return;
		sessionStorage.setItem("careline.again", Date.now());
		location.reload();
	} catch { /* no network: the banner says it */ }
}

let keeper = false; // has a stream also while it is hidden
let rise = null; // leaves the seat
let asking = false;

// seat is a place among the tabs that are seen: a function that leaves it. null = all are taken.
async function seat() {
	for (let n = 0; n < seats; n++) {
		const leave = await new Promise(got => {
			navigator.locks.request(`careline.seat.${n}`, { ifAvailable: true }, lock => lock ? new Promise(got) : got(null))
				.catch(() => { // another tab has it: this one slept
					rise = null;
					settle();
				});
		});
		if (leave) return leave;
	}
	return null;
}

// settle has a stream, or none, as the tab is seen or not.
async function settle() {
	clearTimeout(later);
	if (!keeper && !document.hidden && !rise) {
		if (asking) return;
		asking = true;
		rise = await seat();
		asking = false;
	}
	if (keeper || document.hidden) {
		rise?.();
		rise = null;
	}
	if (keeper || rise) connect();
	else if (document.hidden) disconnect();
	else look();
}

const stays = () => keeper || rise || document.hidden;
let looking = false;

// look has a stream for a moment, when no other tab looks.
async function look() {
	if (looking) return;
	looking = true;
	await navigator.locks.request("careline.look", async () => {
		if (stays()) return;
		connect();
		await new Promise(done => setTimeout(done, glance));
		if (!stays()) disconnect();
	}).catch(() => {});
	looking = false;
	later = setTimeout(settle, between);
}

function again() {
	disconnect();
	settle();
}

async function keep() {
	for (;;) {
		await navigator.locks.request("careline.keeper", () => {
			keeper = true;
			if (line) settle();
			return new Promise(() => {}); // until the tab is closed
		}).catch(() => { keeper = false; }); // another tab is it: this one slept
		if (line) settle();
	}
}
keep();
document.addEventListener("visibilitychange", () => { if (line) settle(); });
addEventListener("online", () => { if (line) again(); });
setInterval(() => { // a line that is dead without knowing it
	if (!stream || Date.now() - heardAt < silence) return;
	tell("lost");
	again();
}, 5000);
