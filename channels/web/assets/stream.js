// The live stream: server-sent events read by fetch, which (unlike EventSource) can send the session's header.
import { enter, request } from "./api.js";

const silence = 70_000; // the server says something every 25 seconds

// listen calls on.line, on.typing, on.ready and on.state("online" | "lost") for ever.
export async function listen(on) {
  let last = 0;
  let failures = 0;
  for (;;) {
    const stop = new AbortController();
    let watchdog;
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => stop.abort(), silence);
    };
    const lost = () => stop.abort();
    addEventListener("offline", lost);
    try {
      alive();
      if (!last && !failures) await enter();
      const response = await request("events", { headers: { "Last-Event-ID": String(last) }, signal: stop.signal });
      failures = 0;
      on.state("online");
      for await (const event of events(response.body, alive)) {
        if (event.id) last = Math.max(last, Number(event.id));
        on[event.type]?.(JSON.parse(event.data));
      }
    } catch {
      failures++;
    }
    clearTimeout(watchdog);
    removeEventListener("offline", lost);
    on.state("lost");
    await pause(Math.min(500 * 2 ** failures, 15_000) * (0.75 + Math.random() / 2));
  }
}

async function* events(body, alive) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    alive();
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = {};
      for (const row of block.split("\n")) {
        const at = row.indexOf(": ");
        if (at > 0) event[row.slice(0, at)] = row.slice(at + 2);
      }
      if (event.event) yield { type: event.event, id: event.id, data: event.data };
    }
  }
}

// pause ends early when the network is back or somebody looks at the page again.
export function pause(ms) {
  return new Promise((done) => {
    const wake = () => {
      if (document.hidden) return;
      clearTimeout(timer);
      removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      done();
    };
    const timer = setTimeout(() => {
      removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      done();
    }, ms);
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
  });
}
