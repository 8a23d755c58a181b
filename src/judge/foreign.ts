import { compileModule, type Module } from "./opa-wasm.ts";

/** The section of a WebAssembly module that declares memory. */
const MEMORY = 5;
const HEADER = 8;

/** A module that somebody else compiled: it may use only the memory that it is given, because that has a limit. */
export function foreignModule(bytes: Uint8Array): Module {
  const module = compileModule(bytes);
  const { WebAssembly: host } = globalThis as unknown as {
    WebAssembly: { Module: { imports(module: Module): { kind: string }[] } };
  };
  const isGiven = host.Module.imports(module).some(({ kind }) => kind === "memory");
  if (!isGiven || [...sections(bytes)].includes(MEMORY)) throw new Error("its policies bring a memory of their own");
  return module;
}

/** The numbers of a module's sections; it was compiled, so it is well-formed. */
function* sections(bytes: Uint8Array): Iterable<number> {
  for (let at = HEADER; at < bytes.length; ) {
    yield bytes[at] ?? 0;
    const { value, next } = lengthAt(bytes, at + 1);
    at = next + value;
  }
}

/** A number in LEB128, seven bits a byte. */
function lengthAt(bytes: Uint8Array, start: number): { value: number; next: number } {
  let [value, next] = [0, start];
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[next++] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, next };
  }
}
