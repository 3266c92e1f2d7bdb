import type { AppContext } from '../context.ts';
import type { District } from './district.ts';
import type { Seeding } from './seed-demonstration.ts';

export async function playHistory(_context: AppContext, _seeding: Seeding, _district: District): Promise<void> {}
