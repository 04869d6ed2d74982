// Arrow keys move from seat to seat of the teacher's wall, as the seats stand on the screen.
"use strict";

document.querySelector(".seats")?.addEventListener("keydown", (event) => {
  const seats = [...document.querySelectorAll(".seats a")], here = seats.indexOf(document.activeElement);
  const columns = seats.filter((seat) => seat.offsetTop === seats[0].offsetTop).length;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
  if (here < 0 || !step || !seats[here + step]) return;
  event.preventDefault();
  seats[here + step].focus();
});
