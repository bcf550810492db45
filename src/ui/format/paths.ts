/** Parts of paths as the sidecar's system writes them. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).pop() || path;
}

export function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, "") || "/";
}
