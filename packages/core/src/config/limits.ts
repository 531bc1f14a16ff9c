/** Limits of configuration text. What goes beyond gets a diagnostic, and the rest is read. */

export interface ConfigLimits {
  readonly fileBytes: number;
  readonly lineLength: number;
  readonly patternsInLine: number;
  readonly includeDepth: number;
}

/** OpenSSH's Include depth; the others keep a hostile file from costing more than it is worth. */
export const configLimits: ConfigLimits = {
  fileBytes: 16 * 1024 * 1024,
  lineLength: 64 * 1024,
  patternsInLine: 10_000,
  includeDepth: 16,
};
