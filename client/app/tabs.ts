/** What the tabs of one browser tell each other; no content ever. */
export type TabMessage =
  | { kind: 'active'; atWallMs: number }
  | { kind: 'visible'; atWallMs: number }
  | { kind: 'locked' }
  | { kind: 'unlocked' }
  | { kind: 'signed-in' }
  | { kind: 'signed-out' }
  | { kind: 'exit' };

export type Tabs = {
  tell: (message: TabMessage) => void;
  listen: (listener: (message: TabMessage) => void) => () => void;
};

export function createTabs(): Tabs {
  const channel = new BroadcastChannel('notebook');
  return {
    tell: (message) => channel.postMessage(message),
    listen: (listener) => {
      function hear(event: MessageEvent<TabMessage>): void {
        listener(event.data);
      }
      channel.addEventListener('message', hear);
      return () => channel.removeEventListener('message', hear);
    },
  };
}
