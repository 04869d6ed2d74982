// The text of a console: finished rows, of which the last ones are kept, their size, and taking them away as a file.
"use strict";

const KEPT_ROWS = 5000, SMALLEST = 10, LARGEST = 24;
const between = (least, number, most) => Math.min(Math.max(number, least), most);

export class Pane {
  // `measured` is told rows and columns whenever as many fit; `whole` gives all that is shown, as text.
  constructor(part, { measured, whole, tell }) {
    Object.assign(this, { box: part("pane"), text: part("text"), below: part("below"), measured, rows: 0, unseen: 0 });
    this.box.addEventListener("scroll", () => { if (this.atEnd) this.seen(); });
    part("smaller").onclick = () => this.scale(-1);
    part("larger").onclick = () => this.scale(1);
    part("copy-all").onclick = async () => { await navigator.clipboard.writeText(whole()); tell("Copied."); };
    part("download").onclick = () => this.save(whole());
    this.size = Number(localStorage.getItem("console size")) || 14;
    this.scale(0);
    new ResizeObserver(() => this.measure()).observe(this.text);
  }

  get atEnd() { return this.box.scrollTop + this.box.clientHeight >= this.box.scrollHeight - 4; }

  clear() { this.text.textContent = ""; this.rows = 0; }

  print(text) {
    const count = (some) => some.split("\n").length - 1;
    const node = document.createTextNode(text);
    this.stays = !this.atEnd;
    this.text.append(node);
    this.rows += count(text);
    while (this.rows > KEPT_ROWS && this.text.firstChild !== node) {
      this.rows -= count(this.text.firstChild.data);
      this.text.firstChild.remove();
    }
    if (this.stays) this.unseen += count(text);
  }

  // The end comes into sight, unless the reader has scrolled up.
  follow() {
    if (!this.stays) { this.box.scrollTop = this.box.scrollHeight; this.seen(); }
    else if (this.unseen) this.below.textContent = `${this.unseen} new lines below.`;
  }

  seen() { this.unseen = 0; this.below.textContent = ""; }

  ring() {
    this.box.classList.add("rung");
    setTimeout(() => this.box.classList.remove("rung"), 150);
  }

  save(text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.download = `${document.querySelector("h1").textContent.trim().replace(/\W+/g, "-")}.txt`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  scale(step) {
    this.size = between(SMALLEST, this.size + step, LARGEST);
    localStorage.setItem("console size", this.size);
    this.box.style.fontSize = `${this.size}px`;
    this.measure();
  }

  measure() {
    clearTimeout(this.measuring);
    this.measuring = setTimeout(() => {
      const probe = document.createElement("span");
      probe.textContent = "0".repeat(80);
      this.text.append(probe);
      const width = probe.getBoundingClientRect().width;
      probe.remove();
      const columns = between(20, Math.floor((80 * this.text.clientWidth) / width), 1000);
      this.measured(between(5, Math.floor(this.box.clientHeight / (this.size * 1.35)), 1000), columns);
    }, 150);
  }
}
