/** Parts of paths as the sidecar's system writes them. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).pop() || path;
}

export function folderOf(path: string): string {
  return path.replace(/[\\/][^\\/]*$/, "") || "/";
}

export function joinPath(folder: string, name: string): string {
  const separator = folder.includes("\\") ? "\\" : "/";
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}
