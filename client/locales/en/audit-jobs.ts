import type { jobs } from '../vi/audit-jobs.ts';

type Jobs = Readonly<Record<keyof typeof jobs, string>>;

/** Deeds that are done at the terminal or by the system itself. */
export const jobsDone: Jobs = {
  case_erase_ask: 'asked that {{case}} be erased',
  case_erase: 'erased {{case}} for good',
  referral_expire: 'closed the referral{{inCase}} because its time was over',
  directory_load: 'loaded the release’s code lists',
  directory_import_areas: 'imported areas',
  directory_set_up: 'set up agencies and accounts',
  keys_rotate: 'rotated the keys of a holder',
  keys_reencrypt: 'encrypted again under new keys{{inCase}}',
  keys_backup: 'split the keyring into backup shares',
  keys_restore: 'restored the keyring from its shares',
  policy_changed: 'started with access rules that had changed',
  retention_purge: 'removed what had outlived its time',
  retention_dump_data: 'dumped the data for a backup',
  retention_dump_keys: 'dumped the keys for a backup',
  retention_restore: 'restored a backup',
  audit_heartbeat: 'confirmed that the log is being sealed',
  audit_restart: 'began the log anew under another origin after a restore',
  audit_archive_ask: 'asked that a month of the log be archived',
  audit_archive: 'archived a month of the log',
  audit_export: 'exported the log to be verified elsewhere',
};

export const jobsTried: Jobs = {
  case_erase_ask: 'ask that {{case}} be erased',
  case_erase: 'erase {{case}} for good',
  referral_expire: 'close the referral{{inCase}} because its time was over',
  directory_load: 'load the release’s code lists',
  directory_import_areas: 'import areas',
  directory_set_up: 'set up agencies and accounts',
  keys_rotate: 'rotate the keys of a holder',
  keys_reencrypt: 'encrypt again under new keys{{inCase}}',
  keys_backup: 'split the keyring into backup shares',
  keys_restore: 'restore the keyring from its shares',
  policy_changed: 'start with access rules that had changed',
  retention_purge: 'remove what has outlived its time',
  retention_dump_data: 'dump the data for a backup',
  retention_dump_keys: 'dump the keys for a backup',
  retention_restore: 'restore a backup',
  audit_heartbeat: 'confirm that the log is being sealed',
  audit_restart: 'begin the log anew under another origin after a restore',
  audit_archive_ask: 'ask that a month of the log be archived',
  audit_archive: 'archive a month of the log',
  audit_export: 'export the log to be verified elsewhere',
};
