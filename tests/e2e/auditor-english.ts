import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible } from './browser.ts';
import { picture } from './pictures.ts';

const WIDTHS = [360, 1280] as const;
const QUESTION = 'Please say why these cases were opened that day.';
const ANSWER = 'The cases were handed over to me in the morning.';

/** The auditor's screens as somebody meets them who reads English and whose system is dark. */
export async function walksInEnglish(auditor: Page, asked: Page): Promise<void> {
  await auditor.emulateMedia({ colorScheme: 'dark' });
  await auditor.getByRole('button', { name: 'English' }).click();
  await auditor.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await auditor.getByRole('grid').waitFor();
  const names = await properNames(auditor);
  const seen = (screen: string): Promise<void> => legible(auditor, `english ${screen}`, names);
  await seen('overview');
  await readsTheLog(auditor, seen);
  // Fifty deeds of all kinds; what is waited for differs from what is answered by words alone.
  expect(await vietnameseOn(auditor, names)).toEqual([]);
  await findsAndAsks(auditor, seen);
  expect(await vietnameseOn(auditor, names)).toEqual([]);
  await answers(asked, names);
  await concludes(auditor, seen);
  await auditor.getByRole('link', { name: 'Verify', exact: true }).click();
  await auditor.getByRole('heading', { level: 1, name: 'Verify' }).waitFor();
  await seen('verify');
}

type Seen = (screen: string) => Promise<void>;

async function readsTheLog(page: Page, seen: Seen): Promise<void> {
  await page
    .getByRole('button', { name: /^See these lines/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'Log' }).waitFor();
  await page.locator('.audit-line').first().waitFor();
  await page.locator('.audit-line').first().getByText('Details').first().click();
  await page.getByText('Change the conditions').click();
  await seen('log');
  await page.getByRole('button', { name: 'Clear the conditions' }).click();
  await page.getByRole('button', { name: 'Look up', exact: true }).click();
  await page.locator('.audit-line').filter({ hasNotText: 'Đinh Công Thành' }).first().waitFor();
}

async function findsAndAsks(page: Page, seen: Seen): Promise<void> {
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await page
    .getByRole('button', { name: /^Record a finding ?: Trần Quốc Huy/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'Record a finding' }).waitFor();
  await page.getByRole('button', { name: 'Save the finding' }).click();
  await page.getByRole('link', { name: 'Write what to follow up' }).waitFor();
  await seen('new finding with errors');
  await page.getByLabel(/^What to follow up/).fill('Opened in the night; ask for the reason.');
  await page.getByRole('button', { name: 'Save the finding' }).click();
  await page.getByRole('heading', { level: 1, name: 'A finding', exact: true }).waitFor();
  await page.getByLabel(/^Question/).fill(QUESTION);
  await page.getByRole('button', { name: 'Send the request' }).click();
  await page.getByText('Waiting for the explanation').waitFor();
}

async function answers(page: Page, names: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('link', { name: 'See and answer' }).click();
  await page.getByText(QUESTION).waitFor();
  expect(await vietnameseOn(page, names)).toEqual([]);
  await page.getByRole('textbox', { name: /^Your answer/ }).fill(ANSWER);
  await page.getByRole('button', { name: 'Send the answer' }).click();
  await page.getByRole('region', { name: 'Answered' }).getByText(ANSWER).waitFor();
}

async function concludes(page: Page, seen: Seen): Promise<void> {
  await page.getByRole('link', { name: 'Findings', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Findings' }).waitFor();
  await page.getByRole('link', { name: /^About Trần Quốc Huy/ }).waitFor();
  await seen('findings');
  // What she saw seconds ago is shown again for a moment; nobody answers that fast.
  await expect
    .poll(
      async () => {
        await page.getByRole('link', { name: 'Findings', exact: true }).click();
        await page.getByRole('link', { name: /^About Trần Quốc Huy/ }).click();
        await page.getByRole('heading', { name: 'Explanations' }).waitFor();
        return page.getByText(ANSWER).isVisible();
      },
      { timeout: 15_000, interval: 1_000 },
    )
    .toBe(true);
  await seen('finding answered');
  await page.getByRole('radio').first().check();
  await page.getByRole('button', { name: 'Record the conclusion' }).click();
  await page.getByText('Concluded by').waitFor();
  await seen('finding closed');
}

/** Readable in the dark at both widths, and all in English but for proper names. */
async function legible(page: Page, screen: string, names: readonly string[]): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
    await expectAccessible(page, `${screen} ${width}`);
    await picture(page, screen);
    const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(isTooWide, `${screen} ${width}`).toBe(false);
    expect(await vietnameseOn(page, names), `${screen} ${width}`).toEqual([]);
  }
}

const MARKED = /[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]/i;

/** Words, seen or read aloud, with letters that only Vietnamese has, outside what is marked as Vietnamese. */
async function vietnameseOn(page: Page, names: readonly string[]): Promise<string[]> {
  expect(await page.getAttribute('html', 'lang')).toBe('en');
  const words = [await page.title(), ...(await wordsOf(page))];
  const bare = words.map((text) => names.reduce((rest, name) => rest.replaceAll(name, ''), text.normalize('NFC')));
  return [...new Set(bare.filter((text) => MARKED.test(text)))];
}

function wordsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const spoken = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt'];
    const isMarked = (element: Element | null): boolean =>
      element?.closest('[lang="vi"], script, style, noscript') !== null;
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      if (!isMarked(walker.currentNode.parentElement)) texts.push(walker.currentNode.textContent ?? '');
    for (const element of document.body.querySelectorAll('*'))
      if (!isMarked(element)) texts.push(...spoken.map((name) => element.getAttribute(name) ?? ''));
    return texts;
  });
}

/** Names of people and, in English, of agencies; the longest first, since some begin others. */
async function properNames(page: Page): Promise<string[]> {
  const { items } = (await (await page.context().request.get('/api/audit/staff')).json()) as {
    items: { displayName: string; agency: { nameEn: string } }[];
  };
  const names = items.flatMap(({ displayName, agency }) => [displayName, agency.nameEn]);
  return [...new Set(names)].toSorted((a, b) => b.length - a.length);
}
