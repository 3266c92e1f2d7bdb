import type { Pool } from 'pg';
import { readFileSync } from 'node:fs';
import { MINUTE_MS } from '../kernel/clock.ts';
import type { Agency, Area, ListedCode, Purpose, Service } from './directory.contract.ts';
import { readAuditRules, type AuditRules } from './audit-rules.ts';
import { parseMatrix, type DisclosureMatrix } from './disclosure-matrix.ts';
import { readSnapshot, type Snapshot } from './snapshot.store.ts';

/** The directory as rooms ask it: answers for one day (`YYYY-MM-DD`, Viet Nam). */
export type Directory = {
  snapshot(): Snapshot;
  matrix(): DisclosureMatrix;
  auditRules(): AuditRules;
  agency(agencyId: string): Agency | undefined;
  agencyName(agencyId: string): { id: string; nameVi: string; nameEn: string };
  area(code: string, day: string): Area | undefined;
  service(code: string, day: string): Service | undefined;
  purpose(code: string, day: string): Purpose | undefined;
  listed(list: string, code: string, day: string): ListedCode | undefined;
  /** Whether a code of `list` may be used on `day`. Lists beginning with `*` are the directory's own tables. */
  standing(list: string, code: string, day: string): 'valid' | 'expired' | 'unknown';
  refresh(): Promise<void>;
  close(): void;
};

type Dated = { validFrom: string; validTo: string | null };

const MATRIX = new URL('../../policies/disclosure-matrix.json', import.meta.url);
const REFRESH_MS = 5 * MINUTE_MS;

/** Reads the directory once and again every five minutes: it changes by laws, not by the second. */
export async function openDirectory(pool: Pool): Promise<Directory> {
  const matrix = parseMatrix(readFileSync(MATRIX, 'utf8'));
  const auditRules = readAuditRules();
  let current = indexed(await readSnapshot(pool));
  const refresh = async (): Promise<void> => {
    current = indexed(await readSnapshot(pool));
  };
  const timer = setInterval(() => void refresh().catch(() => {}), REFRESH_MS).unref();
  const tables: Record<string, (code: string) => readonly Dated[]> = {
    '*area': (code) => current.areas.get(code) ?? [],
    '*service': (code) => current.services.get(code) ?? [],
    '*purpose': (code) => current.purposes.get(code) ?? [],
    '*field': (code) =>
      matrix.fields.some((field) => field.field === code) ? [{ validFrom: matrix.validFrom, validTo: null }] : [],
  };
  const rowsOf = (list: string, code: string): readonly Dated[] =>
    tables[list]?.(code) ?? current.codes.get(`${list} ${code}`) ?? [];
  return {
    snapshot: () => current.snapshot,
    matrix: () => matrix,
    auditRules: () => auditRules,
    agency: (agencyId) => current.agencies.get(agencyId),
    agencyName: (agencyId) => nameOf(agencyId, current.agencies.get(agencyId)),
    area: (code, day) => validOn(current.areas.get(code), day),
    service: (code, day) => validOn(current.services.get(code), day),
    purpose: (code, day) => validOn(current.purposes.get(code), day),
    listed: (list, code, day) => validOn(current.codes.get(`${list} ${code}`), day),
    standing: (list, code, day) => standingOf(rowsOf(list, code), day),
    refresh,
    close: () => clearInterval(timer),
  };
}

function nameOf(id: string, agency: Agency | undefined): { id: string; nameVi: string; nameEn: string } {
  return {
    id,
    nameVi: agency?.nameVi ?? 'Cơ quan không còn trong danh bạ',
    nameEn: agency?.nameEn ?? 'Agency no longer listed',
  };
}

function validOn<T extends Dated>(rows: readonly T[] | undefined, day: string): T | undefined {
  return rows?.find((row) => isValidOn(row, day));
}

export function isValidOn(row: Dated, day: string): boolean {
  return row.validFrom <= day && (row.validTo === null || day < row.validTo);
}

function standingOf(rows: readonly Dated[], day: string): 'valid' | 'expired' | 'unknown' {
  if (rows.length === 0) return 'unknown';
  return rows.some((row) => isValidOn(row, day)) ? 'valid' : 'expired';
}

type Indexed = {
  snapshot: Snapshot;
  areas: Map<string, Area[]>;
  services: Map<string, Service[]>;
  purposes: Map<string, Purpose[]>;
  agencies: Map<string, Agency>;
  codes: Map<string, ListedCode[]>;
};

function indexed(snapshot: Snapshot): Indexed {
  const codes = snapshot.codeLists.flatMap((list) =>
    list.codes.map((code) => ({ key: `${list.list} ${code.code}`, code })),
  );
  return {
    snapshot,
    areas: grouped(snapshot.areas, (row) => row.code),
    services: grouped(snapshot.services, (row) => row.code),
    purposes: grouped(snapshot.purposes, (row) => row.code),
    agencies: new Map(snapshot.agencies.map((row) => [row.id, row])),
    codes: new Map([...grouped(codes, (row) => row.key)].map(([key, rows]) => [key, rows.map((row) => row.code)])),
  };
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}
