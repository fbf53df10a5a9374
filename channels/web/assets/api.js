// Requests to the chat's own server. The session lies in a cookie; where a browser refuses cookies (a frame
// on another site) the secret lies in localStorage and travels as a header.
const slot = "careline-chat";
let token = read();

export class Refused extends Error {
  constructor(status, code, after) {
    super(code);
    Object.assign(this, { status, code, after });
  }
  // Trying again may help.
  get passing() {
    return this.status === 429 || this.status === 401 || this.status >= 500;
  }
}

export async function request(path, init = {}) {
  let response = await ask(path, init);
  if (response.status === 401) {
    await enter();
    response = await ask(path, init);
  }
  if (response.ok) return response;
  const body = await response.json().catch(() => ({}));
  throw new Refused(response.status, body.error || "error", Number(response.headers.get("Retry-After")) || 0);
}

let entering;

// enter opens the session; several callers share one attempt.
export function enter() {
  entering ??= open().finally(() => (entering = undefined));
  return entering;
}

async function open() {
  const first = await session();
  if (!first.token) return;
  save((token = ""));
  const again = await session(); // has the browser kept the cookie?
  if (again.token) save((token = again.token));
}

async function session() {
  const response = await ask("session", { method: "POST" });
  if (!response.ok) throw new Refused(response.status, "session", Number(response.headers.get("Retry-After")) || 0);
  return response.json();
}

function ask(path, init) {
  const headers = new Headers(init.headers);
  if (token) headers.set("X-Careline-Chat", token);
  return fetch(path, { ...init, headers, cache: "no-store" });
}

function read() {
  try {
    return localStorage.getItem(slot) || "";
  } catch {
    return "";
  }
}

function save(value) {
  try {
    if (value) localStorage.setItem(slot, value);
    else localStorage.removeItem(slot);
  } catch {
    // storage is shut too: the session lasts as long as the page
  }
}
