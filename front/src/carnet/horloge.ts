// The phone's hour is only advice: set right by the server's at opening, then carried by a clock nobody moves.
let offset = 0;
let startedAt = Date.now();
let startedTick = performance.now();

export function setOffset(value: number): void { offset = value; startedAt = Date.now(); startedTick = performance.now(); }
export const offsetFrom = (server: string): number => new Date(server).getTime() - Date.now();
export const now = (): Date => new Date(startedAt + offset + (performance.now() - startedTick));

const PARTS = new Intl.DateTimeFormat("fr-FR", { timeZone: "Europe/Paris", hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("fr-FR", { timeZone: "Europe/Paris", weekday: "long", day: "numeric", month: "long" });
export const hour = (moment: Date): string => PARTS.format(moment).replace(":", "\u00a0h\u00a0");
export function since(moment: Date): string {
  return now().getTime() - moment.getTime() < 20 * 3600 * 1000 ? hour(moment) : `${DAY.format(moment)}, ${hour(moment)}`;
}
export const isNight = (): boolean => { const h = Number(PARTS.format(now()).slice(0, 2)); return h >= 20 || h < 7; };
// The slot of the day as the logbook counts it (main_courante.jours).
const SLOTS: [number, string][] = [[5, "nuit_profonde"], [11, "matin"], [14, "midi"], [16, "apres_midi"], [18, "sortie_ecole"], [21, "soiree"], [24, "nuit"]];
export const slot = (): string => { const h = Number(PARTS.format(now()).slice(0, 2)); return (SLOTS.find(([limit]) => h < limit) ?? SLOTS[6])[1]; };
