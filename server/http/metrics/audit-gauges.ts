import { Gauge, type Registry } from 'prom-client';

/** What the log tells of itself. `health` may be asked with the application's rights, `standing` is null without a sequencer. */
export type AuditPorts = {
  health(): Promise<{ reason: string | null; mergeDelayMs: number | null }>;
  isLeading(): boolean;
  standing(): Promise<Standing | null>;
};

type Standing = {
  size: number;
  signedAt: Date | null;
  quorum: { needed: number; cosigned: { since: Date } | null };
};

const NAMES = {
  merge_delay_seconds: 'How long the oldest event waits for the signed tree; 0 when none does.',
  alarm: '1 while events are not sealed in time or the sequencer refuses to sign, as /readyz says.',
  leading: '1 where this process makes the tree.',
  tree_size: 'Leaves under the newest signed checkpoint.',
  checkpoint_age_seconds: 'Since the newest checkpoint was signed.',
  witness_quorum_needed: 'How many witnesses make a quorum; 0 where none is configured.',
  witness_quorum_met: '1 where some checkpoint has a quorum, each cosignature checked.',
  witness_quorum_age_seconds: 'Since the newest checkpoint with a quorum had enough cosignatures.',
} as const;

type Name = keyof typeof NAMES;

/** What cannot be learnt has no figure: silence is an alarm of its own, 0 would be a lie. */
export function auditGauges(registry: Registry, audit: AuditPorts): { look(): Promise<void> } {
  const gauge = (name: Name): Gauge =>
    new Gauge({ name: `hien_audit_${name}`, help: NAMES[name], registers: [registry] });
  const gauges = new Map((Object.keys(NAMES) as Name[]).map((name) => [name, gauge(name)]));
  const reason = new Gauge({
    name: 'hien_audit_alarm_reason',
    help: 'Why the alarm holds: the reason of /readyz.',
    labelNames: ['reason'],
    registers: [registry],
  });
  return {
    async look() {
      const [health, standing] = await Promise.all([audit.health(), audit.standing().catch(() => null)]);
      const figures: Record<Name, number | null> = {
        merge_delay_seconds: health.mergeDelayMs === null ? null : health.mergeDelayMs / 1000,
        alarm: Number(health.reason !== null),
        leading: Number(audit.isLeading()),
        ...figuresOf(standing),
      };
      for (const [name, one] of gauges) show(one, figures[name]);
      reason.reset();
      if (health.reason !== null) reason.set({ reason: health.reason }, 1);
    },
  };
}

type OfStanding = Exclude<Name, 'merge_delay_seconds' | 'alarm' | 'leading'>;
const UNKNOWN = {
  tree_size: null,
  checkpoint_age_seconds: null,
  witness_quorum_needed: null,
  witness_quorum_met: null,
  witness_quorum_age_seconds: null,
};

function figuresOf(standing: Standing | null): Record<OfStanding, number | null> {
  if (standing === null) return UNKNOWN;
  const { size, signedAt, quorum } = standing;
  return {
    tree_size: size,
    checkpoint_age_seconds: secondsSince(signedAt),
    witness_quorum_needed: quorum.needed,
    witness_quorum_met: Number(quorum.cosigned !== null),
    witness_quorum_age_seconds: secondsSince(quorum.cosigned?.since ?? null),
  };
}

/** By the clock of this machine, as checkpoints and cosignatures are. */
function secondsSince(at: Date | null): number | null {
  return at === null ? null : Math.max(0, (Date.now() - at.getTime()) / 1000);
}

function show(gauge: Gauge, figure: number | null): void {
  if (figure === null) gauge.remove();
  else gauge.set(figure);
}
