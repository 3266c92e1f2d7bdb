import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const DATA = new URL('./data/', import.meta.url);

/** `231d 08:40`: that many days ago at that time of clock; `PT5H`: that long ago. */
const moment = z.string().regex(/^(\d+d ([01]\d|2[0-3]):[0-5]\d|P(T\d+[HM]|\d+D))$/);
const wait = z.string().regex(/^P(\d+D)?(T(\d+H)?(\d+M)?)?$/);
const key = z.string().regex(/^[a-z0-9-]+$/);
/** Whoever is not named: the registering person; of a partner, the first of its people with the role that the deed needs. */
const when = { at: moment.optional(), after: wait.optional(), by: z.string().optional() };

const refer = z.strictObject({
  ...when,
  do: z.literal('refer'),
  key,
  /** Ending of its people's user names: `ca.sontra`. */
  to: z.string(),
  service: z.string(),
  urgency: z.string().optional(),
  /** What it rests on, unless on consent. */
  legalBasis: z.string().optional(),
  reason: z.string().optional(),
  /** Fields beyond the usual ones that she agreed to share. */
  also: z.array(z.string()).optional(),
  note: z.string().optional(),
  spokeTo: z.string().optional(),
  until: z.enum([
    'draft',
    'awaiting_consent',
    'sent',
    'received',
    'accepted',
    'in_service',
    'completed',
    'declined',
    'recalled',
    'withdrawn',
  ]),
  /** How far it had come before it was recalled or the consent withdrawn. */
  from: z.enum(['sent', 'received', 'accepted', 'in_service']).optional(),
  pace: z.enum(['quick', 'day', 'slow']).optional(),
  assignee: z.string().optional(),
  answer: z.string().optional(),
  outcome: z.string().optional(),
  /** Why it was declined, recalled or withdrawn. */
  because: z.string().optional(),
});

const change = z.strictObject({
  ...when,
  do: z.literal('change'),
  stage: z.string().optional(),
  risk: z.strictObject({ level: z.string(), redFlags: z.array(z.string()) }).optional(),
});
const look = z.strictObject({
  ...when,
  do: z.enum(['open', 'accesses', 'search', 'openReferral']),
  referral: key.optional(),
  /** The system refuses it; the attempt stands in the log all the same. */
  isRefused: z.boolean().optional(),
});

const step = z.discriminatedUnion('do', [refer, change, look]);

const survivor = z.looseObject({
  age: z.int(),
  sex: z.string(),
  /** She gave neither telephone nor papers. */
  isReticent: z.boolean().optional(),
  contact: z.looseObject({}).optional(),
});
const perpetrator = z.looseObject({
  relationship: z.string(),
  ageGroup: z.string(),
  isNamed: z.boolean().optional(),
});
/** How long before the registration it happened, and how well the day is known; a child's or trafficked person's may be years ago. */
const incident = z.looseObject({
  daysBefore: z.int(),
  precision: z.enum(['month', 'year']).optional(),
  areaCode: z.string().optional(),
  occurredAt: z.string().optional(),
  timeOfDay: z.string(),
  placeType: z.string(),
});

/** One synthetic case: what is registered, and what happens then. What is left out is made up by `persona.rules.ts`. */
const story = z.strictObject({
  id: key,
  by: z.string(),
  at: moment,
  areaCode: z.string(),
  basis: z.looseObject({ code: z.string() }).optional(),
  report: z.tuple([z.string(), z.string()]),
  survivor,
  incident,
  perpetrators: z.array(perpetrator),
  children: z.array(z.looseObject({})).optional(),
  risk: z.strictObject({ level: z.string(), redFlags: z.array(z.string()) }),
  steps: z.array(step),
});

/** A registration that was begun and put aside: the fields of the form as they stood; `{daysBefore}` stands for a typed date. */
const unfinished = z.strictObject({
  id: key,
  by: z.string(),
  at: moment,
  page: z.int(),
  content: z.record(z.string(), z.unknown()),
});

/** A look at a list or at the log, repeated on several days. */
const glance = z.strictObject({
  by: z.string(),
  do: z.enum(['cases', 'inbox', 'outbox', 'log']),
  at: z.array(moment),
});

const people = z.strictObject({
  family: z.array(z.string()),
  middle: z.strictObject({ FEMALE: z.array(z.string()), MALE: z.array(z.string()) }),
  given: z.strictObject({ FEMALE: z.array(z.string()), MALE: z.array(z.string()) }),
  minority: z.strictObject({
    family: z.array(z.string()),
    middle: z.strictObject({ FEMALE: z.array(z.string()), MALE: z.array(z.string()) }),
    given: z.strictObject({ FEMALE: z.array(z.string()), MALE: z.array(z.string()) }),
  }),
  safeTimes: z.array(z.string()),
  codeWords: z.array(z.string()),
});

export type Story = z.output<typeof story>;
export type Unfinished = z.output<typeof unfinished>;
export type Glance = z.output<typeof glance>;
export type Refer = z.output<typeof refer>;
export type Step = z.output<typeof step>;
export type People = z.output<typeof people>;

/** The whole history as data. */
export type History = { stories: Story[]; unfinished: Unfinished[]; glances: Glance[]; people: People };

const FILES_OF_STORIES = ['stories-social-son-tra.json', 'stories-social-an-hai.json', 'stories-partners.json'];

export async function readHistory(): Promise<History> {
  const stories = await Promise.all(FILES_OF_STORIES.map((file) => read(file, z.array(story))));
  const [unfinishedOnes, glances, names] = await Promise.all([
    read('unfinished.json', z.array(unfinished)),
    read('glances.json', z.array(glance)),
    read('people.json', people),
  ]);
  return { stories: stories.flat(), unfinished: unfinishedOnes, glances, people: names };
}

async function read<T extends z.ZodType>(file: string, schema: T): Promise<z.output<T>> {
  return schema.parse(JSON.parse(await readFile(new URL(file, DATA), 'utf8')));
}
