/**
 * What may stand before the key in a line of an authorized_keys file, see sshd(8): options with commas in
 * between and no space outside of quotes.
 */
const options = /^(?:[^\s"]|"(?:\\.|[^"\\])*")+[ \t]+(?=(?:ssh|ecdsa|sk)-)/;
const key = /^((?:ssh|ecdsa|sk)-[\w@.-]+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]|$)/;

/** The lines of keys in an authorized_keys file or in a public key's, without comments. */
export function publicKeyLines(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line) => line && !line.startsWith('#'));
}

/** Why a line is no public key that sshd would take, in the words of a sentence; undefined when it is one. */
export function publicKeyProblem(line: string): string | undefined {
  const bare = line.startsWith('ssh-') || line.startsWith('ecdsa-') || line.startsWith('sk-');
  const [, type, encoded] = key.exec(bare ? line : line.replace(options, '')) ?? [];
  if (!type || !encoded) return 'is no public SSH key';
  const fields = fieldsOf(Buffer.from(encoded, 'base64'));
  if (!fields || fields.length < 2) return `holds a key of type ${type} that was cut`;
  if (fields[0] !== type) return `calls a key ${type} that is ${fields[0]}`;
  return undefined;
}

/** A key is a row of fields, each with its length before it, see RFC 4253; undefined when it is not. */
function fieldsOf(bytes: Buffer): string[] | undefined {
  const fields: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    fields.push(bytes.toString('latin1', at + 4, end));
    at = end;
  }
  return fields;
}
