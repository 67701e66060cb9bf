import type { Language } from './language.ts';

/** How much work a verb usually starts: minutes, quick notes to things built over days. */
export type Effort = 'quick' | 'medium' | 'large';

const english: Readonly<Record<Effort, string>> = {
  quick:
    'ask book buy call cancel check choose confirm contact copy delete download email export fetch fill find get give import inform install invite label let link log mail make message move notify open order pay phone pick pin poll post print publish put read register remind remove rename renew reply report request reserve run save schedule send share sign start stop store submit subscribe tell text tidy transfer turn upload visit vote wait wrap drop pull push bring take set say announce close hand hang rent borrow lend',
  medium:
    'add adjust agree align change exchange allow analyse analyze apply approve arrange assemble assess assign attend audit bake brainstorm budget calculate charge clarify clean clear collect compare complete compose conduct configure connect consider convert cook coordinate count cover create cut debug decide declutter decorate define deliver describe determine disable discuss display document donate draft draw edit eliminate enable enforce ensure enter estimate evaluate examine expand expose extend extract file finalise finalize finish fix follow form format gather generate handle help hire identify improve include increase index interview iron keep launch lay lead learn list load look maintain manage map mark measure meet merge monitor negotiate note obtain offer outline pack paint paste perform photograph plant play practice practise prepare present prioritise prioritize process produce promote prove provide rank raise react rebuild record recruit reduce refine reflect rehearse release repair replace research resolve restore retry return review revise rewrite ring roll sand schedule score search secure select sell separate serve set settle show simplify sketch solve sort split specify sponsor stage streamline structure study style sum summarise summarize supervise support survey swap switch sync synthesise synthesize tag teach test track train translate try tune unpack update use validate verify walk warm wash watch water weigh wire work write drive carry unload haul mow sow mend transport',
  large:
    'architect automate build code construct deploy design develop dig execute host implement integrate migrate onboard organise organize overhaul plan port redesign refactor renovate replan restructure rework rollout scale ship translate transform travel upgrade',
};

const german: Readonly<Record<Effort, string>> = {
  quick:
    'abgeben abholen abmelden abonnieren absagen abschicken anmelden anrufen ausdrucken ausfüllen aussuchen bestellen bestätigen besorgen bezahlen buchen drucken einkaufen einladen finden fragen geben holen informieren kaufen kontaktieren kündigen lesen löschen mailen melden mieten mitteilen nachfragen reservieren schicken senden speichern suchen bringen fahren gehen hinbringen mitnehmen mitbringen stellen teilen telefonieren ummelden umbenennen unterschreiben unterzeichnen vereinbaren verschicken versenden wählen zahlen anfragen beantragen klären abstimmen bitten',
  medium:
    'abbauen abhängen abklären abschließen aktualisieren analysieren anlegen anpassen anschauen anschließen aufbauen aufhängen auflisten aufräumen aufschreiben eröffnen aufstellen ausmisten auspacken ausprobieren auswählen auswerten backen bauen beauftragen befragen begrünen beheben bereitstellen berechnen beschreiben besichtigen besprechen bestimmen bewerben bewerten bügeln definieren dekorieren dokumentieren durchführen einführen einkochen einpacken einrichten einstellen entfernen entscheiden entrümpeln entwerfen aufhängen ergänzen legen schneiden einsammeln ausleihen anbringen erfassen erledigen ermitteln erstellen festlegen fertigstellen feiern formulieren führen gestalten gießen gliedern herstellen hinzufügen installieren korrigieren kochen konfigurieren lackieren lernen liefern machen malen messen montieren nähen notieren ordnen organisieren packen pflanzen planen präsentieren priorisieren proben prüfen putzen recherchieren reinigen reparieren sammeln schleifen schneiden schreiben schulen skizzieren sortieren starten streichen tapezieren testen trainieren treffen übergeben überarbeiten überlegen überprüfen übersetzen umräumen untersuchen verbessern verfassen vergleichen verhandeln verkaufen verlegen veröffentlichen verputzen verteilen vorbereiten vorstellen waschen wechseln zusammenfassen zusammenstellen zeichnen üben nutzen verwenden kalkulieren',
  large:
    'ausarbeiten automatisieren bauen einziehen entwickeln implementieren integrieren konzipieren migrieren programmieren renovieren sanieren umbauen umsetzen umziehen übersiedeln verreisen',
};

function index(table: Readonly<Record<Effort, string>>): ReadonlyMap<string, Effort> {
  const map = new Map<string, Effort>();
  for (const effort of ['quick', 'medium', 'large'] as const) {
    for (const verb of table[effort].split(' ')) map.set(verb, effort);
  }
  return map;
}

const englishVerbs = index(english);
const germanVerbs = index(german);

function words(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}][\p{L}'’-]*/gu) ?? [];
}

/** `buche`, `kauf`, `erstelle` → `buchen`, `kaufen`, `erstellen` when the result is a verb that is known. */
function germanImperative(word: string): string | null {
  for (const candidate of [`${word}n`, `${word}en`]) if (germanVerbs.has(candidate)) return candidate;
  return null;
}

/** `buying`, `painting`, `planning` → the base verb when it is known. */
export function verbOfGerund(word: string): string | null {
  const lower = word.toLowerCase();
  if (!lower.endsWith('ing') || lower.length < 5) return null;
  const stem = lower.slice(0, -3);
  const undoubled = /([a-z])\1$/.test(stem) ? stem.slice(0, -1) : stem;
  return [stem, `${stem}e`, undoubled].find((candidate) => englishVerbs.has(candidate)) ?? null;
}

function detachInfinitive(word: string): string | null {
  if (germanVerbs.has(word)) return word;
  // "abzuholen", "einzurichten": the zu-infinitive of a separable verb.
  const joined = word.replace(/^(\p{L}{2,5})zu(?=\p{L})/u, '$1');
  return joined !== word && germanVerbs.has(joined) ? joined : null;
}

/** A verb that a phrase opens with in English, or opens or ends with in German; null when it names a thing. */
export function actionVerb(phrase: string, language: Language): string | null {
  const all = words(phrase);
  const first = all[0];
  if (first === undefined) return null;
  const compound = first.split('-')[0] ?? first;
  const english = englishVerbs.has(first)
    ? first
    : englishVerbs.has(compound)
      ? compound
      : /^re-?[a-z]{3,}/.test(first) && englishVerbs.has(first.replace(/^re-?/, ''))
        ? first.replace(/^re-?/, '')
        : null;
  if (language === 'en') return english;
  return germanVerb(all) ?? (all.length > 1 ? english : null);
}

function germanVerb(all: readonly string[]): string | null {
  const first = all[0] ?? '';
  const imperative = germanImperative(first);
  if (imperative !== null && all.length > 1) return imperative;
  const last = detachInfinitive(all.at(-1) ?? '');
  if (last !== null) return last;
  if (all.length > 1 && detachInfinitive(first) !== null) return detachInfinitive(first);
  // "Kartons packen nach dem Kauf": the infinitive may be followed by when and where.
  return all.map(detachInfinitive).find((verb) => verb !== null) ?? null;
}

/** True for a word that is a German infinitive this model knows. */
export function isGermanInfinitive(word: string): boolean {
  return detachInfinitive(word.toLowerCase()) !== null;
}

/** How much work `verb` usually means. */
export function verbEffort(verb: string | null, language: Language): Effort {
  if (verb === null) return 'medium';
  return (
    (language === 'de' ? germanVerbs.get(verb) : undefined) ??
    englishVerbs.get(verb) ??
    germanVerbs.get(verb) ??
    'medium'
  );
}

const irregular: Readonly<Record<string, string>> = {
  bought: 'buy',
  built: 'build',
  written: 'write',
  found: 'find',
  sent: 'send',
  made: 'make',
  chosen: 'choose',
  taken: 'take',
  paid: 'pay',
  sold: 'sell',
  held: 'hold',
  drawn: 'draw',
  hung: 'hang',
  brought: 'bring',
  given: 'give',
  taught: 'teach',
  met: 'meet',
  set: 'set',
  cut: 'cut',
  put: 'put',
  read: 'read',
  gestrichen: 'streichen',
  geschrieben: 'schreiben',
  gefunden: 'finden',
  eingeladen: 'einladen',
  unterschrieben: 'unterschreiben',
  gegossen: 'gießen',
  abgeschlossen: 'abschließen',
  gewaschen: 'waschen',
  gelesen: 'lesen',
  besprochen: 'besprechen',
  vergeben: 'vergeben',
  übergeben: 'übergeben',
  abgegeben: 'abgeben',
  gehalten: 'halten',
  verschoben: 'verschieben',
  geschnitten: 'schneiden',
  geschliffen: 'schleifen',
  entschieden: 'entscheiden',
  getroffen: 'treffen',
  abgeholt: 'abholen',
  eingerichtet: 'einrichten',
  aufgebaut: 'aufbauen',
  angemeldet: 'anmelden',
  vorbereitet: 'vorbereiten',
};

/** `signed`, `painted`, `written` → the base verb when it is known. */
export function verbOfParticiple(word: string): string | null {
  const lower = word.toLowerCase();
  const known = irregular[lower];
  if (known !== undefined) return englishVerbs.has(known) ? known : null;
  if (!lower.endsWith('ed')) return null;
  const stem = lower.slice(0, -2);
  return (
    [stem, `${stem}e`, stem.slice(0, -1), stem.replace(/i$/u, 'y')].find((candidate) => englishVerbs.has(candidate)) ??
    null
  );
}

/** `gekauft`, `gestrichen`, `bestellt` → the infinitive when it is known. */
export function infinitiveOfParticiple(word: string): string | null {
  const lower = word.toLowerCase();
  const known = irregular[lower];
  if (known !== undefined) return germanVerbs.has(known) ? known : null;
  const stem = lower.replace(/^(\p{L}{2,4})?ge/u, '$1').replace(/e?t$/u, '');
  return (
    [`${stem}en`, `${stem}n`, lower.replace(/e?t$/u, 'en')].find((candidate) => germanVerbs.has(candidate)) ?? null
  );
}
