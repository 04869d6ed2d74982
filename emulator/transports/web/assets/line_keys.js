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
