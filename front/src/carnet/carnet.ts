// The open notebook: what is in memory until the lock, and what one does with it.
import * as envois from "./envois";
import * as serveur from "./echange";
import { Coffre } from "./coffre";
import { nextNumber } from "./depot";
import { now, offsetFrom, setOffset } from "./horloge";
import { seal } from "./scellement";
import type { Collegue, Contenu, Envoi, Genre, NoteDuSoir, Reference, SortieEnCours } from "./types";

export interface Brouillon {
  lieu: string; categorie: string; ambiance: string; texte: string; origine: string;
  suites: string[]; publics: string[]; contacts: string; corrige: string | null;
}
export interface ADire { destinataire: string; lieu: string; creneau: string; effectif: string; categorie: string; texte: string }
export interface ALaisser { lieu: string; geste: string; texte: string }
export interface Lisible { id: string; titre: string; detail: string; le: Date }
export interface Enregistre { id: string; numero: number; garde: "garde" | "memoire" }

const SILENT = ["rien", "parti"];

export class Carnet {
  brouillon: Brouillon = this.blank();
  // What is being written elsewhere than in «Noter»: another screen, or the end of an outing, must not lose it.
  aDire: ADire | null = null;
  aLaisser: ALaisser | null = null;
  // Readable copies of what was saved since the unlock: gone at the lock.
  readonly lisibles: Lisible[] = [];
  notes: NoteDuSoir[] | null = null;
  issue: envois.Issue = "rien";
  onChange: () => void = () => undefined;

  constructor(private readonly coffre: Coffre) { serveur.show(coffre.contenu.ouverture.jeton); }

  get contenu(): Contenu { return this.coffre.contenu; }
  get reference(): Reference { return this.contenu.reference; }
  get poste(): string { return this.reference.poste; }
  get sortie(): SortieEnCours | null { return this.contenu.sortie; }

  // The next shift opened behind the screen: what is being written goes on.
  continuer(former: Carnet): void {
    this.brouillon = former.brouillon;
    this.aDire = former.aDire;
    this.aLaisser = former.aLaisser;
  }

  blank(): Brouillon {
    const prevention = this.coffre?.contenu.reference.prevention ?? false;
    return {
      lieu: this.coffre?.contenu.dernier_lieu ?? "", categorie: prevention ? "travail_de_rue" : "", ambiance: "ras",
      texte: "", origine: "ronde", suites: [], publics: [], contacts: "", corrige: null,
    };
  }

  lieu(id: string): string {
    return [...this.reference.recents, ...this.reference.autres].find((one) => one.id === id)?.nom ?? "";
  }
  mot(liste: string, code: string): string {
    return this.reference.listes[liste]?.find((one) => one.code === code)?.libelle ?? code;
  }

  // On the disk, sealed, when it returns; in memory with a warning when the phone is full.
  private async write(genre: Genre, id: string, donnees: Record<string, unknown>, sortie: (SortieEnCours & { fin?: string }) | null): Promise<Enregistre> {
    const { appareil, numero } = await nextNumber().catch(() => ({ appareil: "", numero: Date.now() % 2_000_000_000 }));
    const told = genre === "note" ? { ...donnees, appareil, compteur: appareil ? numero : null } : donnees;
    const { ouverture, cle } = this.contenu;
    const scelle = await seal({ id, genre, donnees: told, sortie }, ouverture, cle);
    const envoi: Envoi = {
      id, numero, genre, ouverture: ouverture.id, poste: this.poste, equipage: sortie?.equipage.map((one) => one.poste) ?? [],
      le: now().getTime(), cle: cle.nom, scelle, etat: "attend", motif: "",
    };
    return { id, numero, garde: await envois.put(envoi) };
  }

  async noter(effectif: string, rien = false): Promise<Enregistre> {
    const b = this.brouillon, id = crypto.randomUUID();
    const categorie = rien ? "rien_a_signaler" : b.categorie;
    const ambiance = rien ? "ras" : b.ambiance;
    const made = await this.write("note", id, {
      lieu: b.lieu, categorie, ambiance, effectif, origine: b.origine, suites: b.suites, publics: b.publics,
      contacts_nouveaux: b.contacts === "" ? null : Number(b.contacts), texte: b.texte, corrige: b.corrige,
      // A correction says again what was seen then: the server keeps the hour of the note it corrects.
      observee_le: b.corrige ? null : now().toISOString(),
    }, this.sortie);
    this.remember(id, this.lieu(b.lieu), [this.mot("categorie", categorie), this.mot("ambiance", ambiance), this.mot("effectif", effectif), b.texte]);
    if (this.contenu.dernier_lieu !== b.lieu) { this.contenu.dernier_lieu = b.lieu; await this.coffre.save().catch(() => undefined); }
    this.brouillon = this.blank();
    return made;
  }

  // Undo: taken back if it has not left; otherwise a correction withdraws it.
  async annuler(id: string, genre: Genre, lieu = ""): Promise<boolean> {
    const gone = await envois.takeBack(id);
    if (!gone && genre !== "note") return false;
    if (!gone) {
      await this.write("note", crypto.randomUUID(), { lieu, categorie: "rien_a_signaler", corrige: id, annule: true, observee_le: null }, null);
    }
    const at = this.lisibles.findIndex((one) => one.id === id);
    if (at >= 0) this.lisibles.splice(at, 1);
    void this.envoyer();
    return true;
  }

  async dire(donnees: ADire): Promise<Enregistre> {
    const id = crypto.randomUUID();
    const made = await this.write("message", id, { ...donnees }, this.sortie);
    this.aDire = null;
    this.remember(id, `À l'autre équipe : ${this.lieu(donnees.lieu)}`, [this.mot("categorie", donnees.categorie), this.mot("effectif", donnees.effectif), donnees.texte]);
    return made;
  }

  // What the next team finds at its arrival.
  async laisser(donnees: ALaisser): Promise<Enregistre> {
    const id = crypto.randomUUID();
    const made = await this.write("consigne", id, { ...donnees }, this.sortie);
    this.aLaisser = null;
    this.remember(id, `Consigne : ${this.lieu(donnees.lieu)}`, [this.mot("geste", donnees.geste), donnees.texte]);
    return made;
  }

  async partir(equipage: Collegue[]): Promise<void> {
    const me = { poste: this.poste, prenom: this.reference.prenom };
    this.contenu.sortie = { id: crypto.randomUUID(), debut: now().toISOString(), equipage: [me, ...equipage] };
    await this.coffre.save().catch(() => undefined);
    await this.write("sortie", crypto.randomUUID(), {}, this.contenu.sortie);
  }

  async rentrer(): Promise<Enregistre | null> {
    const sortie = this.contenu.sortie;
    if (!sortie) return null;
    const made = await this.write("sortie", crypto.randomUUID(), {}, { ...sortie, fin: now().toISOString() });
    await this.reprendre(null);
    return made;
  }
  async reprendre(sortie: SortieEnCours | null): Promise<void> {
    this.contenu.sortie = sortie;
    await this.coffre.save().catch(() => undefined);
  }

  async envoyer(): Promise<void> {
    const issue = await envois.flush(this.poste);
    if (issue !== "rien") this.issue = issue;
    if (issue === "parti") await this.rafraichir();
    this.onChange();
  }

  // Tonight's words, places, consignes and notes, when the network is there.
  async rafraichir(): Promise<void> {
    try {
      const { reference, notes } = await serveur.evening();
      if (reference.poste !== this.poste) return;
      this.notes = notes;
      this.contenu.reference = reference;
      if (!this.contenu.sortie && reference.sortie) this.contenu.sortie = reference.sortie;
      await this.coffre.save().catch(() => undefined);
      if (SILENT.includes(this.issue) || this.issue === "injoignable") this.issue = "parti";
    } catch (error) {
      this.issue = error instanceof serveur.Ferme ? "ferme" : "injoignable";
    }
    this.onChange();
  }

  private remember(id: string, titre: string, parts: string[]): void {
    this.lisibles.unshift({ id, titre, detail: parts.filter(Boolean).join(" · "), le: now() });
  }
}

export async function unlock(poste: string, code: string): Promise<Carnet | null> {
  const coffre = await Coffre.open(poste, code);
  if (!coffre) return null;
  setOffset(coffre.contenu.decalage);
  // An hour that goes back cannot be: the last envelope kept says the least it can be.
  const last = Math.max(0, ...(await envois.all()).filter((one) => one.poste === poste).map((one) => one.le));
  if (now().getTime() < last) setOffset(coffre.contenu.decalage + last - now().getTime());
  return new Carnet(coffre);
}

export async function openOnline(poste: string, code: string): Promise<Carnet> {
  const etat = await serveur.state();
  const { ouverture, reference } = await serveur.open(poste, etat.mode === "session" && etat.moi?.poste === poste ? "" : code);
  const decalage = offsetFrom(etat.maintenant);
  setOffset(decalage);
  const contenu: Contenu = { ouverture, reference, sortie: reference.sortie, decalage, cle: etat.cle, dernier_lieu: "" };
  const former = await Coffre.open(poste, code);
  if (former) { contenu.sortie = former.contenu.sortie ?? contenu.sortie; contenu.dernier_lieu = former.contenu.dernier_lieu; }
  return new Carnet(await Coffre.create(code, contenu));
}
