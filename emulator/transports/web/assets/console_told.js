// The line above a console that tells how it stands, with a button at times. What counts in it (seconds, percent) is apart
// from the sentence, so that a screen reader tells the sentence once; a button that is there already stays, with the
// keyboard at it.
"use strict";

export class Told {
  constructor(line) { this.line = line; }

  say(text, button, act, counted = "") {
    const there = this.line.querySelector("button");
    if (button && there?.textContent === button && this.text === text) {
      this.count.textContent = counted;
      there.onclick = act;
      return;
    }
    this.text = this.line.textContent = text;
    if (!button) return;
    this.count = document.createElement("span");
    this.count.setAttribute("aria-hidden", "true");
    this.count.textContent = counted;
    const found = document.createElement("button");
    Object.assign(found, { type: "button", className: "second small", textContent: button, onclick: act });
    this.line.append(this.count, " ", found);
  }
}
