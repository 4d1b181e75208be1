/** The way through a list that comes page by page. */

interface Properties {
  offset: number;
  size: number;
  total: number;
  onTurn: (offset: number) => void;
}

export function Pages({ offset, size, total, onTurn }: Properties) {
  if (total <= size) return null;
  return (
    <nav class="pages" aria-label="Pages">
      <button type="button" disabled={offset === 0} onClick={() => onTurn(Math.max(0, offset - size))}>
        Earlier
      </button>
      <span>
        {offset + 1} to {Math.min(offset + size, total)} of {total}
      </span>
      <button type="button" disabled={offset + size >= total} onClick={() => onTurn(offset + size)}>
        Later
      </button>
    </nav>
  );
}
