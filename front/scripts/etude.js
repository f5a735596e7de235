// On a phone the row of tabs scrolls: bring the current one in sight.
document.querySelector(".onglets-etude [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

// «Et chez vous ?»: a shared link keeps the answers after its #, which the browser never sends by itself.
const pattern = /^#?M1-[0A-H]{4}-[0A-H]{4}-[0A-H]{4}[A-Z]$/;

function openSharedLink() {
  const form = document.getElementById("reprendre");
  if (!form || !pattern.test(window.location.hash)) return;
  form.elements.code.value = window.location.hash.slice(1);
  // Leaves the address without the answers, so that going back does not send them again.
  window.history.replaceState(null, "", window.location.pathname);
  form.requestSubmit(form.querySelector("button:not([name])"));
}

openSharedLink();
window.addEventListener("hashchange", openSharedLink);

// Taking a file away leaves this page where it is: its buttons must serve again.
const takeAway = document.getElementById("emporter-form");
takeAway?.addEventListener("submit", () => {
  window.setTimeout(() => {
    takeAway.removeAttribute("data-busy");
    for (const button of takeAway.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }, 1500);
});
