import type { Priority } from '../../../src/contract/proposal.ts';

/** A task of the fixture: days are counted from now, negative ones are past. */
export type FixtureTask = {
  readonly key: string;
  readonly title: string;
  readonly project: string | null;
  readonly priority?: Priority;
  readonly minutes?: number | null;
  readonly due?: number;
  /** Days since it was last touched; 2 when left out. */
  readonly touched?: number;
  readonly needs?: readonly string[];
  readonly parent?: string;
  readonly status?: 'pending' | 'in_progress' | 'completed' | 'cancelled';
  readonly steps?: string;
  readonly description?: string;
};

export type FixtureProject = { readonly key: string; readonly name: string; readonly end?: number };

/** A calendar block for a task: day from now, hour of the day in UTC, length in minutes. */
export type FixtureBlock = {
  readonly task: string;
  readonly day: number;
  readonly hour: number;
  readonly minutes: number;
};

export const projects: readonly FixtureProject[] = [
  { key: 'flat', name: 'Move to the new flat', end: 40 },
  { key: 'thesis', name: 'Thesis on tidal energy', end: 200 },
  { key: 'space', name: 'Makerspace opening', end: -12 },
  { key: 'garten', name: 'Kleingarten', end: 150 },
  { key: 'taxes', name: 'Tax return' },
  { key: 'choir', name: 'Choir tour' },
  { key: 'blog', name: 'Old blog' },
];

const flat: readonly FixtureTask[] = [
  { key: 'mover', title: 'Book a moving company', project: 'flat', priority: 'low', minutes: 60, due: -9, touched: 20 },
  {
    key: 'pack',
    title: 'Pack the kitchen',
    project: 'flat',
    priority: 'high',
    minutes: 300,
    due: 6,
    needs: ['boxes', 'mover'],
  },
  { key: 'boxes', title: 'Buy moving boxes', project: 'flat', priority: 'medium', minutes: 45, due: 3 },
  { key: 'load', title: 'Load the van', project: 'flat', priority: 'critical', minutes: 240, due: 9, needs: ['pack'] },
  {
    key: 'unload',
    title: 'Unload the van',
    project: 'flat',
    priority: 'critical',
    minutes: 240,
    due: 9,
    needs: ['load'],
  },
  {
    key: 'clean',
    title: 'Clean the old flat',
    project: 'flat',
    priority: 'high',
    minutes: 360,
    due: 11,
    needs: ['unload'],
  },
  {
    key: 'keys',
    title: 'Hand over the keys',
    project: 'flat',
    priority: 'critical',
    minutes: 60,
    due: 12,
    needs: ['clean'],
  },
  {
    key: 'paint',
    title: 'Paint the bedroom',
    project: 'flat',
    minutes: 900,
    due: 20,
    steps: 'Buy paint\nTape the edges\nFirst coat\nSecond coat',
  },
  { key: 'address', title: 'Change the address at the bank', project: 'flat', priority: 'low', minutes: 30, due: 2 },
  { key: 'internet', title: 'Order the internet connection', project: 'flat', minutes: null, due: 5 },
  { key: 'lamps', title: 'Mount the lamps', project: 'flat', priority: 'low', minutes: 120, touched: 75 },
];

const thesis: readonly FixtureTask[] = [
  {
    key: 'outline',
    title: 'Write the outline',
    project: 'thesis',
    priority: 'high',
    minutes: 240,
    due: -20,
    touched: 45,
  },
  {
    key: 'read',
    title: 'Read the papers on turbines',
    project: 'thesis',
    minutes: 1_200,
    touched: 50,
    needs: ['outline'],
  },
  { key: 'data', title: 'Collect the tide data', project: 'thesis', priority: 'low', minutes: 480, due: 30 },
  {
    key: 'model',
    title: 'Build the tide model',
    project: 'thesis',
    priority: 'critical',
    minutes: 2_400,
    due: 45,
    needs: ['data', 'outline'],
  },
  {
    key: 'results',
    title: 'Write the results',
    project: 'thesis',
    priority: 'high',
    minutes: 900,
    due: 70,
    needs: ['model'],
  },
  {
    key: 'discuss',
    title: 'Write the discussion',
    project: 'thesis',
    priority: 'high',
    minutes: 600,
    due: 80,
    needs: ['results'],
  },
  { key: 'figures', title: 'Draw the figures', project: 'thesis', minutes: 300, due: 75, needs: ['results'] },
  {
    key: 'proof',
    title: 'Proofread everything',
    project: 'thesis',
    minutes: 480,
    due: 85,
    needs: ['discuss', 'figures'],
  },
  {
    key: 'print',
    title: 'Print and bind the thesis',
    project: 'thesis',
    priority: 'critical',
    minutes: 60,
    due: 88,
    needs: ['proof'],
  },
  { key: 'supervisor', title: 'Meet the supervisor', project: 'thesis', priority: 'critical', minutes: 60 },
  { key: 'library', title: 'Return the library books', project: 'thesis', priority: 'low', minutes: 20, due: 3 },
];

const space: readonly FixtureTask[] = [
  {
    key: 'laser',
    title: 'Repair the laser cutter',
    project: 'space',
    priority: 'high',
    minutes: 180,
    due: -14,
    touched: 16,
  },
  {
    key: 'training',
    title: 'Train the volunteers on the laser cutter',
    project: 'space',
    priority: 'critical',
    minutes: 240,
    due: -6,
    needs: ['laser'],
  },
  { key: 'flyer', title: 'Design the flyer', project: 'space', minutes: 120, due: -30, touched: 40 },
  { key: 'printflyer', title: 'Print the flyer', project: 'space', minutes: 30, due: -15, needs: ['flyer'] },
  { key: 'sponsor', title: 'Find a sponsor', project: 'space', status: 'cancelled', minutes: 300 },
  { key: 'catering', title: 'Order the catering', project: 'space', minutes: 60, due: 15, needs: ['sponsor'] },
  { key: 'insurance', title: 'Renew the insurance', project: 'space', priority: 'high', minutes: null, due: 4 },
  { key: 'shelves', title: 'Build shelves for the workshop', project: 'space', minutes: 720, touched: 100 },
  { key: 'doors', title: 'Label the doors', project: 'space', priority: 'low', minutes: 40, touched: 95 },
  { key: 'opening', title: 'Plan the opening party', project: 'space', minutes: 240, due: 16 },
];

const garten: readonly FixtureTask[] = [
  { key: 'beete', title: 'Beete umgraben', project: 'garten', minutes: 300, due: 10 },
  { key: 'saat', title: 'Saatgut bestellen', project: 'garten', minutes: 30, due: 7 },
  { key: 'saat2', title: 'Saatgut für die Beete bestellen', project: null, minutes: 30 },
  { key: 'zaun', title: 'Zaun reparieren', project: 'garten', priority: 'low', minutes: 240, touched: 120 },
  { key: 'wasser', title: 'Wasseruhr ablesen', project: 'garten', minutes: 15, due: -2 },
  { key: 'laube', title: 'Laube streichen', project: 'garten', minutes: 1_500, due: 60 },
  { key: 'pacht', title: 'Pacht überweisen', project: 'garten', priority: 'low', minutes: 10, due: 1 },
];

const taxes: readonly FixtureTask[] = [
  { key: 'receipts', title: 'Collect all receipts', project: 'taxes', minutes: 240, due: -1 },
  {
    key: 'form',
    title: 'Fill in the tax form',
    project: 'taxes',
    priority: 'high',
    minutes: 300,
    due: 8,
    needs: ['receipts'],
  },
  {
    key: 'send',
    title: 'Send the tax return',
    project: 'taxes',
    priority: 'critical',
    minutes: 30,
    due: 9,
    needs: ['form'],
  },
  { key: 'receipts2', title: 'Collect receipts', project: null, minutes: 60 },
  { key: 'bank', title: 'Change address at bank', project: null, minutes: 30, due: 14 },
];

const choir: readonly FixtureTask[] = [
  { key: 'bus', title: 'Rent a bus', project: 'choir', minutes: 60, due: 12 },
  { key: 'hotel', title: 'Book the hotel in Lisbon', project: 'choir', priority: 'high', minutes: 60, due: 5 },
  { key: 'hotel2', title: 'Book the hotel in Porto', project: 'choir', priority: 'high', minutes: 60, due: 5 },
  { key: 'program', title: 'Print the program', project: 'choir', minutes: 60, due: 25 },
  { key: 'scores', title: 'Copy the scores', project: 'choir', minutes: null },
  { key: 'scores2', title: 'Copy scores', project: 'choir', minutes: 90, touched: 33 },
  { key: 'visa', title: 'Check the visa rules', project: 'choir', priority: 'low', minutes: 45, touched: 64 },
  { key: 'rehearse', title: 'Rehearse the encore', project: 'choir', minutes: 180, due: 18, parent: 'concert' },
  { key: 'concert', title: 'Prepare the concert', project: 'choir', minutes: 600, due: 20 },
  { key: 'sound', title: 'Check the sound system', project: 'choir', minutes: 120, due: 19, parent: 'concert' },
];

const loose: readonly FixtureTask[] = [
  {
    key: 'dentist',
    title: 'Make an appointment at the dentist',
    project: null,
    minutes: 10,
    touched: 70,
    priority: 'low',
  },
  { key: 'bike', title: 'Repair the bike', project: null, minutes: 90, touched: 31 },
  { key: 'insurance2', title: 'Compare insurances', project: null, minutes: null },
  { key: 'backup', title: 'Back up the laptop', project: null, priority: 'critical', minutes: 60 },
  { key: 'gift', title: 'Buy a gift for Maria', project: null, minutes: 60, due: 4 },
];

export const tasks: readonly FixtureTask[] = [...flat, ...thesis, ...space, ...garten, ...taxes, ...choir, ...loose];

/** One block lies after its task's deadline. */
export const blocks: readonly FixtureBlock[] = [
  { task: 'gift', day: 7, hour: 10, minutes: 60 },
  { task: 'bus', day: 8, hour: 13, minutes: 60 },
];
