// Light by day, dark by night: the system decides until the person chooses; the server reads the cookie.
const YEAR = 365 * 24 * 60 * 60;

const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

const show = (button) => {
  const dark = isDark();
  button.setAttribute("aria-pressed", String(dark));
  button.querySelector("[data-theme-label]").textContent = dark ? "Passer en clair" : "Passer en sombre";
};

export function startTheme() {
  const buttons = [...document.querySelectorAll("[data-theme-toggle]")];
  const update = () => buttons.forEach(show);
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const next = isDark() ? "clair" : "sombre";
      document.documentElement.dataset.theme = next === "sombre" ? "dark" : "light";
      document.cookie = `theme=${next};path=/;max-age=${YEAR};samesite=lax`;
      update();
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", update);
  update();
}
