import { expect, it } from 'vitest';
import { type MachineOptions, qemuArguments } from './arguments.ts';
import type { MachineShape } from './machine-shape.ts';

const options: MachineOptions = {
  disk: { path: '/o.qcow2', format: 'qcow2', readOnly: false },
  controller: 'virtio',
  firmware: 'uefi',
  accelerator: 'tcg',
  memoryMiB: 1024,
  cpus: 2,
  networkCard: 'e1000',
  network: ['net=168.0.0.0/7'],
  sshPort: 40022,
  folder: '/run/a,b',
  sockets: '/tmp/vm',
  ovmfCode: '/ovmf.fd',
  credentials: {},
};
/** One option and its value per line. */
const lines = (shape?: MachineShape, more: Partial<MachineOptions> = {}) =>
  qemuArguments({ ...options, ...more, shape })
    .join(' ')
    .replaceAll(' -', '\n-')
    .split('\n');
/** What a shape adds to the usual machine's lines, and takes away. */
const change = (shape: MachineShape) => {
  const [usual, other] = [lines(), lines(shape)];
  return {
    added: other.filter((line) => !usual.includes(line)),
    gone: usual.filter((line) => !other.includes(line)),
  };
};

it.each<[string, MachineShape, { added: string[]; gone: string[] }]>([
  ['everything', {}, { added: [], gone: [] }],
  [
    'no serial port',
    { serial: false },
    {
      added: ['-serial none'],
      gone: [
        '-chardev file,id=serial0,path=/run/a,,b/console.log',
        '-serial chardev:serial0',
        '-chardev file,id=serial1,path=/run/a,,b/journal.log',
        '-serial chardev:serial1',
      ],
    },
  ],
  ['no graphics card', { graphics: false }, { added: [], gone: ['-device VGA'] }],
  [
    'no network card',
    { cards: 0 },
    {
      added: [],
      gone: [
        '-netdev user,id=net0,restrict=on,net=168.0.0.0/7,hostfwd=tcp:127.0.0.1:40022-:22',
        '-device e1000,netdev=net0',
      ],
    },
  ],
  [
    'a second network card, in a network of its own',
    { cards: 2 },
    { added: ['-netdev user,id=net1,restrict=on,net=10.0.3.0/24', '-device e1000,netdev=net1'], gone: [] },
  ],
  ['another time', { clock: '1999-12-31T23:59:59' }, { added: ['-rtc base=1999-12-31T23:59:59'], gone: [] }],
  [
    'a drive of large sectors',
    { sectorBytes: 4096 },
    {
      added: [
        '-device virtio-blk-pci,drive=disk,bootindex=1,logical_block_size=4096,physical_block_size=4096',
      ],
      gone: ['-device virtio-blk-pci,drive=disk,bootindex=1'],
    },
  ],
  [
    'a further drive of large sectors',
    { spareDisk: '/spare' },
    {
      added: [
        '-blockdev {"node-name":"spare","driver":"raw","file":{"driver":"file","filename":"/spare"}}',
        '-device virtio-blk-pci,drive=spare,logical_block_size=4096,physical_block_size=4096',
      ],
      gone: [],
    },
  ],
  [
    'Secure Boot, whose variables the guest cannot write past the firmware',
    { secureBoot: true },
    {
      added: ['-machine q35,accel=tcg,smm=on', '-global driver=cfi.pflash01,property=secure,value=on'],
      gone: ['-machine q35,accel=tcg'],
    },
  ],
  [
    'a channel for a report',
    { report: true },
    {
      added: [
        '-chardev file,id=report,path=/run/a,,b/report.txt',
        '-device virtio-serial-pci',
        '-device virtserialport,chardev=report,name=ingot.report',
      ],
      gone: [],
    },
  ],
])('a machine with %s', (_what, shape, expected) => {
  expect(change(shape)).toEqual(expected);
});

it('has one controller for the channels of agent and report', () => {
  const channels = lines({ report: true }, { guestAgent: true }).filter((line) =>
    /serial-pci|serialport/.test(line),
  );
  expect(channels).toEqual([
    '-device virtio-serial-pci',
    '-device virtserialport,chardev=agent,name=org.qemu.guest_agent.0',
    '-device virtserialport,chardev=report,name=ingot.report',
  ]);
});
