// Texts for a screen reader: whole rows and prompts, each once, gathered for half a second, bounded, and taken away again.
"use strict";

const MOST_ROWS = 20, REMEMBERED = 50;
const OF_A_MODE = /[#>]\s*$/, BARE = /^[\w.-]+(\([\w.-]+\))?[#>]$/;

export class Announcer {
  constructor(region) { Object.assign(this, { region, waiting: [], own: [], mode: "all", place: "", asked: "" }); }

  // A line that was typed here is not read out when it is echoed; where it was typed ahead, its prompt is not known.
  typed(prompt, line) {
    this.own.push({ prompt, line });
    if (this.own.length > REMEMBERED && prompt) this.own.shift();
  }

  pasted(text) { for (const line of text.split("\r").slice(0, -1)) if (line.trim()) this.typed("", line.trimEnd()); }

  forget() { this.own = []; }

  echoed(row) {
    const ours = ({ prompt, line }) => (prompt ? row === `${prompt}${line}`.trimEnd() : row.endsWith(line));
    const at = this.own.slice(0, REMEMBERED).findIndex(ours);
    this.own.splice(0, at + 1);
    return at >= 0;
  }

  printed(text) {
    this.asked = "";
    this.say(text.split("\n").filter((row) => !this.echoed(row) && !BARE.test(row)));
  }

  // A question is told each time, the prompt of a mode where it is another one. While nothing is waited for, the row is
  // not finished, and is told when it is.
  prompted(prompt) {
    const known = OF_A_MODE.test(prompt) ? this.place : this.asked;
    this.asked = prompt;
    if (OF_A_MODE.test(prompt)) this.place = prompt;
    if (prompt && prompt !== known) this.say([prompt.trim()]);
  }

  say(rows) {
    const told = rows.filter((row) => row.trim() && (this.mode === "all" || row.trimStart().startsWith("%")));
    if (this.mode === "off") return;
    this.waiting.push(...told);
    if (this.waiting.length && !this.timer) this.timer = setTimeout(() => this.flush(), 500);
  }

  flush() {
    const more = this.waiting.length - MOST_ROWS;
    this.timer = null;
    this.region.textContent = this.waiting.slice(0, MOST_ROWS).join("\n") + (more > 0 ? `\n${more} more lines` : "");
    this.waiting = [];
    clearTimeout(this.empty);
    this.empty = setTimeout(() => { this.region.textContent = ""; }, 1000);
  }
}
