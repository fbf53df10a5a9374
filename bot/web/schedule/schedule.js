// The schedule: a visit is moved by dragging, with a mouse or a finger, or with the keyboard; the server says where it may go, and decides.
for (const form of document.querySelectorAll("form[data-choose]")) {
	const button = form.querySelector("button");
	button.hidden = true;
	form.addEventListener("change", () => form.requestSubmit());
}
for (const part of document.querySelectorAll("[data-again]")) { // a choice on which other choices depend
	part.addEventListener("change", () => part.closest("form").requestSubmit(part.closest("form").querySelector("[value=times]")));
	for (const button of document.querySelectorAll("[data-hide]")) button.hidden = true;
}
// The search field's Enter searches; it does not book.
document.querySelector(".look input")?.addEventListener("keydown", event => {
	if (event.key !== "Enter") return;
	event.preventDefault();
	event.target.form.requestSubmit(event.target.form.querySelector("[value=look]"));
});

const board = document.getElementById("board"), grid = document.getElementById("grid");
if (board) work();

function work() {
	const said = document.getElementById("said"), clash = document.getElementById("clash");
	const say = text => { said.textContent = text; };
	let moving = null; // {visit, places, at, drag}
	let missed = ""; // what came while something was moved

	// Taking a visit shows where it may go.
	async function take(link, drag) {
		leave();
		const mine = moving = { id: link.dataset.visit, link, places: [], at: -1, drag };
		board.classList.add("moving");
		link.classList.add("taken");
		const answer = await fetch(`/desk/schedule/visit/${encodeURIComponent(mine.id)}/places?${board.dataset.query}`, { headers: { Accept: "application/json" } }).catch(() => null);
		if (moving !== mine) return;
		mine.places = answer?.ok ? await answer.json() : [];
		if (moving !== mine) return;
		for (const place of mine.places) {
			const column = grid.querySelector(`[data-column="${CSS.escape(place.column)}"]`);
			if (!column) continue;
			place.spot = document.createElement("span");
			place.spot.className = `place f${place.row} n${place.rows}`;
			place.in = column;
			column.append(place.spot);
		}
		mine.places = mine.places.filter(p => p.spot);
		const columns = [...grid.querySelectorAll("[data-column]")];
		for (const p of mine.places) p.column = columns.indexOf(p.in);
		mine.places.sort((a, b) => a.column - b.column || a.row - b.row);
		if (!mine.places.length) { say(board.dataset.none); tell(board.dataset.none, true); return leave(); }
		say(board.dataset.move);
		if (drag) over(drag.x, drag.y);
		else point(nearest(link));
	}

	function leave() {
		if (!moving) return;
		for (const p of moving.places) p.spot?.remove();
		moving.link.classList.remove("taken");
		board.classList.remove("moving");
		document.body.classList.remove("dragging");
		moving = null;
		if (missed) Idiomorph.morph(grid, missed, { morphStyle: "innerHTML" });
		missed = "";
	}

	function point(index) {
		if (!moving || !(index in moving.places)) return;
		const before = moving.places[moving.at], now = moving.places[moving.at = index];
		if (before) { before.spot.classList.remove("here"); before.spot.textContent = ""; }
		now.spot.classList.add("here");
		now.spot.textContent = now.to.slice(-5);
		if (!moving.drag) now.spot.scrollIntoView({ block: "nearest", inline: "nearest" });
		say(now.label);
	}

	const centre = e => { const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top]; };
	function nearest(e) {
		const [x, y] = centre(e);
		let best = -1, least = Infinity;
		moving.places.forEach((p, i) => {
			const [px, py] = centre(p.spot), far = Math.abs(px - x) * 4 + Math.abs(py - y);
			if (far < least) { least = far; best = i; }
		});
		return best;
	}
	// step goes to the next place in the column, or to the one at about the same time in the next column that has any.
	function step(key) {
		const { places, at } = moving, now = places[at];
		if (key === "ArrowDown" || key === "ArrowUp") {
			const next = at + (key === "ArrowDown" ? 1 : -1);
			if (places[next]?.column === now.column) point(next);
			return;
		}
		const way = key === "ArrowRight" ? 1 : -1;
		const columns = places.map(p => p.column).filter(c => (c - now.column) * way > 0);
		if (!columns.length) return;
		const column = way > 0 ? Math.min(...columns) : Math.max(...columns);
		let best = -1;
		places.forEach((p, i) => { if (p.column === column && (best < 0 || Math.abs(p.row - now.row) < Math.abs(places[best].row - now.row))) best = i; });
		point(best);
	}

	function put() {
		const place = moving?.places[moving.at];
		if (!place) return leave();
		const id = moving.id;
		const values = Object.fromEntries(new URLSearchParams(board.dataset.query));
		values.to = place.to;
		if (document.getElementById("tell").checked) values.tell = "on";
		leave();
		htmx.ajax("POST", `/desk/schedule/visit/${encodeURIComponent(id)}/move`, { source: grid, target: grid, swap: "morph:innerHTML", values })
			.then(() => grid.querySelector(`[data-visit="${CSS.escape(id)}"]`)?.focus());
	}

	document.addEventListener("htmx:beforeSwap", event => { // somebody was faster: the next free times
		if (event.detail.xhr.status !== 409 || !event.detail.xhr.responseText.includes("<form")) return;
		event.detail.shouldSwap = true;
		event.detail.isError = false;
		event.detail.target = clash;
		event.detail.swapOverride = "innerHTML";
		setTimeout(() => { if (!clash.open) clash.showModal(); });
	});
	document.addEventListener("htmx:sseBeforeMessage", event => {
		if (!moving || event.detail.type !== "grid") return;
		missed = event.detail.data;
		event.preventDefault();
	});

	function tell(text, bad) { document.dispatchEvent(new CustomEvent("careline:toasts", { detail: { toasts: [{ text, bad }] } })); }

	// The keyboard: m takes the visit, arrows choose, Enter puts, Esc leaves.
	document.addEventListener("keydown", event => {
		if (moving && !moving.drag) {
			const key = event.key;
			if (key.startsWith("Arrow")) step(key);
			else if (key === "Enter") put();
			else if (key === "Escape" || key === "Tab") { leave(); say(board.dataset.left); }
			else return;
			if (key !== "Tab") event.preventDefault();
			event.stopPropagation();
			return;
		}
		if (moving && event.key === "Escape") { drop = null; leave(); return; }
		const link = event.target.closest?.("[data-visit]");
		if (link && event.code === "KeyM" && !event.ctrlKey && !event.metaKey && !event.altKey) {
			event.preventDefault();
			take(link, null);
		}
	}, true);

	// Dragging. A finger has to rest on the visit first, so that the board can be scrolled.
	let drop = null, clicked = -Infinity; // drop: {link, x, y, id, timer}
	grid.addEventListener("pointerdown", event => {
		const link = event.target.closest("[data-visit]");
		if (!link || event.button !== 0) return;
		drop = { link, x: event.clientX, y: event.clientY, id: event.pointerId, touch: event.pointerType === "touch" };
		if (drop.touch) drop.timer = setTimeout(() => { if (drop) start(drop.x, drop.y); }, 350);
	});
	function start(x, y) {
		drop.on = true;
		document.body.classList.add("dragging");
		navigator.vibrate?.(10);
		take(drop.link, { x, y });
	}
	document.addEventListener("pointermove", event => {
		if (!drop || event.pointerId !== drop.id) return;
		const far = Math.hypot(event.clientX - drop.x, event.clientY - drop.y);
		if (!drop.on) {
			if (far < 6) return;
			if (drop.touch) { clearTimeout(drop.timer); drop = null; return; } // scrolls
			start(event.clientX, event.clientY);
		}
		if (moving?.drag) { moving.drag = { x: event.clientX, y: event.clientY }; over(event.clientX, event.clientY); }
	});
	grid.addEventListener("touchmove", event => { if (drop?.on) event.preventDefault(); }, { passive: false });
	grid.addEventListener("contextmenu", event => { if (drop?.touch) event.preventDefault(); });
	function over(x, y) {
		const edge = board.getBoundingClientRect();
		board.scrollBy(x > edge.right - 32 ? 12 : x < edge.left + 32 ? -12 : 0, y > edge.bottom - 32 ? 12 : y < edge.top + 32 ? -12 : 0);
		let best = -1, least = Infinity;
		moving.places.forEach((p, i) => {
			const r = p.in.getBoundingClientRect(), s = p.spot.getBoundingClientRect();
			if (x < r.left || x > r.right) return;
			const far = Math.abs(s.top + Math.min(10, s.height / 2) - y);
			if (far < least && far < 60) { least = far; best = i; }
		});
		if (best >= 0) return point(best);
		if (moving.at >= 0) { const p = moving.places[moving.at]; p.spot.classList.remove("here"); p.spot.textContent = ""; moving.at = -1; }
	}
	document.addEventListener("pointerup", event => {
		if (!drop || event.pointerId !== drop.id) return;
		clearTimeout(drop.timer);
		if (drop.on) { clicked = event.timeStamp; put(); }
		drop = null;
	});
	document.addEventListener("pointercancel", () => { if (drop) { clearTimeout(drop.timer); drop = null; leave(); } });
	grid.addEventListener("pointerover", event => { // what is cut off can be read
		const visit = event.target.closest(".visit");
		if (visit && !visit.title) visit.title = visit.innerText;
	});
	grid.addEventListener("dragstart", event => event.preventDefault());
	grid.addEventListener("click", event => { // the end of a drag is no click
		if (event.timeStamp - clicked < 400) { event.preventDefault(); event.stopPropagation(); return; }
		const free = event.target.closest("[data-work]"), column = free?.closest("[data-column]"), add = column?.parentElement.querySelector(".add");
		if (!add) return;
		const tick = column.getBoundingClientRect().height / column.querySelector(".full").getBoundingClientRect().height && rem() * .3125;
		const shown = grid.querySelector("[data-from]").dataset, from = Number(shown.from), step = Number(shown.step);
		const minute = from + Math.floor((event.clientY - column.getBoundingClientRect().top) / tick) * 5;
		const begin = Math.floor(minute / step) * step;
		const at = `${String(Math.floor(begin / 60)).padStart(2, "0")}:${String(begin % 60).padStart(2, "0")}`;
		const to = new URL(add.href);
		to.searchParams.set("day", column.dataset.column.split("/")[1]);
		to.searchParams.set("at", at);
		location.href = to;
	}, true);
	const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

	// The present, or the beginning of the work, is in sight.
	const present = grid.querySelector(".present:not(.unseen)") ?? grid.querySelector(".work:not(.unseen)");
	if (present) {
		const way = board.getBoundingClientRect(), at = present.getBoundingClientRect();
		board.scrollBy(at.left - way.left > way.width - 60 ? at.left - way.left - 60 : 0, Math.max(0, at.top - way.top - way.height / 3));
	}
}
