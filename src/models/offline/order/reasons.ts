import type { Language } from '../text/language.ts';

type Reasons = {
  readonly statedAfter: (fragment: string) => string;
  readonly statedBefore: (title: string, fragment: string) => string;
  readonly statedThen: (title: string) => string;
  readonly usesMade: (name: string, title: string) => string;
  readonly buildsOn: (product: string, title: string) => string;
  readonly layer: (title: string) => string;
  readonly provides: (title: string) => string;
  readonly listedBefore: string;
  readonly phaseBefore: string;
  readonly testedLater: string;
  readonly waiting: (count: number) => string;
};

/** Why one task comes after another, in the words of the person's language. */
export const reasons: Readonly<Record<Language, Reasons>> = {
  en: {
    statedAfter: (fragment) => `The text says it comes after "${fragment}".`,
    statedBefore: (title, fragment) => `The text says "${title}" comes before "${fragment}".`,
    statedThen: (title) => `The text puts it right after "${title}".`,
    usesMade: (name, title) => `It uses "${name}", which "${title}" makes.`,
    buildsOn: (product, title) => `It builds on the ${product} of "${title}".`,
    layer: (title) => `It rests on "${title}": data comes before its interface, and that before the screens.`,
    provides: (title) => `"${title}" provides what it needs.`,
    listedBefore: 'The plan lists it right before.',
    phaseBefore: 'Its phase comes before.',
    testedLater: 'Better tested once it is built.',
    waiting: (count) => `${count} tasks cannot start before it.`,
  },
  de: {
    statedAfter: (fragment) => `Laut Text kommt es nach „${fragment}“.`,
    statedBefore: (title, fragment) => `Laut Text kommt „${title}“ vor „${fragment}“.`,
    statedThen: (title) => `Der Text nennt es direkt nach „${title}“.`,
    usesMade: (name, title) => `Es verwendet „${name}“ aus „${title}“.`,
    buildsOn: (product, title) => `Es baut auf „${product}“ aus „${title}“ auf.`,
    layer: (title) => `Es setzt „${title}“ voraus: erst die Daten, dann die Schnittstelle, dann die Oberfläche.`,
    provides: (title) => `„${title}“ liefert, was dafür gebraucht wird.`,
    listedBefore: 'Der Plan nennt es direkt davor.',
    phaseBefore: 'Die Phase davor kommt zuerst.',
    testedLater: 'Besser testen, wenn es fertig ist.',
    waiting: (count) => `${count} Aufgaben können nicht vorher beginnen.`,
  },
};
