/** What a wake-up says: which row, and which dispatch of it. A wake-up whose dispatch is not the row's last is stale. */
export interface WakeUpData {
  id: string;
  dispatchId: string;
}
