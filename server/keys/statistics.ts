import { runWork, type Work, type WorkPorts } from '../db/work.ts';
import { newId } from '../kernel/ids.ts';
import { commitmentRow, freshKeys, type Aside } from './create-subject.ts';
import type { Custodian } from './custodian.ts';
import { dataKeyObject, wipeBundle } from './data-keys.ts';
import { openDocuments, writeDocuments, type DocumentDraft } from './documents.ts';
import type { DocumentRow } from './documents.store.ts';
import { committedKeys, openGrantBundle } from './guard-subject.ts';
import { insertDataKeys, insertGrants, type GrantRow } from './grants.store.ts';
import { periodPrincipal } from './named-principals.ts';
import type { Principals } from './principals.store.ts';
import { sealedGrant } from './sealed-grant.ts';
import { SealError } from './seal-error.ts';
import { statisticsKeysOf, statisticsOf } from './statistics.store.ts';
import { openSubject } from './subject-keys.ts';
import type { Subject } from './subjects.ts';

const COMPARTMENT = 'statistics';
const TERMS = { basisKind: COMPARTMENT, basisId: null, endsAt: null };

type CaseRecord = { period: string; content: unknown };

export type Statistics = {
  /** What a case that is being made is made with, so that its record can be written with its other documents. */
  aside(work: Work, period: string): Promise<Aside>;
  /** Seals the coarsened record of a case for the statistics of a period alone, in place of what was there. */
  renew(work: Work, subject: Subject, record: CaseRecord): Promise<void>;
  /** Takes it away for good, with its key. */
  drop(work: Work, caseId: string): Promise<void>;
};

/** The coarsened record of a case as a document. */
export function statisticsDraft(caseId: string, content: unknown): DocumentDraft {
  return { recordKind: COMPARTMENT, recordId: caseId, compartment: COMPARTMENT, content };
}

export function statisticsWith(principals: Principals): Statistics {
  return {
    drop: dropStatistics,
    async aside(work, period) {
      return { compartment: COMPARTMENT, holder: await principals.ofPeriod(work, period), terms: TERMS };
    },
    async renew(work, subject, { period, content }) {
      const holder = await principals.ofPeriod(work, period);
      // With a fresh key: the writer has none to what was there, and nobody shall have two records of one case.
      work.later(dropStatistics(work, subject.id));
      const bundle = freshKeys([COMPARTMENT]);
      try {
        const keys = new Map(bundle.map(({ key }) => [`${COMPARTMENT} 1`, dataKeyObject(key)]));
        const commitments = bundle.map((entry) => commitmentRow(work, subject, entry));
        await Promise.all([
          insertGrants(work, [sealedGrant(work.now, { subject, holder, terms: TERMS, bundle })]),
          insertDataKeys(work, commitments),
          writeDocuments(work, openSubject(subject, keys), [statisticsDraft(subject.id, content)]),
        ]);
      } finally {
        wipeBundle(bundle);
      }
    },
  };
}

async function dropStatistics(work: Work, caseId: string): Promise<void> {
  await work.run('select hien.drop_statistics($1::uuid)', [caseId]);
}

/** `ports`: a pool that acts as the keeper of keys, and how its events are written. */
export type Counting = { ports: WorkPorts; custodian: Custodian; principals: Principals };
/** `broken`: how many records of the period do not open. */
export type OpenedStatistics = { records: unknown[]; broken: number };

/**
 * The records of a period, for the job that counts them: in no order that tells anything, and without the cases they are of.
 * The only reader of statistics; it leaves an event that says how many there were.
 */
export async function openStatistics(by: Counting, period: string): Promise<OpenedStatistics> {
  const request = {
    bearer: null,
    job: 'reports',
    purpose: 'reporting',
    deed: { action: 'reports.open_statistics' },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  return runWork(by.ports, request, async (work) => {
    const principalId = periodPrincipal(period);
    const records: unknown[] = [];
    let broken = 0;
    for (const { grant, document } of await statisticsOf(work.run, principalId)) {
      const content = await opened(by, work, { grant, document });
      if (content === undefined) broken += 1;
      else records.push(content);
    }
    work.record({ objectKind: 'principal', objectId: principalId, ownerAgencyId: null, count: records.length });
    return { records: records.toSorted(byContent), broken };
  });
}

type Held = { grant: GrantRow; document: DocumentRow };

/** One broken record must not keep the others out of a report. */
async function opened(by: Counting, work: Work, { grant, document }: Held): Promise<unknown> {
  try {
    const commitments = await statisticsKeysOf(work.run, grant.subjectId);
    const bundle = await committedKeys([grant], commitments, (each) => openGrantBundle(by, each));
    const keys = new Map(bundle.map(({ version, key }) => [`${COMPARTMENT} ${version}`, dataKeyObject(key)]));
    wipeBundle(bundle);
    const subject: Subject = { kind: 'case', id: grant.subjectId, caseId: grant.caseId, ownerAgencyId: '' };
    return openDocuments(openSubject(subject, keys), [document])[0]?.content;
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

function byContent(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
