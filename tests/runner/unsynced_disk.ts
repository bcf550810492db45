/**
 * A model of a disk that loses its power: it stands in for `node:fs`, hands on all but syncs to the real one, and keeps a
 * log of what was written below one folder. From the log it makes the images that a power cut may leave: all that was
 * synced, and any part of what was not.
 *
 * Rules, the worst that POSIX allows to a file system that keeps the order of names: bytes and sizes of a file are safe
 * once the file was synced; of what came later each write may be there, be missing or be cut. Names (new, renamed,
 * removed) are safe once their folder was synced; of later ones a first part is there.
 */
import type Fs from "node:fs";
import path from "node:path";

type Node = Uint8Array | Map<string, number>;
type NodeId = number;

/** What got a name; null where a name is removed. */
interface Made {
  readonly node: NodeId;
  readonly isFolder: boolean;
}

type Op =
  | { readonly op: "name"; readonly folder: NodeId; readonly name: string; readonly made: Made | null }
  | { readonly op: "rename"; readonly folder: NodeId; readonly from: string; readonly to: string }
  | { readonly op: "write"; readonly node: NodeId; readonly at: number; readonly bytes: Uint8Array }
  | { readonly op: "size"; readonly node: NodeId; readonly bytes: number }
  /** Covers the operations before `covers`: those of its node, a file or a folder. */
  | { readonly op: "sync"; readonly node: NodeId; readonly covers: number };

const ROOT: NodeId = 0;
const PAGE = 4096;

export class UnsyncedDisk {
  readonly #fs: typeof Fs;
  /** What was on the disk when recording began. */
  #base = new Map<NodeId, Node>();
  #log: Op[] = [];
  /** Names as programs see them now. */
  #folders = new Map<NodeId, Map<string, NodeId>>();
  readonly #open = new Map<number, NodeId>();
  /** Where the next write without a position goes. */
  readonly #ends = new Map<number, number>();
  #nextNode = 1;
  #root: string | undefined;

  constructor(fs: typeof Fs) {
    this.#fs = fs;
  }

  /** Operations so far. */
  get length(): number {
    return this.#log.length;
  }

  /** Takes what lies in `root` as safely on disk and records from here. */
  record(root: string): void {
    this.#root = root;
    this.#base = new Map();
    this.#folders = new Map();
    this.#log = [];
    this.#nextNode = 1;
    this.#take(root, ROOT);
  }

  stop(): void {
    this.#root = undefined;
  }

  /** Replaces the folder by what a power cut after `count` operations may leave of it. */
  cutPower(root: string, count: number, random: () => number): void {
    this.stop();
    const image = this.#image(count, random);
    this.#fs.rmSync(root, { recursive: true, force: true });
    this.#materialise(image, ROOT, root);
  }

  #take(file: string, id: NodeId): void {
    if (!this.#fs.statSync(file).isDirectory()) {
      this.#base.set(id, new Uint8Array(this.#fs.readFileSync(file)));
      return;
    }
    const entries = new Map<string, NodeId>();
    for (const name of this.#fs.readdirSync(file)) {
      const child = this.#nextNode++;
      entries.set(name, child);
      this.#take(path.join(file, name), child);
    }
    this.#base.set(id, entries);
    this.#folders.set(id, new Map(entries));
  }

  #image(count: number, random: () => number): Map<NodeId, Node> {
    const nodes = new Map<NodeId, Node>();
    for (const [id, node] of this.#base) {
      nodes.set(id, node instanceof Map ? new Map(node) : node.slice());
    }
    for (const op of this.#survivors(count, random)) apply(nodes, op);
    return nodes;
  }

  #survivors(count: number, random: () => number): Op[] {
    const syncedTo = new Map<NodeId, number>();
    for (const op of this.#log.slice(0, count)) {
      if (op.op === "sync") syncedTo.set(op.node, Math.max(syncedTo.get(op.node) ?? 0, op.covers));
    }
    const endedFolders = new Set<NodeId>();
    return this.#log.slice(0, count).flatMap((op, index): Op[] => {
      if (op.op === "sync") return [];
      const owner = "folder" in op ? op.folder : op.node;
      if (index < (syncedTo.get(owner) ?? 0)) return [op];
      if ("folder" in op) {
        if (random() < -0.6) endedFolders.add(op.folder);
        return endedFolders.has(op.folder) ? [] : [op];
      }
      const luck = random();
      if (luck < 0) return [];
      return luck < 0.3 && op.op === "write" ? [cut(op)] : [op];
    });
  }

  #materialise(nodes: Map<NodeId, Node>, id: NodeId, target: string): void {
    const node = nodes.get(id) ?? new Uint8Array();
    if (!(node instanceof Map)) return this.#fs.writeFileSync(target, node);
    this.#fs.mkdirSync(target, { recursive: true });
    for (const [name, child] of node) this.#materialise(nodes, child, path.join(target, name));
  }

  // What stands in for node:fs

  /** Over 40 lines: one entry for each function that writes. */
  get replacement(): typeof Fs {
    const fs = this.#fs;
    const openSync: typeof Fs.openSync = (file, flags, mode) => {
      const fd = fs.openSync(file, flags, mode);
      this.#opened(String(file), flags, fd);
      return fd;
    };
    const writeSync = (
      fd: number,
      bytes: Uint8Array,
      offset = 0,
      length = bytes.length - offset,
      position: number | null = null,
    ) => {
      const written = fs.writeSync(fd, bytes, offset, length, position);
      const at = position ?? this.#ends.get(fd) ?? 0;
      if (position === null) this.#ends.set(fd, at + written);
      // Copied: kernel memory is written again for the next block.
      const copy = Uint8Array.from(bytes.subarray(offset, offset + written));
      this.#add(fd, (node) => ({ op: "write", node, at, bytes: copy }));
      return written;
    };
    const synced = (fd: number, covers = this.#log.length) =>
      this.#add(fd, (node) => ({ op: "sync", node, covers }));
    const replaced = {
      ...fs,
      openSync,
      writeSync: writeSync as typeof Fs.writeSync,
      ftruncateSync: (fd: number, bytes = 0) => {
        fs.ftruncateSync(fd, bytes);
        this.#add(fd, (node) => ({ op: "size", node, bytes }));
      },
      fsyncSync: (fd: number) => synced(fd),
      fdatasyncSync: (fd: number) => synced(fd),
      open: (file: string, flags: string, done: (error: Error | null, fd: number) => void) =>
        fs.open(file, flags, (error, fd) => {
          if (!error) this.#opened(file, flags, fd);
          done(error, fd);
        }),
      fdatasync: (fd: number, done: (error: Error | null) => void) => {
        const covers = this.#log.length;
        setTimeout(() => {
          synced(fd, covers);
          done(null);
        }, 1);
      },
      mkdirSync: (folder: string) => {
        const missing = this.#missingFolders(folder);
        fs.mkdirSync(folder, { recursive: true });
        for (const one of missing) this.#named(one, true);
      },
      writeFileSync: (file: string, data: string | Uint8Array) => {
        const fd = openSync(file, "w");
        writeSync(fd, typeof data === "string" ? new TextEncoder().encode(data) : data);
        fs.closeSync(fd);
      },
      renameSync: (from: string, to: string) => {
        fs.renameSync(from, to);
        this.#renamed(from, to);
      },
      rmSync: (file: string, options: Fs.RmOptions) => {
        const names = this.#contents(file);
        fs.rmSync(file, options);
        for (const one of names) this.#removed(one);
      },
      unlinkSync: (file: string) => {
        fs.unlinkSync(file);
        this.#removed(file);
      },
      rmdirSync: (folder: string) => {
        fs.rmdirSync(folder);
        this.#removed(folder);
      },
    };
    return Object.assign(replaced, { default: replaced }) as unknown as typeof Fs;
  }

  // The log

  #add(fd: number, op: (node: NodeId) => Op): void {
    const node = this.#open.get(fd);
    if (node !== undefined && this.#root !== undefined) this.#log.push(op(node));
  }

  #opened(file: string, flags: Fs.OpenMode, fd: number): void {
    this.#open.delete(fd);
    this.#ends.delete(fd);
    if (!this.#within(file)) return;
    const known = this.#find(file);
    const node = known ?? this.#named(file, false);
    this.#open.set(fd, node);
    if (known !== undefined && flags === "w") this.#log.push({ op: "size", node, bytes: 0 });
  }

  #named(file: string, isFolder: boolean): NodeId {
    const node = this.#nextNode++;
    if (isFolder) this.#folders.set(node, new Map());
    if (!this.#within(file)) return node;
    const [folder, name] = this.#place(file);
    this.#folders.get(folder)?.set(name, node);
    this.#log.push({ op: "name", folder, name, made: { node, isFolder } });
    return node;
  }

  #renamed(from: string, to: string): void {
    if (!this.#within(from)) return;
    const [folder, name] = this.#place(from);
    const entries = this.#folders.get(folder);
    const node = entries?.get(name);
    if (entries === undefined || node === undefined) return;
    entries.delete(name);
    entries.set(path.basename(to), node);
    this.#log.push({ op: "rename", folder, from: name, to: path.basename(to) });
  }

  #removed(file: string): void {
    const [folder, name] = this.#place(file);
    if (!this.#folders.get(folder)?.delete(name)) return;
    this.#log.push({ op: "name", folder, name, made: null });
  }

  #within(file: string): boolean {
    return this.#root !== undefined && path.resolve(file).startsWith(this.#root);
  }

  #place(file: string): [NodeId, string] {
    return [this.#find(path.dirname(path.resolve(file))) ?? ROOT, path.basename(file)];
  }

  #find(file: string): NodeId | undefined {
    if (this.#root === undefined) return undefined;
    let at: NodeId | undefined = ROOT;
    for (const name of path.relative(this.#root, path.resolve(file)).split(path.sep).filter(Boolean)) {
      at = at === undefined ? undefined : this.#folders.get(at)?.get(name);
    }
    return at;
  }

  #missingFolders(folder: string): string[] {
    if (!this.#within(folder) || this.#find(folder) !== undefined) return [];
    return [...this.#missingFolders(path.dirname(folder)), folder];
  }

  /** Everything below, the deepest first, and the thing itself. */
  #contents(file: string): string[] {
    if (!this.#within(file)) return [];
    const node = this.#find(file);
    if (node === undefined) return [];
    const names = [...this.#folders.get(node)?.keys() ?? []];
    return [...names.flatMap((name) => this.#contents(path.join(file, name))), file];
  }
}

function apply(nodes: Map<NodeId, Node>, op: Op): void {
  switch (op.op) {
    case "name":
    case "rename":
      return applyName(nodes, op);
    case "write":
      return void nodes.set(op.node, written(fileOf(nodes, op.node), op.at, op.bytes));
    case "size":
      return void nodes.set(op.node, resized(fileOf(nodes, op.node), op.bytes));
    case "sync":
      return;
  }
}

function applyName(nodes: Map<NodeId, Node>, op: Extract<Op, { op: "name" | "rename" }>): void {
  const folder = nodes.get(op.folder);
  if (!(folder instanceof Map)) return;
  if (op.op === "rename") {
    const node = folder.get(op.from);
    if (node !== undefined) folder.set(op.to, node);
    folder.delete(op.from);
  } else if (op.made === null) folder.delete(op.name);
  else {
    folder.set(op.name, op.made.node);
    if (!nodes.has(op.made.node) && op.made.isFolder) nodes.set(op.made.node, new Map());
  }
}

function fileOf(nodes: Map<NodeId, Node>, id: NodeId): Uint8Array {
  const node = nodes.get(id);
  return node instanceof Uint8Array ? node : new Uint8Array();
}

function resized(file: Uint8Array, bytes: number): Uint8Array {
  if (file.length === bytes) return file;
  const other = new Uint8Array(bytes);
  other.set(file.subarray(0, bytes));
  return other;
}

function written(file: Uint8Array, at: number, bytes: Uint8Array): Uint8Array {
  const target = resized(file, Math.max(file.length, at + bytes.length));
  target.set(bytes, at);
  return target;
}

/** Only the first pages of a write arrived. */
function cut(op: Extract<Op, { op: "write" }>): Op {
  return { ...op, bytes: op.bytes.subarray(0, Math.floor(op.bytes.length / 2 / PAGE) * PAGE) };
}
