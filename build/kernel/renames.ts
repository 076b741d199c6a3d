/** What became of a symbol; `to` is absent where nothing did. */
export interface Rename {
  to?: string;
  /** The first version in which the old name is gone; absent where it never was one. */
  since?: string;
  note: string;
}

const mitigation = (to: string): Rename => ({
  to,
  since: '6.9',
  note: 'the mitigations have the prefix MITIGATION_',
});

/**
 * Symbols that people still ask for. Only what is known for certain: a name that looks alike is no successor.
 */
export const renames: { [old: string]: Rename } = {
  SPECULATION_MITIGATIONS: { to: 'CPU_MITIGATIONS', since: '6.9', note: 'renamed, for all architectures' },
  PAGE_TABLE_ISOLATION: mitigation('MITIGATION_PAGE_TABLE_ISOLATION'),
  RETPOLINE: mitigation('MITIGATION_RETPOLINE'),
  RETHUNK: mitigation('MITIGATION_RETHUNK'),
  SLS: mitigation('MITIGATION_SLS'),
  CPU_UNRET_ENTRY: mitigation('MITIGATION_UNRET_ENTRY'),
  CPU_IBPB_ENTRY: mitigation('MITIGATION_IBPB_ENTRY'),
  CPU_IBRS_ENTRY: mitigation('MITIGATION_IBRS_ENTRY'),
  CPU_SRSO: mitigation('MITIGATION_SRSO'),
  CALL_DEPTH_TRACKING: mitigation('MITIGATION_CALL_DEPTH_TRACKING'),
  GDS_FORCE_MITIGATION: mitigation('MITIGATION_GDS'),
  MICROCODE_INTEL: { to: 'MICROCODE', since: '6.6', note: 'one symbol loads microcode of both makers' },
  MICROCODE_AMD: { to: 'MICROCODE', since: '6.6', note: 'one symbol loads microcode of both makers' },
  EMBEDDED: { to: 'EXPERT', since: '6.6', note: 'it did no more than to select EXPERT' },
  SLAB: { to: 'SLUB', since: '6.8', note: 'the allocator was removed' },
  CFI_CLANG: { to: 'CFI', since: '6.18', note: 'not of Clang alone any more' },
  SCHED_EEVDF: { note: 'it was never a symbol: EEVDF is the fair scheduler itself, since 6.6' },
  SCHED_BORE: { note: 'it is a patch that is not in the kernel' },
};
