/// <reference lib="dom.iterable" />
import axe from 'axe-core';
import { expect } from 'chai';
import type { Page } from 'playwright-core';

/**
 * Looks at a page as assistive technology would: names of controls, order of headings, landmarks, contrast, size, and
 * whether anything must be scrolled sideways.
 */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await faultsOf(page), page.url()).to.deep.equal([]);
}

/** What is not as it should be, in sentences. */
export function faultsOf(page: Page): Promise<string[]> {
  return page.evaluate(findFaults);
}

/** What axe-core finds against WCAG 2.2 AA. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: put there by the script above
    const { violations } = await (window as any).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      resultTypes: ['violations'],
      iframes: false,
    });
    return violations.map((each: { id: string; nodes: { html: string }[] }) => `${each.id}: ${each.nodes[0]?.html}`);
  });
}

/** Runs in the page. */
function findFaults(): string[] {
  const faults: string[] = [];
  const isShown = (element: Element) => element.getClientRects().length > 0;
  const all = <Kind extends Element>(selector: string) =>
    [...document.querySelectorAll<Kind & HTMLElement>(selector)].filter(isShown);

  if (!/^(sr-Cyrl|sr-Latn|en)$/.test(document.documentElement.lang)) faults.push('the page does not say its language');
  if (document.title.trim() === '') faults.push('the page has no title');
  if (all('h1').length !== 1) faults.push(`the page has ${all('h1').length} first headings`);
  if (all('main').length !== 1) faults.push('the page has no main part');
  let level = 0;
  for (const heading of all('h1, h2, h3, h4')) {
    const next = Number(heading.tagName.slice(1));
    if (next > level + 1) faults.push(`heading “${heading.textContent}” skips a level`);
    level = next;
  }
  for (const control of all<HTMLInputElement>('input:not([type=hidden]), select, textarea, button, a[href], summary')) {
    const labels = 'labels' in control && control.labels ? [...control.labels].map((label) => label.textContent) : [];
    const labelledBy = (control.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent);
    const name = [...labels, ...labelledBy, control.getAttribute('aria-label'), control.textContent].join('').trim();
    if (name === '') faults.push(`a ${control.tagName.toLowerCase()} ${control.id} has no name`);
  }
  for (const id of new Set([...document.querySelectorAll('[id]')].map((element) => element.id)))
    if (document.querySelectorAll(`[id="${CSS.escape(id)}"]`).length > 1) faults.push(`the id ${id} stands twice`);
  for (const element of document.querySelectorAll('[aria-describedby], [aria-labelledby]'))
    for (const id of `${element.getAttribute('aria-describedby') ?? ''} ${element.getAttribute('aria-labelledby') ?? ''}`
      .trim()
      .split(/\s+/))
      if (!document.getElementById(id))
        faults.push(`${element.id || element.tagName} refers to ${id}, which is not there`);
  for (const image of all<HTMLImageElement>('img'))
    if (image.getAttribute('alt') === null) faults.push('an image has no alt');
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
    faults.push('the page scrolls sideways');
  for (const target of all('button, .button, nav a, .languages a')) {
    const { width, height } = target.getBoundingClientRect();
    if (height < 24 || width < 24) faults.push(`“${target.textContent}” is only ${width}×${height}`);
  }
  const channels = (color: string) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (color: number[]) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, index) => {
      const value = (color[index] ?? 0) / 255;
      return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    }, 0);
  const backgroundOf = (element: Element): number[] => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || (color[3] ?? 0) > 0.99) return color;
    }
    return [255, 255, 255];
  };
  for (const element of all('main *, header *, footer *')) {
    const hasText = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
    );
    if (!hasText || element.classList.contains('unseen') || (element as HTMLButtonElement).disabled) continue;
    const style = getComputedStyle(element);
    const [text, behind] = [luminance(channels(style.color)), luminance(backgroundOf(element))];
    const contrast = (Math.max(text, behind) + 0.05) / (Math.min(text, behind) + 0.05);
    const isLarge = Number.parseFloat(style.fontSize) >= 24;
    if (contrast < (isLarge ? 3 : 4.5))
      faults.push(`“${element.textContent?.trim().slice(0, 30)}” has a contrast of ${contrast.toFixed(2)}`);
  }
  return faults;
}
