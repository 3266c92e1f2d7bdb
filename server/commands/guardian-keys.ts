import { systemClock, vietnamDay } from '../kernel/clock.ts';
import { coverCases, hasGuardian, makeGuardianKeys } from '../keys/cover-cases.ts';
import type { Custodian } from '../keys/index.ts';
import { openPrincipals } from '../keys/principals.store.ts';
import { sharesOfSecret } from '../keys/secret-shares.ts';
import { progress } from '../progress.ts';
import { CommandError } from './command-error.ts';
import { keeperPorts } from './keeper.ts';
import { writeShares } from './write-shares.ts';

export type GuardianPlace = { ownerUrl: string; custodian: Custodian };
/** What a command prints, and its exit code. */
export type Said = { code: number; out: readonly string[]; faults: readonly string[] };

const MADE = `Đã tạo khóa dự phòng; ba phần ở trên, hai phần bất kỳ là mở được. In ra, niêm phong, giao ba người ở ba nơi, rồi xóa thư mục này.
Tiếp theo, để hồ sơ đang có cũng mở được: npm run keys:guardian -- --cover
The guardian is made; of the three shares above any two are its unlock. Print them, seal them, give them to three people in three places, then remove this folder.
Next, so that it holds the cases that exist as well: npm run keys:guardian -- --cover`;

/** Makes the guardian, or new keys for it, and writes the shares of its unlock for three people. */
export async function makeGuardian(
  { ownerUrl, custodian }: GuardianPlace,
  { folder, isAgain }: { folder: string; isAgain: boolean },
): Promise<Said> {
  const ports = keeperPorts(ownerUrl);
  try {
    if (!isAgain && (await hasGuardian(ports.pool)))
      throw new CommandError(
        'Đã có khóa dự phòng. Muốn thay (mất hai phần, hoặc người giữ đã nghỉ): thêm --again, rồi chạy --cover.',
        'There is a guardian already. To give it new keys (two shares lost, or a keeper left): add --again, then run --cover.',
      );
    const unlock = await makeGuardianKeys({ ports, custodian });
    try {
      const shares = sharesOfSecret(unlock, { of: 'guardian', made: vietnamDay(systemClock.now()) });
      return { code: 0, out: [...(await writeShares(folder, shares)), MADE], faults: [] };
    } finally {
      unlock.fill(0);
    }
  } finally {
    await ports.close();
  }
}

/** Grants the guardian what it does not hold yet. Exit code 1 when something could not be granted. */
export async function coverWithGuardian({ ownerUrl, custodian }: GuardianPlace): Promise<Said> {
  const ports = keeperPorts(ownerUrl);
  try {
    const principals = openPrincipals(ports.pool, custodian);
    const onProgress = (done: number, total: number): void => progress.count('hồ sơ / cases', done, total);
    const report = await coverCases({ ports, custodian, principals, onProgress });
    if (report === null)
      throw new CommandError(
        'Chưa có khóa dự phòng: hãy chạy npm run keys:guardian -- --make <thư mục>.',
        'There is no guardian yet: run npm run keys:guardian -- --make <folder>.',
      );
    const faults = [
      ...report.broken.map((what) => `✗ không mở được / does not open: ${what}`),
      ...(report.hasOldKeys ? ['✗ giữ lại khóa dự phòng cũ / the old guardian keys stay'] : []),
    ];
    const { covered } = report;
    const out = [`Đã phủ ${covered} hồ sơ và chuyển gửi. / Covered ${covered} cases and referrals.`];
    return { code: faults.length > 0 ? 1 : 0, out, faults };
  } finally {
    await ports.close();
  }
}
