import type { FileSystem } from '../model/disk.ts';

/** Options that the kernel itself or systemd knows, whatever the file system. */
const general = [
  ...['defaults', 'ro', 'rw', 'dev', 'nodev', 'suid', 'nosuid', 'exec', 'noexec', 'sync', 'dirsync'],
  ...['atime', 'noatime', 'relatime', 'norelatime', 'strictatime', 'lazytime', 'nodiratime', 'nosymfollow'],
  ...['auto', 'noauto', 'nofail', 'x-systemd.automount', 'x-systemd.growfs', 'x-systemd.rw-only'],
  ...['x-systemd.idle-timeout=', 'x-systemd.device-timeout=', 'x-systemd.mount-timeout='],
];

/** Options of each file system, as its page in the kernel's documentation lists them; with `=` where a value follows. */
const own: { [fileSystem in FileSystem | 'btrfs']: string[] } = {
  xfs: [
    ...[
      'allocsize=',
      'attr2',
      'noattr2',
      'discard',
      'nodiscard',
      'grpid',
      'bsdgroups',
      'nogrpid',
      'sysvgroups',
    ],
    ...[
      'filestreams',
      'ikeep',
      'noikeep',
      'inode32',
      'inode64',
      'largeio',
      'nolargeio',
      'logbufs=',
      'logbsize=',
    ],
    ...[
      'logdev=',
      'rtdev=',
      'noalign',
      'norecovery',
      'nouuid',
      'noquota',
      'uquota',
      'usrquota',
      'uqnoenforce',
    ],
    ...[
      'gquota',
      'grpquota',
      'gqnoenforce',
      'pquota',
      'prjquota',
      'pqnoenforce',
      'sunit=',
      'swidth=',
      'swalloc',
    ],
    ...['wsync', 'max_atomic_write=', 'lifetime', 'nolifetime'],
  ],
  ext4: [
    ...[
      'commit=',
      'data=',
      'barrier',
      'barrier=',
      'nobarrier',
      'discard',
      'nodiscard',
      'delalloc',
      'nodelalloc',
    ],
    ...[
      'errors=',
      'journal_checksum',
      'journal_async_commit',
      'journal_ioprio=',
      'noload',
      'norecovery',
      'auto_da_alloc',
    ],
    ...[
      'noauto_da_alloc',
      'noinit_itable',
      'init_itable',
      'init_itable=',
      'max_batch_time=',
      'min_batch_time=',
    ],
    ...[
      'stripe=',
      'grpid',
      'nogrpid',
      'bsdgroups',
      'sysvgroups',
      'resgid=',
      'resuid=',
      'sb=',
      'quota',
      'noquota',
    ],
    ...[
      'usrquota',
      'grpquota',
      'prjquota',
      'user_xattr',
      'nouser_xattr',
      'acl',
      'noacl',
      'dax',
      'dax=',
      'debug',
    ],
    ...[
      'inode_readahead_blks=',
      'block_validity',
      'noblock_validity',
      'dioread_lock',
      'dioread_nolock',
      'i_version',
    ],
  ],
  vfat: [
    ...[
      'uid=',
      'gid=',
      'umask=',
      'dmask=',
      'fmask=',
      'allow_utime=',
      'codepage=',
      'iocharset=',
      'utf8',
      'utf8=',
    ],
    ...[
      'shortname=',
      'check=',
      'conv=',
      'time_offset=',
      'tz=',
      'errors=',
      'discard',
      'flush',
      'quiet',
      'showexec',
    ],
    ...['sys_immutable', 'usefree', 'dos1xfloppy', 'nfs', 'nfs=', 'rodir', 'uni_xlate', 'nonumtail'],
  ],
  erofs: [
    'acl',
    'noacl',
    'user_xattr',
    'nouser_xattr',
    'cache_strategy=',
    'dax',
    'dax=',
    'device=',
    'directio',
    'fsoffset=',
  ],
  // No root may have it yet; it is here to say where its options belong.
  btrfs: [
    ...[
      'autodefrag',
      'commit=',
      'compress',
      'compress=',
      'compress-force',
      'compress-force=',
      'datacow',
      'nodatacow',
    ],
    ...[
      'datasum',
      'nodatasum',
      'degraded',
      'discard',
      'discard=',
      'nodiscard',
      'space_cache',
      'space_cache=',
      'ssd',
      'nossd',
    ],
    ...['subvol=', 'subvolid=', 'thread_pool=', 'user_subvol_rm_allowed', 'max_inline=', 'metadata_ratio='],
  ],
};

/** What to use where an option belongs to another file system. */
const instead: { [option: string]: string } = {
  'commit=': 'leave it out: XFS writes its log when it must',
  'discard=': 'leave it out: fstrim.timer trims once a week',
  'data=': 'leave it out: only ext4 has such modes',
  barrier: 'leave it out: barriers are always on',
  nobarrier: 'leave it out: barriers are always on',
  'compress=': 'leave it out: only Btrfs compresses like this',
  ssd: 'leave it out: the kernel knows the drive',
};

/** What is wrong with mount options for a file system: each unknown one, with what to use. */
export function mountOptionProblems(mount: string, fileSystem: FileSystem, options: string[]): string[] {
  return options.flatMap((option) => {
    const key = option.includes('=') ? option.slice(0, option.indexOf('=') + 1) : option;
    if (general.includes(key) || own[fileSystem].includes(key)) return [];
    const owners = Object.keys(own).filter((other) => own[other as FileSystem].includes(key));
    const belongs = owners.length ? `is an option of ${owners.join(' and ')}` : 'is no known mount option';
    const remedy = owners.length
      ? (instead[key] ?? 'leave it out')
      : `known ones of ${fileSystem} are ${own[fileSystem].join(' ')}`;
    return [`mount option ${option} of ${mount}, which is ${fileSystem}, ${belongs}: ${remedy}`];
  });
}
