import type { CloudFacts, CloudFiles } from '../../formats/cloud/facts.ts';

/** What is known of one cloud, from its own page on images of one's own, besides what every disk has. */
export interface CloudPlatform {
  /** cloud-init's name of the metadata source. */
  datasource: string;
  /** Features that an image must have. */
  features: string[];
  /** Kernel modules that the initramfs must have. */
  drivers: string[];
  /** Words that must be on the kernel command line; more may follow one after a comma. */
  commandLine: string[];
  /** Names that no user may have who gets the key there. */
  reservedUsers?: string[];
  /** Size of the largest disk that it takes. */
  maxMiB?: number;
  /** What goes beside an artifact: a template of a machine and the script that uploads. */
  files(facts: CloudFacts): CloudFiles;
}

/** A serial console, which every cloud shows. */
export const serial = 'console=ttyS0';
