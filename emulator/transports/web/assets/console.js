// The pane of a console. The server tells the state of the line, so no terminal is emulated here: finished rows are
// text, and the last row is a prompt and one field whose value is the typed line. What changes in the field is sent as
// the keys that make the same change.
"use strict";

import { Announcer } from "./announcer.js";
import { KEYS, change } from "./line_keys.js";

const KEPT_ROWS = 5000, PIECE = 2048, ASK_ABOVE = 20;
class Console {
  constructor(section) {
    const part = (name) => section.querySelector(`[data-${name}]`);
    this.section = section;
    for (const name of ["told", "ask", "pane", "text", "row", "prompt", "line", "below"]) this[name] = part(name);
    this.watching = "watch" in section.dataset;
    this.place = `console ${section.dataset.console}`;
    this.announcer = new Announcer(part("live"));
    this.rows = 0;
    this.sent = this.heard = this.at = this.cursor = this.tries = 0;
    this.base = "";
    this.echo = true;
    this.pieces = [];
    this.own = [];  // lines that were typed here, whose echo is not read out
    this.session = sessionStorage.getItem(this.place) || "";
    this.listen(part);
    this.connect();
  }

  // --- the connection ---

  connect() {
    clearTimeout(this.again);
    const address = new URL(this.section.dataset.console, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    if (this.session) address.search = new URLSearchParams({ session: this.session, at: this.at });
    if (this.watching) address.search = "watch";
    if (this.taking) address.search = "take";
    this.taking = this.over = false;
    this.socket = new WebSocket(address);
    this.socket.onmessage = (event) => this[JSON.parse(event.data).type](JSON.parse(event.data));
    this.socket.onclose = () => this.lost();
  }

  get open() { return this.socket.readyState === WebSocket.OPEN; }

  lost() {
    this.own = [];
    this.pieces = [];
    if (this.over) return;
    let left = Math.min(2 ** this.tries++, 30);
    const count = () => {
      this.tell(`Connection lost. Again in ${left} s.`, "Now", () => this.connect());
      if (left-- <= 0) this.connect(); else this.again = setTimeout(count, 1000);
    };
    count();
  }

  tell(text, button, act) {
    this.told.textContent = text;
    if (!button) return;
    const found = document.createElement("button");
    Object.assign(found, { type: "button", className: "second small", textContent: button, onclick: act });
    this.told.append(" ", found);
  }

  // --- what the server tells ---

  opened(told) {
    this.tries = 0;
    this.session = told.session;
    if (told.session) sessionStorage.setItem(this.place, told.session);
    if (told.anew) { this.text.textContent = ""; this.rows = this.at = 0; }
    this.sent = null;
    this.tell(this.watching ? `Watching ${told.line}.` : `Connected to ${told.line}.`);
    this.measure();
  }

  screen(state) {
    if (state.text) this.print(state.text);
    this.at = state.at;
    this.heard = state.heard;
    this.echo = state.echo;
    if (state.prompt !== this.prompt.textContent && !/[#>]\s*$/.test(state.prompt)) this.announcer.say(state.prompt);
    this.prompt.textContent = state.prompt;
    this.row.classList.toggle("hidden-echo", !state.echo);
    if (this.sent === null) { this.sent = state.heard; this.resumed = true; }
    if (this.watching || state.heard === this.sent) this.settle(state);
    if (state.bell) this.ring();
    this.paste();
    this.follow();
  }

  settle(state) {
    const unsent = this.resumed && this.line.value !== state.line ? this.line.value : null;
    this.resumed = false;
    [this.base, this.cursor] = [state.line, state.cursor];
    if (unsent && state.echo) { this.typed(); return; }
    if (this.line.value !== state.line) this.line.value = state.line;
    if (document.activeElement === this.line) this.line.setSelectionRange(state.cursor, state.cursor);
  }

  watched(told) { if (told.pages) this.tell(told.pages === 1 ? "1 page watches." : `${told.pages} pages watch.`); }

  ended(told) {
    this.over = true;
    sessionStorage.removeItem(this.place);
    this.session = "";
    this.tell(told.told, told.take ? "Take over" : "Open again", () => { this.taking = told.take; this.connect(); });
  }

  print(text) {
    const follows = this.atEnd;
    const node = document.createTextNode(text);
    this.text.append(node);
    this.rows += text.split("\n").length - 1;
    while (this.rows > KEPT_ROWS && this.text.firstChild !== node) {
      this.rows -= this.text.firstChild.data.split("\n").length - 1;
      this.text.firstChild.remove();
    }
    if (!follows) this.unseen = (this.unseen || 0) + text.split("\n").length - 1;
    this.stays = !follows;
    const others = text.split("\n").filter((row) => !(this.own.length && row.endsWith(this.own[0]) && (this.own.shift(), true)));
    this.announcer.say(others.join("\n"));
  }

  get atEnd() { return this.pane.scrollTop + this.pane.clientHeight >= this.pane.scrollHeight - 4; }

  follow() {
    if (!this.stays) { this.pane.scrollTop = this.pane.scrollHeight; this.unseen = 0; }
    this.below.textContent = this.unseen ? `${this.unseen} new lines below.` : "";
  }

  ring() {
    this.pane.classList.add("rung");
    setTimeout(() => this.pane.classList.remove("rung"), 150);
  }

  // --- keys ---

  send(text) {
    if (!this.open || this.sent === null || this.watching) return;
    this.stays = false;
    if (this.control && text) {
      text = String.fromCharCode(text.toUpperCase().charCodeAt(0) & 31) + text.slice(1);
      this.hold(false);
    }
    this.socket.send(JSON.stringify({ type: "keys", text, number: ++this.sent }));
  }

  typed() {
    const after = this.line.value, keys = change(this.base, this.cursor, after);
    if (!this.open || !keys) return;
    this.send(keys);
    [this.base, this.cursor] = [after, this.line.selectionStart];
    if (!this.echo) { this.line.value = this.base = ""; this.cursor = 0; }
  }

  enter() {
    if (!this.open || this.sent === null || this.watching) return;
    this.own.push(this.echo ? this.line.value.trimEnd() : "");
    this.send("\r");
    this.line.value = this.base = "";
    this.cursor = 0;
  }

  key(event) {
    if (event.isComposing) return;
    const letter = event.key.length === 1 && event.ctrlKey && !event.altKey && !event.metaKey ? event.key : "";
    if (event.key === "Tab" && event.shiftKey) { event.preventDefault(); this.pane.focus(); return; }
    let keys = event.key === "Tab" ? "\t" : event.shiftKey || event.ctrlKey || event.altKey ? "" : KEYS[event.key];
    if (event.key === "Backspace" && !this.line.value) keys = "\x7f";
    if (/^[a-z]$/i.test(letter) && letter.toLowerCase() !== "v") {
      if (letter.toLowerCase() === "c" && String(getSelection())) return;
      keys = String.fromCharCode(letter.toUpperCase().charCodeAt(0) - 64);
    } else if (letter === "^" || letter === "6") keys = "\x1e";
    if (event.altKey && /^[bfd]$/i.test(event.key)) keys = `\x1b${event.key}`;
    if (!keys) return;
    event.preventDefault();
    this.send(keys);
  }

  hold(control) {
    this.control = control;
    this.section.querySelector("[data-control]")?.setAttribute("aria-pressed", String(control));
  }

  // --- pasting: in pieces, each when the one before it has been heard ---

  pasted(text) {
    const lines = text.split(/\r\n|\r|\n/), whole = lines.join("\r");
    if (lines.length === 1) { this.send(whole.slice(0, PIECE)); return; }
    const begin = () => {
      this.pieces = [];
      for (let at = 0; at < whole.length; at += PIECE) this.pieces.push(whole.slice(at, at + PIECE));
      this.pasting = this.pieces.length;
      this.paste();
      this.line.focus();
    };
    if (lines.length > ASK_ABOVE) this.question(`Paste ${lines.length.toLocaleString("en")} lines?`, "Paste", begin);
    else begin();
  }

  paste() {
    if (!this.pieces.length || this.heard !== this.sent) return;
    this.send(this.pieces.shift());
    if (this.pieces.length) {
      const done = Math.round(100 * (1 - this.pieces.length / this.pasting));
      this.tell(`Pasting, ${done} % done.`, "Stop", () => { this.pieces = []; this.tell("Pasting was stopped."); });
    } else if (this.pasting > 1) this.tell("Pasted.");
  }

  question(text, yes, act) {
    const [question, agree, decline] = ["question", "yes", "no"].map((name) => this.ask.querySelector(`[data-${name}]`));
    [question.textContent, agree.textContent, decline.textContent] = [text, yes, "Cancel"];
    this.ask.hidden = false;
    const answered = () => { this.ask.hidden = true; this.line.focus(); };
    agree.onclick = () => { answered(); act(); };
    decline.onclick = answered;
    agree.focus();
  }

  // --- the page ---

  listen(part) {
    this.pane.addEventListener("keydown", (event) => {
      if (event.target !== this.pane || event.key !== "Enter" || this.watching) return;
      event.preventDefault();
      this.line.focus();
    });
    this.pane.addEventListener("click", () => { if (!String(getSelection()) && !this.watching) this.line.focus(); });
    this.line.addEventListener("keydown", (event) => this.key(event));
    this.line.addEventListener("input", (event) => { if (!event.isComposing) this.held() || this.typed(); });
    this.line.addEventListener("compositionend", () => this.typed());
    this.line.addEventListener("paste", (event) => {
      event.preventDefault();
      this.pasted(event.clipboardData.getData("text"));
    });
    this.row.addEventListener("submit", (event) => { event.preventDefault(); this.enter(); });
    addEventListener("beforeunload", (event) => { if (document.activeElement === this.line && this.line.value) event.preventDefault(); });
    for (const button of this.section.querySelectorAll(".console-keys button")) {
      button.addEventListener("pointerdown", (event) => event.preventDefault());
      button.addEventListener("click", () => {
        if ("control" in button.dataset) this.hold(!this.control);
        else if ("break" in button.dataset) { if (this.open) this.socket.send('{"type": "break"}'); }
        else this.send(KEYS[button.dataset.send] || button.dataset.send);
      });
    }
    part("smaller").onclick = () => this.scale(-1);
    part("larger").onclick = () => this.scale(1);
    part("spoken").onchange = (event) => { this.announcer.mode = event.target.value; };
    part("copy-all").onclick = async () => { await navigator.clipboard.writeText(this.whole()); this.tell("Copied."); };
    part("download").onclick = () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([this.whole()], { type: "text/plain" }));
      link.download = `${document.querySelector("h1").textContent.trim().replace(/\W+/g, "-")}.txt`;
      link.click();
      URL.revokeObjectURL(link.href);
    };
    this.pane.addEventListener("scroll", () => {
      if (this.atEnd) { this.unseen = 0; this.below.textContent = ""; }
    });
    this.size = Number(localStorage.getItem("console size")) || 14;
    this.scale(0);
    new ResizeObserver(() => this.measure()).observe(this.text);
    window.visualViewport?.addEventListener("resize", () => this.line.matches(":focus") && this.row.scrollIntoView({ block: "nearest" }));
    if (matchMedia("(pointer: coarse)").matches) this.section.querySelector("[data-keys]")?.setAttribute("open", "");
  }

  // A letter typed while Ctrl is held on the key bar.
  held() {
    if (!this.control || this.line.value.length <= this.base.length) return false;
    const letter = change(this.base, this.cursor, this.line.value).slice(-1);
    this.line.value = this.base;
    this.send(letter);
    return true;
  }

  whole() { return this.text.textContent + this.prompt.textContent + this.line.value; }

  scale(step) {
    this.size = Math.min(Math.max(this.size + step, 10), 24);
    localStorage.setItem("console size", this.size);
    this.pane.style.fontSize = `${this.size}px`;
    this.measure();
  }

  measure() {
    clearTimeout(this.measuring);
    this.measuring = setTimeout(() => {
      const probe = document.createElement("span");
      probe.textContent = "0".repeat(80);
      this.text.append(probe);
      const box = probe.getBoundingClientRect();
      probe.remove();
      const columns = Math.min(Math.max(Math.floor((80 * this.text.clientWidth) / box.width), 20), 1000);
      const rows = Math.min(Math.max(Math.floor(this.pane.clientHeight / (this.size * 1.35)), 5), 1000);
      if (this.open && !this.watching) this.socket.send(JSON.stringify({ type: "size", rows, columns }));
    }, 150);
  }
}

for (const section of document.querySelectorAll("[data-console]")) section.console = new Console(section);
