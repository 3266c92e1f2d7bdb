import type { Pool } from 'pg';
import type { Agency, Area, CodeListVersion, Purpose, Service } from './directory.contract.ts';

/** Everything the directory holds, expired rows included: callers ask for a day. */
export type Snapshot = {
  areas: Area[];
  agencies: (Agency & { responsibleHead: string | null })[];
  services: Service[];
  codeLists: CodeListVersion[];
  purposes: Purpose[];
  clockRules: Record<string, unknown>[];
  hotlines: Record<string, unknown>[];
  isDemonstration: boolean;
};

const VALIDITY = `valid_from::text as "validFrom", valid_to::text as "validTo"`;
const NAMES = `name_vi as "nameVi", name_en as "nameEn"`;

const AGENCIES = `select id, ${NAMES}, kind, area_code as "areaCode", responsible_head as "responsibleHead", ${VALIDITY},
  coalesce((select array_agg(sector order by sector) from hien.agency_sector s where s.agency_id = a.id), '{}') as sectors,
  coalesce((select array_agg(area_code order by area_code) from hien.agency_area r where r.agency_id = a.id), '{}') as "coversAreas",
  coalesce((select array_agg(service order by service) from hien.agency_service v where v.agency_id = a.id), '{}') as services,
  case when desk_phone is null then null else json_build_object('phone', desk_phone, 'hours', coalesce(desk_hours, '')) end as "dutyDesk"
  from hien.agency a order by name_vi collate "C"`;

const CODE_LISTS = `select l.list, l.version, l.name_vi as "nameVi", l.name_en as "nameEn", l.valid_from::text as "validFrom", l.valid_to::text as "validTo",
  l.source, l.verified, coalesce((select json_agg(json_build_object('code', c.code, 'nameVi', c.name_vi, 'nameEn', c.name_en, 'hintVi', c.hint_vi, 'hintEn', c.hint_en,
    'meta', c.meta, 'validFrom', c.valid_from::text, 'validTo', c.valid_to::text, 'verified', c.verified) order by c.position)
    from hien.code c where c.list = l.list and c.version = l.version), '[]') as codes
  from hien.code_list l order by l.list, l.version`;

const CLOCK_RULES = `select code, trigger_vi as "triggerVi", trigger_en as "triggerEn", actor_vi as "actorVi", actor_en as "actorEn",
  time_limit as "limit", calendar, source, verified, ${VALIDITY} from hien.clock_rule order by code`;

/** Reads the whole directory in one round trip of pipelined queries. */
export async function readSnapshot(pool: Pool): Promise<Snapshot> {
  const client = await pool.connect();
  try {
    const [areas, agencies, services, codeLists, purposes, clockRules, hotlines, installation] = await Promise.all([
      client.query(`select code, name, parent, level, ${VALIDITY} from hien.area order by code`),
      client.query(AGENCIES),
      client.query(
        `select code, sector, ${NAMES}, default_urgency as "defaultUrgency", source, verified, ${VALIDITY} from hien.service order by code`,
      ),
      client.query(CODE_LISTS),
      client.query(
        `select code, ${NAMES}, default_for as "defaultFor", allowed_for as "allowedFor", ${VALIDITY} from hien.purpose order by code`,
      ),
      client.query(CLOCK_RULES),
      client.query(`select code, number, ${NAMES}, source, verified, ${VALIDITY} from hien.hotline order by code`),
      client.query('select is_demonstration from hien.installation'),
    ]);
    return {
      areas: areas.rows,
      agencies: agencies.rows,
      services: services.rows,
      codeLists: codeLists.rows,
      purposes: purposes.rows,
      clockRules: clockRules.rows,
      hotlines: hotlines.rows,
      isDemonstration: installation.rows[0]?.is_demonstration === true,
    };
  } finally {
    client.release();
  }
}
