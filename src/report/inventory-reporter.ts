import type { InventoryHeader } from "../model/documents.gen.ts";
import type { Collected } from "../model/flow.ts";

/** What was collected in, pieces of text out; the same tokens in the same order give the same bytes. */
export type RenderInventory = (header: InventoryHeader, items: AsyncIterable<Collected>) => AsyncIterable<string>;
