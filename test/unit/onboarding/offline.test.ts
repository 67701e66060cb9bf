import { describe, expect, it } from 'vitest';
import type { FactSheet } from '../../../src/contract/facts.ts';
import type { Json } from '../../../src/contract/json.ts';
import { profile, work } from '../../../workflows/onboarding_analysis/contract.ts';
import type { Profile, Work } from '../../../workflows/onboarding_analysis/contract.ts';
import { onboardingAnalysis } from '../../../workflows/onboarding_analysis/type.ts';
import { askOffline } from '../offline-model/support.ts';
import { factsOf } from '../task-decomposition/support.ts';

function ask(facts: FactSheet, call: string): Json {
  return askOffline(onboardingAnalysis, facts, { call });
}

function profileOf(userPrompt: string, more: Partial<FactSheet> = {}): Profile {
  return profile.parse(ask(factsOf({ input: { userPrompt }, ...more }), 'profile'));
}

function workOf(userPrompt: string): Work {
  return work.parse(ask(factsOf({ input: { userPrompt } }), 'work'));
}

const english = `I'm a freelance illustrator based in Amsterdam. I work Monday to Thursday from 9:30 to 4pm.
My goal is to publish a picture book next year. The most important thing for me is time with my kids.
I'm working on the picture book and a poster series for the zoo. I struggle with invoices, I always put them off.
To do: send the invoice for March, sketch the cover (3 hours), call the printer.`;

const german = `Ich bin Tischler und wohne in Wien. Ich arbeite meist vormittags.
Mein Ziel ist eine eigene Werkstatt. Ich arbeite an einem Regalsystem. Mails lenken mich ständig ab, ich schiebe Angebote auf.
- Holz bestellen (30 min)
- Angebot für Familie Huber schreiben`;

describe('what the offline model reads of a person', () => {
  it('in English: field by field with the sentence it comes from', () => {
    const read = profileOf(english);
    const byField = new Map(read.fields.map((each) => [each.field, each.text]));
    expect(byField.get('background')).toContain('freelance illustrator');
    expect(byField.get('goals_overview')).toContain('publish a picture book');
    expect(byField.get('priorities')).toContain('time with my kids');
    expect(byField.get('productivity_challenges')).toContain('struggle with invoices');
    expect(read.timeZone).toMatchObject({ name: 'Europe/Amsterdam' });
    expect(read.workingHours).toMatchObject({
      days: ['monday', 'tuesday', 'wednesday', 'thursday'],
      from: '09:30',
      to: '16:00',
    });
    expect(read.questions).toEqual([]);
  });

  it('in German: and asks from when till when, where only the part of the day is said', () => {
    const read = profileOf(german);
    const byField = new Map(read.fields.map((each) => [each.field, each.text]));
    expect(byField.get('background')).toContain('Tischler');
    expect(byField.get('productivity_challenges')).toContain('schiebe Angebote auf');
    expect(read.timeZone).toMatchObject({ name: 'Europe/Vienna' });
    expect(read.workingHours).toBeNull();
    expect(read.questions).toMatchObject([{ key: 'working_hours', default: '09:00 bis 12:30' }]);
    const answers = [{ key: 'working_hours', question: '', answer: '8 bis 12 Uhr' }];
    expect(profileOf(german, { answers }).workingHours).toMatchObject({ from: '08:00', to: '12:00' });
  });

  it('finds undertakings and things to do, and invents none', () => {
    const read = workOf(english);
    expect(read.projects.map((each) => each.name.toLowerCase()).join()).toMatch(/picture book.*poster series/);
    expect(read.tasks.map((each) => each.title.toLowerCase()).join()).toMatch(/invoice.*cover.*printer/);
    expect(read.tasks.find((each) => each.title.includes('cover'))?.minutes).toBe(180);
    const local = workOf(german);
    expect(local.projects.map((each) => each.name)).toEqual(['Regalsystem']);
    expect(local.tasks.map((each) => each.title)).toEqual(['Holz bestellen', 'Angebot für Familie Huber schreiben']);
    expect(workOf('Hello there!')).toMatchObject({ projects: [], tasks: [], insights: [] });
  });
});
