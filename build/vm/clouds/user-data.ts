/** Gets a line each time that the user data are executed. */
export const userDataMark = '/var/lib/ingot-user-data';
/** Addresses that the machine had when user data could first use them. */
export const userDataAddresses = '/var/lib/ingot-user-data-addresses';

/** What a tenant might tell a machine to do, once in its life. */
export const userData = `#cloud-config
bootcmd:
  - cloud-init-per instance addresses sh -c 'ip -4 -brief address show scope global > ${userDataAddresses}'
runcmd:
  - echo "executed on $(hostname)" >> ${userDataMark}
`;
