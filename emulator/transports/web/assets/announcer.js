// Texts for a screen reader: gathered for half a second, bounded, and taken away again.
"use strict";

export class Announcer {
  constructor(region) { Object.assign(this, { region, waiting: [], own: [], mode: "all" }); }

  // A line that was typed here is not read out when it is echoed.
  typed(line) { this.own.push(line); }

  forget() { this.own = []; }

  printed(text) {
    const echoed = (row) => this.own.length && row.endsWith(this.own[0]);
    this.say(text.split("\n").filter((row) => !echoed(row) || this.own.shift() === null).join("\n"));
  }

  say(text) {
    const rows = text.split("\n").filter((row) => row.trim());
    if (this.mode === "off") return;
    this.waiting.push(...(this.mode === "errors" ? rows.filter((row) => row.trimStart().startsWith("%")) : rows));
    if (this.waiting.length && !this.timer) this.timer = setTimeout(() => this.flush(), 500);
  }

  flush() {
    const more = this.waiting.length - 20;
    this.timer = null;
    this.region.textContent = this.waiting.slice(0, 20).join("\n") + (more > 0 ? `\n${more} more lines` : "");
    this.waiting = [];
    clearTimeout(this.empty);
    this.empty = setTimeout(() => { this.region.textContent = ""; }, 1000);
  }
}
