import type { Language } from '../text/language.ts';

/**
 * A usual course for a kind of undertaking. A phase is `name » task » task`, a task `title|minutes` or
 * `title|minutes|step; step`.
 */
export type Template = {
  readonly name: string;
  readonly matches: RegExp;
  readonly phases: Readonly<Record<Language, readonly string[]>>;
};

/** What the offline model falls back on when a text names an undertaking and no task. First match wins; the last matches all. */
const templates: readonly Template[] = [
  {
    name: 'event',
    matches:
      /\b(?:wedding|party|birthday|conference|event|anniversary|reunion|meetup|celebration|baby shower|workshop|fundraiser|charity|concert|festival|hochzeit|feier|geburtstag|konferenz|veranstaltung|fest|jubiläum|party|taufe)\b|(?:feier|fest|hochzeit)\b/iu,
    phases: {
      en: [
        'Set the frame » Agree on date, place and size|90|List the people who decide; Write down two possible dates; Settle the number of guests » Set the budget|60 » Write the guest list|90',
        'Book » Find and book the venue|240|Compare three venues; Visit the best two; Sign the contract » Book food and drinks|120 » Book music or program|90 » Send the invitations|90',
        'Get ready » Plan the course of the day|120|Write a timetable; Name who does what » Buy decoration and material|120 » Confirm guests and suppliers|60',
        'Hold it and close » Set up and hold the event|480 » Clear up, pay the bills and say thanks|120',
      ],
      de: [
        'Rahmen klären » Termin, Ort und Größe abstimmen|90|Entscheidende Personen fragen; Zwei Termine festhalten; Gästezahl festlegen » Budget festlegen|60 » Gästeliste schreiben|90',
        'Buchen » Ort suchen und buchen|240|Drei Orte vergleichen; Die besten zwei besichtigen; Vertrag unterschreiben » Essen und Getränke buchen|120 » Musik oder Programm buchen|90 » Einladungen verschicken|90',
        'Vorbereiten » Ablauf des Tages planen|120|Zeitplan schreiben; Aufgaben verteilen » Dekoration und Material kaufen|120 » Gäste und Dienstleister bestätigen|60',
        'Durchführen und abschließen » Aufbauen und durchführen|480 » Aufräumen, bezahlen und danken|120',
      ],
    },
  },
  {
    name: 'move',
    matches:
      /\b(?:move (?:to|house|home|out|into|in|flat)|moving|relocat\w*|new (?:flat|apartment|house)|umzug|umziehen|neue wohnung|einzug|auszug)\b/iu,
    phases: {
      en: [
        'Prepare the move » Give notice and settle the dates|60 » Find a mover or a van and helpers|120|Ask for three offers; Book one » Sort out and sell or give away|240 » Buy boxes and material|60',
        'Move » Pack the boxes|480|Start with what is seldom used; Label every box by room » Move everything over|480 » Clean and hand over the old place|240',
        'Settle in » Register the new address|90|Authorities; Bank and insurances; Post » Set up the new place|480',
      ],
      de: [
        'Umzug vorbereiten » Kündigen und Termine klären|60 » Umzugsfirma oder Transporter und Helfer finden|120|Drei Angebote einholen; Eines buchen » Aussortieren, verkaufen oder verschenken|240 » Kartons und Material kaufen|60',
        'Umziehen » Kartons packen|480|Mit selten Gebrauchtem beginnen; Jeden Karton nach Zimmer beschriften » Alles in die neue Wohnung bringen|480 » Alte Wohnung putzen und übergeben|240',
        'Einrichten » Adresse ummelden|90|Amt; Bank und Versicherungen; Post » Neue Wohnung einrichten|480',
      ],
    },
  },
  {
    name: 'trip',
    matches:
      /\b(?:trip|travel|vacation|holidays?|journey|visit to|road trip|reise|urlaub|ferien|verreisen|ausflug)\b|(?:reise|urlaub)\b/iu,
    phases: {
      en: [
        'Decide » Agree on place, dates and budget|90 » Draw up the route|120',
        'Book » Book the way there and back|90 » Book places to stay|90 » Check passports, visas and insurance|60',
        'Get ready » Pack|120 » Arrange who looks after home|60',
      ],
      de: [
        'Entscheiden » Ziel, Zeitraum und Budget abstimmen|90 » Route planen|120',
        'Buchen » An- und Abreise buchen|90 » Unterkünfte buchen|90 » Ausweise, Visa und Versicherung prüfen|60',
        'Vorbereiten » Packen|120 » Betreuung zu Hause regeln|60',
      ],
    },
  },
  {
    name: 'writing',
    matches:
      /\b(?:thesis|dissertation|essay|article|book|paper|report|novel|blog|masterarbeit|bachelorarbeit|hausarbeit|aufsatz|artikel|buch|bericht|roman)\b|(?:arbeit)\b(?=.*\bschreib)/iu,
    phases: {
      en: [
        'Find the question » Settle question and readers|120 » Collect and read sources|480|List the ten most important; Read and take notes » Write the outline|120',
        'Write » Write the first draft|960|One part a session; Leave gaps rather than stop » Fill gaps and check facts|240',
        'Finish » Get comments from two readers|60 » Revise|360 » Proofread and hand in|180',
      ],
      de: [
        'Frage finden » Frage und Publikum festlegen|120 » Quellen sammeln und lesen|480|Die zehn wichtigsten auflisten; Lesen und notieren » Gliederung schreiben|120',
        'Schreiben » Erste Fassung schreiben|960|Ein Teil pro Sitzung; Lücken lassen statt stocken » Lücken füllen und Fakten prüfen|240',
        'Fertigstellen » Rückmeldung von zwei Lesern holen|60 » Überarbeiten|360 » Korrektur lesen und abgeben|180',
      ],
    },
  },
  {
    name: 'learning',
    matches:
      /\b(?:learn|study|exam|course|certificate|language|practi[cs]e|train for|marathon|lernen|prüfung|kurs|sprache|üben|trainieren)\b/iu,
    phases: {
      en: [
        'Start » Settle the level to reach and how it is tested|60 » Choose material or a teacher|90 » Fix weekly times|30',
        'Learn » Work through the basics|600|Short sessions; Repeat what was hard » Use it on something real|480',
        'Check » Test yourself and close gaps|240 » Take the final test|120',
      ],
      de: [
        'Beginnen » Ziel und Prüfung festlegen|60 » Material oder Lehrkraft auswählen|90 » Feste Wochenzeiten festlegen|30',
        'Lernen » Grundlagen erarbeiten|600|Kurze Einheiten; Schweres wiederholen » An etwas Echtem anwenden|480',
        'Prüfen » Selbst testen und Lücken schließen|240 » Abschluss ablegen|120',
      ],
    },
  },
  {
    name: 'software',
    matches:
      /\b(?:app|website|web site|software|api|shop|online store|tool|dashboard|bot|prototype|mvp|feature|database|service|webseite|anwendung|programm|onlineshop)\b/iu,
    phases: {
      en: [
        'Understand » Write down users, needs and limits|120|Who uses it; What must work on day one; What is left out » Sketch the main screens or calls|120',
        'Build » Set up the project|120 » Build the data model|240 » Build the core functions|960 » Build the user interface|600',
        'Release » Test with real users|240 » Fix what they find|360 » Release and announce|120',
      ],
      de: [
        'Verstehen » Nutzer, Bedarf und Grenzen aufschreiben|120|Wer nutzt es; Was muss am ersten Tag gehen; Was bleibt weg » Wichtigste Ansichten skizzieren|120',
        'Bauen » Projekt einrichten|120 » Datenmodell entwickeln|240 » Kernfunktionen entwickeln|960 » Oberfläche entwickeln|600',
        'Veröffentlichen » Mit echten Nutzern testen|240 » Gefundenes beheben|360 » Veröffentlichen und ankündigen|120',
      ],
    },
  },
  {
    name: 'renovation',
    matches:
      /\b(?:renovat\w*|refurbish\w*|remodel\w*|redecorate|kitchen|bathroom|garden|build a (?:shed|deck|fence)|renovier\w*|sanier\w*|küche|garten|badezimmer)\b/iu,
    phases: {
      en: [
        'Plan » Measure and sketch what shall change|120 » Set the budget and get offers|180 » Buy material|180',
        'Do the work » Clear and protect the area|180 » Do the main work|960 » Finish surfaces and details|480',
        'Close » Check the work and fix faults|120 » Clean up and settle bills|120',
      ],
      de: [
        'Planen » Ausmessen und Änderungen skizzieren|120 » Budget festlegen und Angebote einholen|180 » Material kaufen|180',
        'Ausführen » Räumen und abdecken|180 » Hauptarbeiten ausführen|960 » Oberflächen und Details fertigstellen|480',
        'Abschließen » Arbeit prüfen und Mängel beheben|120 » Aufräumen und abrechnen|120',
      ],
    },
  },
  {
    name: 'general',
    matches: /(?:)/u,
    phases: {
      en: [
        'Prepare » Write down what counts as done|60 » Find out what is needed and who helps|120 » Set dates and budget|60',
        'Carry out » Do the first part that can be seen|240 » Do the rest|480',
        'Finish » Check the result against what counts as done|90 » Hand over and close|60',
      ],
      de: [
        'Vorbereiten » Aufschreiben, was als fertig gilt|60 » Bedarf und Helfende klären|120 » Termine und Budget festlegen|60',
        'Durchführen » Ersten sichtbaren Teil erledigen|240 » Den Rest erledigen|480',
        'Abschließen » Ergebnis am Ziel prüfen|90 » Übergeben und abschließen|60',
      ],
    },
  },
];

/** The template whose words `intent` uses. */
export function templateFor(intent: string): Template {
  const general = templates.at(-1);
  if (general === undefined) throw new Error('the table of templates is empty');
  return templates.find((template) => template.matches.test(intent)) ?? general;
}
