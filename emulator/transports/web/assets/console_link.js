// The connection of a console page: one WebSocket, which comes back by itself after it was lost, later each time.
"use strict";

const LONGEST = 30;

export class Link {
  // `query` gives the words of the address, `heard` is given each message, `lost` is called when the connection is gone,
  // and `tell` says when it comes back.
  constructor(path, { query, heard, lost, tell }) { Object.assign(this, { path, query, heard, lost, tell, tries: 0 }); }

  connect() {
    clearTimeout(this.again);
    const address = new URL(this.path, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    address.search = this.query();
    this.over = false;
    this.socket = new WebSocket(address);
    this.socket.onmessage = (event) => this.heard(JSON.parse(event.data));
    this.socket.onclose = () => this.closed();
  }

  get open() { return this.socket?.readyState === WebSocket.OPEN; }

  say(message) { if (this.open) this.socket.send(JSON.stringify(message)); }

  closed() {
    this.lost();
    if (this.over) return;
    let left = Math.min(2 ** this.tries++, LONGEST);
    const count = () => {
      this.tell(`Connection lost. Again in ${left} s.`, "Now", () => this.connect());
      if (left-- <= 0) this.connect(); else this.again = setTimeout(count, 1000);
    };
    count();
  }
}
