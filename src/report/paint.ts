const codes = {
  bold: "1",
  dim: "2",
  critical: "1;31",
  high: "31",
  medium: "33",
  low: "36",
  unknown: "35",
  pass: "32",
} as const;

export type Style = keyof typeof codes;

/** Colours a finished piece of text; always after cutting and padding, because the codes have no width. */
export type Paint = (style: Style, text: string) => string;

/** The caller has decided on colour: Node's own judgement of streams and NO_COLOR differs between versions. */
export function painter(colour: boolean): Paint {
  return (style, text) => (colour && text !== "" ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
}
