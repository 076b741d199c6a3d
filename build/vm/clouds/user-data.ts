/** Gets a line each time that the user data are executed. */
export const userDataMark = '/var/lib/ingot-user-data';

/** What a tenant might tell a machine to do, once in its life. */
export const userData = `#cloud-config
runcmd:
  - echo "executed on $(hostname)" >> ${userDataMark}
`;
