/* kit/light.tsx -- a light: its colour never without its shape and its word. */
import { useWords } from '../words/lang';
import './light.css';

export const LIGHTS = ['red', 'yellow', 'green', 'grey'] as const;
export type LightName = (typeof LIGHTS)[number];

export function asLight(word: string | null): LightName | null {
  return LIGHTS.find((name) => name === word) ?? null;
}

const SHAPES: Record<LightName, string> = { red: '■', yellow: '▲', green: '●', grey: '○' };

export function LightMark({ light, word = true }: { light: string | null; word?: boolean }) {
  const { t } = useWords();
  const known = asLight(light);
  if (!known) return <span className="xj-faint">—</span>;
  return (
    <span className={`xj-light xj-light-${known}`}>
      <span className="xj-light-shape" role="img" aria-label={t(`light.${known}`)}>
        {SHAPES[known]}
      </span>
      {word ? <span aria-hidden="true"> {t(`light.${known}`)}</span> : null}
    </span>
  );
}
