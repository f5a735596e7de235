// The guard against over-writing, on every field that asks for it: <textarea data-guard>.
import { garder } from "../src/garde/index.ts";

for (const field of document.querySelectorAll("[data-guard]")) {
  const form = field.form;
  const places = () => [...form.querySelectorAll("input[name=lieu]")].map((input) => input.parentElement.textContent);
  garder(form, field, places);
}
