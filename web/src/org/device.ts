/*
 * org/device.ts -- what a browser calls itself, as its owner knows it: "Edge, Windows".
 *
 * Names of products are the same in every language.  What is not known is left out.
 */
const BROWSERS: readonly [RegExp, string][] = [
  [/MicroMessenger\//, 'WeChat'],
  [/DingTalk/, 'DingTalk'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/(?:360SE|360EE|QihooBrowser)/, '360'],
  [/Firefox\//, 'Firefox'],
  [/(?:Chrome|CriOS|Chromium|HeadlessChrome)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/UOS|Uos/, 'UOS'],
  [/Kylin/, 'Kylin'],
  [/Linux/, 'Linux'],
];

/** AGENT (a User-Agent) in short; empty where it says nothing that is known. */
export function deviceName(agent: string): string {
  const first = (table: readonly [RegExp, string][]): string => table.find(([pattern]) => pattern.test(agent))?.[1] ?? '';
  return [first(BROWSERS), first(SYSTEMS)].filter(Boolean).join(', ');
}
