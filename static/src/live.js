// Parts of the page that follow what was saved, such as the suggested level.
//
// <div id="suggestion" data-live aria-live="polite"> takes its content from the autosave answer's html["suggestion"].
// With data-live-url="…" it is fetched from there instead, when the answer did not bring it.

export function startLiveRegions() {
  document.addEventListener("autosaved", (event) => {
    const written = event.detail.html ?? {};
    for (const region of document.querySelectorAll("[data-live], [data-live-url]")) {
      if (region.id in written) show(region, written[region.id]);
      else if (region.dataset.liveUrl) refresh(region);
    }
  });
}

// The security policy lets HTML be written under this name alone; it comes from our own templates, which escape.
const fragments = globalThis.trustedTypes?.createPolicy("fragments", { createHTML: (html) => html });

function show(region, html) {
  // A screen reader announces a region that is written again, so leave it alone when nothing changed.
  if (region.innerHTML !== html) region.innerHTML = fragments ? fragments.createHTML(html) : html;
}

async function refresh(region) {
  try {
    const response = await fetch(region.dataset.liveUrl, {
      headers: { Accept: "text/html", "X-Requested-With": "fetch" },
      redirect: "error",
    });
    if (response.ok) show(region, await response.text());
  } catch {
    // Off line: the region keeps what it last showed, and the next save tries again.
  }
}
