import { openStatistics, type OpenedStatistics } from '../../server/keys/index.ts';
import { asKeeper } from '../safeguards/guardian-stage.ts';
import type { TestApp } from './app.ts';

/** The period that a case registered today is counted in. */
export function periodOfToday(app: TestApp): string {
  const [year, month] = app.clock.day().split('-').map(Number);
  if (month === 12) return `${(year ?? 0) + 1}-H1`;
  return `${year}-${(month ?? 0) >= 6 ? 'H2' : 'H1'}`;
}

/** What the job that counts would read. */
export function counted(app: TestApp, period = periodOfToday(app)): Promise<OpenedStatistics> {
  return asKeeper(app, (by) => openStatistics(by, period));
}
