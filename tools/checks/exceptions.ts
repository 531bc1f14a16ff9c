/**
 * The one list of exceptions to the budgets of STYLE. Each has its reason; the list only shrinks. A row that no longer
 * excepts anything fails the check.
 */
export interface Exception {
  readonly rule: string;
  /** `path` or `path#name`. */
  readonly what: string;
  readonly reason: string;
}

export const exceptions: readonly Exception[] = [];

export const isExcepted = (rule: string, what: string): boolean =>
  exceptions.some((exception) => exception.rule === rule && exception.what === what);
