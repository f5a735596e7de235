// The guard against over-writing, on every field that asks for it: <textarea data-guard="address of names">.
import { charger, garderFormulaire } from "../src/garde/index.ts";

for (const field of document.querySelectorAll("[data-guard]")) {
  const form = field.form;
  const places = () => [...form.querySelectorAll("input[name=lieu]")].map((input) => input.parentElement.textContent);
  garderFormulaire(form, field, places);
  if (field.dataset.guard) charger(field.dataset.guard);
}
