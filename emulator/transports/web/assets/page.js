// Makes the pages livelier where a script may run; every page works as a plain form without it.
"use strict";

// A form is sent once, and says that it is under way.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      if (button.dataset.busy) button.textContent = button.dataset.busy;
      button.setAttribute("aria-disabled", "true");
    }
  });
}

// Coming back with the browser's button finds the forms as they were.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A text that is to be taken over has a button that copies it, and says that it did.
const said = document.createElement("p");
said.className = "unseen";
said.setAttribute("role", "status");
document.body.append(said);
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    said.textContent = "Copied";
    button.textContent = "Copied";
    setTimeout(() => { said.textContent = ""; button.textContent = "Copy"; }, 2000);
  });
}

// The mistakes are read out: their list, or the one field that is wrong.
const wrong = document.querySelector(".errors") ?? document.querySelector(".field.wrong :is(input, select, textarea)");
wrong?.focus();

// A form that is left half-way is kept on the server, so that it comes back as it was: after each field, and at the end.
const drafted = document.querySelector("form.fields:has(input[name=wizard])");
if (drafted) {
  let touched = false, later;
  const address = `${document.documentElement.dataset.face}draft`;
  const typed = () => new URLSearchParams([...new FormData(drafted)].filter(([, value]) => typeof value === "string"));
  const keep = () => {
    touched = false;
    fetch(address, { method: "POST", body: typed() }).catch(() => { touched = true; });
  };
  drafted.addEventListener("input", () => { touched = true; });
  drafted.addEventListener("change", () => { clearTimeout(later); later = setTimeout(keep, 300); });
  drafted.addEventListener("submit", () => { clearTimeout(later); touched = false; });
  window.addEventListener("pagehide", () => { if (touched) navigator.sendBeacon(address, typed()); });
}

// Rows that are ticked are counted; Shift and Space tick all from the last one on.
for (const form of document.querySelectorAll("form[data-bulk]")) {
  const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")], told = form.querySelector("[data-ticked]");
  let last = -1;
  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    told.textContent = ticked ? `${ticked} on this page.` : "Tick devices, then choose an act.";
    form.classList.toggle("ticking", ticked > 0);
  };
  boxes.forEach((box, at) => {
    const reach = () => { for (let each = Math.min(last, at); last >= 0 && each <= Math.max(last, at); each++) boxes[each].checked = box.checked; };
    box.addEventListener("click", (event) => { if (event.shiftKey) reach(); last = at; count(); });
    box.addEventListener("keydown", (event) => {
      if (event.key !== " " || !event.shiftKey) return;
      event.preventDefault();
      box.checked = true;
      reach();
      last = at;
      count();
    });
  });
  count();
}

// A list of devices tells how many rows it has before it is sent.
for (const area of document.querySelectorAll("textarea[data-rows]")) {
  const told = document.getElementById(area.dataset.rows);
  const count = () => {
    const rows = area.value.split("\n").filter((line) => line.trim() && !/^\s*(#|Device#|-{5,}\s*$)/.test(line)).length;
    told.textContent = rows === 0 ? "" : rows === 1 ? "1 row." : `${rows} rows.`;
  };
  area.addEventListener("input", count);
  count();
}

// A page that cannot be shown yet is shown as soon as it can be.
const again = document.querySelector("a[data-again]");
if (again) {
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(again.href, { cache: "no-store" }).catch(() => null);
    if (answer?.ok) window.location.replace(again.href);
  }, 3000);
}

// What is under way is followed without loading the page anew.
const under = document.querySelector("[data-follow]");
if (under) {
  const bar = under.querySelector("progress");
  const told = under.querySelector("[data-told]");
  const follow = async () => {
    try {
      const answer = await fetch(under.dataset.follow, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const state = await answer.json();
      bar.max = Math.max(state.total, 1);
      bar.value = state.done;
      told.textContent = state.told;
      if (state.finished) { window.location.replace(under.dataset.then); return; }
      setTimeout(follow, 250);
    } catch {
      setTimeout(follow, 2000);
    }
  };
  follow();
}
