/** What each row of an algorithm table says about OpenSSH, and the lists that follow from the rows. */

/** The OpenSSH versions whose behaviour is kept: 10.5p1 and 6.6p1. */
export type OpenSshVersion = '10' | '6.6';

export interface OfferedAlgorithm {
  readonly name: string;
  /** Versions whose `ssh -Q` names it. */
  readonly supportedBy: readonly OpenSshVersion[];
  /** Its place in the version's default list; without one it is used only when the configuration names it. */
  readonly defaultOrder: Partial<Readonly<Record<OpenSshVersion, number>>>;
}

/** Names that a version offers by default, best first. */
export function defaultNames(rows: readonly OfferedAlgorithm[], version: OpenSshVersion): readonly string[] {
  const placed = rows.flatMap(({ name, defaultOrder }) => {
    const place = defaultOrder[version];
    return place === undefined ? [] : [{ name, place }];
  });
  return placed.toSorted((a, b) => a.place - b.place).map(({ name }) => name);
}

/** Names that a version knows, in the order of the table. */
export function supportedNames(rows: readonly OfferedAlgorithm[], version: OpenSshVersion): readonly string[] {
  return rows.filter(({ supportedBy }) => supportedBy.includes(version)).map(({ name }) => name);
}

/** The row of a name that was negotiated, hence offered, hence in the table. */
export function findRow<Row extends OfferedAlgorithm>(rows: readonly Row[], name: string): Row {
  const row = rows.find((each) => each.name === name);
  if (row === undefined) throw new Error(`assertion failed: ${name} is not implemented`);
  return row;
}
