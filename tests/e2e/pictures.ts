import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** Where `npm run pictures` wants the README's pictures; unset in an ordinary run. */
const FOLDER = process.env['HIEN_PICTURES'];

/** Takes a picture of the screen from its top or from a heading on, named after it and its width: `refer-1280.png`. */
export async function picture(page: Page, name: string, heading?: string): Promise<void> {
  if (FOLDER === undefined) return;
  await mkdir(FOLDER, { recursive: true });
  const width = page.viewportSize()?.width ?? 0;
  await page.evaluate(() => window.scrollTo(0, 0));
  if (heading !== undefined)
    await page.getByRole('heading', { name: heading }).evaluate((element) => element.scrollIntoView());
  await page.screenshot({ path: path.join(FOLDER, `${name}-${width}.png`), animations: 'disabled' });
}
