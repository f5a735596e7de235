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

// French signs never begin a line.
const unbroken = (text: string): string => text.replace(/ ([;:?!»])/g, "\u00a0$1").replace(/« /g, "«\u00a0");

function button(className: string, label: string, act: () => void): HTMLButtonElement {
  const element = made("button", `btn ${className}`, label);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

export interface Garde {
  // Whether the text may leave: false once, the panel then shown; `again` is what the writer asked for.
  may(again: () => void): boolean;
}

// Reads `field` while it is written; `places` says which names are places. The field has a parent.
export function garder(field: Field, places: () => string[]): Garde {
  const panel = made("div", "guard note missing");
  panel.hidden = true;
  panel.tabIndex = -1;
  panel.setAttribute("role", "status");
  field.after(panel);
  let accepted = "";
  let timer = 0;
  let asked: (() => void) | null = null;
  let writing = false;

  const read = (): Trouvaille[] => (field.value === accepted ? [] : lire(field.value, places()));
  const show = (): void => {
    const found = read();
    const focused = panel.contains(document.activeElement);
    panel.hidden = found.length === 0;
    panel.replaceChildren(...(found.length ? [content(found)] : []));
    if (focused) (found.length ? panel : field).focus();
  };
  const write = (text: string): void => {
    writing = true;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    writing = false;
    show();
  };
  const content = (found: Trouvaille[]): HTMLElement => {
    const body = made("div", "text stack-tight");
    body.append(made("p", "", made("strong", "", "À relire\u00a0: une note ne nomme personne.")));
    const list = made("ul", "guard-words");
    const explained = new Set<string>();
    for (const one of found) {
      list.append(line(one, !explained.has(one.genre)));
      explained.add(one.genre);
    }
    body.append(list, button("btn-quiet", asked ? "Enregistrer tel quel" : "Garder tel quel", accept));
    return body;
  };
  const line = (one: Trouvaille, explain: boolean): HTMLElement => {
    const genre = GENRES[one.genre];
    const shown = made("li", "stack-tight", made("p", "", "«\u00a0", made("mark", "", one.mots), "\u00a0»"));
    if (explain) shown.append(made("p", "soft small", unbroken(`${genre.libelle}. ${genre.pourquoi}`)));
    const choices = made("div", "row-wrap");
    const text = field.value.normalize("NFC");
    for (const wording of propositions(text, one)) {
      choices.append(button("btn-secondary", wording, () => write(remplacer(text, one, wording))));
    }
    shown.append(choices);
    return shown;
  };
  const accept = (): void => {
    const again = asked;
    accepted = field.value;
    show();
    again?.();
  };

  field.addEventListener("input", () => {
    if (writing) return;
    asked = null;
    window.clearTimeout(timer);
    timer = window.setTimeout(show, PAUSE);
  });
  return {
    may: (again) => {
      window.clearTimeout(timer);
      if (asked || read().length === 0) return true; // Shown already: a second tap is an answer.
      asked = again;
      const folded = field.closest("details");
      if (folded) folded.open = true;
      show();
      panel.scrollIntoView({ block: "center" });
      panel.focus({ preventScroll: true });
      return false;
    },
  };
}

// The same on a form that the browser sends: stopped once, before anything marks it as sent.
export function garderFormulaire(form: HTMLFormElement, field: Field, places: () => string[]): void {
  const garde = garder(field, places);
  form.addEventListener(
    "submit",
    (event) => {
      const sender = event.submitter;
      if (garde.may(() => (sender ? sender.click() : form.requestSubmit()))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
}
