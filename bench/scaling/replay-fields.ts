/** When a replayed server is asked, and which one it is. */
export interface Moment {
  readonly port: number;
  /** How busy it is: 1 is usual. */
  readonly speed: number;
  /** How often it has been started anew. */
  readonly runs: number;
  readonly nowMs: number;
  /** Since it was last started. */
  readonly upSeconds: number;
}

/** What is added to a counter each second. */
const PER_SECOND: Readonly<Record<string, number>> = {
  total_connections_received: 0.5,
  total_commands_processed: 4000,
  total_net_input_bytes: 400_000,
  total_net_output_bytes: 2_000_000,
  total_net_repl_output_bytes: 150_000,
  expired_keys: 20,
  keyspace_hits: 2500,
  keyspace_misses: 200,
  total_error_replies: 0.5,
  total_reads_processed: 3900,
  total_writes_processed: 3900,
  eventloop_cycles: 3000,
  eventloop_duration_sum: 60_000,
  eventloop_duration_cmd_sum: 20_000,
  master_repl_offset: 150_000,
  aof_current_size: 90_000,
  rdb_changes_since_last_save: 800,
};

/** Seconds of CPU each second. */
const CPU: Readonly<Record<string, number>> = {
  used_cpu_sys: 0.05,
  used_cpu_user: 0.1,
  used_cpu_sys_main_thread: 0.045,
  used_cpu_user_main_thread: 0.09,
};

/** Gauges around a value that sway by this part of it. */
const SWAYING: Readonly<Record<string, number>> = {
  connected_clients: 0.2,
  used_memory: 0.02,
  used_memory_rss: 0.01,
  used_memory_overhead: 0.02,
  used_memory_dataset: 0.03,
  allocator_allocated: 0.02,
  allocator_active: 0.01,
  allocator_resident: 0.01,
  mem_clients_normal: 0.2,
  instantaneous_ops_per_sec: 0.3,
  instantaneous_input_kbps: 0.3,
  instantaneous_output_kbps: 0.3,
  instantaneous_eventloop_cycles_per_sec: 0.3,
  instantaneous_eventloop_duration_usec: 0.3,
};
const SWAY_SECONDS = 97;

/** Things of a process and of its clock. */
const OWN: Readonly<Record<string, (moment: Moment) => string>> = {
  tcp_port: ({ port }) => `${port}`,
  process_id: ({ port, runs }) => `${port + runs}`,
  run_id: ({ port, runs }) => `${port}${runs}`.padEnd(40, 'a'),
  server_time_usec: ({ nowMs }) => `${nowMs * 1000}`,
  uptime_in_seconds: ({ upSeconds }) => `${Math.floor(upSeconds)}`,
};

/** What a counter of a server that is as busy as usual has come to since it was started. */
export function growth({ upSeconds, speed }: Moment, perSecond: number): number {
  return Math.floor(upSeconds * speed * perSecond);
}

/** How the value of an INFO field goes on from the recorded one; undefined: it stays. */
export function movedValue(field: string, recorded: string): ((moment: Moment) => string) | undefined {
  const start = Number(recorded);
  const [perSecond, cpu, part] = [PER_SECOND[field], CPU[field], SWAYING[field]];
  if (perSecond !== undefined) return (moment) => `${start + growth(moment, perSecond)}`;
  if (cpu !== undefined) return ({ upSeconds, speed }) => (start + upSeconds * speed * cpu).toFixed(6);
  if (part !== undefined) return swaying(start, part, recorded.includes('.') ? 2 : 0);
  return OWN[field];
}

function swaying(around: number, part: number, decimals: number): (moment: Moment) => string {
  return ({ nowMs, port, speed }) => {
    const angle = (nowMs / 1000 / SWAY_SECONDS + port / 7) * 2 * Math.PI;
    return (around * speed * (1 + part * Math.sin(angle))).toFixed(decimals);
  };
}
