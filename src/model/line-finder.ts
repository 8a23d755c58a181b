/** Counted from 1, in UTF-16 units. */
export interface Place {
  line: number;
  column: number;
}

/** Line and column of offsets in a text; cheap as long as the offsets grow. */
export function lineFinder(text: string): (offset: number) => Place {
  let line = 1;
  let start = 0;
  let next = lineAfter(text, 0);
  return (offset) => {
    if (offset < start) [line, start, next] = [1, 0, lineAfter(text, 0)];
    while (next <= offset) [line, start, next] = [line + 1, next, lineAfter(text, next)];
    return { line, column: offset - start + 1 };
  };
}

/** Where the line after the one at `from` begins; infinitely far if there is none. */
function lineAfter(text: string, from: number): number {
  LINE_END.lastIndex = from;
  return LINE_END.test(text) ? LINE_END.lastIndex : Number.POSITIVE_INFINITY;
}

const LINE_END = /\r\n|\r|\n/g;
