/** One paragraph of a Debian control file: field name → value, with the lines of a folded one kept. */
export type Paragraph = { [field: string]: string };

/** Paragraphs of a Debian control file: dpkg's status, a machine-readable copyright, a Packages index. */
export function parseParagraphs(text: string): Paragraph[] {
  return text
    .split(/\n(?:[ \t]*\n)+/)
    .map(parseFields)
    .filter((paragraph) => Object.keys(paragraph).length > 0);
}

function parseFields(text: string): Paragraph {
  const fields = text.matchAll(/^([!-,.-9;-~][!-9;-~]*):[ \t]*(.*(?:\n[ \t].*)*)/gm);
  return Object.fromEntries([...fields].map(([, name, value]) => [name!, value!.trim()]));
}
