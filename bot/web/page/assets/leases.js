// Over plain http, as in a clinic's own network, a browser gives pages no locks. Leases in localStorage stand in for what the desk
// needs of them. A lease that is not renewed is free again; whoever slept and lost theirs learns it as of a lock that was stolen:
// the request fails. This file comes before those that ask for locks.
const lasts = 150000; // ms; a tab that is hidden may act once a minute
const renewed = 5000, between = 1000;
const settled = 150; // until all tabs see who was the last to write
const me = crypto.getRandomValues(new Uint32Array(2)).join("-");
const wait = ms => new Promise(done => setTimeout(done, ms));

const at = name => `careline.lease.${name}`;
const read = name => (localStorage.getItem(at(name)) ?? "").split(" ");
const write = name => localStorage.setItem(at(name), `${me} ${Date.now()}`);
const mine = name => read(name)[0] === me;
const free = name => !(Math.abs(Date.now() - Number(read(name)[1])) < lasts);

class Leases {
	#held = new Map(); // name → to be told that it is lost

	constructor() {
		setInterval(() => this.#renew(), renewed);
		addEventListener("pagehide", () => { // and if the page comes back, it has lost them
			for (const name of this.#held.keys()) if (mine(name)) localStorage.removeItem(at(name));
		});
	}

	// request is LockManager.request.
	async request(name, ...how) {
		const use = how.pop();
		while (!await this.#take(name)) {
			if (how[0]?.ifAvailable) return use(null);
			await wait(between);
		}
		try {
			return await Promise.race([new Promise((_, lost) => this.#held.set(name, lost)), use({ name })]);
		} finally {
			if (this.#held.delete(name) && mine(name)) localStorage.removeItem(at(name));
		}
	}

	async #take(name) {
		if (this.#held.has(name) || !free(name)) return false;
		this.#held.set(name, () => {});
		write(name);
		await wait(settled * (1 + Math.random()));
		if (mine(name)) return true;
		this.#held.delete(name);
		return false;
	}

	#renew() {
		for (const [name, lost] of this.#held) {
			if (mine(name)) write(name);
			else {
				this.#held.delete(name);
				lost(new DOMException(name, "AbortError"));
			}
		}
	}
}

if (!navigator.locks) navigator.locks = new Leases();
