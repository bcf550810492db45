/** What every view is given. */
export interface ViewProps {
  /** What the address names within the view, such as a job's id. */
  readonly rest: string;
}
