// The pane of a console. The server tells the state of the line, so no terminal is emulated here: finished rows are
// text, and the last row is a prompt and one field whose value is the typed line. What changes in the field is sent as
// the keys that make the same change.
"use strict";

import { Announcer } from "./announcer.js";
import { Link } from "./console_link.js";
import { Pane } from "./console_pane.js";
import { Paste } from "./console_paste.js";
import { Told } from "./console_told.js";
import { KeyBar } from "./key_bar.js";
import { change, keysOf, moved } from "./line_keys.js";

class Console {
  constructor(section) {
    const part = (name) => section.querySelector(`[data-${name}]`);
    this.section = section;
    for (const name of ["row", "prompt", "line"]) this[name] = part(name);
    this.told = new Told(part("told"));
    this.watching = "watch" in section.dataset;
    this.announcer = new Announcer(part("live"));
    const tell = this.tell = (...told) => this.told.say(...told);
    const measured = (rows, columns) => this.say({ type: "size", rows, columns });
    this.pane = new Pane(part, { tell, measured, whole: () => this.whole });
    const [ready, done] = [() => this.heard === this.sent, () => this.line.focus()];
    this.paste = new Paste(part("ask"), { tell, ready, done, send: (text) => { this.announcer.pasted(text); this.send(text); } });
    this.sent = this.heard = this.at = this.cursor = 0;
    this.base = "";
    this.echo = true;
    this.halted = false;
    this.taking = "take" in section.dataset;
    this.listen(part);
    this.link = new Link(section.dataset.console, {
      tell,
      query: () => this.query(),
      heard: (message) => this[message.type](message),
      lost: () => { this.announcer.forget(); this.paste.stop(); },
    });
    this.link.connect();
  }

  // --- the connection ---

  get heeded() { return this.link.open && this.sent !== null && !this.watching && !this.halted; }

  say(message) { if (!this.watching) this.link.say(message); }

  query() {
    const taking = this.taking;
    this.taking = false;
    return this.watching ? { watch: "yes" } : { at: this.at, ...(taking && { take: "yes" }) };
  }

  // --- what the server tells ---

  opened(told) {
    this.link.tries = 0;
    if (told.anew) { this.pane.clear(); this.at = 0; }
    this.sent = null;
    this.halted = false;
    this.past = !this.at;
    this.tell(this.watching ? `Watching ${told.line}.` : `Connected to ${told.line}.`);
    this.opening = !this.watching && told.line;
    this.powered = told.powered;
    this.pane.measure();
  }

  screen(state) {
    // Older text is not read out.
    if (state.text) { this.pane.print(state.text); if (!this.past) this.announcer.printed(state.text); }
    this.past = false;
    this.at = state.at;
    // A console shows nothing by itself to a terminal that was just plugged in.
    const blank = !state.at && !state.prompt;
    const next = this.powered ? "Press Enter to see its prompt." : "The router has no power; the bench switches it on.";
    if (this.opening && blank) this.tell(`Connected to ${this.opening}. ${next}`);
    else if (this.blank && !blank) this.tell(`Connected to ${this.blank}.`);
    [this.blank, this.opening] = [blank && (this.opening || this.blank), ""];
    this.heard = state.heard;
    this.echo = state.echo;
    this.announcer.prompted(state.asks ? state.prompt : "");
    this.prompt.textContent = state.prompt;
    this.row.classList.toggle("hidden-echo", !state.echo);
    if (this.sent === null) { this.sent = state.heard; this.resumed = true; }
    if (this.watching || state.heard === this.sent) this.settle(state);
    if (state.bell) this.pane.ring();
    this.paste.next();
    this.pane.follow();
  }

  settle(state) {
    const unsent = this.resumed && this.line.value !== state.line ? this.line.value : null;
    this.resumed = false;
    [this.base, this.cursor] = [state.line, state.cursor];
    if (unsent && state.echo) { this.typed(); return; }
    if (this.line.value !== state.line) this.line.value = state.line;
    if (document.activeElement === this.line) this.line.setSelectionRange(state.cursor, state.cursor);
  }

  // Keys of a stopped line are dropped here: one that came there late would be heard.
  stopped(told) {
    this.halted = told.stopped;
    if (told.stopped) this.paste.stop();
    this.tell(told.stopped ? "This line is stopped. Keys are dropped until it goes on." : "This line takes keys again.");
  }

  watched(told) { if (told.pages) this.tell(told.pages === 1 ? "1 page watches." : `${told.pages} pages watch.`); }

  ended(told) {
    this.link.end();
    this.tell(told.told, told.take ? "Take over" : "Open again", () => { this.taking = told.take; this.link.connect(); });
  }

  // --- keys ---

  send(text) {
    if (!this.heeded) return;
    this.pane.stays = false;
    if (this.bar.control && text) {
      text = String.fromCharCode(text.toUpperCase().charCodeAt(0) & 31) + text.slice(1);
      this.bar.hold(false);
    }
    this.say({ type: "keys", text, number: ++this.sent });
  }

  typed() {
    if (this.halted) this.line.value = this.base;
    const after = this.line.value, keys = change(this.base, this.cursor, after);
    if (!this.link.open || !keys) return;
    if (keys.includes("?")) this.announcer.typed(this.prompt.textContent, after);
    this.send(keys);
    [this.base, this.cursor] = [after, this.line.selectionStart];
    if (!this.echo) this.empty();
  }

  enter() {
    if (!this.heeded) return;
    this.announcer.typed(this.prompt.textContent, this.echo ? this.line.value.trimEnd() : "");
    this.send("\r");
    this.empty();
  }

  empty() { this.line.value = this.base = ""; this.cursor = 0; }

  key(event) {
    if (event.isComposing) return;
    const leaves = event.key === "Tab" && event.shiftKey, keys = leaves ? "" : keysOf(event, !this.line.value);
    if (!leaves && !keys) return;
    event.preventDefault();
    if (leaves) this.pane.box.focus(); else this.press(keys);
  }

  // The cursor moves here as it will there, for what is typed next.
  press(keys) {
    if (this.halted) return;
    if (keys === "\t") this.announcer.typed(this.prompt.textContent, this.base);
    this.send(keys);
    if (!this.echo) return;
    this.cursor = moved(keys, this.cursor, this.base.length);
    this.line.setSelectionRange(this.cursor, this.cursor);
  }

  // --- the page ---

  listen(part) {
    const box = this.pane.box;
    box.addEventListener("keydown", (event) => {
      if (event.target !== box || event.key !== "Enter" || this.watching) return;
      event.preventDefault();
      this.line.focus();
    });
    box.addEventListener("click", () => { if (!String(getSelection()) && !this.watching) this.line.focus(); });
    this.line.addEventListener("keydown", (event) => this.key(event));
    this.line.addEventListener("input", (event) => { if (!event.isComposing) this.held() || this.typed(); });
    this.line.addEventListener("compositionend", () => this.typed());
    this.line.addEventListener("paste", (event) => {
      event.preventDefault();
      if (!this.halted) this.paste.begin(event.clipboardData.getData("text"));
    });
    this.row.addEventListener("submit", (event) => { event.preventDefault(); this.enter(); });
    addEventListener("beforeunload", (event) => { if (document.activeElement === this.line && this.line.value) event.preventDefault(); });
    this.bar = new KeyBar(this.section, { press: (keys) => this.press(keys), line: this.line,
      say: (message) => { if (this.heeded) this.say(message); } });
    part("spoken").onchange = (event) => { this.announcer.mode = event.target.value; };
  }

  // A letter while Ctrl is held on the key bar.
  held() {
    if (!this.bar.control || this.line.value.length <= this.base.length) return false;
    const letter = change(this.base, this.cursor, this.line.value).slice(-1);
    this.line.value = this.base;
    this.send(letter);
    return true;
  }

  get whole() { return this.pane.text.textContent + this.prompt.textContent + this.line.value; }
}

for (const section of document.querySelectorAll("[data-console]")) section.console = new Console(section);
