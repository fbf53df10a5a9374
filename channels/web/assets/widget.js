// <script src="https://clinic.example/chat/widget.js" data-color="#0f766e" data-lang="ru" async></script>
(function (words) {
  "use strict";
  const script = document.currentScript;
  if (!script || window.carelineChat) return;
  const home = new URL("./", script.src);
  const set = script.dataset;
  const lang = words[set.lang] ? set.lang : Object.keys(words).find((l) => (document.documentElement.lang || navigator.language).startsWith(l)) || Object.keys(words)[0];
  const say = words[lang];
  const color = /^#[0-9a-f]{6}$/i.test(set.color || "") ? set.color : "#0f766e";
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const make = (tag, style, more) => {
    const made = Object.assign(document.createElement(tag), more);
    Object.assign(made.style, style);
    return made;
  };

  const shapes = {
    open: "M12 3C6.5 3 2 6.8 2 11.5c0 2.3 1.1 4.4 2.9 5.9L4 21l4.3-1.8c1.1.3 2.4.5 3.7.5 5.5 0 10-3.7 10-8.2S17.5 3 12 3z",
    close: "M6.4 5 5 6.4 10.6 12 5 17.6 6.4 19 12 13.4 17.6 19 19 17.6 13.4 12 19 6.4 17.6 5 12 10.6z",
  };
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", "28");
  svg.setAttribute("height", "28");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("fill", "currentColor");
  svg.append(path);

  const button = make("button", {
    position: "fixed", right: "max(20px, env(safe-area-inset-right))", bottom: "max(20px, env(safe-area-inset-bottom))", width: "60px", height: "60px",
    padding: "16px", border: "0", borderRadius: "50%", background: color, color: "#fff", cursor: "pointer", boxShadow: "0 6px 24px rgb(0 0 0 / 22%)", zIndex: "2147483000",
  }, { type: "button" });
  const badge = make("span", {
    position: "absolute", top: "-2px", right: "-2px", minWidth: "22px", padding: "0 6px", boxSizing: "border-box", borderRadius: "11px", background: "#b91c1c",
    color: "#fff", font: "600 13px/22px system-ui, sans-serif", textAlign: "center",
  }, { hidden: true });
  button.append(svg, badge);

  let frame;
  let open = false;

  function build() {
    const address = new URL(home);
    address.searchParams.set("widget", "1");
    address.searchParams.set("lang", lang);
    if (set.color) address.searchParams.set("color", color);
    if (set.source) address.searchParams.set("source", set.source);
    frame = make("iframe", { position: "fixed", border: "0", background: "Canvas", zIndex: "2147482999" }, { src: address.href, title: say.title });
    document.body.append(frame);
  }

  function fit() {
    if (!frame) return;
    const phone = innerWidth < 500;
    Object.assign(frame.style, phone
      ? { right: "0", bottom: "0", width: "100%", height: "100dvh", borderRadius: "0", boxShadow: "none" }
      : { right: "20px", bottom: "96px", width: "390px", height: "min(680px, calc(100dvh - 120px))", borderRadius: "18px", boxShadow: "0 12px 48px rgb(0 0 0 / 24%)" });
    Object.assign(button.style, open && phone ? { top: "12px", bottom: "auto", right: "12px", width: "40px", height: "40px", padding: "6px" } : { top: "", bottom: "max(20px, env(safe-area-inset-bottom))", right: "max(20px, env(safe-area-inset-right))", width: "60px", height: "60px", padding: "16px" });
  }

  function show(wanted) {
    open = wanted;
    if (open && !frame) build();
    if (frame) frame.style.display = open ? "block" : "none";
    path.setAttribute("d", open ? shapes.close : shapes.open);
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", open ? say.close : say.open);
    fit();
    if (open) {
      count(0);
      frame.focus();
      if (!calm && frame.animate) frame.animate([{ opacity: 0, transform: "translateY(12px)" }, { opacity: 1, transform: "none" }], { duration: 160, easing: "ease-out" });
    }
  }

  function count(n) {
    badge.hidden = !n;
    badge.textContent = n > 99 ? "99+" : String(n);
  }

  button.addEventListener("click", () => show(!open));
  addEventListener("resize", fit);
  addEventListener("keydown", (e) => e.key === "Escape" && open && show(false));
  addEventListener("message", (e) => {
    if (e.origin !== home.origin || !frame || e.source !== frame.contentWindow) return;
    if (e.data.careline === "unread" && !open) count(Number(e.data.count) || 0);
    if (e.data.careline === "close") {
      show(false);
      button.focus();
    }
  });

  window.carelineChat = { open: () => show(true), close: () => show(false) };
  const mount = () => {
    document.body.append(button);
    show(false);
  };
  if (document.body) mount();
  else addEventListener("DOMContentLoaded", mount);
})
