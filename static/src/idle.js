// Warns before the session ends for idleness: <dialog data-idle="900" data-stay="/account/stay/">.
//
// Whoever types or points is there, and the site is told so now and then. What the page does by itself is not:
// autosave and pages that keep themselves up to date do not prolong a session. Nothing on the page is lost when it ends.

const WARN_BEFORE = 120;
const TELL_EVERY = 120000;
const ENDED = "You have been signed out because nothing was done for a while.";
const KEPT = "What you typed is still on this page. Choose its button, sign in again, and it will be there.";

export function startIdleWarning(dialog) {
  const [heading, sentence] = dialog.querySelectorAll("h2, p");
  const asked = [heading.textContent, sentence.textContent];
  const button = dialog.querySelector("button");
  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  let told = Date.now();
  let ended = false;
  let timer = 0;

  function wait(seconds) {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(seconds, 1) * 1000);
  }

  // Another window may have been used meanwhile: the site knows.
  async function look() {
    const left = await secondsLeft(dialog.dataset.stay);
    if (left === null) return wait(30);
    if (left <= 0) return end();
    if (left > WARN_BEFORE) {
      if (dialog.open) dialog.close();
      return wait(left - WARN_BEFORE);
    }
    if (!dialog.open) {
      [heading.textContent, sentence.textContent] = asked;
      dialog.showModal();
    }
    wait(Math.min(left + 1, 15));
  }

  function end() {
    ended = true;
    heading.textContent = ENDED;
    sentence.textContent = KEPT;
    button.textContent = "Show the page";
    dialog.classList.add("app-dialog--covers");
    if (!dialog.open) dialog.showModal();
  }

  async function stay() {
    told = Date.now();
    const response = await post(dialog.dataset.stay, token());
    if (response && !response.ok) end();
    else wait(Number(dialog.dataset.idle) - WARN_BEFORE);
  }

  function isThere() {
    if (!ended && !dialog.open && Date.now() - told > TELL_EVERY) stay();
  }

  button.addEventListener("click", () => {
    dialog.close();
    dialog.classList.remove("app-dialog--covers");
    if (!ended) stay();
  });
  for (const deed of ["keydown", "pointerdown"]) document.addEventListener(deed, isThere, { passive: true });
  wait(Number(dialog.dataset.idle) - WARN_BEFORE);
}

// null while the site cannot be reached.
async function secondsLeft(address) {
  try {
    const response = await fetch(address, {
      headers: { Accept: "application/json", "X-Requested-With": "fetch" },
      redirect: "manual",
    });
    return response.ok ? (await response.json()).left : 0;
  } catch {
    return null;
  }
}

async function post(address, token) {
  try {
    return await fetch(address, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" });
  } catch {
    return null;
  }
}
