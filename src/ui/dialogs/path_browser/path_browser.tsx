/** Finds a path on the disk of the sidecar: the equal of the system's dialog, which a browser or a machine may lack. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { FolderEntry, FolderListing } from "../../../shared/protocol/commands.ts";
import { messageOf } from "../../actions/failure.ts";
import { listFolder } from "../../actions/folders.ts";
import { joinPath } from "../../format/paths.ts";
import {
  answerPath,
  type BrowserWish,
  lastFolder,
  type PathKind,
  rememberFolder,
} from "../../state/browser_wish.ts";
import { PATHS } from "../../texts/path_browser.ts";
import { Dialog } from "../../widgets/dialog.tsx";
import { Icon } from "../../widgets/icon.tsx";
import { Entries } from "./entries.tsx";
import "./path_browser.css";

const SHOWN: Readonly<Record<PathKind, readonly FolderEntry["kind"][]>> = {
  segy: ["folder", "dataset", "segy"],
  flow: ["folder", "flow"],
  folder: ["folder"],
};

export function PathBrowser({ wish }: { readonly wish: BrowserWish }) {
  const { listing, problem, show } = useFolder(wish.folder ?? lastFolder.peek());
  const [filter, setFilter] = useState("");
  const [chosen, setChosen] = useState<string | null>(wish.name);
  const shown = (listing?.entries ?? []).filter(({ kind, name }) =>
    SHOWN[wish.kind].includes(kind) && name.toLowerCase().includes(filter.trim().toLowerCase())
  );
  const enter = (path: string | null) => {
    setFilter("");
    show(path);
  };
  const act = ({ name, kind }: FolderEntry) => {
    if (listing === null) return;
    if (kind === "folder") enter(joinPath(listing.path, name));
    else answerPath(joinPath(listing.path, name));
  };
  const chosenEntry = shown.find(({ name, kind }) => name === chosen && kind !== "folder");
  const ready = wish.kind === "folder" ? listing !== null : chosenEntry !== undefined;
  const finish = () => {
    if (listing === null) return;
    if (wish.kind === "folder") answerPath(listing.path);
    else if (chosenEntry !== undefined) act(chosenEntry);
  };
  return (
    <Dialog title={titleOf(wish)} onClose={() => answerPath(null)} wide>
      {wish.name !== null && <p class="second paths-why">{PATHS.findWhy}</p>}
      <FolderBar listing={listing} onGo={enter} />
      {problem !== null && <p class="field-error" role="alert">{problem}</p>}
      <Entries
        entries={shown}
        chosen={chosen}
        nothing={listing === null ? PATHS.loading : PATHS.nothing[wish.kind]}
        onChoose={setChosen}
        onAct={act}
      />
      {listing?.cut && <p class="quiet small">{PATHS.cut}</p>}
      <div class="dialog-actions">
        <input
          class="input paths-filter"
          type="search"
          aria-label={PATHS.filter}
          placeholder={PATHS.filter}
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
        <button type="button" class="button" onClick={() => answerPath(null)}>{PATHS.cancel}</button>
        <button type="button" class="button primary" disabled={!ready} onClick={finish}>
          {PATHS.choose[wish.kind]}
        </button>
      </div>
    </Dialog>
  );
}

interface FolderBarProps {
  readonly listing: FolderListing | null;
  readonly onGo: (path: string | null) => void;
}

/** Where we are, as a line that can be typed into: a folder that comes late does not take away what was typed. */
function FolderBar({ listing, onGo }: FolderBarProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const hasGone = useRef(false);
  useEffect(() => {
    if (hasGone.current) setTyped(null);
    hasGone.current = false;
  }, [listing]);
  const go = (path: string | null) => {
    hasGone.current = true;
    onGo(path);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    go(typed?.trim() || listing?.path || null);
  };
  const parent = listing?.parent ?? null;
  return (
    <form class="paths-bar" onSubmit={submit}>
      <button type="button" class="button" disabled={parent === null} onClick={() => go(parent)}>
        <Icon name="arrow-up" /> {PATHS.up}
      </button>
      <button type="button" class="button" onClick={() => go(null)}>{PATHS.home}</button>
      <input
        class="input"
        type="text"
        data-first
        aria-label={PATHS.folder}
        spellcheck={false}
        autocomplete="off"
        value={typed ?? listing?.path ?? ""}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <button type="submit" class="button">{PATHS.go}</button>
    </form>
  );
}

/** The folder that is looked at; what cannot be read leaves the one before in place. */
function useFolder(first: string | null) {
  const [listing, setListing] = useState<FolderListing | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const count = useRef(0);
  const show = (path: string | null) => {
    const number = ++count.current;
    listFolder(path).then((found) => {
      if (number !== count.current) return;
      setListing(found);
      setProblem(null);
      rememberFolder(found.path);
    }, (error) => number === count.current && setProblem(messageOf(error)));
  };
  useEffect(() => show(first), []);
  return { listing, problem, show };
}

function titleOf({ name, kind }: BrowserWish): string {
  return name === null ? PATHS.titles[kind] : PATHS.find(name);
}
