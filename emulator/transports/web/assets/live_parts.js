// Keeps the parts of a page fresh that change by themselves. Only a part that is another than before is changed, so
// what is being typed, focus and scroll stay.
"use strict";

const live = document.querySelector("[data-parts]");
const EVERY = 2000, AFTER_MISTAKE = 10000;
let tag = "", waiting = 0;

const show = (text) => {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const shown = live.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!shown || shown.innerHTML.trim() === part.innerHTML.trim()) continue;
    shown.innerHTML = part.innerHTML;
    if (part.dataset.part.startsWith("checks")) changed();
  }
};

// On a phone the text of the lab may be out of sight; the way there says that a check has changed.
const changed = () => {
  const mark = document.querySelector(".changed");
  if (mark && "pane" in live.dataset) mark.hidden = false;
};

const look = async () => {
  clearTimeout(waiting);
  if (document.hidden) return;
  let pause = EVERY;
  try {
    const answer = await fetch(live.dataset.parts, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    if (answer.redirected) { location.reload(); return; }
    if (answer.ok) { tag = answer.headers.get("ETag"); show(await answer.text()); }
    if (answer.status >= 400) pause = AFTER_MISTAKE;
  } catch { pause = AFTER_MISTAKE; }
  waiting = setTimeout(look, pause);
};

document.addEventListener("visibilitychange", look);
waiting = setTimeout(look, EVERY);
