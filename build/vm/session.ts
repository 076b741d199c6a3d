import type { Controller } from '../model/target.ts';
import type { Accelerator, ArtifactRecord, Firmware } from '../model/types.ts';
import type { CloudRequest } from './clouds/cloud.ts';
import type { CloudName } from './clouds/start.ts';
import type { GuestAddress } from './guest.ts';
import type { Identity } from './identity.ts';

/** One llama-bench run of one test, as `llama-bench -o json` prints it; rates are tokens/s. */
export interface BenchRow {
  build_commit: string;
  cpu_info: string;
  n_threads: number;
  n_prompt: number;
  n_gen: number;
  avg_ts: number;
  stddev_ts: number;
  samples_ts: number[];
}

/** What the tests of a booted image are given; written as JSON and named by INGOT_SESSION. */
export interface Session {
  record: ArtifactRecord;
  firmware: Firmware;
  controller: Controller;
  accelerator: Accelerator;
  address: GuestAddress;
  bootSeconds: number;
  /**
   * llama-bench of the same model by the binary of the tools tree, on this host; empty where no model is
   * served.
   */
  native: BenchRow[];
  /** Logs that the machine is writing. */
  folder: string;
  /** Which start of the machine this is, from 1. */
  start: number;
  /** What it was when it started the first time; absent then. */
  before?: Identity;
  /** Size in bytes of the disk that it has got; absent for a medium. */
  diskBytes?: number;
  /** QEMU's monitor: its keyboard and its screen. */
  monitorSocket: string;
  /** Socket of QEMU's guest agent, where one is offered. */
  agentSocket?: string;
  cloud?: {
    name: CloudName;
    /** What the metadata say. */
    hostname: string;
    instanceId: string;
    /** Of the first card, in bytes, where the metadata tell it. */
    mtu?: number;
    /** What the machine asked until cloud-init was done with this start. */
    requests: CloudRequest[];
    /** Parts of errors that are the imitation's own. */
    complaints?: string[];
  };
}

/** Arguments of llama-bench, the same on guest and host; small enough for emulation, five samples each. */
export function benchArguments(model: string, threads: number): string[] {
  const sizes = ['-p', '64', '-n', '16', '-r', '5', '-t', String(threads)];
  return ['llama-bench', '--model', model, ...sizes, '--offline', '--output', 'json'];
}
