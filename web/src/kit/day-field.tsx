/*
 * kit/day-field.tsx -- a day: shown as 2026-06-15 in both languages, typed in the ways people write it, or
 * taken from the calendar.
 *
 * The browser's own field shows the days as the browser is set, not as the page is.
 */
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat';

dayjs.extend(customParseFormat);

const SHOWN = 'YYYY-MM-DD';
/** The first is shown; the others, the last two in Chinese, are understood when they are typed. */
const FORMATS = [SHOWN, 'YYYY-M-D', 'YYYY/MM/DD', 'YYYY/M/D', 'YYYY.MM.DD', 'YYYY.M.D', 'YYYYMMDD', 'YYYY[\u5e74]MM[\u6708]DD[\u65e5]', 'YYYY[\u5e74]M[\u6708]D[\u65e5]'];

export interface DayFieldProps {
  id?: string;
  /** ISO days; nothing, null or an empty text is no day. */
  value?: string | null | undefined;
  onChange?: (day: string | null) => void;
  min?: string | undefined;
  max?: string | undefined;
  disabled?: boolean;
  /** The day cannot be taken out. */
  needed?: boolean;
  size?: 'small' | 'middle';
  'aria-label'?: string;
  onFocus?: () => void;
  presets?: { label: string; day: string }[];
}

export function DayField({ value, onChange, min, max, needed = false, presets, ...rest }: DayFieldProps) {
  return (
    <DatePicker
      {...rest}
      className="xj-day"
      format={FORMATS}
      placeholder={SHOWN}
      value={value ? dayjs(value) : null}
      allowClear={!needed}
      {...(min === undefined ? {} : { minDate: dayjs(min) })}
      {...(max === undefined ? {} : { maxDate: dayjs(max) })}
      {...(presets ? { presets: presets.map((preset) => ({ label: preset.label, value: dayjs(preset.day) })) } : {})}
      onBlur={(event) => {
        // what was typed counts, though nobody pressed Enter
        const day = dayjs((event.target as HTMLInputElement).value, FORMATS, true);
        const iso = day.isValid() ? day.format(SHOWN) : '';
        if (iso !== '' && iso !== value && !(min && iso < min) && !(max && iso > max)) onChange?.(iso);
      }}
      onChange={(day: dayjs.Dayjs | null) => { onChange?.(day?.format(SHOWN) ?? null); }}
    />
  );
}
