/** Marks servers started by this launcher in the system's list of processes. */
export const clusterName = 'hien';

/** A small server that loses nothing it acknowledged. */
const ordinary = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '64MB',
  max_connections: '60',
  max_wal_size: '256MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
} as const;

/**
 * A log that tells how the server fares and nothing of what it holds: ordinary errors quote values ("invalid input
 * syntax … "), details quote keys, statements quote both, so none of the three is written.
 */
const silent = {
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '%m [%p] ',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_statement: 'none',
  log_duration: 'off',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_transaction_sample_rate: '0',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_checkpoints: 'off',
} as const;

/** The arguments of `postgres`: ours, then the caller's, then what no caller may change. */
export function serverArguments(
  cluster: string,
  port: number,
  settings: Readonly<Record<string, string>> = {},
): readonly string[] {
  const fixed = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    cluster_name: clusterName,
  };
  const all = Object.entries({ ...ordinary, ...silent, ...settings, ...fixed });
  return ['-D', cluster, ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
