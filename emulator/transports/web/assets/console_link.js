// The connection of a console page: one WebSocket, which comes back by itself after it was lost, later each time.
//
// A tab names its session by a word of its own, so that its next page finds it although this one was told nothing yet,
// and counts its connections, so that one which comes late takes nothing from a later page.
"use strict";

const LONGEST = 30;

export class Link {
  // `query` gives the words of the address, `heard` is given each message, `lost` is called when the connection is gone,
  // and `tell` says when it comes back.
  constructor(path, { query, heard, lost, tell }) {
    Object.assign(this, { path, query, heard, lost, tell, tries: 0, place: `console ${path}` });
  }

  connect() {
    clearTimeout(this.again);
    const address = new URL(this.path, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    address.search = new URLSearchParams({ ...this.named(), ...this.query() });
    this.over = false;
    const socket = this.socket = new WebSocket(address);
    // What an earlier connection still has to say concerns nobody.
    socket.onmessage = (event) => { if (socket === this.socket) this.heard(JSON.parse(event.data)); };
    socket.onclose = () => { if (socket === this.socket) this.closed(); };
  }

  get open() { return this.socket?.readyState === WebSocket.OPEN; }

  say(message) { if (this.open) this.socket.send(JSON.stringify(message)); }

  named() {
    const [kept, count] = (sessionStorage.getItem(this.place) || "").split(" ");
    const session = kept || [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("-");
    const page = Number(count || 0) + 1;
    sessionStorage.setItem(this.place, `${session} ${page}`);
    return { session, page };
  }

  // The session is over, or goes on elsewhere; the next one is another.
  end() {
    this.over = true;
    sessionStorage.removeItem(this.place);
  }

  closed() {
    this.lost();
    if (this.over) return;
    let left = Math.min(2 ** this.tries++, LONGEST);
    const count = () => {
      this.tell("Connection lost.", "Now", () => this.connect(), ` Again in ${left} s.`);
      if (left-- <= 0) this.connect(); else this.again = setTimeout(count, 1000);
    };
    count();
  }
}
