// Forms: a double click sends once; the first error takes the focus; long texts say what is left.
const BUSY = "data-busy";

function sendOnce(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (form.hasAttribute(BUSY)) {
    event.preventDefault();
    return;
  }
  form.setAttribute(BUSY, "");
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
}

function release(root) {
  for (const form of root.querySelectorAll(`form[${BUSY}]`)) {
    form.removeAttribute(BUSY);
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
}

function count(field) {
  const place = document.getElementById(`${field.id}-reste`);
  if (place) place.textContent = `${field.maxLength - field.value.length} caractères restants`;
}

export function startForms() {
  document.addEventListener("submit", sendOnce);
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest("form");
    if (!form || event.detail.requestConfig.verb === "get") return;
    if (form.hasAttribute(BUSY)) event.preventDefault();
    else form.setAttribute(BUSY, "");
  });
  document.addEventListener("htmx:afterRequest", () => release(document));
  // Back from the browser's page cache: the form must work again.
  window.addEventListener("pageshow", () => release(document));
  document.addEventListener("input", (event) => {
    if (event.target.maxLength > 0) count(event.target);
  });
  document.querySelector("[aria-invalid=true]")?.focus();
}
