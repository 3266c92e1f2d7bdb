/**
 * Why the sequencer will not sign: `DATABASE_OLDER` the checkpoint kept outside the database knows more leaves than the database
 * has; `TREE_INCONSISTENT` what is stored is not what was signed; `CHECKPOINT_MISSING` a restored database, and nothing kept that tells
 * what was signed before; `CHECKPOINT_UNKNOWN` what is kept or stored is not signed with this log's key; `ORIGIN_CHANGED` what is kept
 * belongs to another log.
 */
export type RefusalReason =
  'DATABASE_OLDER' | 'TREE_INCONSISTENT' | 'CHECKPOINT_MISSING' | 'CHECKPOINT_UNKNOWN' | 'ORIGIN_CHANGED';

/** Signing would contradict what was signed, or could. Events go on being written; a person has to look. */
export class RefusedToSign extends Error {
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, options?: ErrorOptions) {
    super(`the audit log is not signed: ${reason}`, options);
    this.reason = reason;
  }
}
