// The guard plugged into a form: words to read again under the field, one stop before sending, never two.
import { GENRES } from "./lexique";
import { lire, type Trouvaille } from "./lecture";
import { propositions, remplacer } from "./remplacer";

const PAUSE = 600;

type Field = HTMLTextAreaElement | HTMLInputElement;

function made<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...content: (string | Node)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...content);
  return element;
}

function button(className: string, label: string, act: () => void): HTMLButtonElement {
  const element = made("button", `btn ${className}`, label);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

// Reads `field` while it is written and when `form` is sent; `places` says which names are places.
// Returns a function that says whether the text may leave: false once, the panel then shown.
export function garder(form: HTMLFormElement, field: Field, places: () => string[]): () => boolean {
  const panel = made("div", "guard note missing");
  panel.hidden = true;
  panel.tabIndex = -1;
  panel.setAttribute("role", "status");
  field.after(panel);
  let accepted = "";
  let timer = 0;
  let sender: HTMLElement | null = null;
  let stopped = false;

  const read = (): Trouvaille[] => {
    if (field.value !== field.value.normalize("NFC")) field.value = field.value.normalize("NFC");
    return field.value === accepted ? [] : lire(field.value, places());
  };
  const show = (): Trouvaille[] => {
    const found = read();
    const focused = panel.contains(document.activeElement);
    panel.hidden = found.length === 0;
    panel.replaceChildren(...(found.length ? [content(found)] : []));
    if (focused) (found.length ? panel : field).focus();
    return found;
  };
  const write = (text: string): void => {
    field.value = text;
    show();
  };
  const content = (found: Trouvaille[]): HTMLElement => {
    const body = made("div", "text stack-tight");
    body.append(made("p", "", made("strong", "", "À relire : une note ne nomme personne.")));
    const list = made("ul", "guard-words");
    for (const one of found) list.append(line(one));
    body.append(list, keep());
    return body;
  };
  const line = (one: Trouvaille): HTMLElement => {
    const genre = GENRES[one.genre];
    const choices = made("div", "row-wrap");
    for (const wording of propositions(field.value, one)) {
      const put = (): void => write(remplacer(field.value, one, wording));
      choices.append(button("btn-secondary", `« ${wording} »`, put));
    }
    const why = made("p", "soft small", `${genre.libelle}. ${genre.pourquoi}`);
    return made("li", "stack-tight", made("p", "", "« ", made("mark", "", one.mots), " »"), why, choices);
  };
  const keep = (): HTMLElement => {
    const accept = (): void => {
      accepted = field.value;
      show();
      if (stopped && sender?.isConnected) sender.click();
      else if (stopped) form.requestSubmit();
    };
    return button("btn-quiet", stopped ? "Enregistrer tel quel" : "Garder tel quel", accept);
  };
  const may = (): boolean => {
    if (read().length === 0) return true;
    if (stopped) return true; // Shown already: a second tap is an answer.
    stopped = true;
    const folded = field.closest("details");
    if (folded) folded.open = true;
    show();
    panel.scrollIntoView({ block: "center" });
    panel.focus({ preventScroll: true });
    return false;
  };

  field.addEventListener("input", () => {
    stopped = false;
    window.clearTimeout(timer);
    timer = window.setTimeout(show, PAUSE);
  });
  // Before everything else that listens: what is stopped here must not be marked as sent.
  form.addEventListener(
    "submit",
    (event) => {
      sender = event.submitter;
      window.clearTimeout(timer);
      if (may()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  return may;
}
