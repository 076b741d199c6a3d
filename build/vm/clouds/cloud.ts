/** What a tenant tells a cloud about a machine, and the cloud tells the machine. */
export interface Instance {
  /** Which of several instances: every cloud makes an id of its own form out of it. */
  number: number;
  hostname: string;
  /** The user that the image's cloud-init makes; some clouds name it in their metadata. */
  user: string;
  /** One line as in authorized_keys. */
  publicKey: string;
  userData: string;
  /** Folder for seeds. */
  folder: string;
}

/** One request that a guest made. */
export interface CloudRequest {
  /** The address it went to. */
  address: string;
  method: string;
  /** With its query. */
  path: string;
  status: number;
  body: string;
}

/** A cloud as one machine sees it. */
export interface Cloud {
  /** What `cloud-init query instance_id` must say. */
  instanceId: string;
  /** DMI strings and further drives. */
  qemu: string[];
  /**
   * Options that follow `user,id=net0,restrict=on` in `-netdev`; empty where the cloud is a drive and nothing
   * else.
   */
  network: string[];
  /**
   * What the metadata say of the first card, in bytes; absent where they say nothing that the machine heeds.
   */
  mtu?: number;
  /**
   * What cloud-init finds wrong with this imitation, and not with the image: parts of its recoverable errors.
   */
  complaints?: string[];
  requests(): CloudRequest[];
  stop(): Promise<void>;
}

export type StartCloud = (instance: Instance) => Promise<Cloud>;

/** What QEMU gives the first card of a machine; metadata names it. */
export const guestMac = '52:54:00:12:34:56';
