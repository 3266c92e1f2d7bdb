import { runWork, type WorkPorts } from '../db/work.ts';
import { newId } from '../kernel/ids.ts';

/**
 * Leaves the event of changed access rules: where the files of this release, or what row-level security has in force,
 * differ from what the last start found. Nothing is served before it is on record.
 * @param files digests of the release's files, `part:SHA-256`
 */
export async function notePolicies(ports: WorkPorts, files: readonly string[]): Promise<void> {
  const { rows } = await ports.pool.query<{ digests: string[] | null }>(
    'select hien.changed_policies($1::text[]) as digests',
    [[...files]],
  );
  const digests = rows[0]?.digests ?? null;
  if (digests === null) return;
  const request = {
    bearer: null,
    job: 'start',
    purpose: '',
    deed: { action: 'policy.changed' },
    requestId: newId(),
    occurredAtMs: Date.now(),
    isDemonstration: false,
  };
  await runWork(ports, request, async (work) => {
    await work.run('select hien.note_policies($1::text[])', [digests]);
    work.record({ objectKind: 'policy', fields: digests });
  });
}
