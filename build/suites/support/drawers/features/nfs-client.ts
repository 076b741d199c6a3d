import { defineFeature } from '../../../../model/define.ts';

export default defineFeature({
  name: 'nfs-client',
  summary: 'mounts folders of NFS servers',
  requirements: [],
  options: {},
  hygiene: {
    setUid: { 'usr/sbin/mount.nfs': 'users mount what fstab says they may' },
    sockets: { 'rpcbind.socket': 'servers of NFS 3 call back, and ask rpcbind where' },
    listeners: {
      'tcp 111 rpcbind': 'tells servers of NFS 3 where to call back',
      'udp 111 rpcbind': 'tells servers of NFS 3 where to call back',
    },
    users: { _rpc: 'rpcbind makes it with adduser', statd: 'nfs-common makes it with adduser' },
    generated: {
      '^etc/(idmapd\\.conf|nfs\\.conf|default/nfs-common)$': 'made by nfs-common with ucf',
      'var/lib/nfs/state': 'made by nfs-common, empty; statd counts in it how often the machine started',
    },
  },
  effect: () => ({ enable: ['nfs-client.target', 'rpcbind.service', 'rpcbind.socket'] }),
});
