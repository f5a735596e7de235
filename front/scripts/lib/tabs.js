// On a phone a row of tabs scrolls: the one we are on is brought into sight.

/** Scroll each row of tabs, and nothing else, to its current tab. */
export function showCurrentTabs() {
  for (const row of document.querySelectorAll(".tabs")) {
    const here = row.querySelector("[aria-current]");
    if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }
}
