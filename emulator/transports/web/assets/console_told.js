// The line above a console that tells how it stands, with a button at times. A button that is there already stays, with
// the keyboard at it: a line that counts seconds is told anew each second.
"use strict";

export class Told {
  constructor(line) { this.line = line; }

  say(text, button, act) {
    const there = this.line.querySelector("button");
    if (button && there?.textContent === button) {
      this.line.firstChild.data = text;
      there.onclick = act;
      return;
    }
    this.line.textContent = text;
    if (!button) return;
    const found = document.createElement("button");
    Object.assign(found, { type: "button", className: "second small", textContent: button, onclick: act });
    this.line.append(" ", found);
  }
}
