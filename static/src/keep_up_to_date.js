// A page that somebody asked to be kept up to date: <p data-next="?keep=14" data-after="60"> loads it again under that
// address after so many seconds. Not while a field is being filled in or nobody looks; scrolling stays where it was.

export function keepUpToDate() {
  const asked = document.querySelector("[data-next]");
  if (asked) setTimeout(loadAgain, Number(asked.dataset.after) * 1000, asked.dataset.next);
}

function loadAgain(address) {
  if (document.hidden || document.activeElement?.matches("input, select, textarea")) {
    setTimeout(loadAgain, 5000, address);
    return;
  }
  history.replaceState(null, "", address);
  location.reload();
}
