/** Files in which programs keep credentials, by the end of their path. */
const files = [
  '.aws/(credentials|config)',
  '.azure/.+',
  '.boto',
  '.cache/huggingface/token',
  '.config/(gh|gcloud|hub|containers)/.+',
  '.docker/config.json',
  '.git-credentials',
  '.gnupg/.+',
  '.huggingface/token',
  '.kube/config',
  '.my.cnf',
  '.netrc',
  '.npmrc',
  '.password-store/.+',
  '.pgpass',
  '.pypirc',
  '.s3cfg',
  '.ssh/(id_[^/]+|identity|config|known_hosts[^/]*)',
  '.vault-token',
  'etc/krb5.keytab',
  'etc/ppp/(pap|chap)-secrets',
  'etc/wireguard/.+',
  'etc/wpa_supplicant/.+.conf',
];

/** Matches the path of any of them. */
export const secrets = new RegExp(
  `(^|/)(${files.join('|').replaceAll('.', '\\.').replaceAll('\\.+', '.+')})$`,
);

/** What credentials look like inside text files: an extended regular expression for grep. */
export const secretPattern = [
  '-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY',
  'A(KIA|SIA)[0-9A-Z]{16}',
  'AIza[0-9A-Za-z_-]{35}',
  'gh[pousr]_[A-Za-z0-9]{36}',
  'github_pat_[A-Za-z0-9_]{40}',
  'glpat-[A-Za-z0-9_-]{20}',
  'hf_[A-Za-z0-9]{34}',
  'sk-(ant|proj)-[A-Za-z0-9_-]{20}',
  'xox[abprs]-[A-Za-z0-9-]{20}',
].join('|');
