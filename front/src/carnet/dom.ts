// Building elements without a framework: text is always text, never markup.
type Child = Node | string | null | false | undefined;
type Props = Record<string, string | number | boolean | null | undefined | EventListener | ((event: Event) => unknown)>;

export function h(tag: string, props: Props = {}, ...children: (Child | Child[])[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2).toLowerCase(), value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child): child is Node | string => Boolean(child)));
  return element;
}

export function icon(name: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${document.body.dataset.icons}#${name}`);
  svg.append(use);
  return svg;
}

// One choice among several, under the thumb.
export function choices(name: string, entries: { code: string; libelle: string }[], value: string, pick: (code: string) => void, type = "radio", several: string[] = []): HTMLElement {
  return h("div", { class: "choices" }, entries.map((entry) => {
    const input = h("input", { type, name, value: entry.code, checked: type === "radio" ? entry.code === value : several.includes(entry.code), onChange: () => pick(entry.code) });
    return h("div", {}, h("label", {}, input, h("span", {}, entry.libelle)));
  }));
}

export const unfold = (title: string, open: boolean, ...inside: (Child | Child[])[]): HTMLElement =>
  h("details", { class: "unfold", open }, h("summary", {}, title), h("div", { class: "inside" }, ...inside));
export const field = (legend: string, ...inside: (Child | Child[])[]): HTMLElement =>
  h("fieldset", { class: "field" }, h("legend", {}, legend), ...inside);
// A text field that the browser keeps nowhere: no autocompletion, no name, no spelling service.
export function freeText(label: string, help: string, value: string, input: (text: string) => void): HTMLElement {
  const area = h("textarea", { class: "form-control", id: "mot", rows: 3, maxlength: 4000, autocomplete: "off", spellcheck: "false", "aria-describedby": "mot-aide", onInput: (event: Event) => input((event.target as HTMLTextAreaElement).value) }) as HTMLTextAreaElement;
  area.value = value;
  return h("div", { class: "field" }, h("label", { for: "mot" }, label), h("div", { class: "help", id: "mot-aide" }, help), area);
}
