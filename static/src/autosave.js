// Saves a form while it is being filled in: <form data-autosave-url="…">.
//
// Posts the form's fields. The server answers 200 with JSON
//   { saved_at_text: "Saved at 14:32", version: 7, html: { "id-of-region": "<p>…</p>" } }
// 409 with { url: "/page/showing/both/versions" }, or 401, 403 or a redirect when the session is over.
// Messages go to the element with data-autosave-status (role="status") of the same page.

const AFTER_TYPING = 2000;
const AT_LEAST_EVERY = 30000;
const RETRY_AFTER = 10000;
const KEEPALIVE_LIMIT = 60000; // browsers refuse larger bodies once the page is closing

const SIGNED_OUT =
  "You have been signed out. Choose Save and continue to sign in; what you typed will be kept.";
const TRYING_AGAIN = "Not saved yet. We will try again.";
const REFUSED = "Not saved yet. Choose Save and continue to see what to change.";

export function startAutosave(form) {
  const status = document.querySelector("[data-autosave-status]");
  let changed = false;
  let stopped = false;
  let timer = 0;
  let running = null;

  function soon(delay) {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, delay);
  }

  function save({ closing = false } = {}) {
    clearTimeout(timer);
    if (stopped || !changed) return running;
    if (running && !closing) return running.then(() => soon(AFTER_TYPING));
    changed = false;
    running = send(closing).finally(() => (running = null));
    return running;
  }

  async function send(closing) {
    try {
      await settle(await post(form, closing));
    } catch {
      failed(TRYING_AGAIN);
      soon(RETRY_AFTER);
    }
  }

  async function settle(response) {
    if (response.ok) {
      succeeded(await response.json());
    } else if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) {
      stop(SIGNED_OUT);
    } else if (response.status === 409) {
      stop("Someone else has changed this since you opened it. ");
      linkToBothVersions((await response.json()).url);
    } else if (response.status < 500) {
      failed(REFUSED);
    } else {
      throw new Error(response.statusText);
    }
  }

  function succeeded({ saved_at_text, version, html }) {
    say(saved_at_text);
    if (version !== undefined && form.elements.version) form.elements.version.value = version;
    document.dispatchEvent(new CustomEvent("autosaved", { detail: { html } }));
  }

  function failed(message) {
    changed = true;
    say(message);
  }

  function stop(message) {
    stopped = true;
    failed(message);
  }

  function say(message) {
    if (status && status.textContent !== message) status.textContent = message;
  }

  function linkToBothVersions(url) {
    if (!status || !String(url).startsWith("/") || String(url).startsWith("//")) return;
    const link = document.createElement("a");
    link.href = url;
    link.className = "govuk-link";
    link.textContent = "See both versions";
    status.append(link);
  }

  function noticed() {
    changed = true;
    soon(AFTER_TYPING);
  }

  function leaving() {
    if (document.visibilityState === "hidden") save({ closing: true });
  }

  function submitted(event) {
    clearTimeout(timer);
    if (running) {
      // The save on its way will raise the version; submitting with the old one would look like a conflict.
      event.preventDefault();
      const button = event.submitter;
      running.finally(() => setTimeout(() => form.requestSubmit(button), 0));
      return;
    }
    stopped = true;
  }

  form.addEventListener("input", noticed);
  form.addEventListener("change", noticed);
  form.addEventListener("submit", submitted);
  document.addEventListener("visibilitychange", leaving);
  window.addEventListener("pagehide", () => save({ closing: true }));
  window.addEventListener("online", () => save());
  window.addEventListener("pageshow", (event) => {
    // A page brought back by the Back button holds an old version of the form.
    if (event.persisted) window.location.reload();
  });
  setInterval(save, AT_LEAST_EVERY);
}

function post(form, closing) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") fields.append(name, value);
  }
  return fetch(form.dataset.autosaveUrl, {
    method: "POST",
    body: fields,
    headers: {
      Accept: "application/json",
      "X-CSRFToken": fields.get("csrfmiddlewaretoken") ?? "",
      "X-Requested-With": "fetch",
    },
    keepalive: closing && fields.toString().length < KEEPALIVE_LIMIT,
    redirect: "manual",
  });
}
