/** A text people would write, and what a careful reader plans from it. */
export type EverydayText = {
  readonly name: string;
  readonly text: string;
  readonly phases?: readonly string[];
  readonly tasks: readonly string[];
  readonly deadline: string | null;
  /** `title deadline`, for tasks with a deadline of their own. */
  readonly due?: readonly string[];
  readonly minutes?: Readonly<Record<string, number>>;
  readonly hard?: readonly string[];
};

export const everydayTexts: readonly EverydayText[] = [
  {
    name: 'one line with a colon',
    text: 'Move to a new flat in Berlin by 15 March: find a mover (2h), pack boxes after buying boxes, cancel the old electricity contract and register the new address.',
    tasks: [
      'Find a mover',
      'Buy boxes',
      'Pack boxes',
      'Cancel the old electricity contract',
      'Register the new address',
    ],
    deadline: '2027-03-15',
    minutes: { 'Find a mover': 120 },
    hard: ['Pack boxes < Buy boxes'],
  },
  {
    name: 'a numbered list',
    text: '1. Call the dentist (15 min)\n2. Book flights to Lisbon by next Friday\n3. Renew passport (2h)\n4. Pack the suitcase',
    tasks: ['Call the dentist', 'Book flights to Lisbon', 'Renew passport', 'Pack the suitcase'],
    deadline: null,
    due: ['Book flights to Lisbon 2026-11-27'],
    minutes: { 'Call the dentist': 15, 'Renew passport': 120 },
  },
  {
    name: 'a German list',
    text: 'Umzug nach Hamburg bis 15.03.2027:\n- Umzugsfirma suchen (2 Std.)\n- Kartons kaufen (30 Min.)\n- Kartons packen nach dem Kauf der Kartons, 2 Tage\n- Wohnung streichen vor der Übergabe\n- Strom ummelden bis Ende Februar\n- Schlüsselübergabe am 14.03.2027',
    tasks: [
      'Umzugsfirma suchen',
      'Kartons kaufen',
      'Kartons packen',
      'Wohnung streichen vor der Übergabe',
      'Strom ummelden',
      'Schlüsselübergabe',
    ],
    deadline: '2027-03-15',
    due: ['Strom ummelden 2027-02-28', 'Schlüsselübergabe 2027-03-14'],
    minutes: { 'Umzugsfirma suchen': 120, 'Kartons packen': 960 },
    hard: ['Kartons packen < Kartons kaufen', 'Schlüsselübergabe < Wohnung streichen vor der Übergabe'],
  },
  {
    name: 'German prose',
    text: 'Wir müssen bis Ende Mai die neue Praxis eröffnen. Zuerst müssen wir einen Mietvertrag unterschreiben. Danach sollen die Räume gestrichen werden. Außerdem muss ich Möbel bestellen und die Telefonanlage einrichten.',
    tasks: ['Mietvertrag unterschreiben', 'Räume streichen', 'Möbel bestellen', 'Telefonanlage einrichten'],
    deadline: '2027-05-31',
    hard: ['Räume streichen < Mietvertrag unterschreiben'],
  },
  {
    name: 'a letter',
    text: 'Hi Anna,\n\ncould you please book the venue by Friday and send out the invitations next week? We also need to order the cake. Once the contract is signed, pay the deposit.\n\nThanks,\nBob',
    tasks: ['Book the venue', 'Send out the invitations', 'Order the cake', 'Pay the deposit'],
    deadline: null,
    due: ['Book the venue 2026-11-27', 'Send out the invitations 2026-11-27'],
  },
  {
    name: 'a letter with a list and an afterthought',
    text: 'Subject: Office move\nFrom: kim@example.org\n\nHello all,\n\nwe are moving to the new office on 1 April 2027. Here is what has to happen:\n\n* Sign the lease\n* Order desks and chairs - 3 days\n* Set up network, depends on: Sign the lease\n* Move servers (after network is set up)\n\nPlease also inform the landlord.\n\nBest\nKim',
    tasks: ['Sign the lease', 'Order desks and chairs', 'Set up network', 'Move servers', 'Inform the landlord'],
    deadline: '2027-04-01',
    hard: ['Set up network < Sign the lease', 'Move servers < Set up network'],
    minutes: { 'Order desks and chairs': 1440 },
  },
  {
    name: 'headings with check boxes',
    text: '# Spring garden\n\nWe want a vegetable garden. I can spend 4 hours per week.\n\n## Beds\n- [x] Measure the garden\n- [ ] Build two raised beds (1 day)\n- [ ] Fill them with soil (half a day)\n\n## Plants\n- [ ] Order seeds by 1 March 2027\n- [ ] Sow tomatoes indoors (1h)\n\n```\n- not a task\n```',
    phases: ['Beds', 'Plants'],
    tasks: ['Build two raised beds', 'Fill them with soil', 'Order seeds', 'Sow tomatoes indoors'],
    deadline: null,
    due: ['Order seeds 2027-03-01'],
    minutes: { 'Build two raised beds': 480, 'Fill them with soil': 240 },
  },
  {
    name: 'a table of tasks',
    text: '| Task | Days | Depends on | Due |\n|---|---|---|---|\n| Write spec | 2 | - | 2027-01-15 |\n| Build prototype | 5 | Write spec | 2027-02-01 |\n| User test | 1 | Build prototype | |',
    tasks: ['Write spec', 'Build prototype', 'User test'],
    deadline: null,
    due: ['Write spec 2027-01-15', 'Build prototype 2027-02-01'],
    minutes: { 'Write spec': 960, 'Build prototype': 2400, 'User test': 480 },
    hard: ['Build prototype < Write spec', 'User test < Build prototype'],
  },
  {
    name: 'a table that is no plan beside a list that is',
    text: '# Bike tour\n\n| Country | Currency |\n|---|---|\n| France | Euro |\n\n## To do\n- Check the brakes\n- Buy a pump (20 min)\n- Draw the route',
    phases: ['To do'],
    tasks: ['Check the brakes', 'Buy a pump', 'Draw the route'],
    deadline: null,
    minutes: { 'Buy a pump': 20 },
  },
  {
    name: 'plain lines under phases',
    text: 'Phase 1: Research\n- interview five customers (3h)\n- summarise findings\nPhase 2: Build\n- write the landing page\nPhase 3: Launch\n- announce on social media',
    phases: ['Phase 1: Research', 'Phase 2: Build', 'Phase 3: Launch'],
    tasks: ['Interview five customers', 'Summarise findings', 'Write the landing page', 'Announce on social media'],
    deadline: null,
    minutes: { 'Interview five customers': 180 },
  },
  {
    name: 'lines without bullets',
    text: 'Buy paint\nTape the windows\nPaint the walls (3-4 hours)\nClean up',
    tasks: ['Buy paint', 'Tape the windows', 'Paint the walls', 'Clean up'],
    deadline: null,
    minutes: { 'Paint the walls': 210 },
    hard: ['Paint the walls < Buy paint'],
  },
  {
    name: 'a wish with tasks in prose',
    text: 'I want to run a marathon in October. I need to buy shoes, find a training plan and sign up for the race by 31 January.',
    tasks: ['Buy shoes', 'Find a training plan', 'Sign up for the race'],
    deadline: '2027-10-31',
    due: ['Sign up for the race 2027-01-31'],
  },
  {
    name: 'a chain of "then"',
    text: 'Prepare the quarterly report: collect numbers from finance (2h), then write the draft (4h), then get it reviewed by Maria and finally send it to the board by 15 January 2027.',
    tasks: ['Collect numbers from finance', 'Write the draft', 'Get it reviewed by Maria', 'Send it to the board'],
    deadline: null,
    due: ['Send it to the board 2027-01-15'],
    hard: [
      'Write the draft < Collect numbers from finance',
      'Get it reviewed by Maria < Write the draft',
      'Send it to the board < Get it reviewed by Maria',
    ],
  },
  {
    name: 'weeks with dates',
    text: '**Week 1 (3–7 May 2027)**\n- Draft chapter one\n- Collect sources\n\n**Week 2 (10–14 May 2027)**\n- Draft chapter two',
    phases: ['Week 1 (3–7 May 2027)', 'Week 2 (10–14 May 2027)'],
    tasks: ['Draft chapter one', 'Collect sources', 'Draft chapter two'],
    deadline: null,
    due: ['Draft chapter one 2027-05-07', 'Collect sources 2027-05-07', 'Draft chapter two 2027-05-14'],
  },
  {
    name: 'a nested list',
    text: '- Kitchen\n  - Paint walls (4h)\n  - Buy a table\n- Bathroom\n  - Replace the tap\n  - Order tiles, 1–2 weeks delivery',
    phases: ['Kitchen', 'Bathroom'],
    tasks: ['Paint walls', 'Buy a table', 'Replace the tap', 'Order tiles, 1–2 weeks delivery'],
    deadline: null,
    minutes: { 'Paint walls': 240, 'Order tiles, 1–2 weeks delivery': 45 },
  },
  {
    name: 'things that are needed',
    text: 'Organise a charity run for the local school by the end of May. We need a permit from the city, sponsors and volunteers.',
    tasks: ['Get a permit from the city', 'Get sponsors', 'Get volunteers'],
    deadline: '2027-05-31',
  },
  {
    name: 'semicolons',
    text: 'Launch a podcast: choose a name; buy a microphone (1h); record three episodes; publish on 1 February 2027',
    tasks: ['Choose a name', 'Buy a microphone', 'Record three episodes', 'Publish'],
    deadline: null,
    due: ['Publish 2027-02-01'],
    minutes: { 'Buy a microphone': 60 },
  },
  {
    name: 'passive sentences',
    text: 'The lease must be signed by 1 December 2026. The walls have to be painted. Then the floor should be cleaned.',
    tasks: ['Sign the lease', 'Paint the walls', 'Clean the floor'],
    deadline: null,
    due: ['Sign the lease 2026-12-01'],
    hard: ['Clean the floor < Paint the walls'],
  },
  {
    name: 'an explicit deadline line beside a list',
    text: '# Club newsletter\n\nDeadline: 30 June 2027\n\n- Collect articles\n- Design the layout\n- Print 200 copies (2h)',
    tasks: ['Collect articles', 'Design the layout', 'Print 200 copies'],
    deadline: '2027-06-30',
    minutes: { 'Print 200 copies': 120 },
  },
];
