import type { FileSystem } from '../model/disk.ts';

/** Options that the kernel itself or systemd knows, whatever the file system; `=` where a value follows. */
const general = words(`
  defaults ro rw dev nodev suid nosuid exec noexec sync dirsync atime noatime relatime norelatime strictatime
  lazytime nodiratime nosymfollow auto noauto nofail x-systemd.automount x-systemd.growfs x-systemd.rw-only
  x-systemd.idle-timeout= x-systemd.device-timeout= x-systemd.mount-timeout=
`);

/** Options of each file system, as its page in the kernel's documentation lists them. */
const own: { [fileSystem in FileSystem | 'btrfs']: string[] } = {
  swap: [],
  xfs: words(`
    allocsize= attr2 noattr2 discard nodiscard grpid bsdgroups nogrpid sysvgroups filestreams ikeep noikeep inode32
    inode64 largeio nolargeio logbufs= logbsize= logdev= rtdev= noalign norecovery nouuid noquota uquota usrquota
    uqnoenforce gquota grpquota gqnoenforce pquota prjquota pqnoenforce sunit= swidth= swalloc wsync
    max_atomic_write= lifetime nolifetime
  `),
  ext4: words(`
    commit= data= barrier barrier= nobarrier discard nodiscard delalloc nodelalloc errors= journal_checksum
    journal_async_commit journal_ioprio= noload norecovery auto_da_alloc noauto_da_alloc noinit_itable init_itable
    init_itable= max_batch_time= min_batch_time= stripe= grpid nogrpid bsdgroups sysvgroups resgid= resuid= sb= quota
    noquota usrquota grpquota prjquota user_xattr nouser_xattr acl noacl dax dax= debug inode_readahead_blks=
    block_validity noblock_validity dioread_lock dioread_nolock i_version
  `),
  vfat: words(`
    uid= gid= umask= dmask= fmask= allow_utime= codepage= iocharset= utf8 utf8= shortname= check= conv= time_offset=
    tz= errors= discard flush quiet showexec sys_immutable usefree dos1xfloppy nfs nfs= rodir uni_xlate nonumtail
  `),
  erofs: words('acl noacl user_xattr nouser_xattr cache_strategy= dax dax= device= directio fsoffset='),
  // No root may have it yet; it is here to say where its options belong.
  btrfs: words(`
    autodefrag commit= compress compress= compress-force compress-force= datacow nodatacow datasum nodatasum degraded
    discard discard= nodiscard space_cache space_cache= ssd nossd subvol= subvolid= thread_pool=
    user_subvol_rm_allowed max_inline= metadata_ratio=
  `),
};

/** What to use where an option belongs to another file system. */
const instead: { [option: string]: string } = {
  'commit=': 'XFS writes its log when it must',
  'discard=': 'fstrim.timer trims once a week',
  barrier: 'barriers are always on',
  nobarrier: 'barriers are always on',
};

const failing = /^(continue|panic|remount-ro)$/;
const number = /^\d{1,9}$/;
const octal = /^[0-7]{1,4}$/;
const size = /^\d{1,9}[kKmMgG]?$/;
const span = /^(infinity|\d{1,9}(ms|s|sec|m|min|h|hr|d)?)$/;

/** What may follow the options that take a number or one of a few words; others are left to the kernel. */
const values: { [option: string]: RegExp } = {
  ...valuesOf('umask= dmask= fmask= allow_utime=', octal),
  ...valuesOf('uid= gid= resuid= resgid= commit= codepage= sunit= swidth= stripe= sb= logbufs=', number),
  ...valuesOf('max_batch_time= min_batch_time= inode_readahead_blks= init_itable=', number),
  ...valuesOf('allocsize= logbsize=', size),
  ...valuesOf('x-systemd.idle-timeout= x-systemd.device-timeout= x-systemd.mount-timeout=', span),
  'errors=': failing,
  'data=': /^(journal|ordered|writeback)$/,
  'journal_ioprio=': /^[0-7]$/,
  'barrier=': /^[01]$/,
  'shortname=': /^(lower|win95|winnt|mixed)$/,
  'dax=': /^(always|never|inode)$/,
};

/** What is wrong with mount options for a file system: each that it does not know, and what to use. */
export function mountOptionProblems(mount: string, fileSystem: FileSystem, options: string[]): string[] {
  return options.flatMap((option) => {
    const key = option.includes('=') ? option.slice(0, option.indexOf('=') + 1) : option;
    if (general.includes(key) || own[fileSystem].includes(key)) return valueProblem(mount, option, key);
    const owners = Object.entries(own).flatMap(([other, known]) => (known.includes(key) ? [other] : []));
    const what = `mount option ${option} of ${mount}, which is ${fileSystem},`;
    if (!owners.length) return [`${what} is not known: ${fileSystem} has ${own[fileSystem].join(' ')}`];
    const why = instead[key] ? `, ${instead[key]}` : '';
    return [`${what} is one of ${owners.join(' and ')}: leave it out${why}`];
  });
}

function valueProblem(mount: string, option: string, key: string): string[] {
  const value = option.slice(key.length);
  if (values[key]?.test(value) || (!values[key] && (value || !key.endsWith('=')))) return [];
  return [`mount option ${option} of ${mount} has a value that it does not take`];
}

function valuesOf(options: string, value: RegExp): { [option: string]: RegExp } {
  return Object.fromEntries(words(options).map((option) => [option, value]));
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
