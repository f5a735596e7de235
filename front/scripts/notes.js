// The note's page: back from the browser's memory, the form is a new note; a button prints the report.
const fresh = () => {
  for (const field of document.querySelectorAll("form[data-fresh-id] input[name=id]")) field.value = crypto.randomUUID();
};
window.addEventListener("pageshow", (event) => {
  const [entry] = performance.getEntriesByType("navigation");
  if ((event.persisted || entry?.type === "back_forward") && crypto.randomUUID) fresh();
});
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
