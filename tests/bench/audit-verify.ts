import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { exportLog, openSink, vkeyOf } from '../../server/audit/commands.ts';
import { AUDIT_LOG_KEY, derivedSigningKey } from '../../server/keys/index.ts';
import { progress } from '../../server/progress.ts';
import type { Stage } from './stage.ts';

export type Verified = {
  size: number;
  differences: number;
  exportSeconds: number;
  verifySeconds: number;
  verifyPeakMb: number;
  verdict: string;
};

const COMMAND = fileURLToPath(new URL('../../server/audit/verifier/verify.command.ts', import.meta.url));
/** Node's options as `npm run audit:verify` has them: they bound the memory that is measured. */
const OPTIONS = ['--max-semi-space-size=8', '--max-old-space-size=128'];
const HOOK = new URL('report-peak.ts', import.meta.url).href;

/** Exports the whole log and verifies it as an auditor does, in a process of its own. */
export async function exportAndVerify(stage: Stage): Promise<Verified> {
  const folder = path.join(stage.folder, 'export');
  const sink = await openSink(folder);
  if (sink === null) throw new Error(`${folder} is not empty`);
  const startedAt = performance.now();
  const report = await exportLog({
    ownerUrl: stage.ownerUrl,
    sink,
    wanted: { from: null, to: null, afterSize: null },
    record: async () => {},
    onEntries: (done, total) => progress.count('xuất / export', done, total),
  });
  if (report === null) throw new Error('nothing was sealed');
  const exportedAt = performance.now();
  progress.step('kiểm / verify');
  const vkey = vkeyOf(derivedSigningKey(stage.custodian, AUDIT_LOG_KEY), report.origin);
  const args = [...OPTIONS, '--import', HOOK, COMMAND, folder, '--vkey', vkey, '--quiet'];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 24 });
  return {
    size: report.size,
    differences: report.differences.length,
    exportSeconds: (exportedAt - startedAt) / 1000,
    verifySeconds: (performance.now() - exportedAt) / 1000,
    verifyPeakMb: Number(/^peak (\d+) kB$/m.exec(stderr)?.[1]) / 1024,
    verdict: stdout.split('\n')[0] ?? '',
  };
}
