// Pasting into a console: in pieces, each when the one before it has been heard, and above some lines after a question.
"use strict";

const PIECE = 2048, ASK_ABOVE = 20;

export class Paste {
  // `ready` tells whether all that was sent has been heard, `send` sends keys, `tell` says how far it is, and `done`
  // takes the keyboard back to the line.
  constructor(ask, { ready, send, tell, done }) { Object.assign(this, { ask, ready, send, tell, done, pieces: [], all: 0 }); }

  begin(text) {
    const lines = text.split(/\r\n|\r|\n/), whole = lines.join("\r"), count = lines.length - (lines.at(-1) ? 0 : 1);
    if (lines.length === 1) this.send(whole.slice(0, PIECE));
    else if (count > ASK_ABOVE) this.question(`Paste ${count.toLocaleString("en")} lines?`, () => this.start(whole));
    else this.start(whole);
  }

  start(whole) {
    this.pieces = [];
    for (let at = 0; at < whole.length; at += PIECE) this.pieces.push(whole.slice(at, at + PIECE));
    this.all = this.pieces.length;
    this.next();
    this.done();
  }

  next() {
    if (!this.pieces.length || !this.ready()) return;
    this.send(this.pieces.shift());
    if (this.pieces.length) {
      const done = Math.round(100 * (1 - this.pieces.length / this.all));
      this.tell("Pasting.", "Stop", () => { this.stop(); this.tell("Pasting was stopped."); }, ` ${done} % done.`);
    } else if (this.all > 1) this.tell("Pasted.");
  }

  stop() { this.pieces = []; }

  question(text, act) {
    const [question, agree, decline] = ["question", "yes", "no"].map((name) => this.ask.querySelector(`[data-${name}]`));
    [question.textContent, agree.textContent, decline.textContent] = [text, "Paste", "Cancel"];
    this.ask.hidden = false;
    const answered = () => { this.ask.hidden = true; this.done(); };
    agree.onclick = () => { answered(); act(); };
    decline.onclick = answered;
    agree.focus();
  }
}
