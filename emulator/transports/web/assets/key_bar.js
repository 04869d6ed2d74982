// The bar of keys that a phone's keyboard has not, and what that keyboard covers.
"use strict";

import { KEYS } from "./line_keys.js";

const KEYBOARD = 150; // pixels by which every soft keyboard is higher than bars of a browser that come and go

export class KeyBar {
  // `press` sends keys, `say` sends a message, and `line` is the field that is typed in.
  constructor(section, { press, say, line }) {
    this.section = section;
    for (const button of section.querySelectorAll(".console-keys button")) {
      button.addEventListener("pointerdown", (event) => event.preventDefault());
      button.addEventListener("click", () => {
        if ("control" in button.dataset) this.hold(!this.control);
        else if ("break" in button.dataset) say({ type: "break" });
        else press(KEYS[button.dataset.send] || button.dataset.send);
      });
    }
    if (matchMedia("(pointer: coarse)").matches) section.querySelector("[data-keys]")?.setAttribute("open", "");
    const uncover = () => this.uncover(line), seen = window.visualViewport;
    let { width, height } = seen || {};
    seen?.addEventListener("resize", () => {
      // A keyboard that was put away by a key of the phone leaves the line with it, so that the tabs come back.
      if (seen.width === width && seen.height > height + KEYBOARD && matchMedia("(pointer: coarse)").matches) line.blur();
      ({ width, height } = seen);
      uncover();
    });
    line.addEventListener("focus", uncover);
    line.addEventListener("blur", uncover);
  }

  hold(control) {
    this.control = control;
    this.section.querySelector("[data-control]")?.setAttribute("aria-pressed", String(control));
  }

  // While a soft keyboard is there, the console is as high as what it leaves, and the prompt is in sight. Some browsers
  // make the page smaller for it, some only what is seen of the page.
  uncover(line) {
    const { height } = window.visualViewport || { height: innerHeight };
    const pane = this.section.querySelector("[data-pane]"), typing = document.activeElement === line;
    const small = typing && matchMedia("(pointer: coarse)").matches;
    document.documentElement.classList.toggle("typing", small);
    document.documentElement.style.setProperty("--covered", `${Math.max(0, innerHeight - height)}px`);
    pane.style.height = small ? `${Math.round(Math.min(height * 0.6, Math.max(height - 160, 96)))}px` : "";
    if (!small) return;
    pane.scrollTop = pane.scrollHeight;
    pane.scrollIntoView({ block: "nearest" });
  }
}
