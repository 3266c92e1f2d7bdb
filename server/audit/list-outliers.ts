import type { Directory } from '../directory/directory.ts';
import type { OutlierRule } from '../directory/audit-rules.ts';
import type { Answer, Call } from '../http/endpoint.ts';
import { vietnamDay } from '../kernel/clock.ts';
import type { Outlier, OutliersQuery } from './overview.contract.ts';
import { dutyHoursOf, fill, rulesOn, type DutyHours } from './outliers.rules.ts';
import { outlierRows, type OutlierRow } from './outliers.store.ts';
import type { AuditDeps } from './search-events.ts';
import { stretchOf, type Stretch } from './stretch.rules.ts';

/** What catches the eye within the auditor's area, by the rules of the data, gravest first. Says who and how much, judges nobody. */
export async function listOutliers(
  { directory }: AuditDeps,
  { work, query }: Call<unknown, OutliersQuery, unknown>,
): Promise<Answer<{ items: Outlier[] }>> {
  const stretch = stretchOf(query);
  const rules = directory.auditRules();
  const hours = hoursOfAgencies(directory);
  const usualHours = dutyHoursOf(rules, null);
  const items: Outlier[] = [];
  for (const rule of rulesOn(rules, vietnamDay(work.nowMs))) {
    const rows = await outlierRows(work, { rule, stretch, hours, usualHours });
    items.push(...rows.map((row) => outlierOf(directory, { rule, stretch }, row)));
  }
  work.record({ count: items.length, fields: ['from', 'to'] });
  return { body: { items } };
}

function hoursOfAgencies(directory: Directory): Map<string, DutyHours> {
  const rules = directory.auditRules();
  const stated = directory.snapshot().agencies.filter(({ dutyDesk }) => dutyDesk !== null);
  return new Map(stated.map(({ id, dutyDesk }) => [id, dutyHoursOf(rules, dutyDesk?.hours ?? null)]));
}

type Looked = { rule: OutlierRule; stretch: Stretch };

function outlierOf(directory: Directory, { rule, stretch }: Looked, row: OutlierRow): Outlier {
  const { actorId, displayName, agencyId, count, binStart, eventIds, caseCode } = row;
  const agency = directory.agencyName(agencyId);
  const gaps = { name: displayName, count, limit: rule.limit };
  // A window may reach over the border of what was looked at; nothing beyond it was counted.
  const from = new Date(Math.max(binStart.getTime(), stretch.from.getTime())).toISOString();
  const to = new Date(Math.min(binStart.getTime() + rule.window, stretch.to.getTime())).toISOString();
  return {
    rule: { code: rule.code, nameVi: rule.nameVi, nameEn: rule.nameEn },
    severity: rule.severity,
    actor: { id: actorId, displayName, agency },
    count,
    limit: rule.limit,
    from,
    to,
    sentenceVi: fill(rule.sentenceVi, { ...gaps, agency: agency.nameVi }),
    sentenceEn: fill(rule.sentenceEn, { ...gaps, agency: agency.nameEn }),
    eventIds,
    filter: {
      actor: actorId,
      from,
      to,
      ...(rule.outcome === null ? {} : { outcome: rule.outcome }),
      ...(caseCode === null ? {} : { case: caseCode }),
    },
  };
}
