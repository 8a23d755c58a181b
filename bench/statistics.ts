/** A number with the lowest and highest that single runs gave. */
export interface Spread {
  value: number;
  low: number;
  high: number;
  runs: number;
}

/** The middle value; of an even count, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const [below, above] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (below === undefined || above === undefined) throw new Error("no values, so no median");
  return (below + above) / 2;
}

export function spread(values: readonly number[]): Spread {
  return { value: median(values), low: Math.min(...values), high: Math.max(...values), runs: values.length };
}

/** The ratio of the medians; its lowest and highest are of runs that stood side by side, so a busy moment shows. */
export function ratio(above: readonly number[], below: readonly number[]): Spread {
  if (above.length !== below.length) throw new Error(`${above.length} runs stand against ${below.length}`);
  const pairs = above.map((value, index) => value / (below[index] ?? Number.NaN));
  return { ...spread(pairs), value: median(above) / median(below) };
}
