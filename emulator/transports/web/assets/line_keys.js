// The keys of a line: those that a key of the keyboard or of the key bar stands for, and those that change its text.
"use strict";

export const KEYS = {
  tab: "\t", up: "\x10", down: "\x0e", left: "\x02", right: "\x06", "^C": "\x03", "^Z": "\x1a", "^W": "\x17",
  "^^x": "\x1ex", ArrowUp: "\x10", ArrowDown: "\x0e", ArrowLeft: "\x02", ArrowRight: "\x06", Home: "\x01", End: "\x05",
  Delete: "\x04",
};

// The keys that turn one line, with the cursor at a place, into another.
export function change(before, cursor, after) {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = before.length, last = after.length;
  while (end > start && last > start && before[end - 1] === after[last - 1]) { end--; last--; }
  const way = end - cursor;
  return (way < 0 ? "\x02".repeat(-way) : "\x06".repeat(way)) + "\x7f".repeat(end - start) + after.slice(start, last);
}

// The keys of a line that a key of the keyboard stands for, or nothing where the field itself takes it. Ctrl+V pastes,
// and Ctrl+C copies what is selected.
export function keysOf(event, empty) {
  const letter = event.key.length === 1 && event.ctrlKey && !event.altKey && !event.metaKey ? event.key.toLowerCase() : "";
  if (event.altKey && /^[bfd]$/i.test(event.key)) return `\x1b${event.key}`;
  if (letter === "^" || letter === "6") return "\x1e";
  if (/^[a-z]$/.test(letter) && letter !== "v" && !(letter === "c" && String(getSelection()))) {
    return String.fromCharCode(letter.charCodeAt(0) - 96);
  }
  if (event.key === "Backspace" && empty) return "\x7f";
  if (event.key === "Tab") return "\t";
  return event.shiftKey || event.ctrlKey || event.altKey ? "" : KEYS[event.key] || "";
}

// The place of the cursor after a key, in a line of a length.
export function moved(keys, cursor, length) {
  const step = { "\x02": -1, "\x06": 1, "\x01": -length, "\x05": length }[keys] || 0;
  return Math.min(Math.max(cursor + step, 0), length);
}
