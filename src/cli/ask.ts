import { createInterface } from "node:readline";
import { visible } from "../model/text.ts";

export interface Question {
  text: string;
  /** What an empty answer stands for. */
  otherwise?: string | undefined;
  /** What is wrong with an answer. */
  faultOf(answer: string): string | undefined;
}

/** Asks one after the other, each until its answer is right; undefined: whoever was asked has left. */
export async function ask(
  questions: readonly Question[],
  { input, output }: { input: NodeJS.ReadableStream; output: NodeJS.WritableStream },
): Promise<string[] | undefined> {
  const reader = createInterface({ input, output });
  const lines = reader[Symbol.asyncIterator]();
  const next = async ({ text, otherwise = "" }: Question): Promise<string | undefined> => {
    reader.setPrompt(`${text}${otherwise && ` [${visible(otherwise)}]`}: `);
    reader.prompt();
    const { done, value } = await lines.next();
    return done ? undefined : value.trim() || otherwise;
  };
  try {
    const answers: string[] = [];
    for (const question of questions) {
      let answer = await next(question);
      for (let fault = faultIn(question, answer); fault !== undefined; fault = faultIn(question, answer)) {
        output.write(`  ${visible(fault)}\n`);
        answer = await next(question);
      }
      if (answer === undefined) {
        output.write("\n");
        return undefined;
      }
      answers.push(answer);
    }
    return answers;
  } finally {
    reader.close();
  }
}

function faultIn({ faultOf }: Question, answer: string | undefined): string | undefined {
  if (answer === undefined) return undefined;
  return answer === "" ? "an answer is needed" : faultOf(answer);
}
