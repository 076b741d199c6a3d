/** What a model is served for. One for `code` is a chat model that is good at it. */
export const modelRoles = ['chat', 'code', 'embed', 'rerank'] as const;
export type ModelRole = (typeof modelRoles)[number];

/**
 * A model to preload. `source` is `builtin:smoke`, a path, an https URL, `catalogue:<name>`, or
 * `hub:<owner>/<repository>/<file>`. One in parts is named by the first.
 */
export interface ModelUse {
  /** File name on the image without `.gguf`; also the model's alias in the API. */
  name: string;
  source: string;
  /** Default `chat`. */
  role?: ModelRole;
  /** What the file must be, where that is known before it is locked. */
  sha256?: string;
  /** Commit of the hub's repository, where the catalogue says which. */
  revision?: string;
}
