/** The look of every page that Ingot writes. */
export const pageStyle = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem; border-bottom: 1px solid #ddd; }
.ok td:first-child { color: #176f2c; } .failed td:first-child { color: #b00020; font-weight: bold; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; } img { max-width: 100%; border: 1px solid #ddd; }
summary { font-weight: bold; margin: .5rem 0; }`;

/** Text as HTML and XML show it, in an element or an attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
