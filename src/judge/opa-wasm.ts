import * as sdk from "@open-policy-agent/opa-wasm";

/** One instance of a compiled bundle, as opa-wasm gives it. */
export interface Instance {
  /** A value, or its JSON as bytes; these must be sound, because broken JSON counts as no input at all. */
  evaluate(input: unknown, entryPoint: string): unknown;
  setData(data: object): void;
}

/** A compiled WebAssembly module. Node has the type, its typings do not; nobody looks inside. */
export type Module = object;

/** An instance as the SDK really is: it calls `opa_eval`, then reads text from that address up to a NUL. */
interface Loaded extends Instance {
  wasmInstance: { exports: { opa_eval(...args: number[]): number } };
  mem: { buffer: ArrayBuffer };
}

interface Sdk {
  loadPolicySync(module: Module, memory: { initial: number; maximum: number }): Loaded;
}

/** The SDK's typings leave out its default export and with it the synchronous loader, which starts 25 ms faster. */
const { loadPolicySync } = (sdk as unknown as { default: Sdk }).default;

/** An answer was longer than it may be, and was not read. */
export class OutputTooLarge extends Error {
  readonly most: number;

  constructor(most: number) {
    super(`the answer has more than ${most} bytes`);
    this.most = most;
  }
}

/** An instance with its own memory, sized in WebAssembly pages of 64 KiB, whose answers may have so many bytes. */
export function instantiate(module: Module, memory: { initial: number; maximum: number }, most?: number): Instance {
  const loaded = loadPolicySync(module, memory);
  if (most === undefined) return loaded;
  const { exports } = loaded.wasmInstance;
  const measured = (...args: number[]): number => {
    const address = exports.opa_eval(...args);
    const answer = new Uint8Array(loaded.mem.buffer, address).subarray(0, most + 1);
    if (!answer.includes(0)) throw new OutputTooLarge(most);
    return address;
  };
  loaded.wasmInstance = { exports: { ...exports, opa_eval: measured } };
  return loaded;
}

const compiledFrom = new WeakMap<Module, Uint8Array>();

/** Compiles WebAssembly. */
export function compileModule(bytes: Uint8Array): Module {
  const { WebAssembly: host } = globalThis as unknown as {
    WebAssembly: { Module: new (bytes: Uint8Array) => Module };
  };
  const module = new host.Module(bytes);
  compiledFrom.set(module, bytes);
  return module;
}

/** What a module was compiled from, for who keeps it: nothing else gives it back. */
export function bytesOf(module: Module): Uint8Array {
  const bytes = compiledFrom.get(module);
  if (!bytes) throw new Error("this module was compiled somewhere else");
  return bytes;
}
