// A second press of the button while the first is on its way does nothing.

const FORGET_AFTER = 8000; // the answer may be a download, which leaves this page standing

export function refuseSecondSubmit(form) {
  let busy = false;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (busy) {
      event.preventDefault();
      return;
    }
    busy = true;
    setTimeout(() => (busy = false), FORGET_AFTER);
  });
  window.addEventListener("pageshow", () => (busy = false));
}
